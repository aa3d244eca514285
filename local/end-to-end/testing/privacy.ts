import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Home } from '../../services/home.ts';
import { rowsAsText, tablesIn } from './warehouse.ts';

/** A place where personal data or secrets might turn up, and all it says. */
export interface Place {
  readonly name: string;
  readonly content: Buffer;
}

/** All files below a folder, or the file itself, byte by byte. */
export function filesIn(home: Home, ...names: readonly string[]): Place[] {
  return names.flatMap((name) => {
    const path = join(home.root, name);
    if (!existsSync(path)) throw new Error(`${path} does not exist: a search there would find nothing`);
    const files = statSync(path).isFile()
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name));
    return files.map((file) => ({ name: relative(home.root, file), content: readFileSync(file) }));
  });
}

/** All tables and views of some schemas, each row as text. */
export async function tablesAsPlaces(
  home: Home,
  schemas: readonly string[],
  except: readonly string[] = [],
): Promise<Place[]> {
  const places: Place[] = [];
  for (const table of await tablesIn(home.warehouse, schemas)) {
    if (except.includes(table)) continue;
    places.push({
      name: table,
      content: Buffer.from((await rowsAsText(home.warehouse, table)).join('\n')),
    });
  }
  return places;
}

/** Where which of the values were found: `dim_customers holds value 3 of 17`. Values themselves are not repeated. */
export const leaks = (places: readonly Place[], values: readonly string[]): string[] =>
  places.flatMap(({ name, content }) =>
    values.flatMap((value, index) =>
      spellingsOf(value).some((spelling) => content.includes(spelling))
        ? [`${name} holds value ${index + 1} of ${values.length}`]
        : [],
    ),
  );

/** As it is, and as JSON would have it. */
const spellingsOf = (value: string): string[] => [...new Set([value, JSON.stringify(value).slice(1, -1)])];

/** Everything secret that the home was given, by name. */
export function secretsOf(home: Home): string[] {
  const stored = JSON.parse(readFileSync(join(home.secrets, 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >;
  const { key_material, database_admin_password, database_reader_password, google_private_key } = stored;
  const bodyOfKey = google_private_key?.split('\n')[1];
  const found = [key_material, database_admin_password, database_reader_password, bodyOfKey];
  return found.map((value) => {
    if (value === undefined || value.length < 20) throw new Error('A secret is not where it was expected');
    return value;
  });
}
