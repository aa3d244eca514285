/** Command line of the source generator. `--help` says what it takes. */
import { generateSources } from './generate.ts';
import { USAGE, parseCommandLine, type Progress } from './options.ts';
import { plantedCount } from './truth.ts';
import { UsageError } from './usage-error.ts';

const BAR = 24;

function showProgress({ rowsDone, rowsTotal, path }: Progress): void {
  if (!process.stderr.isTTY) return;
  const share = Math.min(1, rowsDone / rowsTotal);
  const bar = '█'.repeat(Math.round(share * BAR)).padEnd(BAR);
  process.stderr.write(`\r\x1b[K  ▸ ${bar} ${Math.floor(share * 100)} %  ${path}`);
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseCommandLine(args);
  if (options === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const truth = await generateSources({ ...options, onProgress: showProgress });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const count = (n: number): string => n.toLocaleString('en-US');
  for (const [source, { partitions, read }] of Object.entries(truth.sources)) {
    process.stdout.write(
      `  ${source.padEnd(13)} ${count(read).padStart(10)} records in ${count(partitions)} files\n`,
    );
  }
  process.stdout.write(`  ${count(plantedCount(truth))} defects planted, listed in truth.json\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
