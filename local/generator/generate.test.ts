import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { generateSources } from './generate.ts';
import { generateIntoTemp, type Generated } from './testing/generate-into-temp.ts';
import { UsageError } from './usage-error.ts';

const made: Generated[] = [];

async function generated(options?: Parameters<typeof generateIntoTemp>[0]): Promise<Generated> {
  const one = await generateIntoTemp(options);
  made.push(one);
  return one;
}

afterEach(async () => {
  await Promise.all(made.splice(0).map((one) => one.remove()));
});

/** Path → hash of content, of all source files and the truth. */
async function hashes({ truth, read }: Generated): Promise<Record<string, string>> {
  const paths = [...truth.partitions.map(({ path }) => path), 'truth.json'];
  const entries = paths.map(async (path) => [
    path,
    createHash('sha256')
      .update(await read(path))
      .digest('hex'),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
}

describe('generateSources', { timeout: 60_000 }, () => {
  it('writes the same bytes for the same options, others for another seed', async () => {
    const [one, same, other] = [await generated(), await generated(), await generated({ seed: 6 })];
    expect(await hashes(same)).toEqual(await hashes(one));
    const [a, b] = [await hashes(one), await hashes(other)];
    for (const path of Object.keys(a)) expect(b[path]).not.toBe(a[path]);
  });

  it('writes the same customers, agents and ordinary rows whatever days are asked for', async () => {
    const four = await hashes(await generated({ defects: 'none' }));
    const one = await hashes(await generated({ defects: 'none', days: ['2025-11-22'] }));
    for (const [path, hash] of Object.entries(one)) if (path !== 'truth.json') expect(four[path]).toBe(hash);
  });

  it('lays the folder out as the real sources are', async () => {
    const { out } = await generated({ days: ['2025-11-20'], smsHours: [0, 23] });
    const found = (await readdir(out, { recursive: true })).filter((path) => path.includes('.')).sort();
    expect(found).toEqual([
      'agents/agents.csv',
      'call logs/call_logs_day_2025-11-20.csv',
      'customers/customers_dataset.csv',
      'sms/sms_inbox_2025-11-20_00.txt',
      'sms/sms_inbox_2025-11-20_23.txt',
      'social_medias/media_complaint_day_2025-11-20.json',
      'truth.json',
      'web_forms/web_form_request_2025_11_20.csv',
    ]);
  });

  it('plants nothing when clean', async () => {
    const { truth } = await generated({ defects: 'none' });
    for (const { defects, plants, accounts, superseded } of truth.partitions) {
      expect({ defects, plants, superseded }).toEqual({ defects: {}, plants: [], superseded: 0 });
      expect(accounts.loaded).toBe(accounts.read);
    }
  });

  it('plants only the kinds that are chosen', async () => {
    const { truth } = await generated({ defects: ['nul_byte', 'repeated'] });
    const kinds = new Set(truth.partitions.flatMap(({ defects }) => Object.keys(defects)));
    expect(kinds).toEqual(new Set(['nul_byte', 'repeated']));
  });

  it('replaces an earlier generation but no other folder', async () => {
    const { out } = await generated();
    const again = await generateSources({ out, scale: 0.0001, days: ['2025-11-20'], seed: 1, smsHours: [8] });
    expect(await readdir(join(out, 'sms'))).toEqual(['sms_inbox_2025-11-20_08.txt']);
    expect(again.partitions).toHaveLength(6);

    const foreign = await mkdtemp(join(tmpdir(), 'foreign-'));
    await writeFile(join(foreign, 'mine.csv'), 'a,b\n');
    const attempt = generateSources({ out: foreign, scale: 0.0001, days: ['2025-11-20'], seed: 1 });
    await expect(attempt).rejects.toThrow(UsageError);
    expect(await readdir(foreign)).toEqual(['mine.csv']);
    await rm(foreign, { recursive: true });
  });

  it('reports progress up to the whole', async () => {
    const seen: number[] = [];
    await generated({ onProgress: ({ rowsDone, rowsTotal }) => void seen.push(rowsDone / rowsTotal) });
    expect(seen.every((share, i) => share <= 1 && share >= (seen[i - 1] ?? 0) - 0.5)).toBe(true);
    expect(seen.length).toBeGreaterThan(10);
  });

  it('scales the volume with the scale', async () => {
    const { truth } = await generated({ scale: 0.002, defects: 'none', days: ['2025-11-21'] });
    const loaded = Object.fromEntries(
      truth.partitions.map(({ source, accounts }) => [source, accounts.loaded]),
    );
    expect(loaded).toMatchObject({
      customers: 5000,
      agents: 100,
      call_logs: 758,
      web_forms: 558,
      social_media: 76,
    });
    expect(loaded['sms']).toBeGreaterThan(38);
  });
});
