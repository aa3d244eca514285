import { readFileSync } from 'node:fs';

import { listAt, numberAt, objectAt, parseJson, textAt, textsAt } from '../json.ts';

/** What the endpoint needs to know of a function: a part of its entry in terraform/generated/functions.json. */
export interface LocalFunction {
  readonly name: string;
  /** `file.export` inside the zip. */
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutS: number;
  /** Most instances at a time; null when the function shares the account's. */
  readonly reservedConcurrency: number | null;
  readonly layers: readonly string[];
  /** As declared, with references filled in. */
  readonly environment: Readonly<Record<string, string>>;
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
      reservedConcurrency:
        concurrency === null || concurrency === undefined
          ? null
          : numberAt(concurrency, `reserved_concurrency of ${name}`),
      layers: listAt(entry['layers'] ?? [], `layers of ${name}`).map((layer) =>
        textAt(layer, `a layer of ${name}`),
      ),
      environment: resolve(textsAt(entry['environment'] ?? {}, `environment of ${name}`), references, name),
    };
  });
}

function resolve(
  environment: Record<string, string>,
  references: Readonly<Record<string, string>>,
  name: string,
): Record<string, string> {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)\}/g, (_, reference: string) => {
      const value = references[reference];
      if (value === undefined) {
        throw new Error(`${name} uses \${${reference}}, which has no local value (local/services/names.ts).`);
      }
      return value;
    });
  return Object.fromEntries(Object.entries(environment).map(([key, text]) => [key, fill(text)]));
}
