import { ConfigurationError } from '../../shared/runtime/errors.ts';
import { failureError } from '../../shared/warehouse/failure.ts';
import type { Warehouse } from '../../shared/warehouse/warehouse.ts';

const purpose = 'surrogate_keys';
const table = 'restricted.key_material';
const differs = 'key material differs';

const minBytes = 16;
const maxBytes = 256;

/**
 * Writes the secret that surrogate keys are derived with, once. It travels as a bound parameter: it never stands
 * in SQL text, a log or an error.
 * @param parameterName where it came from, for the message
 * @throws ConfigurationError when it is unusable, or when the warehouse holds another one: replacing it would
 * change every key that was ever given out.
 */
export async function writeKeyMaterial(
  warehouse: Warehouse,
  keyValue: string,
  parameterName: string,
): Promise<void> {
  const bytes = Buffer.byteLength(keyValue);
  if (bytes < minBytes || bytes > maxBytes) {
    throw new ConfigurationError(
      `The parameter ${parameterName} must have ${minBytes} to ${maxBytes} bytes, it has ${bytes}.`,
    );
  }
  const result = await warehouse.run(
    [
      { label: 'lock key material', sql: `lock ${table}` },
      {
        label: 'compare key material',
        sql: `select cast(case when count(*) = 0 then '1' else '${differs}' end as integer) as ok
from ${table}
where purpose = '${purpose}' and key_value <> cast(:key_value as varchar(256))`,
        assertion: differs,
      },
      {
        label: 'write key material',
        sql: `insert into ${table} (purpose, key_value)
select '${purpose}', cast(:key_value as varchar(256))
where not exists (select 1 from ${table} where purpose = '${purpose}')`,
      },
    ],
    { key_value: keyValue },
  );
  if (result.outcome === 'finished') return;
  if (result.assertion === differs) {
    throw new ConfigurationError(
      `The warehouse's key material is not the value of the parameter ${parameterName}. Restore the parameter; to change keys on purpose, rebuild the warehouse.`,
    );
  }
  throw failureError(result, 'Writing the key material');
}
