/**
 * Starts a handler with an environment that records who reads what, and prints the record as JSON:
 * `{ "asked": [names read through shared/runtime/environment.ts], "past": ["NAME in file", …] }`, `past` being reads of
 * our own code that go past it. What packages read is theirs.
 *
 *     node read-settings.mjs <repository> <handler.ts> [<name>=<value> …]
 */
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const [repository, handlerFile, ...given] = process.argv.slice(2);
const settings = new Map(
  given.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
);
// Whatever it does besides starting reaches nobody.
const surroundings = {
  AWS_REGION: 'eu-north-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
};
const asked = new Set();
const past = new Set();

/** The file of ours that reads, if it is not a package or Node itself. */
const reader = () => {
  const [, ...frames] = (new Error().stack ?? '').split('\n');
  const frame = frames.find((line) => !line.includes(import.meta.url) && !line.includes('<anonymous>'));
  const file = /file:\/\/([^):]+)/.exec(frame ?? '')?.[1];
  if (file === undefined || file.includes('/node_modules/')) return undefined;
  const path = relative(repository, decodeURIComponent(file));
  return path.startsWith('..') ? file : path;
};

const note = (name) => {
  if (typeof name !== 'string') return;
  const file = reader();
  if (file === 'shared/runtime/environment.ts') asked.add(name);
  else if (file !== undefined) past.add(`${name} in ${file}`);
};

process.env = new Proxy(
  { ...surroundings },
  {
    get(target, name) {
      note(name);
      return asked.has(name) ? (settings.get(name) ?? 'anything') : target[name];
    },
    has: (target, name) => (note(name), name in target),
  },
);

const { handler } = await import(pathToFileURL(handlerFile).href);
// No function knows such an event, so that it ends once it has started.
const outcome = await handler('start and stop', { getRemainingTimeInMillis: () => 60_000 }).then(
  () => 'finished',
  (error) => error.name,
);
const compare = (a, b) => (a < b ? -1 : 1);
process.stdout.write(
  `\n${JSON.stringify({ asked: [...asked].toSorted(compare), past: [...past].toSorted(compare), outcome })}\n`,
);
process.exit();
