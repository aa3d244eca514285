import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsIn, everywhere, inEnvironments, planFirstApply, planOf, ROOTS } from './harness/judge.ts';
import type { Plan } from './harness/plan.ts';
import { run, TERRAFORM, Workspace } from './harness/workspace.ts';
import { withinBoundary } from './rules/boundary.ts';
import { readDeclarations } from './rules/fleet.ts';
import { inventoryProblems } from './rules/inventory.ts';
import { ON_CALL_PAGE, onCallProblems } from './rules/on-call.ts';

const modules = readdirSync(join(TERRAFORM, 'modules'));
const examples = modules.flatMap((name) =>
  readdirSync(join(TERRAFORM, 'modules', name, 'examples')).map(
    (example) => `modules/${name}/examples/${example}`,
  ),
);
const declarations = readDeclarations(join(TERRAFORM, 'generated', 'functions.json'));

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
});
afterAll(async () => workspace.dispose());

const complaints = (outcome: { ok: boolean; text: string }): string =>
  outcome.ok ? '' : errorsIn(outcome.text);

describe('the code', () => {
  it('is formatted', async () => {
    expect(complaints(await workspace.run('.', ['fmt', '-check', '-diff', '-recursive']))).toBe('');
  });

  it.each([...ROOTS, ...modules.map((name) => `modules/${name}`), ...examples])(
    '%s is valid',
    async (folder) => {
      expect(complaints(await workspace.init(folder))).toBe('');
      const outcome = await workspace.run(folder, ['validate']);
      expect(complaints(outcome)).toBe('');
      expect(outcome.text).not.toMatch(/Warning: /);
    },
  );

  it.each(modules)('module %s does what its tests say', async (name) => {
    const folder = `modules/${name}`;
    expect(readdirSync(join(TERRAFORM, folder, 'tests')).some((file) => file.endsWith('.tftest.hcl'))).toBe(
      true,
    );
    expect(complaints(await workspace.init(folder))).toBe('');
    const outcome = await workspace.run(folder, ['test']);
    expect(complaints(outcome)).toBe('');
    expect(outcome.text).toMatch(/Success! [1-9]\d* passed, 0 failed/);
  });
});

describe('the plans', () => {
  const plans = new Map<string, Plan>();
  beforeAll(async () => {
    for (const folder of ROOTS) plans.set(folder, await planOf(workspace, folder));
  });
  const planned = (folder: string): Plan => {
    const plan = plans.get(folder);
    if (plan === undefined) throw new Error(`${folder} has no plan`);
    return plan;
  };

  it.each(ROOTS)('%s can be applied where nothing exists yet', async (folder) => {
    await planFirstApply(workspace, folder);
  });

  it.each(ROOTS)('%s plans what it should, not nothing', (folder) => {
    expect(planned(folder).resources.length).toBeGreaterThan(40);
  });

  describe.each(ROOTS)('%s', (folder) => {
    it.each(Object.entries(everywhere))('keeps the rule: %s', (_, rule) => {
      expect(rule(planned(folder))).toEqual([]);
    });
  });

  describe.each(['environments/dev', 'environments/prod'])('%s', (folder) => {
    it.each(Object.entries(inEnvironments))('keeps the rule: %s', (_, rule) => {
      expect(rule(planned(folder), declarations)).toEqual([]);
    });

    it('has no alarm that the on-call page does not know', async () => {
      const page = await readFile(join(dirname(TERRAFORM), ON_CALL_PAGE), 'utf8');
      expect(onCallProblems(planned(folder), page)).toEqual([]);
      const withoutFunction = page.replaceAll(/^\| sms .*$/gm, '');
      const withoutRunbook = page.replaceAll('cost-runs-away.md', 'README.md');
      expect(onCallProblems(planned(folder), withoutFunction).length).toBeGreaterThan(3);
      expect(onCallProblems(planned(folder), withoutRunbook)).toHaveLength(1);
    });

    it('asks for no more than its boundary allows', () => {
      expect(withinBoundary(planned(folder), planned('bootstrap'))).toEqual([]);
    });
  });

  it('are what the inventory says', async () => {
    const committed = await readFile(join(TERRAFORM, 'INVENTORY.md'), 'utf8');
    expect(inventoryProblems(ROOTS.map(planned), committed)).toEqual([]);
  });
});

describe('others who know AWS', () => {
  it('checkov finds nothing but what is accepted with a reason', async () => {
    const checkov = join(dirname(TERRAFORM), '.local', 'venvs', 'infrastructure', 'bin', 'checkov');
    expect(existsSync(checkov), 'checkov is installed by npm run verify').toBe(true);
    const config = join(TERRAFORM, 'tests', 'checkov.yaml');
    const outcome = await run(checkov, ['--config-file', config, '--directory', workspace.folder('.')], {
      cwd: workspace.folder('.'),
      env: { PATH: process.env['PATH'], HOME: workspace.root },
    });
    expect(outcome.ok ? '' : outcome.text).toBe('');
  });
});
