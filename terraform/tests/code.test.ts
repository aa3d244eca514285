import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersWithTables, withTables } from './documents/tables.ts';
import { TERRAFORM } from './harness/workspace.ts';
import { covers } from './rules/boundary.ts';
import { codeProblems } from './rules/code.ts';
import { readDeclarations } from './rules/fleet.ts';

const REPOSITORY = dirname(TERRAFORM);
const text = (path: string): Promise<string> => readFile(join(REPOSITORY, path), 'utf8');

describe('the Terraform code', () => {
  it('keeps what can be seen without Terraform: pins, descriptions, backends, no secret', async () => {
    expect(await codeProblems(TERRAFORM)).toEqual([]);
  });

  it('supplies every reference that functions.json may hold, and no other', async () => {
    const { references } = readDeclarations(join(TERRAFORM, 'generated', 'functions.json'));
    const supplied =
      /references = \{\n([\s\S]*?)\n {2}\}/.exec(await text('terraform/modules/fleet/references.tf'))?.[1] ??
      '';
    expect([...supplied.matchAll(/^ {4}(\w+) +=/gm)].map(([, name]) => name)).toEqual(references);
  });

  it('gives the DAGs every setting that they cannot do without', async () => {
    const required =
      /^REQUIRED = \(([\s\S]*?)\)/m.exec(await text('dags/coretelecoms/settings.py'))?.[1] ?? '';
    const names = [...required.matchAll(/"(\w+)"/g)].map(([, name = '']) => name);
    const sources = `${await text('terraform/modules/orchestration/files.tf')}\n${await text('deploy/mwaa/startup.sh')}`;
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => !new RegExp(`\\b${name} *=`).test(sources))).toEqual([]);
  });

  it('runs the Airflow that the DAGs are tested with', async () => {
    const pinned = /apache-airflow(?:-core)?==(\S+)/.exec(await text('dags/requirements.lock'))?.[1];
    const deployed = /airflow_version +(?:=) "([^"]+)"/.exec(
      await text('terraform/modules/orchestration/main.tf'),
    )?.[1];
    expect(deployed).toBe(pinned);
  });

  it('names runbooks that are there', async () => {
    const alarms = await text('terraform/modules/observability/platform-alarms.tf');
    const runbooks = [...alarms.matchAll(/"(docs\/runbooks\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(runbooks.length).toBeGreaterThan(0);
    expect(runbooks.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
  });

  it('knows nothing of the offline checks', async () => {
    const folders = ['bootstrap', 'environments/dev', 'environments/prod', 'modules/fleet'];
    for (const folder of folders) {
      const versions = await text(`terraform/${folder}/versions.tf`);
      expect(versions).toContain('source  = "hashicorp/aws"');
      expect(versions).not.toMatch(/stand.?in|mirror/i);
    }
  });
});

describe('the READMEs', async () => {
  const folders = await foldersWithTables(TERRAFORM);

  it.each(folders)('of %s have the tables of its inputs and outputs', async (folder) => {
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe(await withTables(folder));
  });
});

describe('what is accepted of checkov', () => {
  it('is little, and each has its reason', async () => {
    const lines = (await text('terraform/tests/checkov.yaml'))
      .split('\n')
      .filter((line) => /^ {2}- CKV/.test(line));
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(lines.filter((line) => !/ # .{20,}/.test(line))).toEqual([]);
  });
});

describe('a pattern of a policy', () => {
  it('covers what is narrower, and nothing else', () => {
    expect(covers('arn:aws:s3:::lake-*/*', 'arn:aws:s3:::lake-prod/raw/*')).toBe(true);
    expect(covers('arn:aws:s3:::lake-*/raw', 'arn:aws:s3:::lake-prod/*')).toBe(false);
    expect(covers('arn:aws:s3:::a.b', 'arn:aws:s3:::acb')).toBe(false);
  });
});
