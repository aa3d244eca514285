import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATEGORIES, MEDIA_CHANNELS, STATUSES } from './complaints/domains.ts';
import { recount } from './testing/rules.ts';
import { generateIntoTemp, type Generated } from './testing/generate-into-temp.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
const seconds = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;

/** Every check holds for every row; shows the first rows that break one. */
function expectEach(
  rows: readonly (readonly string[])[],
  checks: (row: readonly string[]) => readonly boolean[],
): void {
  expect(rows.filter((row) => checks(row).includes(false)).slice(0, 3)).toEqual([]);
}

describe('clean sources are like the real ones', { timeout: 60_000 }, () => {
  let made: Generated;
  const known = new Map<string, (readonly string[])[]>();

  beforeAll(async () => {
    made = await generateIntoTemp({ scale: 0.005, defects: 'none' });
  }, 60_000);
  afterAll(() => made.remove());

  async function rowsOf(source: string): Promise<(readonly string[])[]> {
    const rows = known.get(source) ?? [];
    if (rows.length > 0) return rows;
    known.set(source, rows);
    for (const partition of made.of(source)) rows.push(...(await recount(made.out, partition)).loaded);
    return rows;
  }

  async function firstLine(source: string): Promise<string> {
    const text = (await made.read(made.of(source)[0]?.path ?? '')).toString();
    return text.slice(0, text.indexOf('\n'));
  }

  function expectFlat(values: readonly (string | undefined)[], members: readonly string[]): void {
    expect(new Set(values)).toEqual(new Set(members));
    for (const member of members) {
      const share = values.filter((value) => value === member).length / values.length;
      const spread = Math.sqrt((1 / members.length) * (1 - 1 / members.length) * (1 / values.length));
      expect(Math.abs(share - 1 / members.length)).toBeLessThan(4 * spread);
    }
  }

  it('have the exact headers', async () => {
    expect(await firstLine('customers')).toBe(
      'customer_id,name,Gender,DATE of biRTH,signup_date,email,address',
    );
    expect(await firstLine('agents')).toBe('iD,NamE,experience,state');
    expect(await firstLine('call_logs')).toBe(
      ',call ID,customeR iD,COMPLAINT_catego ry,agent ID,call_start_time,call_end_time,resolutionstatus,callLogsGenerationDate',
    );
    expect(await firstLine('web_forms')).toBe(
      'Column1,request_id,customeR iD,COMPLAINT_catego ry,agent ID,resolutionstatus,request_date,resolution_date,webFormGenerationDate',
    );
    const { header } = await recount(made.out, made.of('social_media')[0] ?? expect.fail());
    expect(header).toEqual([
      'complaint_id',
      'customeR iD',
      'COMPLAINT_catego ry',
      'agent ID',
      'resolutionstatus',
      'request_date',
      'resolution_date',
      'media_channel',
      'MediaComplaintGenerationDate',
    ]);
  });

  it('know customers by distinct uuids, with two-line addresses and a few misspelt e-mail domains', async () => {
    const rows = await rowsOf('customers');
    expect(new Set(rows.map(([id]) => id)).size).toBe(Math.round(2_499_948 * 0.005));
    expectEach(
      rows,
      ([id = '', name = '', gender = '', born = '', signedUp = '', email = '', address = '']) => [
        UUID.test(id),
        /^\S+ \S+$/u.test(name),
        /^[FM]$/u.test(gender),
        born >= '1930-01-01' && born <= '1998-12-31',
        signedUp >= '2010-01-01' && signedUp <= '2024-12-31',
        /^[0-9a-f]{2}[a-z]+[._-][a-z]+[0-9a-f]{3}@/u.test(email),
        /^.+\n(?:.+, [A-Z]{2}|[AFD]PO A[AEP]) \d{5}$/u.test(address),
      ],
    );
    const domains = new Set(rows.map(([, , , , , email = '']) => email.slice(email.indexOf('@') + 1)));
    expect(domains).toEqual(
      new Set(['gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'GmaiL.om', 'hotmai.com']),
    );
    expect(rows.some(([, , , , , email = '']) => /\.om[a-z]*\w*@/u.test(email))).toBe(true);
    const typos = rows.filter(([, , , , , email = '']) => email.endsWith('@GmaiL.om')).length;
    expect(made.of('customers')[0]?.facts['email domain GmaiL.om']).toBe(typos);
    const regions = new Set(rows.map(([, , , , , , address = '']) => address.slice(-8, -6)));
    expect(regions).toEqual(new Set([...regions, 'TX', 'AA', 'AE', 'AP', 'PR', 'GU', 'MP']));
  });

  it('know a hundred agents', async () => {
    const rows = await rowsOf('agents');
    expect(rows.map(([id]) => id)).toEqual(Array.from({ length: 100 }, (_, n) => String(1000 + n)));
    expect(new Set(rows.map(([, , experience]) => experience))).toEqual(
      new Set(['intern', 'Junior', 'Mid-level', 'Senior']),
    );
  });

  it('embed the customer in every complaint id, which is that of a customer in the file', async () => {
    const customers = new Set((await rowsOf('customers')).map(([id]) => id));
    const shapes = {
      call_logs: /^[A-Z][a-z]{2}[0-9a-f]{4}[KQX]([0-9a-f]{32})\d{2,4}[0-9a-f]{9}[KQX](?:ak|gd|wq|ad)$/u,
      social_media: /^[a-z]{3}[0-9a-f]{4}[KQX]([0-9a-f]{32})\d{2,4}[0-9a-f]{9}[KQX](?:ak|gd|wq|ad)$/u,
      web_forms: /^[a-z]{2}[0-9a-f]{2}[0-9a-f]{4}[KQX]([0-9a-f]{32})\d{3,4}[0-9a-f]{4}[KQX](?:ak|gd|wq|ad)$/u,
    };
    for (const [source, shape] of Object.entries(shapes)) {
      const at = source === 'social_media' ? 0 : 1;
      const rows = await rowsOf(source);
      expectEach(rows, (row) => {
        const [id = '', customer = ''] = row.slice(at);
        return [shape.exec(id)?.[1] === customer.replaceAll('-', ''), customers.has(customer)];
      });
      expect(new Set(rows.map((row) => row[at])).size).toBe(rows.length);
    }
  });

  it('are flat in category, status and channel', async () => {
    const [calls, social, web] = [
      await rowsOf('call_logs'),
      await rowsOf('social_media'),
      await rowsOf('web_forms'),
    ];
    expectFlat(
      calls.map((row) => row[3]),
      CATEGORIES,
    );
    expectFlat(
      calls.map((row) => row[7]),
      STATUSES,
    );
    expectFlat(
      web.map((row) => row[3]),
      CATEGORIES,
    );
    expectFlat(
      web.map((row) => row[5]),
      STATUSES,
    );
    expectFlat(
      social.map((row) => row[7]),
      MEDIA_CHANNELS,
    );
    const months = calls.map((row) => (row[5] ?? '').slice(0, 7)).filter((month) => month < '2025-11');
    for (const month of new Set(months)) {
      const share = months.filter((one) => one === month).length / months.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.025);
    }
    expect(new Set(months).size).toBe(10);
  });

  it('hold calls of 4 to 13 minutes from January to mid-November, whatever their status', async () => {
    expectEach(await rowsOf('call_logs'), ([, , , , , start = '', end = '', , generated = '']) => {
      const length = seconds(end) - seconds(start);
      return [
        length >= 240 && length <= 780,
        start >= '2025-01-01' && start < '2025-11-16',
        generated >= '2025-11-20' && generated <= '2025-11-23',
      ];
    });
  });

  it('resolve tickets after some 13 days, and only those that are Resolved', async () => {
    const rows = await rowsOf('web_forms');
    expectEach(rows, ([, , , , , status, opened = '', closed = '', generated = '']) => [
      (closed !== '') === (status === 'Resolved'),
      closed === '' || (closed > opened && closed < generated),
    ]);
    const days = rows.flatMap(([, , , , , , opened = '', closed = '']) =>
      closed === '' ? [] : [(seconds(closed) - seconds(opened)) / 86_400],
    );
    const mean = days.reduce((sum, one) => sum + one, 0) / days.length;
    expect(mean).toBeGreaterThan(12);
    expect(mean).toBeLessThan(14);
  });

  it('index rows of files with gaps', async () => {
    for (const source of ['call_logs', 'web_forms']) {
      const partition = made.of(source)[0] ?? expect.fail();
      const indexes = (await recount(made.out, partition)).loaded.map(([index]) => Number(index));
      expect(indexes.every((index, i) => index > (indexes[i - 1] ?? -1))).toBe(true);
      expect(Math.max(...indexes) - Math.min(...indexes)).toBeGreaterThan(2 * indexes.length);
    }
    const { path } = made.of('social_media')[0] ?? expect.fail();
    const { complaint_id: ids } = JSON.parse((await made.read(path)).toString()) as Record<string, object>;
    const keys = Object.keys(ids ?? {}).map(Number);
    expect(keys.at(-1)).toBeGreaterThan(keys.length);
  });

  it('hold messages of their own hour, with escaped texts', async () => {
    for (const partition of made.of('sms')) {
      const { loaded } = await recount(made.out, partition);
      const hour =
        Date.parse(`${partition.partition_date}T00:00Z`) + (partition.partition_hour ?? 0) * 3_600_000;
      expectEach(loaded, ([id = '', at = '', sender = '', code = '', text = '']) => {
        const late = Date.parse(at) - hour;
        const unescaped = text.replaceAll(String.raw`\\`, '').replaceAll(String.raw`\n`, '');
        return [
          late >= 0 && late < 3_600_000,
          /^SM[0-9a-f]{32} \+1\d{10} \d{5}$/u.test(`${id} ${sender} ${code}`),
          !unescaped.includes('\\'),
        ];
      });
    }
    const texts = (await rowsOf('sms')).map((row) => row[4] ?? '');
    for (const special of ['|', String.raw`\n`, String.raw`\\`]) {
      expect(texts.some((text) => text.includes(special))).toBe(true);
    }
  });
});
