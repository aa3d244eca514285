import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../local/services/names.ts';

interface Measured {
  readonly texts: number;
  readonly seconds: number;
  readonly cpu_seconds: number;
  readonly max_rss_mb: number;
}

/** Times the SQL that classifies texts, on so many that are all different, and prints what one of them costs. */
export async function timeClassification(texts: number): Promise<void> {
  const { stdout } = await promisify(execFile)(
    join(REPOSITORY, '.local', 'venvs', 'dbt', 'bin', 'python'),
    [join(REPOSITORY, 'bench', 'classify_texts.py'), REPOSITORY, String(texts)],
    { maxBuffer: 1 << 26 },
  );
  const measured: Measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  const each = ((measured.cpu_seconds / measured.texts) * 1000).toFixed(3);
  console.log(
    `${measured.texts} different texts: ${measured.seconds.toFixed(1)} s, ${measured.cpu_seconds.toFixed(1)} s of ` +
      `processor (${each} ms each), ${Math.round(measured.max_rss_mb)} MiB`,
  );
}
