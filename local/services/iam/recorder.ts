import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Grant, Need } from './policy.ts';

/** One line of the record of API calls. */
export type CallRecord =
  /** A function used a part of its policy; said once. `example` is the first resource that it was used on. */
  | ({ readonly kind: 'allowed'; readonly function: string; readonly example: string } & Grant)
  /** No statement allowed it. */
  | { readonly kind: 'denied'; readonly function: string; readonly action: string; readonly resource: string }
  /** Nobody has taught `local/services/iam` what it needs. */
  | { readonly kind: 'unknown'; readonly function: string; readonly call: string };

/** Keeps, as lines of JSON in a file, which parts of their policies functions use, and what they were denied. */
export class CallRecorder {
  readonly #file: string;
  readonly #said = new Set<string>();

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  allowed(name: string, grant: Grant, need: Need): void {
    const key = JSON.stringify([name, grant]);
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.#write({ kind: 'allowed', function: name, ...grant, example: need.resource });
  }

  denied(name: string, { action, resource }: Need): void {
    this.#write({ kind: 'denied', function: name, action, resource });
  }

  unknown(name: string, call: string): void {
    this.#write({ kind: 'unknown', function: name, call });
  }

  #write(record: CallRecord): void {
    appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
  }
}

/** The records of a file, oldest first; none if there is no file. */
export function readCalls(file: string): readonly CallRecord[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): CallRecord => JSON.parse(line));
}
