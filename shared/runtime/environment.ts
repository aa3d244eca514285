import { ConfigurationError } from './errors.ts';

/**
 * Reads the settings a function declares. All that are missing are reported at once, so that one look mends a
 * deployment.
 */
export function readEnvironment<const Name extends string>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<Name, string>> {
  const settings = Object.fromEntries(names.map((name) => [name, environment[name]]));
  const missing = names.filter((name) => (environment[name] ?? '') === '');
  const isComplete = (value: object): value is Record<Name, string> =>
    missing.length === 0 && value === settings;
  if (isComplete(settings)) return settings;
  throw new ConfigurationError(
    `the environment lacks ${missing.join(', ')}; declare them in the function's function.ts and deploy again`,
  );
}
