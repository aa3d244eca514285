import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { comparedColumns } from '../contracts/compared-columns.ts';
import { rawTable } from '../warehouse/raw-tables.ts';
import { dbtMaskingMacros, dbtProjectWithGrants } from './artefacts/dbt-access.ts';
import { complaintSourcesMacro, dbtSourcesYaml } from './artefacts/dbt-sources.ts';
import { functionsJson } from './artefacts/functions-json.ts';
import { orchestrationJson } from './artefacts/orchestration-json.ts';
import { roleMatrix } from './artefacts/role-matrix.ts';
import type { FunctionDeclaration } from './declaration.ts';

/** The one file that is generated only in part: lines that say so. */
const dbtProject = 'dbt/dbt_project.yml';

/** Everything that follows from the functions' declarations, by path in the repository. */
export function artefacts(fleet: readonly FunctionDeclaration[]): ReadonlyMap<string, string> {
  const rawTables = fleet.flatMap(({ source }) => (source === undefined ? [] : [rawTable(source.contract)]));
  return new Map([
    ['terraform/generated/functions.json', functionsJson(fleet)],
    ['dags/generated/fleet.json', orchestrationJson(fleet)],
    ['dbt/models/staging/_raw_sources.yml', dbtSourcesYaml(fleet)],
    ['dbt/macros/generated/complaint_sources.sql', complaintSourcesMacro(fleet)],
    ['functions/erase-customer/generated/subjects.json', subjectsJson(fleet)],
    ['functions/load-warehouse/generated/cadences.json', cadencesJson(fleet)],
    ['functions/migrate-warehouse/generated/raw-tables.json', `${JSON.stringify(rawTables, null, 2)}\n`],
    ['dbt/macros/generated/masking.sql', dbtMaskingMacros()],
    [dbtProject, dbtProjectWithGrants(readFileSync(join(import.meta.dirname, '../..', dbtProject), 'utf8'))],
    ['docs/data/role-matrix.md', roleMatrix(rawTables)],
  ]);
}

/** Of every source the columns by which rows of erased persons are found. */
const subjectsJson = (fleet: readonly FunctionDeclaration[]): string => {
  const contracts = fleet.flatMap(({ source }) => (source === undefined ? [] : [source.contract]));
  const subjects = Object.fromEntries(
    contracts.map((contract) => [contract.source, comparedColumns(contract)]),
  );
  return `${JSON.stringify(subjects, null, 2)}\n`;
};

const cadencesJson = (fleet: readonly FunctionDeclaration[]): string => {
  const contracts = fleet.flatMap(({ source }) => (source === undefined ? [] : [source.contract]));
  const cadences = Object.fromEntries(contracts.map(({ source, cadence }) => [source, cadence]));
  return `${JSON.stringify(cadences, null, 2)}\n`;
};

/** Paths whose committed content differs from what the declarations say now. */
export async function staleArtefacts(
  repository: string,
  wanted: ReadonlyMap<string, string>,
): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of wanted) {
    const current = await readFile(join(repository, path), 'utf8').catch(() => undefined);
    if (current !== content) stale.push(path);
  }
  return stale;
}

export async function writeArtefacts(repository: string, wanted: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, content] of wanted) {
    await mkdir(dirname(join(repository, path)), { recursive: true });
    await writeFile(join(repository, path), content);
  }
}
