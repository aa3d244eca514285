import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  ResultReturnType,
  type DuckDBMaterializedResult,
  type DuckDBValue,
} from '@duckdb/node-api';

/** One value as the Data API returns it; a bigint is written as a JSON number with all its digits. */
export type Field =
  | { readonly isNull: true }
  | { readonly booleanValue: boolean }
  | { readonly longValue: bigint }
  | { readonly doubleValue: number }
  | { readonly stringValue: string };

interface Column {
  readonly name: string;
  readonly label: string;
  readonly typeName: string;
  readonly nullable: 1;
}

export interface StatementResult {
  readonly hasResultSet: boolean;
  /** Rows returned, else rows affected, else -1. */
  readonly rowCount: number;
  readonly columns: readonly Column[];
  readonly records: readonly (readonly Field[])[];
}

export const noResult = (rowCount: number): StatementResult => ({
  hasResultSet: false,
  rowCount,
  columns: [],
  records: [],
});

/** Names of types as Redshift's catalog spells them; what is not here comes back as text. */
const typeNames = new Map<DuckDBTypeId, string>([
  [DuckDBTypeId.BOOLEAN, 'bool'],
  [DuckDBTypeId.SMALLINT, 'int2'],
  [DuckDBTypeId.INTEGER, 'int4'],
  [DuckDBTypeId.BIGINT, 'int8'],
  [DuckDBTypeId.HUGEINT, 'numeric'],
  [DuckDBTypeId.DECIMAL, 'numeric'],
  [DuckDBTypeId.FLOAT, 'float4'],
  [DuckDBTypeId.DOUBLE, 'float8'],
  [DuckDBTypeId.DATE, 'date'],
  [DuckDBTypeId.TIMESTAMP, 'timestamp'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'timestamptz'],
]);

/** Takes a finished result out of DuckDB. */
export async function readResult(result: DuckDBMaterializedResult): Promise<StatementResult> {
  if (result.returnType !== ResultReturnType.QUERY_RESULT) {
    return noResult(result.returnType === ResultReturnType.CHANGED_ROWS ? result.rowsChanged : -1);
  }
  const types = result.columnTypes();
  const columns = result.columnNames().map((name, index): Column => {
    const typeId = types[index]?.typeId ?? DuckDBTypeId.VARCHAR;
    return { name, label: name, typeName: typeNames.get(typeId) ?? 'varchar', nullable: 1 };
  });
  const rows = await result.getRows();
  const records = rows.map((row) => row.map((value, index) => fieldOf(value, columns[index]?.typeName)));
  return { hasResultSet: true, rowCount: records.length, columns, records };
}

function fieldOf(value: DuckDBValue, typeName: string | undefined): Field {
  if (value === null) return { isNull: true };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (typeName === 'float4' || typeName === 'float8') return { doubleValue: Number(value) };
  if (typeName !== 'numeric' && (typeof value === 'number' || typeof value === 'bigint')) {
    return { longValue: BigInt(value) };
  }
  return { stringValue: textOf(value) };
}

/** Text of a value; times without a fraction where it is zero, as Redshift prints them. */
function textOf(value: DuckDBValue): string {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return value.toString().replace(/\.0+(?=$|[+-])/, '');
  }
  if (value instanceof DuckDBDateValue || value instanceof DuckDBDecimalValue) return value.toString();
  return String(value);
}
