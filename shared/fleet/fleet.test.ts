import { describe, expect, it } from 'vitest';
import { REFERENCES, REPOSITORY } from '../../local/services/names.ts';
import { artefacts, staleArtefacts } from './emit.ts';
import { loadFleet } from './load-fleet.ts';
import { references } from './references.ts';
import { reproducibleZip } from './zip.ts';

const fleet = await loadFleet(REPOSITORY);

it('every reference has a value on a laptop, and only these', () => {
  expect(Object.keys(REFERENCES).toSorted()).toEqual(Object.keys(references).toSorted());
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
