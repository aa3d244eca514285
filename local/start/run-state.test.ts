import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeFolder, type Home } from '../services/home.ts';
import { markOf, writeServicesFile } from '../services/lock.ts';
import { UsageError, type StartOptions } from './options.ts';
import { claim, forget } from './run-state.ts';

const generated = (seed: number): StartOptions => ({
  sources: { kind: 'generated', scale: 0.01, seed },
  days: undefined,
  isFresh: false,
  keepsRunning: false,
});

let home: Home;
beforeEach(() => {
  home = homeFolder(mkdtempSync(join(tmpdir(), 'run-state-')));
  mkdirSync(home.lakeStore);
});
afterEach(() => rmSync(home.root, { recursive: true, force: true }));

describe('the state of a home', () => {
  it('goes on with the same sources only, until it is forgotten', () => {
    claim(home, generated(1));
    claim(home, generated(1));
    expect(() => claim(home, generated(2))).toThrow(/--fresh/);
    forget(home);
    claim(home, generated(2));
    expect(existsSync(home.lakeStore)).toBe(false);
  });

  it('is neither forgotten nor claimed while services run from it', () => {
    const owner = markOf('owner', process.pid);
    const services = { state: 'running', owner, children: [], endpoints: {}, environment: {} } as const;
    writeServicesFile(home.servicesFile, services);
    expect(() => forget(home)).toThrow(UsageError);
    expect(() => claim(home, generated(1))).toThrow(/already run from .*Ctrl-C/s);
    expect(existsSync(home.lakeStore)).toBe(true);

    writeServicesFile(home.servicesFile, { ...services, owner: { ...owner, began: 'earlier' } });
    forget(home);
    expect(existsSync(home.lakeStore)).toBe(false);
  });
});
