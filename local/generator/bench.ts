/**
 * Measures the generator: `node local/generator/bench.ts [scale] [days]`, at real scale and four days unless told otherwise.
 * Prints rows per second and the most memory that was resident.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSources } from './generate.ts';
import { parseDays } from './options.ts';

const [scale = '1', days = '2025-11-20..2025-11-23'] = process.argv.slice(2);
const out = await mkdtemp(join(tmpdir(), 'generator-bench-'));
try {
  const start = performance.now();
  const truth = await generateSources({ out, scale: Number(scale), days: parseDays(days), seed: 42 });
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage();
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const rows = Object.values(truth.sources).reduce((sum, { read }) => sum + read, 0);
  const bytes = truth.partitions.reduce((sum, partition) => sum + partition.bytes, 0);
  const number = (n: number): string => Math.round(n).toLocaleString('en-US');
  process.stdout.write(
    `${number(rows)} records, ${number(bytes / 1e6)} MB in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU)\n` +
      `${number(rows / seconds)} records/s, ${number(rows / cpuSeconds)} per CPU second, ` +
      `${number(process.resourceUsage().maxRSS / 1024)} MiB at most\n`,
  );
} finally {
  await rm(out, { recursive: true, force: true });
}
