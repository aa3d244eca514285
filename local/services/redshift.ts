import { join } from 'node:path';

import { LOOPBACK, accepts, freePort } from './ports.ts';
import { type Child, startChild, untilReady } from './processes/child.ts';
import type { Guard } from './processes/guard.ts';

export interface RedshiftOptions {
  warehouse: string;
  s3Endpoint: string;
  /** Credentials and region for the S3 client inside. */
  env: Record<string, string>;
  logFile: string;
  temporaryDirectory: string;
  guard: Guard;
}

export interface RedshiftService {
  readonly endpoint: string;
  readonly child: Child;
}

/** Starts the stand-in for the Redshift Data API in a process of its own: it holds an engine and its memory. */
export async function startRedshift(options: RedshiftOptions): Promise<RedshiftService> {
  const port = await freePort();
  const main = join(import.meta.dirname, 'redshift-data', 'main.ts');
  const child = await startChild({
    name: 'Redshift Data API',
    command: process.execPath,
    args: [main, '--port', String(port), '--database', options.warehouse, '--s3', options.s3Endpoint],
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: options.temporaryDirectory, ...options.env },
    logFile: options.logFile,
    guard: options.guard,
    holdsStdin: true,
  });
  await untilReady(child, options.logFile, () => accepts(port));
  return { endpoint: `http://${LOOPBACK}:${port}`, child };
}
