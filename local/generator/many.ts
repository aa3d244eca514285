/**
 * Many generations in one process, which is several times as fast as a process for each: reads a JSON array of
 * `main.ts`'s arguments from each line of standard input and answers each with `done`.
 */
import { createInterface } from 'node:readline';
import { generateSources } from './generate.ts';
import { parseCommandLine } from './options.ts';
import { UsageError } from './usage-error.ts';

function argumentsOf(line: string): string[] {
  const value: unknown = JSON.parse(line);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new UsageError(`A line is a JSON array of arguments, not ${line}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const options = parseCommandLine(argumentsOf(line));
  if (options !== null) await generateSources(options);
  process.stdout.write('done\n');
}
