import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Contract } from '../contracts/contract.ts';

/**
 * What a function is, in one place. Its bundle, its Terraform resources, its process on a laptop, its policy and the
 * orchestrator's list of sources follow from it. Values may hold `${references}` that the deployment fills in.
 */
export interface FunctionDeclaration {
  /** Like its folder. */
  readonly name: string;
  readonly description: string;
  readonly kind: 'ingest' | 'warehouse';
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly temporaryDiskMb: number;
  /** More invocations than this at once are refused. */
  readonly reservedConcurrency: number;
  readonly layers: readonly 'duckdb'[];
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: readonly PolicyStatement[];
  readonly alarm: Alarm;
  /** Only of ingest functions. */
  readonly source?: SourceDeclaration;
}

export interface Alarm {
  /** Whom it hurts when this function fails, and how. */
  readonly impact: string;
  readonly runbook: string;
}

/** Where a partition is found; `{date}` is 2025-11-20, `{date_}` 2025_11_20, `{hour}` 08. */
export type SourceLocation =
  | { readonly type: 's3'; readonly key: string }
  | { readonly type: 'postgres'; readonly table: string }
  | { readonly type: 'google_sheet' };

export interface SourceDeclaration {
  readonly contract: Contract;
  /** A complaint source has a channel; the others describe whom complaints are about. */
  readonly role: { readonly kind: 'complaints'; readonly channel: string } | { readonly kind: 'dimension' };
  /** No partition is expected before this date. */
  readonly firstDate: string;
  /** Days that a partition may be late before it counts as missing. */
  readonly latenessDays: number;
  /** Days before the run's own that are read again, since a source may correct them. */
  readonly correctionDays: number;
  readonly locations: readonly SourceLocation[];
}

export const defineFunction = (declaration: FunctionDeclaration): FunctionDeclaration => declaration;
