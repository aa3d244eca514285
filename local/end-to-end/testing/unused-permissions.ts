import type { FunctionDeclaration, Permission } from '../../../shared/fleet/declaration.ts';
import type { CallRecord } from '../../services/iam/recorder.ts';

/**
 * Where the declared policies and the recorded calls differ, one sentence each: an action, a resource or one of several
 * values of a condition that no call made use of and that nothing excuses; an excuse for something that was used.
 */
export const policyDifferences = (
  fleet: readonly FunctionDeclaration[],
  calls: readonly CallRecord[],
): string[] =>
  fleet.flatMap(({ name, policy }) =>
    policy.flatMap((permission) => {
      const used = usedParts(name, permission, calls);
      const excused = new Set(Object.keys(permission.unexercised ?? {}));
      return partsOf(permission).flatMap((part) => {
        const said = `${name}: ${permission.sid} allows ${part}, which`;
        if (!used.has(part) && !excused.has(part)) return [`${said} no call made use of`];
        return used.has(part) && excused.has(part) ? [`${said} is excused, and used`] : [];
      });
    }),
  );

function usedParts(name: string, { sid }: Permission, calls: readonly CallRecord[]): ReadonlySet<string> {
  return new Set(
    calls.flatMap((call) =>
      call.kind === 'allowed' && call.function === name && call.sid === sid
        ? [call.action, call.resource, ...call.values]
        : [],
    ),
  );
}

function partsOf({ actions, resources, conditions = {} }: Permission): string[] {
  const alternatives = Object.values(conditions)
    .flatMap((keys) => Object.values(keys))
    .flatMap((values) => (typeof values === 'string' || values.length < 2 ? [] : values));
  return [...actions, ...resources, ...alternatives];
}

/** What functions were denied, or asked for in ways that nobody could judge. */
export const refusedCalls = (calls: readonly CallRecord[]): string[] =>
  calls.flatMap((call) => {
    if (call.kind === 'allowed') return [];
    return [
      call.kind === 'denied'
        ? `${call.function}: ${call.action} ${call.resource}`
        : `${call.function}: ${call.call}`,
    ];
  });
