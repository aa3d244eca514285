import { ofAreas, testChecks } from '../checks/checks.ts';
import { runChecks } from '../checks/run-checks.ts';

/**
 * `npm test`: lint, types, unit, property and integration tests, and one small run of the whole path; `npm test -- dags
 * dbt` only what belongs to these areas.
 */
try {
  process.exitCode = (await runChecks('test', ofAreas(testChecks, process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
