/** Reading SQL text without parsing it: comments and parameters. */

/** Matches what may hold a colon that is no parameter, or a parameter; group 1 is the parameter's name. */
const literalOrParameter =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|(?<!\w):([A-Za-z_][A-Za-z0-9_]*)/g;

export interface BoundText {
  /** The statement with `:name` written as DuckDB's `$name`. */
  readonly sql: string;
  /** Names of the parameters it refers to, each once. */
  readonly names: readonly string[];
}

/** Finds the Data API's named parameters (`:name`) outside of quotes, comments, casts (`::type`) and names (`sys:secadmin`). */
export function bindParameters(sql: string): BoundText {
  const names = new Set<string>();
  const bound = sql.replace(literalOrParameter, (text: string, name: string | undefined) => {
    if (name === undefined) return text;
    names.add(name);
    return `$${name}`;
  });
  return { sql: bound, names: [...names] };
}

/** The statement without comments and closing semicolon. */
export function stripComments(sql: string): string {
  return sql
    .replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (text) => (text.startsWith("'") ? text : ' '))
    .trim()
    .replace(/;\s*$/, '');
}
