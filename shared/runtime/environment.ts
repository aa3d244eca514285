import { ConfigurationError } from './errors.ts';

/**
 * Reads the settings a function declares. All that are missing are reported at once, so that one look mends a
 * deployment.
 */
export function readEnvironment<const Name extends string>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0)
    throw new ConfigurationError(
      `the environment lacks ${missing.join(', ')}; declare them in the function's function.ts and deploy again`,
    );
  const settings: Partial<Record<Name, string>> = {};
  for (const name of names) settings[name] = environment[name] ?? '';
  return settings as Readonly<Record<Name, string>>;
}
