import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The offline checks of the infrastructure; `npm run verify` runs them where Terraform is installed. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['terraform/tests/**/*.verify.ts'],
    globalSetup: ['terraform/tests/harness/install.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
