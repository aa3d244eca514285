import {
  defineFunction,
  type FunctionDeclaration,
  type Permission,
  type SourceDeclaration,
} from './declaration.ts';
import { lakeStatements, suppressionStatements } from './policies/lake.ts';

interface IngestFunctionOptions {
  readonly source: SourceDeclaration;
  /** What is missing from the dashboards when the function fails. */
  readonly impact: string;
  /** What the source needs besides the lake. */
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: readonly Permission[];
  readonly timeoutSeconds?: number;
  readonly temporaryDiskMb?: number;
}

/** An ingest function: what all of them have in common, and what its source needs. */
export function defineIngestFunction({
  source,
  impact,
  environment,
  policy,
  timeoutSeconds = 240,
  temporaryDiskMb = 2048,
}: IngestFunctionOptions): FunctionDeclaration {
  const { source: id, description } = source.contract;
  return defineFunction({
    name: id.replaceAll('_', '-'),
    description: `Lands ${description}`,
    kind: 'ingest',
    // One whole processor; the process itself stays under 1 GiB.
    memoryMb: 1769,
    timeoutSeconds,
    temporaryDiskMb,
    reservedConcurrency: 10,
    layers: ['duckdb'],
    environment: {
      LAKE_BUCKET: '${lake_bucket}',
      SUPPRESSION_KEY_PARAMETER: '${suppression_key_parameter}',
      ...environment,
    },
    policy: [...lakeStatements(id), ...suppressionStatements(), ...policy],
    triggers: [],
    databaseRoles: [],
    alarm: { impact, runbook: 'docs/runbooks/partition-failed.md' },
    source,
  });
}
