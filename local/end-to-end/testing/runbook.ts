import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { REPOSITORY } from '../../services/names.ts';

/** The shell blocks below a heading of a document, down to the next heading of the same or a higher level. */
export function shellBlocks(document: string, heading: string): string[] {
  const text = readFileSync(join(REPOSITORY, document), 'utf8');
  const start = new RegExp(`^(#+) ${heading}$`, 'm').exec(text);
  if (start === null) throw new Error(`${document} has no heading "${heading}".`);
  const rest = text.slice(start.index + start[0].length);
  const end = rest.search(new RegExp(`^#{1,${start[1]?.length ?? 1}} `, 'm'));
  const section = end === -1 ? rest : rest.slice(0, end);
  return [...section.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/**
 * Runs shell as an operator would, in an empty folder, and answers what it printed.
 * @param environment of the services; the AWS CLI, jq and the like are on the path
 */
export async function runAsOperator(
  folder: string,
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const programs = join(folder, 'bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'aws'), awsOfVersion2);
  chmodSync(join(programs, 'aws'), 0o755);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`, HOME: folder, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Runbooks are written for version 2, which reads payloads as base64 unless told otherwise; PyPI has version 1. */
const awsOfVersion2 = `#!/usr/bin/env bash
set -euo pipefail
arguments=()
while (($#)); do
  if [[ $1 == --cli-binary-format ]]; then shift 2; else arguments+=("$1"); shift; fi
done
exec '${join(REPOSITORY, '.local', 'venvs', 'checks', 'bin', 'aws')}' "\${arguments[@]}"
`;
