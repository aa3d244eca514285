import { readFileSync } from 'node:fs';

import { type Statement, readPolicy } from '../iam/policy.ts';
import { listAt, numberAt, objectAt, parseJson, textAt, textsAt } from '../json.ts';
import { fillReferences } from '../references.ts';

/** What the endpoint needs to know of a function: a part of its entry in terraform/generated/functions.json. */
export interface LocalFunction {
  readonly name: string;
  /** `file.export` inside the zip. */
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutS: number;
  readonly temporaryDiskMb: number;
  /** Most instances at a time; null when the function shares the account's. */
  readonly reservedConcurrency: number | null;
  readonly layers: readonly string[];
  /** As declared, with references filled in. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it may do with the account's services. */
  readonly policy: readonly Statement[];
}

/** Reads the declarations. Throws when one is incomplete or names a reference that has no local value. */
export function readFleetFile(file: string, references: Readonly<Record<string, string>>): LocalFunction[] {
  const declared = objectAt(
    objectAt(parseJson(readFileSync(file, 'utf8')), file)['functions'],
    `functions in ${file}`,
  );
  return Object.entries(declared).map(([name, value]) => {
    const entry = objectAt(value, name);
    const concurrency = entry['reserved_concurrency'];
    return {
      name,
      handler: textAt(entry['handler'], `handler of ${name}`),
      runtime: textAt(entry['runtime'], `runtime of ${name}`),
      memoryMb: numberAt(entry['memory_mb'], `memory_mb of ${name}`),
      timeoutS: numberAt(entry['timeout_s'], `timeout_s of ${name}`),
      temporaryDiskMb: numberAt(entry['ephemeral_storage_mb'], `ephemeral_storage_mb of ${name}`),
      reservedConcurrency:
        concurrency === null || concurrency === undefined
          ? null
          : numberAt(concurrency, `reserved_concurrency of ${name}`),
      layers: listAt(entry['layers'] ?? [], `layers of ${name}`).map((layer) =>
        textAt(layer, `a layer of ${name}`),
      ),
      environment: Object.fromEntries(
        Object.entries(textsAt(entry['environment'] ?? {}, `environment of ${name}`)).map(([key, text]) => [
          key,
          fillReferences(text, references, name),
        ]),
      ),
      policy: readPolicy(entry['policy'], references, `policy of ${name}`),
    };
  });
}
