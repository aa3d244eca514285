import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LakeWorld } from '../../shared/ingest/testing/lake-world.ts';
import { contract } from './contract.ts';
import { customersKey, customersSource } from './source.ts';

const day = '2025-11-20';
const header = 'customer_id,name,Gender,DATE of biRTH,signup_date,email,address';

let world: LakeWorld;
beforeAll(async () => {
  world = await LakeWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.newLake();
});

async function ingest(content: string, date = day) {
  const source = customersSource(await world.newBucket({ [customersKey]: content }));
  const answer = await world.ingest(source, date, { contract });
  return { answer, view: await world.view(date, 'customers') };
}

it('an address keeps its line end, an e-mail its misspelling', async () => {
  const text = `${header}\nc1,Ann Lee,F,1950-02-28,2012-01-31,x.omar@GmaiL.om,"PSC 1, Box 2\nAPO AA 09876"\n`;
  const { view } = await ingest(text);
  expect(view?.rows).toMatchObject([
    {
      customer_id: 'c1',
      gender: 'F',
      date_of_birth: '1950-02-28',
      email: 'x.omar@GmaiL.om',
      address: 'PSC 1, Box 2\nAPO AA 09876',
      phone: null,
      location: null,
    },
  ]);
});

it('the columns that only the description promises are taken when they come', async () => {
  const { answer, view } = await ingest(`${header},phone\nc1,Ann,F,,,,,+12025550123\n`);
  expect(view?.rows).toMatchObject([{ phone: '+12025550123', _unmapped: null }]);
  expect(answer.unmapped_columns).toEqual([]);
  expect(view?.manifest?.absent_columns).toEqual(['location']);
});

it('a snapshot stands for the next day, too, until it changes', async () => {
  const text = `${header}\nc1,Ann,F,,,,\n`;
  const { answer: first } = await ingest(text);
  const store = await world.newBucket({ [customersKey]: text });
  const next = await world.ingest(customersSource(store), '2025-11-21', { contract });
  expect(next).toMatchObject({ outcome: 'carried_forward', load_id: first.load_id });
  const { answer: changed } = await ingest(`${text}c2,Bo,M,,,,\n`, '2025-11-22');
  expect(changed).toMatchObject({ outcome: 'committed', rows: { loaded: 2 } });
});
