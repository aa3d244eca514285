import { subjectKinds, type SubjectKind } from '../../shared/contracts/contract.ts';
import { InvalidRequest } from '../../shared/runtime/errors.ts';

/** What a person is known by, in plain text: exists in memory only. */
export type Identifiers = Readonly<Record<SubjectKind, readonly string[]>>;

const mostOfAKind = 20;

const separators = /[\s,;|"'<>(){}[\]=:\\]/;

/**
 * What an identifier must look like: enough of one that it cannot mean half the customers, and written so that it can be
 * found in text.
 */
const rules: Readonly<
  Record<SubjectKind, { readonly holds: (value: string) => boolean; readonly rule: string }>
> = {
  customer_id: {
    holds: (value) => /^[A-Za-z0-9._-]{4,128}$/.test(value) && /\d/.test(value),
    rule: 'a UUID, or 4 to 128 letters, digits, dots, dashes and underscores with a digit among them',
  },
  email: {
    holds: (value) => /^[^@]+@[^@]+\.[^@]+$/.test(value) && !separators.test(value),
    rule: 'an e-mail address',
  },
  phone: {
    holds: (value) => /^\+?[0-9 ()./-]+$/.test(value) && /^\d{7,15}$/.test(digitsOf(value)),
    rule: 'a number of 7 to 15 digits with its country code',
  },
};

const digitsOf = (value: string): string => value.replaceAll(/\D/g, '').replace(/^00/, '');

/**
 * Reads `{"customer_id": ["…"], "email": ["…"], "phone": ["…"]}`. Throws `InvalidRequest` that says which one is wrong,
 * without repeating it.
 */
export function parseIdentifiers(text: string): Identifiers {
  const given = objectOf(text);
  for (const name of given.keys())
    if (!subjectKinds.some((kind) => kind === name))
      throw new InvalidRequest(`the identifiers have a kind other than ${subjectKinds.join(', ')}`);
  const identifiers = {
    customer_id: valuesOf(given, 'customer_id'),
    email: valuesOf(given, 'email'),
    phone: valuesOf(given, 'phone'),
  };
  if (subjectKinds.every((kind) => identifiers[kind].length === 0))
    throw new InvalidRequest('the identifiers name nobody');
  return identifiers;
}

function objectOf(text: string): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidRequest('the identifiers must be a JSON object, such as {"customer_id": ["…"]}');
  return new Map<string, unknown>(Object.entries(value));
}

function valuesOf(given: ReadonlyMap<string, unknown>, kind: SubjectKind): string[] {
  const values = given.get(kind) ?? [];
  if (!Array.isArray(values) || values.length > mostOfAKind)
    throw new InvalidRequest(`${kind} must be a list of at most ${mostOfAKind}`);
  return values.map((value: unknown, index) => {
    const text = typeof value === 'string' ? value.trim() : '';
    if (!rules[kind].holds(text))
      throw new InvalidRequest(`${kind} ${index + 1} of ${values.length} is not ${rules[kind].rule}`);
    return text;
  });
}
