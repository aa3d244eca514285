import { defineConfig } from 'vitest/config';

/** `npm test` runs the `*.test.ts`; `npm run verify` the longer `*.verify.ts` (see local/cli/verify.ts). */
export default defineConfig({
  test: {
    include: ['{functions,shared,local,bench,deploy}/**/*.test.ts', 'terraform/tests/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
