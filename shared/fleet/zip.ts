import { rename, writeFile } from 'node:fs/promises';
import { zipSync, type Zippable } from 'fflate';

/** A ZIP archive that has the same bytes for the same files: fixed times, sorted names. */
export function reproducibleZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // ZIP keeps local time without a zone, so the constructor with local fields gives the same bytes everywhere.
  const mtime = new Date(1980, 0, 1);
  const entries: Zippable = {};
  for (const name of [...files.keys()].toSorted()) {
    const content = files.get(name);
    if (content !== undefined) entries[name] = [content, { mtime, os: 3, attrs: 0o644 << 16, level: 6 }];
  }
  return zipSync(entries);
}

/** Writes the file whole or not at all: another run may be unpacking it. */
export async function writeArchive(path: string, content: Uint8Array): Promise<void> {
  const next = `${path}.${process.pid}`;
  await writeFile(next, content);
  await rename(next, path);
}
