import { ofType, violation, type Plan, type Violation } from '../harness/plan.ts';
import { policyDocuments, type Statement } from './policy-documents.ts';

const RULE = 'within the boundary';

/**
 * What a role of an environment is allowed has to be within the environment's boundary: IAM refuses the rest, and
 * nobody would see it before the first call fails.
 */
export function withinBoundary(environment: Plan, bootstrap: Plan): Violation[] {
  const name = environment.folder.replace('environments/', '');
  const bound = policyDocuments(bootstrap)
    .filter(({ resource }) => resource.address.endsWith(`aws_iam_policy.boundary["${name}"]`))
    .flatMap(({ statements }) => statements);
  if (bound.length === 0)
    return [violation(RULE, environment.folder, 'bootstrap makes no boundary for this environment')];
  const ours = new Set(ofType(environment, 'aws_iam_role').map(({ values }) => values['name']));
  return policyDocuments(environment)
    .filter(
      ({ resource }) => resource.type === 'aws_iam_role_policy' && ours.has(resource.values['role'] ?? null),
    )
    .flatMap(({ resource, statements }) =>
      statements.flatMap((statement) =>
        beyond(statement, bound).map((what) =>
          violation(RULE, resource.address, `${statement.sid}: ${what} is beyond the boundary`),
        ),
      ),
    );
}

const beyond = ({ allows, actions, resources }: Statement, bound: readonly Statement[]): string[] =>
  allows
    ? actions.flatMap((action) =>
        resources
          .filter(
            (resource) =>
              !bound.some(
                (limit) =>
                  limit.actions.includes(action) &&
                  limit.resources.some((pattern) => covers(pattern, resource)),
              ),
          )
          .map((resource) => `${action} on ${resource}`),
      )
    : [];

/** Whether everything that the second pattern matches is matched by the first. */
export function covers(pattern: string, resource: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${expression}$`).test(resource);
}
