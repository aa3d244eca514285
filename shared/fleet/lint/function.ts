import type { FunctionDeclaration, Permission } from '../declaration.ts';
import { unknownReferences } from '../references.ts';

/** Lambda's limits, and how long a name may be with the longest prefix (`coretelecoms-prod-`) that is put before it. */
const limits = {
  memoryMb: [128, 10_240],
  timeoutSeconds: [1, 900],
  temporaryDiskMb: [512, 10_240],
  reservedConcurrency: [1, 100],
} as const;
const maxNameLength = 64 - 'coretelecoms-prod-'.length;
const maxDescriptionLength = 256;
const maxEnvironmentBytes = 4096;

/** What is wrong with a declaration besides its policy, in sentences. `exists` answers for a path in the repository. */
export function declarationProblems(
  declaration: FunctionDeclaration,
  exists: (path: string) => boolean,
): string[] {
  const { name, description, alarm, environment, triggers } = declaration;
  const runbook = alarm.runbook.replace(/#.*$/, '');
  return [
    ...(/^[a-z][a-z0-9-]*$/.test(name) && name.length <= maxNameLength
      ? []
      : [`its name is no name: ${name}`]),
    ...(description.length <= maxDescriptionLength ? [] : ['its description is longer than Lambda allows']),
    ...Object.entries(limits).flatMap(([field, [low, high]]) => {
      const value = numberOf(declaration, field);
      return value >= low && value <= high ? [] : [`${field} must be ${low} to ${high}, it is ${value}`];
    }),
    ...environmentProblems(environment),
    ...triggerProblems(triggers),
    ...(alarm.impact.length >= 20 ? [] : ['its alarm does not say whom a failure hurts']),
    ...(runbook.endsWith('.md') && exists(runbook) ? [] : [`there is no runbook ${alarm.runbook}`]),
    ...unknownReferences(JSON.stringify([environment, declaration.policy, triggers])).map(
      (reference) => `Terraform knows no \${${reference}} (shared/fleet/references.ts)`,
    ),
    ...declaration.policy.flatMap(unexercisedProblems),
  ];
}

const numberOf = (declaration: FunctionDeclaration, field: string): number => {
  const found = Object.entries(declaration).find(([name]) => name === field)?.[1];
  return typeof found === 'number' ? found : NaN;
};

function environmentProblems(environment: Readonly<Record<string, string>>): string[] {
  const bytes = Object.entries(environment).reduce((sum, entry) => sum + entry.join('').length, 0);
  return [
    ...Object.entries(environment).flatMap(([key, value]) => [
      ...(/^[A-Z][A-Z0-9_]*$/.test(key) ? [] : [`the environment's ${key} is not in capitals`]),
      ...(/^(AWS_|LAMBDA_|_)/.test(key) ? [`the environment's ${key} is Lambda's own`] : []),
      ...(value === '' ? [`the environment's ${key} is empty`] : []),
    ]),
    ...(bytes > maxEnvironmentBytes ? ['its environment is larger than Lambda allows'] : []),
  ];
}

function triggerProblems(triggers: FunctionDeclaration['triggers']): string[] {
  const names = triggers.map(({ name }) => name);
  return [
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `two triggers are called ${name}`),
    ...triggers.flatMap(({ name, expression }) => [
      ...(/^[a-z][a-z0-9-]*$/.test(name) ? [] : [`a trigger's name is no name: ${name}`]),
      ...(/^(cron\(\S+ \S+ \S+ \S+ \S+ \S+\)|rate\(\d+ (minute|hour|day)s?\))$/.test(expression)
        ? []
        : [`the trigger ${name} has no schedule: ${expression}`]),
    ]),
  ];
}

/** A reason must be given for something that the statement says. */
const unexercisedProblems = ({ sid, actions, resources, unexercised = {} }: Permission): string[] =>
  Object.entries(unexercised).flatMap(([what, reason]) => [
    ...([...actions, ...resources].includes(what) ? [] : [`${sid} excuses ${what}, which it does not allow`]),
    ...(reason.length >= 20 ? [] : [`${sid} does not say why ${what} is needed`]),
  ]);
