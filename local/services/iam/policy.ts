import { listAt, objectAt, textAt } from '../json.ts';
import { fillReferences } from '../references.ts';

/** What an API call needs to be allowed. */
export interface Need {
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  /** Condition keys of the request, `s3:prefix`. */
  readonly context: Readonly<Record<string, string>>;
}

/** What allowed it, as the declaration writes it, references and all. */
export interface Grant {
  readonly sid: string;
  readonly action: string;
  readonly resource: string;
  /** Of each condition with several values, the one that was met. */
  readonly values: readonly string[];
}

interface Pattern {
  readonly declared: string;
  /** With references filled in; `${aws:…}` variables are filled in from the request. */
  readonly text: string;
}

interface Condition {
  readonly operator: 'StringEquals' | 'StringLike';
  readonly key: string;
  readonly values: readonly Pattern[];
}

export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly Pattern[];
  readonly conditions: readonly Condition[];
}

/**
 * Reads an identity policy of Allow statements. Throws for anything that it could not evaluate as IAM does, so that
 * nothing passes here that would not pass there.
 */
export function readPolicy(
  policy: unknown,
  references: Readonly<Record<string, string>>,
  place: string,
): readonly Statement[] {
  const pattern = (value: unknown): Pattern => {
    const declared = textAt(value, place);
    return { declared, text: fillReferences(declared, references, place) };
  };
  return listAt(objectAt(policy, place)['Statement'], `Statement in ${place}`).map((given) => {
    const { Sid, Effect, Action, Resource, Condition = {}, ...rest } = objectAt(given, place);
    const unknown = Object.keys(rest);
    if (unknown.length > 0 || Effect !== 'Allow')
      throw new Error(`${place}: only Allow statements are evaluated here, without ${unknown.join(', ')}`);
    return {
      sid: textAt(Sid, `Sid in ${place}`),
      actions: [Action].flat().map((action) => textAt(action, `Action in ${place}`)),
      resources: [Resource].flat().map(pattern),
      conditions: Object.entries(objectAt(Condition, place)).flatMap(([operator, keys]) => {
        if (operator !== 'StringEquals' && operator !== 'StringLike')
          throw new Error(`${place}: the condition operator ${operator} is not evaluated here`);
        return Object.entries(objectAt(keys, place)).map(([key, values]) => ({
          operator,
          key,
          values: [values].flat().map(pattern),
        }));
      }),
    };
  });
}

/** Every statement that allows it, with the parts of it that do; none when it is not allowed. */
export const grantsFor = (statements: readonly Statement[], need: Need): readonly Grant[] =>
  statements.flatMap(({ sid, actions, resources, conditions }) => {
    if (!actions.includes(need.action)) return [];
    const resource = resources.find(({ text }) => isLike(withVariables(text, need), need.resource));
    if (resource === undefined) return [];
    const met = conditions.map((condition) => ({ condition, value: valueMet(condition, need) }));
    if (met.some(({ value }) => value === undefined)) return [];
    const values = met.flatMap(({ condition, value }) =>
      condition.values.length > 1 && value !== undefined ? [value.declared] : [],
    );
    return [{ sid, action: need.action, resource: resource.declared, values }];
  });

/** A key that the request does not have meets no condition. */
function valueMet({ operator, key, values }: Condition, need: Need): Pattern | undefined {
  const given = need.context[key];
  if (given === undefined) return undefined;
  return values.find(({ text }) => {
    const wanted = withVariables(text, need);
    return operator === 'StringEquals' ? wanted === given : isLike(wanted, given);
  });
}

const withVariables = (text: string, { context }: Need): string =>
  text.replaceAll(/\$\{(aws:\w+)\}/g, (variable, key: string) => context[key] ?? variable);

/** `*` stands for any characters, `?` for one. */
const isLike = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value);
