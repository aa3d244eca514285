import { parseArgs } from 'node:util';
import { artefacts, staleArtefacts, writeArtefacts } from '../../shared/fleet/emit.ts';
import { fleetProblems } from '../../shared/fleet/lint/fleet.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run fleet [-- --check]

Writes what follows from functions/*/function.ts and contract.ts: Terraform's list of functions, the DAGs' list of
sources, dbt's raw sources, the warehouse's raw tables. Fails, and writes nothing, if a declaration asks for more than
it may (a policy that is too wide, a reference that Terraform does not know, a runbook that is not there).
--check writes nothing and fails if a committed file differs.`;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(usage);
} else {
  const fleet = await loadFleet(REPOSITORY);
  const problems = fleetProblems(REPOSITORY, fleet);
  const wanted = artefacts(fleet);
  const stale = await staleArtefacts(REPOSITORY, wanted);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  } else if (values.check === true && stale.length > 0) {
    console.error(
      `Not what functions/ declares: ${stale.join(', ')}. Run npm run fleet and commit the result.`,
    );
    process.exitCode = 1;
  } else {
    await writeArtefacts(REPOSITORY, wanted);
    console.log(stale.length === 0 ? 'All generated files are up to date.' : `Wrote ${stale.join(', ')}.`);
  }
}
