import type {
  ColumnContract,
  Contract,
  PersonalDataTag,
  SubjectColumn,
  Thresholds,
  ValueCheck,
} from './contract.ts';

/** Redshift's widest VARCHAR, in bytes. */
export const maxVarcharBytes = 65_535;

export const defaultThresholds: Thresholds = {
  rejectShare: 0.2,
  rejectRows: 100,
  volumeLow: 0.5,
  volumeHigh: 2,
};

interface ColumnOptions {
  readonly headers: readonly string[];
  readonly description: string;
  readonly check?: ValueCheck;
  /** Default 256. */
  readonly maxBytes?: number;
  readonly tags?: readonly PersonalDataTag[];
  readonly subject?: SubjectColumn;
}

const build = (
  name: string,
  { headers, description, check = { type: 'text' }, maxBytes = 256, tags = [], subject }: ColumnOptions,
  rest: Pick<ColumnContract, 'presence' | 'valueRequired' | 'isExportIndex'>,
): ColumnContract => ({
  name,
  headers,
  description,
  check,
  maxBytes,
  tags,
  subject: subject ?? null,
  ...rest,
});

/** A column that the source must have; its value may be empty. */
export const column = (name: string, options: ColumnOptions): ColumnContract =>
  build(name, options, { presence: 'required', valueRequired: false, isExportIndex: false });

/** The column that identifies a record: text without blanks inside, never empty. */
export const keyColumn = (name: string, options: Omit<ColumnOptions, 'check'>): ColumnContract =>
  build(
    name,
    { ...options, check: { type: 'identifier' } },
    { presence: 'required', valueRequired: true, isExportIndex: false },
  );

/** A column that the source may lack. */
export const optionalColumn = (name: string, options: ColumnOptions): ColumnContract =>
  build(name, options, { presence: 'optional', valueRequired: false, isExportIndex: false });

/** An index that an export left behind. */
export const exportIndexColumn = (name: string, options: ColumnOptions): ColumnContract =>
  build(name, options, { presence: 'optional', valueRequired: false, isExportIndex: true });

type ContractOptions = Omit<Contract, 'thresholds' | 'mayBeEmpty'> & {
  readonly thresholds?: Partial<Thresholds>;
  readonly mayBeEmpty?: boolean;
};

/** Completes a contract with the defaults and refuses one that contradicts itself (a mistake of ours: it throws). */
export function defineContract({ thresholds, mayBeEmpty = false, ...contract }: ContractOptions): Contract {
  const names = contract.columns.map(({ name }) => name);
  const headers = contract.columns.flatMap((one) => one.headers);
  const problems = [
    ...duplicatesOf(names).map((name) => `column ${name} is defined twice`),
    ...duplicatesOf(headers).map((header) => `header "${header}" belongs to two columns`),
    ...names
      .filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))
      .map((name) => `${name} is no lower_snake_case`),
    ...contract.columns
      .filter(({ maxBytes }) => maxBytes < 1 || maxBytes > maxVarcharBytes)
      .map(({ name }) => `${name}: maxBytes must be 1 to ${maxVarcharBytes}`),
    ...contract.columns
      .filter(({ subject, tags }) => subject !== null && !tags.includes('direct_identifier'))
      .map(({ name }) => `${name} names a person and must be tagged direct_identifier`),
    ...(names.includes(contract.key) ? [] : [`the key ${contract.key} is no column`]),
  ];
  if (problems.length > 0) throw new Error(`contract ${contract.source}: ${problems.join('; ')}`);
  return { ...contract, mayBeEmpty, thresholds: { ...defaultThresholds, ...thresholds } };
}

const duplicatesOf = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);
