import { defineConfig } from 'vitest/config';

/** `npm run verify`: each of these runs a whole platform, so they go one after the other. */
export default defineConfig({
  test: {
    include: ['{functions,shared,local,deploy}/**/*.verify.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
