import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { comparedColumns } from '../../../shared/contracts/compared-columns.ts';
import { guests } from '../../../shared/ingest/testing/guests.ts';
import { LakeWorld, suppressionKey } from '../../../shared/ingest/testing/lake-world.ts';
import { ObjectVersions } from '../../../shared/lake/object-versions.ts';
import type { NamedLoad } from '../../../shared/warehouse/named-loads.ts';
import { eraseCustomer, type EraseAnswer } from '../erase-customer.ts';
import { parseEvent } from '../event.ts';

export const settleMs = 20 * 60_000;

/** A lake with one source about guests, and the function that erases them. */
export class EraseWorld {
  readonly lakes: LakeWorld;
  /** Parameters that operators left, by request. */
  readonly parameters = new Map<string, string>();
  ledger: NamedLoad[] = [];
  /** Loads that there is still time for in each run. */
  patience = Infinity;
  /** Added to the clock of the function. */
  later = 0;

  private constructor(lakes: LakeWorld) {
    this.lakes = lakes;
  }

  static async start(): Promise<EraseWorld> {
    return new EraseWorld(await LakeWorld.start());
  }

  async renew(): Promise<void> {
    await this.lakes.newLake();
    this.parameters.clear();
    this.ledger = [];
    this.patience = Infinity;
    this.later = 0;
  }

  leave(requestId: string, identifiers: object): void {
    this.parameters.set(requestId, JSON.stringify(identifiers));
  }

  /** `client`: the lake as the function reaches it. */
  async erase(event: object, client: S3Client = this.lakes.client()): Promise<EraseAnswer> {
    let loads = 0;
    return eraseCustomer(
      {
        lake: this.lakes.withClient(client),
        versions: new ObjectVersions(client, this.lakes.lake.bucket),
        parameters: {
          read: (id) => Promise.resolve(this.parameters.get(id)),
          remove: (id) => Promise.resolve(void this.parameters.delete(id)),
        },
        readSuppressionKey: () => Promise.resolve(suppressionKey),
        subjects: { visits: comparedColumns(guests) },
        readLedger: () => Promise.resolve(this.ledger),
        settleMs,
        hasTime: () => ++loads <= this.patience,
        now: () => new Date(Date.now() + this.later),
      },
      parseEvent(event),
    );
  }

  /** Everything that any version of any object says, Parquet read out, in lower case; by key. */
  async everythingKept(): Promise<{ readonly key: string; readonly text: string }[]> {
    const versions = new ObjectVersions(this.lakes.client(), this.lakes.lake.bucket);
    const directory = await mkdtemp(join(tmpdir(), 'kept-'));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const found: { key: string; text: string }[] = [];
      for await (const { key, versionId, isMarker } of versions.list('')) {
        if (isMarker) continue;
        if (!key.endsWith('.parquet')) {
          const stored = await this.lakes.lake.readText(key, versionId);
          found.push({ key, text: (stored?.text ?? '').toLowerCase() });
          continue;
        }
        const path = join(directory, `${found.length}.parquet`);
        await this.lakes.lake.download(key, path, versionId);
        const rows = await connection.runAndReadAll(`select * from read_parquet('${path}')`);
        found.push({ key, text: JSON.stringify(rows.getRowObjectsJson()).toLowerCase() });
      }
      return found;
    } finally {
      connection.closeSync();
      instance.closeSync();
      await rm(directory, { recursive: true, force: true });
    }
  }

  stop(): Promise<void> {
    return this.lakes.stop();
  }
}
