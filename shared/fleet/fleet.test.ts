import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../local/services/names.ts';
import { artefacts, staleArtefacts } from './emit.ts';
import { loadFleet } from './load-fleet.ts';
import { reproducibleZip } from './zip.ts';

const fleet = await loadFleet(REPOSITORY);
const statementsOf = (
  statements: unknown,
): { Action: string | string[]; Resource: string | string[]; Sid?: string; Condition?: unknown }[] =>
  (statements as { Statement: never[] }).Statement;

describe('every function', () => {
  const { functions } = JSON.parse(artefacts(fleet).get('terraform/generated/functions.json') ?? '') as {
    functions: Record<
      string,
      { policy: unknown; alarm: { impact: string; runbook: string }; environment: object }
    >;
  };

  it.each(Object.keys(functions))('%s asks for no more than it needs, and names each statement', (name) => {
    for (const { Sid, Action, Resource, Condition } of statementsOf(functions[name]?.policy)) {
      expect(Sid).toMatch(/^[A-Z][A-Za-z]+$/);
      for (const action of [Action].flat()) expect(action).not.toContain('*');
      if ([Resource].flat().includes('*')) expect(Condition).toBeDefined();
    }
  });

  it.each(Object.keys(functions))('%s says whom its failure hurts and where to look', (name) => {
    expect(functions[name]?.alarm.impact.length).toBeGreaterThan(20);
    const runbook = functions[name]?.alarm.runbook ?? '';
    expect(existsSync(join(REPOSITORY, runbook))).toBe(true);
    expect(runbook).toMatch(/\.md$/);
  });
});

describe('generated files', () => {
  it('are what the declarations say', async () => {
    expect(await staleArtefacts(REPOSITORY, artefacts(fleet))).toEqual([]);
  });

  it('that differ are found', async () => {
    const wanted = new Map([...artefacts(fleet)].map(([path, content]) => [path, `${content} `]));
    expect(await staleArtefacts(REPOSITORY, wanted)).toEqual([...wanted.keys()]);
  });
});

describe('an archive', () => {
  it('has the same bytes for the same files, in whatever order they come', () => {
    const a = new Map([
      ['index.js', Buffer.from('1')],
      ['a/b.txt', Buffer.from('2')],
    ]);
    const b = new Map([...a].toReversed());
    expect(Buffer.from(reproducibleZip(a)).equals(reproducibleZip(b))).toBe(true);
  });
});
