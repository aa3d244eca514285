import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let repository: string;
const git = (...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd: repository,
      encoding: 'utf8',
    },
  ).trim();

/** Areas that a change of these files touches. */
function touchedBy(...files: string[]): string[] {
  const base = git('rev-parse', 'HEAD');
  for (const file of files) {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), 'changed');
  }
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message=change');
  return areas(base);
}

function areas(base: string): string[] {
  const script = join(import.meta.dirname, 'changed-areas.sh');
  const lines = execFileSync(script, [base], { cwd: repository, encoding: 'utf8' }).trim().split('\n');
  return lines.filter((line) => line.endsWith('=true')).map((line) => line.replace('=true', ''));
}

const EVERYTHING = ['code', 'dags', 'dbt', 'delivery', 'documents', 'image', 'terraform'];

/** Images need no git, and where it is missing nobody asks what a commit has changed. */
describe.runIf(spawnSync('git', ['--version']).status === 0)('a change', () => {
  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'areas-'));
    git('init', '--quiet', '--initial-branch=main');
    git('commit', '--quiet', '--allow-empty', '--message=base');
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  it.each([
    [['functions/sms/handler.ts'], ['code']],
    [['functions/sms/function.ts'], ['code', 'terraform']],
    [['functions/sms/contract.ts'], ['code', 'dbt']],
    [['dags/coretelecoms/plan.py'], ['dags']],
    [['dbt/models/marts/complaints/fct_complaints.sql'], ['dbt']],
    [['dbt/seeds/classifier_terms.csv'], ['code', 'dbt']],
    [['classifier/labelled/train.csv'], ['code']],
    [['docs/architecture.md'], ['documents']],
    [['terraform/modules/lake/main.tf'], ['documents', 'terraform']],
    [['Dockerfile'], ['delivery', 'image']],
    [['.github/workflows/cd.yml'], ['delivery']],
    [['dbt/requirements.lock'], ['dbt', 'image']],
    [['LICENSE'], []],
    [['package-lock.json'], EVERYTHING],
    [['local/checks/checks.ts'], EVERYTHING],
    [
      ['LICENSE', 'dags/x.py', 'dbt/x.sql'],
      ['dags', 'dbt'],
    ],
  ])('%j is checked by %j', (files, expected) => {
    expect(touchedBy(...files)).toEqual(expected);
  });

  it('without a commit to compare with everything is checked', () => {
    expect(areas('')).toEqual(EVERYTHING);
  });

  it('a base that is not there fails instead of checking nothing', () => {
    expect(() => areas('0'.repeat(40))).toThrow(/bad object|Invalid/);
  });
});
