import { type WriteStream, createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Guard } from '../processes/guard.ts';
import type { Artifacts } from './artifacts.ts';
import type { LocalFunction } from './fleet-file.ts';
import { Instance } from './instance.ts';

export interface PoolOptions {
  functions: readonly LocalFunction[];
  artifactsOf: (name: string) => Artifacts;
  addresses: Readonly<Record<string, string>>;
  logFolder: string;
  guard: Guard;
}

/** The function has as many instances as it may have, and all are busy. */
export class Throttled extends Error {}

/** Lambda's account limit is 1,000; a laptop's is what it can hold in memory. */
const UNRESERVED_CONCURRENCY = 16;
/** As on Lambda, an instance that nobody asks for is given up after a while. */
const IDLE_LIMIT_MS = 120_000;

/** Keeps the instances of all functions: reuses idle ones, starts new ones up to the function's concurrency. */
export class InstancePool {
  #options: PoolOptions;
  #declared: Map<string, LocalFunction>;
  #instances = new Set<Instance>();
  #idleTimers = new Map<Instance, NodeJS.Timeout>();
  #starting = new Map<string, number>();
  #logs = new Map<string, WriteStream>();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#declared = new Map(options.functions.map((declared) => [declared.name, declared]));
    mkdirSync(options.logFolder, { recursive: true });
  }

  has(name: string): boolean {
    return this.#declared.has(name);
  }

  list(): Instance[] {
    return [...this.#instances].filter((instance) => instance.isAlive);
  }

  /** Runs `work` on an instance of the function. Throws `Throttled`, or what kept the instance from starting. */
  async use<T>(name: string, work: (instance: Instance, isCold: boolean) => Promise<T>): Promise<T> {
    const idle = [...this.#idleTimers.keys()].find(
      (instance) => instance.functionName === name && instance.isAlive,
    );
    const instance = idle ?? (await this.#start(name));
    clearTimeout(this.#idleTimers.get(instance));
    this.#idleTimers.delete(instance);
    try {
      return await work(instance, idle === undefined);
    } finally {
      if (instance.isAlive) this.#rest(instance);
      else this.#instances.delete(instance);
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#idleTimers.values()) clearTimeout(timer);
    await Promise.all([...this.#instances].map((instance) => instance.stop()));
    await Promise.all([...this.#logs.values()].map((log) => new Promise((resolve) => log.end(resolve))));
  }

  async #start(name: string): Promise<Instance> {
    const declared = this.#declared.get(name);
    if (!declared) throw new Error(`There is no function ${name}.`);
    const starting = this.#starting.get(name) ?? 0;
    const busy = this.list().filter(
      (instance) => instance.functionName === name && !this.#idleTimers.has(instance),
    );
    const limit = declared.reservedConcurrency ?? UNRESERVED_CONCURRENCY;
    if (busy.length + starting >= limit) throw new Throttled(name);
    this.#starting.set(name, starting + 1);
    try {
      const { addresses, guard } = this.#options;
      const artifacts = this.#options.artifactsOf(name);
      const log = this.#log(name);
      const onOutput = (chunk: Buffer) => void log.write(chunk);
      const instance = await Instance.start({ declared, artifacts, addresses, onOutput, guard });
      this.#instances.add(instance);
      return instance;
    } finally {
      this.#starting.set(name, (this.#starting.get(name) ?? 1) - 1);
    }
  }

  #rest(instance: Instance): void {
    const timer = setTimeout(() => {
      this.#idleTimers.delete(instance);
      this.#instances.delete(instance);
      void instance.stop();
    }, IDLE_LIMIT_MS);
    timer.unref();
    this.#idleTimers.set(instance, timer);
  }

  #log(name: string): WriteStream {
    const known = this.#logs.get(name);
    if (known) return known;
    const log = createWriteStream(join(this.#options.logFolder, `${name}.log`), { flags: 'a' });
    this.#logs.set(name, log);
    return log;
  }
}
