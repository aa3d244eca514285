import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startAws } from '../../local/services/aws.ts';
import { CREDENTIALS, REGION, REPOSITORY } from '../../local/services/names.ts';
import { startGuard } from '../../local/services/processes/guard.ts';
import { Bucket } from '../lib/bucket.ts';

export interface TestBuckets {
  /** A new, empty bucket. */
  make(name: string): Promise<Bucket>;
  stop(): Promise<void>;
}

/** The stand-in of S3, by itself. */
export async function startBuckets(): Promise<TestBuckets> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-s3-'));
  const guard = startGuard();
  const { endpoint, child } = await startAws({
    venv: join(REPOSITORY, '.local', 'venvs', 'services'),
    dataDirectory: join(folder, 's3'),
    logFile: join(folder, 's3.log'),
    temporaryDirectory: folder,
    guard,
  });
  const client = new S3Client({ region: REGION, endpoint, credentials: CREDENTIALS });
  return {
    async make(name) {
      await client.send(new CreateBucketCommand({ Bucket: name }));
      return new Bucket(name, client);
    },
    async stop() {
      client.destroy();
      await child.stop();
      await guard.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
