import type { ProviderSchema } from '../provider/schema.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** One thing that would be created. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  /** What is known of it before it exists; what the configuration leaves to AWS is missing. */
  readonly values: JsonObject;
}

/** What one folder would create in an account where nothing exists. */
export interface Plan {
  /** The folder, below `terraform`. */
  readonly folder: string;
  readonly resources: readonly PlannedResource[];
  readonly schema: ProviderSchema;
}

interface ModuleValues {
  readonly resources?: readonly (PlannedResource & { readonly mode: string })[];
  readonly child_modules?: readonly ModuleValues[];
}

/** @param text what `terraform show -json <plan>` printed */
export function readPlan(folder: string, text: string, schema: ProviderSchema): Plan {
  const document: { planned_values: { root_module: ModuleValues } } = JSON.parse(text);
  return { folder, resources: resourcesIn(document.planned_values.root_module), schema };
}

const resourcesIn = ({ resources = [], child_modules: children = [] }: ModuleValues): PlannedResource[] => [
  ...resources.filter(({ mode }) => mode === 'managed'),
  ...children.flatMap(resourcesIn),
];

export const ofType = (plan: Plan, ...types: readonly string[]): PlannedResource[] =>
  plan.resources.filter(({ type }) => types.includes(type));

/** A value by its path, `a.0.b`; undefined where there is none. */
export function at(values: Json | undefined, path: string): Json | undefined {
  let value: Json | undefined = values;
  for (const key of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value)) value = value[key];
    else return undefined;
  }
  return value;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textAt = (values: Json | undefined, path: string): string => {
  const value = at(values, path);
  return typeof value === 'string' ? value : '';
};

/** Every scalar in a value, with its path. */
export function scalars(value: Json, path = ''): (readonly [string, string | number | boolean])[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    scalars(inner, path === '' ? key : `${path}.${key}`),
  );
}

/** Something that must not be deployed. */
export interface Violation {
  readonly rule: string;
  readonly where: string;
  readonly what: string;
}

export type Rule = (plan: Plan) => readonly Violation[];

export const violation = (rule: string, where: string, what: string): Violation => ({ rule, where, what });
