import { parseArgs } from 'node:util';
import { BuildRefused, type Release } from '../../shared/fleet/build.ts';
import { buildAndStamp } from '../../shared/fleet/build-if-changed.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run build

Bundles every function into dist/functions/<name>.zip and DuckDB's native library into dist/layers/duckdb.zip, and says in
dist/release.json what they are. The same input gives the same bytes. Fails when a function's code or the layer is over
its budget, or when a package for development or a source map went into a bundle (shared/fleet/bundle-problems.ts).`;

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(usage);
} else {
  try {
    report(await buildAndStamp(REPOSITORY, await loadFleet(REPOSITORY)));
  } catch (error) {
    if (!(error instanceof BuildRefused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function report({ functions, layers }: Release): void {
  for (const [name, { code_bytes: code, zip_bytes: zip }] of Object.entries(functions))
    console.log(`${name.padEnd(20)} ${kilobytes(code)} code ${kilobytes(zip)} zipped`);
  for (const [name, { unzipped_bytes: unzipped }] of Object.entries(layers))
    console.log(`${`layer ${name}`.padEnd(20)} ${kilobytes(unzipped)} unpacked`);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`.padStart(10);
}
