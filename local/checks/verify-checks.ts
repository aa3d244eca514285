import type { Check } from './check.ts';
import { imageCheck, tflint } from './delivery-checks.ts';
import { terraform } from './needs.ts';
import { node, pytest, vitest } from './runners.ts';

const BUILD = 'functions build';

/** Tests that each run whole platforms. Several platforms can run side by side: every one has its own home and ports. */
const PLATFORMS: readonly { readonly name: string; readonly file: string; readonly seconds: number }[] = [
  {
    name: 'sources that cannot be trusted',
    file: 'local/end-to-end/faults.verify.ts',
    seconds: 370,
  },
  {
    name: 'eight at once, killed at random moments',
    file: 'local/end-to-end/races.verify.ts',
    seconds: 100,
  },
  {
    name: 'a warehouse lost, and tampered with',
    file: 'local/end-to-end/rebuild.verify.ts',
    seconds: 250,
  },
  {
    name: 'a person erased',
    file: 'local/end-to-end/erasure.verify.ts',
    seconds: 185,
  },
  {
    name: 'every mart, computed independently',
    file: 'local/end-to-end/oracle.verify.ts',
    seconds: 770,
  },
  {
    name: 'random worlds, computed independently',
    file: 'local/end-to-end/worlds.verify.ts',
    seconds: 105,
  },
  {
    name: 'a seventh source',
    file: 'local/end-to-end/seventh-source.verify.ts',
    seconds: 60,
  },
  {
    name: 'the same bytes wherever they are built',
    file: 'local/end-to-end/reproducible-build.verify.ts',
    seconds: 20,
  },
  {
    name: "a release deployed, MWAA's start-up",
    file: 'deploy/deploy.verify.ts',
    seconds: 90,
  },
];

/** `npm run verify`: what takes longer. */
export const verifyChecks: readonly Check[] = [
  node(BUILD, 'local/cli/build.ts'),
  ...PLATFORMS.map(({ name, file, seconds }) => ({
    ...vitest(name, seconds, '--config', 'vitest.verify.config.ts', file),
    after: BUILD,
  })),
  {
    ...vitest(
      'Terraform: code, plans, planted mistakes',
      165,
      '--config',
      'terraform/tests/vitest.config.ts',
    ),
    areas: ['delivery'],
    needs: terraform,
  },
  pytest('SQL for Redshift parses (sqlfluff)', 'dbt', 'checks', 'dbt/tests_syntax'),
  {
    ...pytest('dbt: planted mistakes, many populations', 'dbt', 'dbt', 'dbt', '-m', 'heavy'),
    seconds: 920,
  },
  tflint,
  imageCheck,
];
