/** Narrowing of parsed JSON: each function answers the value in its type or throws, naming the place. */

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

export function objectAt(value: unknown, place: string): JsonObject {
  if (isObject(value)) return value;
  throw new TypeError(`${place} must be an object.`);
}

export function textAt(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${place} must be a text.`);
}

export function numberAt(value: unknown, place: string): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`${place} must be a number.`);
}

export function listAt(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`${place} must be a list.`);
}

/** An object whose values are all texts. */
export function textsAt(value: unknown, place: string): Record<string, string> {
  const entries = Object.entries(objectAt(value, place));
  return Object.fromEntries(entries.map(([key, text]) => [key, textAt(text, `${place}.${key}`)]));
}
