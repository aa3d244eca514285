import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** In order of preference: MWAA runs 3.12. */
const NAMES = ['python3.12', 'python3.11', 'python3.13', 'python3', 'python'];
const OLDEST = [3, 11];
const QUESTION = `
import json, sys
missing = []
for module in ("venv", "ensurepip"):
    try:
        __import__(module)
    except ImportError:
        missing.append(module)
print(json.dumps({"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "missing": missing}))
`;

/**
 * Finds a Python that can make virtual environments. Every candidate on the path is run: a version manager's shim
 * may stand there for a version that is not selected. pyenv's own folders are looked into for the same reason.
 *
 * @returns {Promise<{ path: string, version: string }>}
 */
export async function findPython(environment = process.env) {
  const incomplete = [];
  const old = [];
  for (const candidate of candidates(environment)) {
    const found = await ask(candidate);
    if (!found) continue;
    if (isOlder(found.version)) old.push(`${found.path} is ${found.version}`);
    else if (found.missing.length > 0) incomplete.push(found);
    else return { path: found.path, version: found.version };
  }
  if (incomplete.length > 0) throw new Error(cannotMakeEnvironments(incomplete[0]));
  const seen = old.length > 0 ? ` (found only: ${[...new Set(old)].join(', ')})` : '';
  throw new Error(`Python ${OLDEST.join('.')} or newer is needed and was not found on the path${seen}.`);
}

/** Whether environments made with this version (`3.12.4`) are what MWAA runs. */
export const isPreferred = (version) => version?.startsWith('3.12.') ?? false;

function candidates(environment) {
  const folders = [...new Set((environment.PATH ?? '').split(delimiter))].filter(Boolean);
  folders.push(...pyenvFolders(environment));
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

/** Folders of the versions that pyenv has installed, newest first, whether or not any is selected. */
function pyenvFolders({ PYENV_ROOT, HOME }) {
  const versions = join(PYENV_ROOT || join(HOME || homedir(), '.pyenv'), 'versions');
  try {
    const newestFirst = (a, b) => b.localeCompare(a, 'en', { numeric: true });
    return readdirSync(versions)
      .toSorted(newestFirst)
      .map((version) => join(versions, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function ask(candidate) {
  try {
    const { stdout } = await promisify(execFile)(candidate, ['-I', '-c', QUESTION], { timeout: 15_000 });
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

function isOlder(version) {
  const [major, minor] = version.split('.').map(Number);
  return major !== OLDEST[0] || minor < OLDEST[1];
}

function cannotMakeEnvironments({ path, version, missing }) {
  const [major, minor] = version.split('.');
  return (
    `${path} (Python ${version}) cannot make virtual environments: it lacks ${missing.join(' and ')}. ` +
    `On Debian and Ubuntu: apt-get install python${major}.${minor}-venv`
  );
}
