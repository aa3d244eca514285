import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucket, visitRows } from '../../local/services/redshift-data/testing/test-lake.ts';
import {
  ledgerRows,
  standingRows,
  startWorld,
  type StartedWorld,
} from '../../local/services/redshift-data/testing/world.ts';
import { loadPrefix, type Partition } from '../../shared/lake/keys.ts';
import type { PlatformError } from '../../shared/runtime/errors.ts';

const monday: Partition = { source: 'visits', date: '2025-11-17', hour: null };
const secret = 'Jane Sentinel';

let world: StartedWorld;
beforeEach(async () => {
  world = await startWorld({ lockWaitMs: 300 });
  await world.lake.commit(monday, visitRows('before', 2));
  await world.load(monday);
});
afterEach(async () => {
  await world.close();
});

/** Loads, expecting an error and that nothing changed in the warehouse; returns the error. */
async function failedLoad(): Promise<PlatformError> {
  const before = [await world.rows(standingRows), await world.rows(ledgerRows)];
  const error = await world.load(monday).then(
    () => expect.unreachable('the load should have failed'),
    (reason: PlatformError) => reason,
  );
  expect([await world.rows(standingRows), await world.rows(ledgerRows)]).toEqual(before);
  expect(`${error.message} ${JSON.stringify(error.details)} ${String(error.cause)}`).not.toContain(
    'Sentinel',
  );
  return error;
}

describe('a load whose files are not what its manifest says', () => {
  it('is rejected when rows are missing', async () => {
    await world.lake.commit(monday, visitRows('a', 3), (manifest) => ({
      ...manifest,
      rows: { ...manifest.rows, loaded: 4 },
    }));
    const error = await failedLoad();
    expect(error).toMatchObject({ name: 'WarehouseRejected', details: { reason: 'row count mismatch' } });
  });

  it('is rejected when rows are others', async () => {
    await world.lake.commit(monday, visitRows('a', 3), (manifest) => ({ ...manifest, hash_sum: '12345' }));
    expect(await failedLoad()).toMatchObject({
      name: 'WarehouseRejected',
      details: { reason: 'hash sum mismatch' },
    });
  });

  it('is rejected when a file has another size', async () => {
    const pointer = await world.lake.commit(monday, visitRows('a', 3));
    const prefix = loadPrefix(monday, pointer.load_id ?? '');
    world.lake.put(`${prefix}/part-00000.parquet`, 'PAR1');
    expect(await failedLoad()).toMatchObject({
      name: 'WarehouseRejected',
      details: { reason: 'file_unreadable', statement: 'copy' },
    });
  });

  it('is rejected when a file is missing', async () => {
    const pointer = await world.lake.commit(monday, visitRows('a', 3));
    world.objects.objects.delete(`${bucket}/${loadPrefix(monday, pointer.load_id ?? '')}/part-00000.parquet`);
    expect(await failedLoad()).toMatchObject({
      name: 'WarehouseRejected',
      details: { reason: 'file_unreadable' },
    });
  });

  it('is rejected when the columns are in another order than the list', async () => {
    await world.lake.commit(monday, visitRows('a', 3), (manifest) => ({
      ...manifest,
      columns: manifest.columns.toReversed(),
    }));
    expect(await failedLoad()).toMatchObject({
      name: 'WarehouseRejected',
      details: { reason: 'file_unreadable' },
    });
  });

  it('is rejected when a value is longer than its column, without quoting it', async () => {
    await world.lake.commit(monday, [{ visit_id: 'v', note: secret }]);
    expect(await failedLoad()).toMatchObject({
      name: 'WarehouseRejected',
      retriable: false,
      details: { reason: 'value_too_long' },
    });
  });

  it('is rejected when it names a column that the warehouse lacks', async () => {
    await world.lake.commit(monday, visitRows('a', 1), (manifest) => ({
      ...manifest,
      columns: manifest.columns.map((column) =>
        column.name === 'note' ? { ...column, name: 'n0te' } : column,
      ),
    }));
    const error = await failedLoad();
    expect(error).toMatchObject({ name: 'ConfigurationError', details: { reason: 'relation_missing' } });
    expect(error.message).toContain('migrate-warehouse');
  });

  it('is rejected when the manifest is of another load', async () => {
    await world.lake.commit(monday, visitRows('a', 1), (manifest) => ({ ...manifest, load_id: 'another' }));
    expect(await failedLoad()).toMatchObject({ name: 'VerificationFailed' });
  });

  it('is rejected when the manifest is missing', async () => {
    const pointer = await world.lake.commit(monday, visitRows('a', 1));
    world.objects.objects.delete(`${bucket}/${loadPrefix(monday, pointer.load_id ?? '')}/manifest.json`);
    expect(await failedLoad()).toMatchObject({ name: 'VerificationFailed' });
  });

  it('is loaded once it was committed again properly', async () => {
    await world.lake.commit(monday, visitRows('a', 3), (manifest) => ({ ...manifest, hash_sum: '1' }));
    await failedLoad();
    await world.lake.commit(monday, visitRows('a', 3));
    expect(await world.load(monday)).toMatchObject({ outcome: 'loaded', commitSeq: 3 });
  });
});

describe('a name that must not stand in SQL', () => {
  it('is refused before anything runs', async () => {
    await world.lake.commit(monday, visitRows('a', 1), (manifest) => ({
      ...manifest,
      columns: [{ name: 'note) from x; drop table y; --', type: 'VARCHAR' }],
    }));
    expect(await failedLoad()).toMatchObject({ name: 'RangeError' });
  });
});

describe('a lake that does not answer', () => {
  it('is tried again later', async () => {
    await world.objects.close();
    expect(await failedLoad()).toMatchObject({ name: 'SourceUnavailable', retriable: true });
  });
});
