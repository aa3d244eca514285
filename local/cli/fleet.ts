import { parseArgs } from 'node:util';
import { artefacts, staleArtefacts, writeArtefacts } from '../../shared/fleet/emit.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run fleet [-- --check]

Writes what follows from functions/*/function.ts and contract.ts: Terraform's list of functions, the DAGs' list of
sources, dbt's raw sources, the warehouse's raw tables. --check writes nothing and fails if a committed file differs.`;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(usage);
} else {
  const wanted = artefacts(await loadFleet(REPOSITORY));
  const stale = await staleArtefacts(REPOSITORY, wanted);
  if (values.check === true && stale.length > 0) {
    console.error(
      `Not what functions/ declares: ${stale.join(', ')}. Run npm run fleet and commit the result.`,
    );
    process.exitCode = 1;
  } else {
    await writeArtefacts(REPOSITORY, wanted);
    console.log(stale.length === 0 ? 'All generated files are up to date.' : `Wrote ${stale.join(', ')}.`);
  }
}
