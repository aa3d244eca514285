import {
  isObject,
  scalars,
  type Json,
  type JsonObject,
  type Plan,
  type PlannedResource,
} from '../harness/plan.ts';

export interface Statement {
  readonly sid: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Kinds of principal, `AWS`, `Service`, `Federated`, or `*` */
  readonly principalKinds: readonly string[];
  /** Each condition as `Operator key` → values */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
  /** NotAction, NotResource, NotPrincipal */
  readonly negations: readonly string[];
}

export interface PolicyDocument {
  readonly resource: PlannedResource;
  /** Path of the attribute that holds it */
  readonly attribute: string;
  readonly statements: readonly Statement[];
}

/** Every policy in a plan: any text that is JSON with statements, in whatever attribute. */
export const policyDocuments = (plan: Plan): PolicyDocument[] =>
  plan.resources.flatMap((resource) =>
    scalars(resource.values).flatMap(([attribute, value]) => {
      const statements = typeof value === 'string' ? statementsOf(value) : undefined;
      return statements === undefined ? [] : [{ resource, attribute, statements }];
    }),
  );

function statementsOf(text: string): Statement[] | undefined {
  if (!/^\s*\{[\s\S]*"Statement"/.test(text)) return undefined;
  try {
    const document: { Statement: JsonObject | readonly JsonObject[] } = JSON.parse(text);
    return [document.Statement].flat().map(statementOf);
  } catch {
    return undefined;
  }
}

const list = (value: Json | undefined): string[] =>
  value === undefined || value === null ? [] : [value].flat().map(String);

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

function statementOf(statement: JsonObject): Statement {
  const principal = statement['Principal'];
  const kinds: JsonObject = typeof principal === 'string' ? { '*': principal } : objectOf(principal);
  return {
    sid: list(statement['Sid'])[0] ?? '',
    allows: statement['Effect'] === 'Allow',
    actions: list(statement['Action']),
    resources: list(statement['Resource']),
    principals: Object.values(kinds).flatMap(list),
    principalKinds: Object.keys(kinds),
    conditions: new Map(
      Object.entries(objectOf(statement['Condition'])).flatMap(([operator, keys]) =>
        Object.entries(objectOf(keys)).map(([key, value]): [string, string[]] => [
          `${operator} ${key}`,
          list(value),
        ]),
      ),
    ),
    negations: ['NotAction', 'NotResource', 'NotPrincipal'].filter((key) => key in statement),
  };
}

/** Whether a statement's conditions speak of any of the keys. */
export const hasCondition = (statement: Statement, ...keys: readonly string[]): boolean =>
  [...statement.conditions.keys()].some((name) =>
    keys.some((key) => name.toLowerCase().endsWith(` ${key.toLowerCase()}`)),
  );
