declare global {
  interface JSON {
    /** ECMAScript 2025; the compiler's library does not know it yet. */
    rawJSON(text: string): unknown;
  }
}

/** Text of a number in JSON as the source wrote it (`1000.0` stays `1000.0`). */
class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Context that `JSON.parse` hands to a reviver (ECMAScript 2025, "JSON.parse source text access"). */
interface ReviverContext {
  readonly source?: string;
}

/** Parses JSON without turning numbers into doubles; undefined where the text is no JSON. */
export function parseExactly(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text, (_key, parsed: unknown, context?: ReviverContext) =>
      typeof parsed === 'number' && context?.source !== undefined ? new NumberText(context.source) : parsed,
    );
    return { value };
  } catch {
    // The parser's message quotes the text, so it is not passed on.
    return undefined;
  }
}

/** A JSON value as the text of a lake column: null stays null, an object or array becomes JSON again. */
export function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof NumberText) return value.text;
  return JSON.stringify(value, writeNumbers);
}

/** JSON text of a record, numbers as the source wrote them. */
export const asJson = (value: unknown): string => JSON.stringify(value, writeNumbers);

const writeNumbers = (_key: string, value: unknown): unknown =>
  value instanceof NumberText ? JSON.rawJSON(value.text) : value;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
