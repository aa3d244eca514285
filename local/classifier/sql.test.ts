import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classifyText } from '../../shared/classification/classifier.ts';
import { FOLD } from '../../shared/classification/fold.ts';
import { tokenText } from '../../shared/classification/tokens.ts';
import { REPOSITORY } from '../services/names.ts';

/** The macros, rendered by dbt itself, run on DuckDB beside the TypeScript that streams use. */
const FOLDED = Array.from(FOLD.from);
let folder: string;
let sql: string;
let duckdb: DuckDBConnection;

const seed = (name: string): string =>
  `read_csv('${join(REPOSITORY, 'dbt', 'seeds', `${name}.csv`)}', header = true, nullstr = 'no value')`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'classifier-'));
  sql = await renderMacro();
  duckdb = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await duckdb.run(`create table texts (text_key integer, text varchar)`);
  for (const name of ['classifier_words', 'classifier_terms'])
    await duckdb.run(`create table ${name} as select * from ${seed(name)}`);
}, 240_000);

afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

async function renderMacro(): Promise<string> {
  const inline =
    "with {{ classification_ctes('texts', 'classifier_words', 'classifier_terms') }} select * from classified";
  const project = join(REPOSITORY, 'dbt');
  const { stdout } = await promisify(execFile)(
    join(REPOSITORY, '.local', 'venvs', 'dbt', 'bin', 'dbt'),
    [
      '--quiet',
      '--no-use-colors',
      'compile',
      '--project-dir',
      project,
      '--profiles-dir',
      project,
      '--target',
      'duckdb',
      '--inline',
      inline,
    ],
    {
      env: {
        ...process.env,
        DBT_DUCKDB_PATH: join(folder, 'warehouse.duckdb'),
        DBT_TARGET_PATH: join(folder, 'target'),
        DBT_LOG_PATH: join(folder, 'logs'),
      },
    },
  );
  return stdout;
}

/** What SQL makes of texts, in their order. */
async function bySql(texts: readonly string[]): Promise<readonly unknown[]> {
  await duckdb.run('delete from texts');
  const appender = await duckdb.createAppender('texts');
  for (const [key, text] of texts.entries()) {
    appender.appendInteger(key);
    appender.appendVarchar(text);
    appender.endRow();
  }
  appender.closeSync();
  const result = await duckdb.runAndReadAll(`select * from (${sql}) order by text_key`);
  return result
    .getRowObjectsJson()
    .map(
      ({
        tokens,
        complaint_bucket: bucket,
        is_complaint: isComplaint,
        score,
        margin,
        matched_terms: matchedTerms,
      }) => ({
        tokens,
        bucket,
        isComplaint,
        score,
        margin,
        matchedTerms,
      }),
    );
}

const byTypeScript = (text: string): unknown => {
  const { score, margin, ...rest } = classifyText(text);
  const digits = (value: number | null): string | null => (value === null ? null : String(value));
  return { tokens: tokenText(text), ...rest, score: digits(score), margin: digits(margin) };
};

async function expectAgreement(texts: readonly string[]): Promise<void> {
  expect(await bySql(texts)).toEqual(texts.map(byTypeScript));
}

test('every labelled text gets the same tokens and outputs from SQL as from TypeScript', async () => {
  const labelled = join(REPOSITORY, 'classifier', 'labelled');
  const read = await duckdb.runAndReadAll(
    `select text from read_csv(['train', 'dev', 'test', 'fresh', 'others'].list_transform(split -> '${labelled}/' || split || '.csv'), header = true)`,
  );
  const texts = read.getRows().map(([text]) => String(text));
  expect(texts.length).toBeGreaterThan(2000);
  await expectAgreement(texts);
}, 60_000);

test('every character that is folded is folded alike', async () => {
  await expectAgreement(FOLDED.map((character) => `no${character}signal ${character} bill`));
}, 60_000);

test('texts without a known term are undecided in both', async () => {
  await expectAgreement(['', ' ', '\n', '...', '网络坏了', 'qwertz uiop', '!', 'a '.repeat(400)]);
});

/** What the rewrites look at, so that every one of them meets its edges. */
const SIGNS = "  05$€.,:-/@?!^~|'waZ".split('').concat('www.', 'http:');

/** Words the model knows, so that outputs have something to differ in, between anything at all. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    'no signal',
    'bill',
    'charged twice',
    'rude agent',
    'thanks',
    'refund',
    "can't",
    'data',
    'abeg',
    'una',
  ),
  fc.constantFrom('$12.99', '3,500', '24/7', 'http://a.b/c', 'x@y', 'a.b/c', '\u00a0'),
  fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 }),
  fc.constantFrom(...FOLDED),
);
const text = fc
  .array(piece, { maxLength: 30 })
  .map((pieces) => pieces.join(''))
  .filter((one) => !one.includes('\0'));

test('random texts get the same tokens and outputs from SQL as from TypeScript', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 200, size: 'max' }), expectAgreement),
    {
      numRuns: 10,
      seed: 5,
    },
  );
}, 180_000);
