import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubjectKind } from '../../contracts/contract.ts';
import { Engine } from '../conform/engine.ts';
import { defineKeyed, digestsOf, findInTexts, prepareSuppressions } from './find-suppressed.ts';
import { suppressionsOf, keyCheck, type Suppressions } from './suppressions.ts';

const key = 'a key for tests, of more than thirty-two characters';
const person = '6f1d8b2e-0c3a-4f5b-9d7e-1a2b3c4d5e6f';
const bare = person.replaceAll('-', '');

let directory: string;
let engine: Engine;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'suppression-'));
  engine = await Engine.open(directory);
});
afterEach(async () => {
  engine.close();
  await rm(directory, { recursive: true, force: true });
});

/** The list of one person, known by these identifiers. */
async function listOf(named: Partial<Record<SubjectKind, readonly string[]>>): Promise<Suppressions> {
  await defineKeyed(engine, key);
  const digests: Record<string, string[]> = {};
  for (const kind of ['customer_id', 'email', 'phone'] as const)
    digests[kind] = await digestsOf(engine, kind, named[kind] ?? []);
  const entries = [{ request_id: 'R-1', added_at: '2026-01-01T00:00:00Z', version: 1, digests }];
  return suppressionsOf({ version: 1, key_check: keyCheck(key), entries }, key);
}

async function isFound(named: Partial<Record<SubjectKind, readonly string[]>>, text: string | Buffer) {
  const suppressions = await listOf(named);
  await prepareSuppressions(engine, suppressions);
  const found = await findInTexts(engine, [{ ordinal: 7, raw: Buffer.from(text) }], suppressions);
  return found.has(7);
}

describe('a digest', () => {
  it('is the HMAC-SHA-256 of kind and identifier, with keys of any length', async () => {
    for (const secret of [key, 'x'.repeat(64), 'y'.repeat(200)]) {
      await defineKeyed(engine, secret);
      expect(await digestsOf(engine, 'email', ['Änne@Example.com '])).toEqual([
        createHmac('sha256', secret).update('email:änne@example.com').digest('hex'),
      ]);
    }
  });

  it('is the same for every way of writing an identifier, and another for another kind', async () => {
    await defineKeyed(engine, key);
    const ids = await digestsOf(engine, 'customer_id', [
      person,
      ` ${person.toUpperCase()} `,
      bare,
      'C-100',
      'c100',
    ]);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(3);
    const phones = await digestsOf(engine, 'phone', ['+46 70-123 45 67', '0046701234567', '46701234567']);
    expect(new Set(phones).size).toBe(1);
    const [asEmail] = await digestsOf(engine, 'email', ['46701234567']);
    expect(phones).not.toContain(asEmail);
  });
});

describe('in text that no contract could be applied to, a person is found', () => {
  it.each([
    ['a field of a broken CSV line', `12,${person},"unclosed`],
    ['upper case', `x;${person.toUpperCase()}`],
    ['a complaint id that embeds it', `Abc12efK${bare}4711a2b3c4d5eQwq,rest`],
    ['the middle of a longer run of hexadecimal digits', `fff${bare}abc`],
    ['JSON', `{"customeR iD":"${person}","a":1}`],
  ])('by customer id in %s', async (_, text) => {
    expect(await isFound({ customer_id: [person] }, text)).toBe(true);
  });

  it.each([
    ['by an id that is no UUID', { customer_id: ['C-4711'] }, '1,c-4711,x'],
    ['by e-mail', { email: ['jo.doe@example.com'] }, 'write to <Jo.Doe@example.com>.'],
    ['by e-mail at the end of a sentence', { email: ['jo.doe@example.com'] }, 'I am jo.doe@example.com.'],
    ['by phone between fields', { phone: ['+46701234567'] }, 'm1|2025-11-20|+46701234567|1234|hi'],
    ['by phone as people write it', { phone: ['+46701234567'] }, 'call me on +46 (70) 123-45 67!'],
    [
      'beside bytes that are no UTF-8 and NUL',
      { phone: ['+46701234567'] },
      Buffer.from('\xff\0+46701234567\0', 'latin1'),
    ],
  ])('%s', async (_, named, text) => {
    expect(await isFound(named, text)).toBe(true);
  });

  it('but nobody else', async () => {
    const other = person.replace('6', '7');
    const text = `12,${other},jo.doe@example.community,+467012345678,${bare.slice(1)}`;
    const named = { customer_id: [person], email: ['jo.doe@example.com'], phone: ['+46701234567'] };
    expect(await isFound(named, text)).toBe(false);
  });

  it('wherever separators put it', async () => {
    const suppressions = await listOf({ customer_id: [person], email: ['a@b.se'], phone: ['46701234567'] });
    await prepareSuppressions(engine, suppressions);
    const identifier = fc.constantFrom(person, 'a@b.se', '+46701234567');
    const separator = fc.constantFrom(',', '"', '|', '\t', '\n', ':', '{', ' ');
    await fc.assert(
      fc.asyncProperty(fc.string(), separator, identifier, separator, fc.string(), async (a, s, id, t, b) => {
        const raw = Buffer.from(a + s + id + t + b);
        expect((await findInTexts(engine, [{ ordinal: 1, raw }], suppressions)).size).toBe(1);
      }),
      { numRuns: 60 },
    );
  });
});

it('a key that is not the list’s own is refused, so is a short one', () => {
  const list = { version: 1, key_check: keyCheck(key), entries: [] };
  expect(() => suppressionsOf(list, `${key}!`)).toThrow('not the one');
  expect(() => suppressionsOf(list, 'short')).toThrow('fewer than 32');
});
