import { isUtf8 } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateIntoTemp, type Generated } from './testing/generate-into-temp.ts';
import type { DefectKind } from './defects/kinds.ts';
import type { PartitionTruth } from './truth.ts';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The rest of a physical line, without LF. */
function lineAt(bytes: Buffer, offset: number): Buffer {
  const end = bytes.indexOf(0x0a, offset);
  return bytes.subarray(offset, end < 0 ? bytes.length : end);
}

describe('planted defects, in the bytes', { timeout: 60_000 }, () => {
  let made: Generated;

  beforeAll(async () => {
    made = await generateIntoTemp({
      scale: 0.02,
      days: ['2025-11-20', '2025-11-21', '2025-11-22', '2025-11-23'],
    });
  }, 60_000);
  afterAll(() => made.remove());

  /** First line of every plant of a kind. */
  async function linesOf(source: string, kind: DefectKind): Promise<Buffer[]> {
    const lines: Buffer[] = [];
    for (const { path, plants } of made.of(source)) {
      const bytes = await made.read(path);
      for (const plant of plants) {
        if (plant.kind === kind && plant.offset !== null) lines.push(lineAt(bytes, plant.offset));
      }
    }
    expect(lines.length).toBeGreaterThan(0);
    return lines;
  }

  const fieldsOf = (line: Buffer): number => line.toString('latin1').split(',').length;

  it('are where the truth says', async () => {
    for (const line of await linesOf('call_logs', 'short_line')) expect(fieldsOf(line)).toBeLessThan(9);
    for (const line of await linesOf('call_logs', 'long_line')) expect(fieldsOf(line)).toBeGreaterThan(10);
    for (const source of ['customers', 'call_logs', 'sms']) {
      for (const line of await linesOf(source, 'nul_byte')) expect(line.includes(0)).toBe(true);
      for (const line of await linesOf(source, 'invalid_utf8')) expect(isUtf8(line)).toBe(false);
      for (const line of await linesOf(source, 'value_too_large'))
        expect(line.length).toBeGreaterThan(65_535);
      for (const line of await linesOf(source, 'blank_line')) expect(['', '\r']).toContain(line.toString());
    }
    for (const source of ['call_logs', 'sms']) {
      for (const line of await linesOf(source, 'mixed_line_ends')) expect(line.at(-1)).toBe(0x0d);
    }
    for (const source of ['customers', 'call_logs']) {
      for (const line of await linesOf(source, 'bare_cr')) expect(line.toString()).toMatch(/\r./u);
      for (const line of await linesOf(source, 'broken_line'))
        expect(line.toString()).toMatch(/"[^",]+"[^",]/u);
      for (const line of await linesOf(source, 'unclosed_quote'))
        expect(line.toString().split('"')).toHaveLength(2);
    }
    for (const line of await linesOf('sms', 'too_few_fields'))
      expect(line.toString().split('|').length).toBeLessThan(5);
  });

  it('stand first, last and between; every kind of rejected line somewhere', () => {
    const parts: PartitionTruth[] = [...made.of('call_logs'), ...made.of('customers'), ...made.of('sms')];
    for (const { accounts, plants, path } of parts) {
      const ordinals = plants.map(({ ordinal }) => ordinal / accounts.read);
      expect({ path, first: plants.some(({ ordinal }) => ordinal === 1) }).toEqual({ path, first: true });
      expect(Math.max(...ordinals)).toBeGreaterThan(0.97);
      expect(ordinals.filter((at) => at > 0.3 && at < 0.7).length).toBeGreaterThan(3);
    }
  });

  it('straddle the boundaries of 64 KiB, 1 MiB and 4 MiB buffers', async () => {
    const straddled = new Set<number>();
    const kinds = new Set<string>();
    for (const { path, plants } of [...made.of('call_logs'), ...made.of('customers')]) {
      const bytes = await made.read(path);
      for (const { kind, offset } of plants) {
        const end = offset === null || kind === 'blank_line' ? -1 : bytes.indexOf(0x0a, offset) + 1;
        if (offset === null || end < 0 || kind === 'value_too_large') continue;
        for (const step of [1 << 16, 1 << 20, 1 << 22]) {
          if (Math.floor((end - 1) / step) === Math.floor(offset / step)) continue;
          straddled.add(step);
          kinds.add(kind);
        }
      }
    }
    expect(straddled).toEqual(new Set([1 << 16, 1 << 20, 1 << 22]));
    expect(kinds.size).toBeGreaterThan(10);
  });

  it('mark and end the files that they say', async () => {
    const parts = made.truth.partitions.filter(
      ({ source }) => source !== 'social_media' && source !== 'agents',
    );
    for (const { path, defects } of parts) {
      const bytes = await made.read(path);
      expect(bytes.subarray(0, 3).equals(BOM)).toBe(defects.byte_order_mark !== undefined);
      expect(bytes.at(-1) !== 0x0a).toBe(defects.no_final_newline !== undefined);
    }
    expect(
      parts.filter(({ defects }) => defects.byte_order_mark !== undefined).map(({ source }) => source),
    ).toEqual(expect.arrayContaining(['customers', 'call_logs', 'sms']));
  });

  it('mix line ends as often as counted', async () => {
    for (const { path, defects, source } of [...made.of('call_logs'), ...made.of('sms')]) {
      const text = (await made.read(path)).toString('latin1');
      const blank = text.match(/(?<=\n)\r\n/gu)?.length ?? 0;
      const crlf = (text.match(/\r\n/gu)?.length ?? 0) - blank;
      expect({ source, crlf }).toEqual({ source, crlf: defects.mixed_line_ends?.planted ?? 0 });
    }
  });

  it('leave a new column in one file of each daily source', async () => {
    for (const source of ['call_logs', 'web_forms', 'social_media']) {
      const columns = made.of(source).map((partition) => partition.new_columns);
      expect(columns).toEqual([[], ['callback_requested'], [], []]);
      const [, second] = made.of(source);
      expect((await made.read(second?.path ?? '')).includes('callback_requested')).toBe(true);
    }
  });

  it('make the JSON ragged without breaking it', async () => {
    for (const { path, plants } of made.of('social_media')) {
      const columns = JSON.parse((await made.read(path)).toString()) as Record<
        string,
        Record<string, unknown>
      >;
      for (const { kind, id, detail } of plants) {
        if (kind !== 'ragged_column') continue;
        const [key = ''] =
          Object.entries(columns['complaint_id'] ?? {}).find(([, value]) => value === id) ?? [];
        expect(Object.hasOwn(columns[detail?.['column'] ?? ''] ?? {}, key)).toBe(false);
      }
    }
    const last = made.of('social_media').at(-1);
    expect(Object.keys(last?.defects ?? {})).toEqual(
      expect.arrayContaining(['numeric_agent_ids', 'unordered_keys']),
    );
  });
});
