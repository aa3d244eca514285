import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { REPOSITORY } from '../../services/names.ts';

/** A clone to change: the files that are tracked, with the packages and Python environments of this one. */
export function copyRepository(target: string): void {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: REPOSITORY, encoding: 'utf8' });
  for (const path of tracked.split('\0').filter((path) => path !== '' && existsSync(join(REPOSITORY, path))))
    cpSync(join(REPOSITORY, path), join(target, path));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(target, 'node_modules'));
  mkdirSync(join(target, '.local'));
  symlinkSync(join(REPOSITORY, '.local', 'venvs'), join(target, '.local', 'venvs'));
  // Saves the half minute that compressing the native library takes.
  if (existsSync(join(REPOSITORY, 'dist', 'layers')))
    cpSync(join(REPOSITORY, 'dist', 'layers'), join(target, 'dist', 'layers'), { recursive: true });
}

export function addFiles(target: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
  }
}
