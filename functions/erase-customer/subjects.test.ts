import { expect, it } from 'vitest';
import { REPOSITORY } from '../../local/services/names.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import subjects from './generated/subjects.json' with { type: 'json' };
import { parseSubjects } from './subjects.ts';

/** Identify a person, but nobody is asked to be erased by them: the row also holds an identifier that is. */
const notAskedFor = ['customers.name', 'customers.address', 'agents.agent_id', 'agents.name'];

const contracts = (await loadFleet(REPOSITORY)).flatMap(({ source }) =>
  source === undefined ? [] : [source.contract],
);

it('every column that identifies a person is compared with the list, or is known not to be', () => {
  const forgotten = contracts.flatMap(({ source, columns }) =>
    columns
      .filter(({ tags, subject }) => tags.includes('direct_identifier') && subject === null)
      .map(({ name }) => `${source}.${name}`),
  );
  expect(forgotten.toSorted()).toEqual(notAskedFor.toSorted());
});

it('free text and what the contract does not know are searched, in every source', () => {
  const searched = Object.entries(parseSubjects(subjects)).map(([source, columns]) => [
    source,
    columns.filter(({ isFreeText }) => isFreeText).map(({ name }) => name),
  ]);
  expect(Object.fromEntries(searched)).toEqual({
    ...Object.fromEntries(contracts.map(({ source }) => [source, ['_unmapped']])),
    sms: ['message_text', '_unmapped'],
  });
});
