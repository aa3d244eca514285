import { parseArgs } from 'node:util';
import { stat } from 'node:fs/promises';
import { bundleFunction } from '../../shared/fleet/bundle.ts';
import { buildDuckdbLayer } from '../../shared/fleet/layer.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run build

Bundles every function into dist/functions/<name>.zip and DuckDB's native library into dist/layers/duckdb.zip. The same
input gives the same bytes.`;

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(usage);
} else {
  const bundles = await Promise.all(
    (await loadFleet(REPOSITORY)).map((declaration) => bundleFunction(REPOSITORY, declaration)),
  );
  for (const { name, path, codeBytes } of bundles)
    console.log(`${name.padEnd(18)} ${kib(codeBytes)} code ${kib((await stat(path)).size)} zipped`);
  const layer = await buildDuckdbLayer(REPOSITORY);
  console.log(`${'layer duckdb'.padEnd(18)} ${''.padStart(15)} ${kib((await stat(layer)).size)} zipped`);
}

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString('en')} KiB`.padStart(10);
}
