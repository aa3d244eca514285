// Adds up what `npm test` and `npm run verify` counted and prints it alone on a line; fails if anything did.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '.local', 'checks');
const total = { passed: 0, failed: 0 };
for (const kind of ['test', 'verify']) {
  const path = join(folder, `${kind}.json`);
  // Checks that never got as far as counting have failed.
  const counts = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { passed: 0, failed: 1 };
  total.passed += counts.passed;
  total.failed += counts.failed;
  for (const what of counts.notChecked ?? []) console.log(`not checked here: ${what}`);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
