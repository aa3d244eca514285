import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planOf } from './harness/judge.ts';
import type { Plan } from './harness/plan.ts';
import { Workspace } from './harness/workspace.ts';
import { malformed } from './planted/malformed.ts';
import { open } from './planted/open.ts';
import { overprivileged } from './planted/overprivileged.ts';
import { plant } from './planted/plant.ts';
import { unheard } from './planted/unheard.ts';
import { unkept } from './planted/unkept.ts';

const groups = { malformed, open, overprivileged, unkept, unheard };

let workspace: Workspace;
let bootstrap: Plan;
beforeAll(async () => {
  workspace = await Workspace.create(Object.values(groups).flatMap((all) => all.map(({ to }) => to)));
  bootstrap = await planOf(workspace, 'bootstrap');
});
afterAll(async () => workspace.dispose());

describe.each(Object.entries(groups))('%s', (_, all) => {
  it.each(all.map((mistake) => [mistake.what, mistake] as const))('%s is caught', async (_what, mistake) => {
    const said = (await plant(mistake, workspace, bootstrap)).map(({ where, what }) => `${where}: ${what}`);
    expect(said.join('\n')).toMatch(mistake.says);
  });
});
