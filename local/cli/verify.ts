import { verifyChecks } from '../checks/verify-checks.ts';
import { runChecks } from '../checks/run-checks.ts';

/** `npm run verify`: fault sweeps and self-tests that take longer than anyone wants to wait for a test run. */
process.exitCode = (await runChecks('verify', verifyChecks)) ? 0 : 1;
