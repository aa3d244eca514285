import { readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const BEGIN = '<!-- made by node terraform/tests/write-documents.ts -->';

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly default: string | undefined;
  readonly description: string;
}

/** READMEs with a table of inputs and outputs, by the folder that they describe. */
export async function foldersWithTables(terraform: string): Promise<string[]> {
  const modules = await readdir(join(terraform, 'modules'));
  return ['bootstrap', ...modules.map((name) => join('modules', name))].map((folder) =>
    join(terraform, folder),
  );
}

/** Brings the tables of all READMEs up to date. */
export async function writeTables(terraform: string): Promise<void> {
  for (const folder of await foldersWithTables(terraform))
    await writeFile(join(folder, 'README.md'), await withTables(folder));
}

/** The folder's README as it has to be: what people wrote, then the tables made from its variables and outputs. */
export async function withTables(folder: string): Promise<string> {
  const path = join(folder, 'README.md');
  const [written = ''] = existsSync(path) ? (await readFile(path, 'utf8')).split(BEGIN) : [''];
  const text = async (file: string) => readFile(join(folder, file), 'utf8').catch(() => '');
  const inputs = blocks(await text('variables.tf'), 'variable').map(variableOf);
  const outputs = blocks(await text('outputs.tf'), 'output');
  return [
    written.trimEnd(),
    '',
    BEGIN,
    '',
    '## Inputs',
    '',
    '| name | type | default | |',
    '| --- | --- | --- | --- |',
    ...inputs.map(
      ({ name, type, default: value, description }) =>
        `| \`${name}\` | ${type} | ${value === undefined ? '**required**' : code(value)} | ${description} |`,
    ),
    '',
    '## Outputs',
    '',
    '| name | |',
    '| --- | --- |',
    ...outputs.map(({ name, body }) => `| \`${name}\` | ${field(body, 'description')} |`),
    '',
  ].join('\n');
}

const blocks = (text: string, kind: string): { name: string; body: string }[] =>
  [...text.matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n([\\s\\S]*?)^\\}`, 'gm'))].map(
    ([, name = '', body = '']) => ({ name, body }),
  );

const variableOf = ({ name, body }: { name: string; body: string }): Variable => ({
  name,
  type: /^ {2}type\s+= (object|list\(object)/m.test(body)
    ? 'object, see variables.tf'
    : code(/^ {2}type\s+= (.+)$/m.exec(body)?.[1] ?? ''),
  default: /^ {2}default\s+= (.+)$/m.exec(body)?.[1],
  description: field(body, 'description'),
});

const field = (body: string, name: string): string =>
  (new RegExp(`^ {2}${name}\\s+= "(.*)"$`, 'm').exec(body)?.[1] ?? '')
    .replaceAll('$${', '${')
    .replaceAll('\\"', '"')
    .replaceAll('|', '\\|');

const code = (text: string): string => `\`${text}\``;
