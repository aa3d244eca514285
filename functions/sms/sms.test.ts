import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LakeWorld } from '../../shared/ingest/testing/lake-world.ts';
import { SourceNotReady } from '../../shared/runtime/errors.ts';
import { contract } from './contract.ts';
import { smsKey, smsSource } from './source.ts';

const day = '2025-11-20';
let world: LakeWorld;
beforeAll(async () => {
  world = await LakeWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.newLake();
});

async function ingest(content: string | Buffer) {
  const source = smsSource(await world.newBucket({ [smsKey(day, '08')]: content }));
  const answer = await world.ingest(source, day, { contract, hour: 8 });
  return { answer, view: await world.view(day, 'sms', 8) };
}

describe('an hour of messages', () => {
  it('keeps the text as it was escaped, delimiters and all', async () => {
    const { view } = await ingest(
      'm1|2025-11-20T08:00:01-05:00|+12025550123|777|no | signal\\nsince\\\\today\n',
    );
    expect(view?.rows).toMatchObject([
      {
        message_id: 'm1',
        received_at: '2025-11-20T08:00:01-05:00',
        sender_msisdn: '+12025550123',
        short_code: '777',
        message_text: 'no | signal\\nsince\\\\today',
        _partition_hour: 8,
      },
    ]);
  });

  it('puts bad lines aside as they were written', async () => {
    const lines = [
      'm1|2025-11-20T08:00:01Z|+1|7|fine',
      'm2|only',
      '|2025-11-20T08:00:01Z|+1|7|no id',
      'm4|20 Nov|+1|7|x',
    ];
    const { view } = await ingest(`\ufeff${lines.join('\r\n')}\r\n\r\n`);
    expect(view?.rows.map((row) => row.message_text)).toEqual(['fine']);
    expect(view?.quarantine.map(({ reasons, raw }) => [reasons, raw])).toEqual([
      ['field_count', lines[1]],
      ['missing_value:message_id', lines[2]],
      ['not_a_timestamp:received_at', lines[3]],
    ]);
  });

  it('may be quiet', async () => {
    const { answer, view } = await ingest('');
    expect(answer).toMatchObject({ outcome: 'committed', rows: { read: 0, loaded: 0 } });
    expect(view?.manifest?.files).toMatchObject([{ rows: 0 }]);
  });

  it('must be there', async () => {
    const source = smsSource(await world.newBucket({}));
    await expect(world.ingest(source, day, { contract, hour: 9 })).rejects.toThrow(SourceNotReady);
  });
});
