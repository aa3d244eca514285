import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { strToU8, zipSync } from 'fflate';

import { startGuard } from '../../processes/guard.ts';
import { unpackArtifacts } from '../artifacts.ts';
import type { LocalFunction } from '../fleet-file.ts';
import { type DeadLetter, type LambdaService, startLambda } from '../invoke-api.ts';

/** A function made for one test: its code and what differs from the usual declaration. */
export interface Throwaway extends Partial<Omit<LocalFunction, 'name'>> {
  readonly code: string;
}

export interface ThrowawayFleet {
  readonly lambda: LambdaService;
  readonly folder: string;
  readonly invocationLog: string;
  readonly deadLetters: readonly DeadLetter[];
  stop(): Promise<void>;
}

/** Builds zips as `npm run build` would, starts the endpoint over them, and removes everything at `stop`. */
export async function startFleet(
  functions: Readonly<Record<string, Throwaway>>,
  layers: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<ThrowawayFleet> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-test-'));
  const declared = Object.entries(functions).map(([name, given]) => ({
    name,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memoryMb: 512,
    timeoutS: 10,
    temporaryDiskMb: 512,
    reservedConcurrency: null,
    layers: [],
    environment: {},
    policy: [],
    ...given,
  }));
  for (const [name, { code }] of Object.entries(functions)) {
    writeZip(join(folder, 'dist', 'functions', `${name}.zip`), { 'index.js': code });
  }
  for (const [name, files] of Object.entries(layers))
    writeZip(join(folder, 'dist', 'layers', `${name}.zip`), files);
  const guard = startGuard();
  const deadLetters: DeadLetter[] = [];
  const lambda = await startLambda({
    functions: declared,
    artifactsOf: await unpackArtifacts(declared, join(folder, 'dist'), join(folder, 'unpacked')),
    addresses: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    logFolder: join(folder, 'logs'),
    invocationLog: join(folder, 'invocations.jsonl'),
    guard,
    eventRetryPausesMs: [10, 10],
    onDeadLetter: (letter) => Promise.resolve(void deadLetters.push(letter)),
  });
  return {
    lambda,
    folder,
    invocationLog: join(folder, 'invocations.jsonl'),
    deadLetters,
    async stop() {
      await lambda.stop();
      await guard.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeZip(file: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
  );
}
