import { testChecks } from '../checks/checks.ts';
import { runChecks } from '../checks/run-checks.ts';

/** `npm test`: lint, types, unit, property and integration tests, and one small run of the whole path. */
process.exitCode = (await runChecks('test', testChecks)) ? 0 : 1;
