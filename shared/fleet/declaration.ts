import type { Contract } from '../contracts/contract.ts';
import type { Role } from '../warehouse/access/roles.ts';

/**
 * What a function is, in one place. Its bundle, its Terraform resources, its process on a laptop, its policy and the
 * orchestrator's list of sources follow from it. Values may hold `${references}` (`references.ts`) that the deployment
 * fills in.
 */
export interface FunctionDeclaration {
  /** Like its folder. */
  readonly name: string;
  readonly description: string;
  readonly kind: 'ingest' | 'warehouse' | 'maintenance';
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly temporaryDiskMb: number;
  /** More invocations than this at once are refused. */
  readonly reservedConcurrency: number;
  readonly layers: readonly 'duckdb'[];
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: readonly Permission[];
  /** What invokes it besides Airflow and people; asynchronous invocations that fail go to its dead-letter queue. */
  readonly triggers: readonly Trigger[];
  /** Roles of the warehouse that its IAM role signs in with. */
  readonly databaseRoles: readonly DatabaseRole[];
  readonly alarm: Alarm;
  /** Only of ingest functions. */
  readonly source?: SourceDeclaration;
}

/** One statement of a policy: it allows every one of the actions on every one of the resources. */
export interface Permission {
  /** Unique in the function's policy; letters only. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** As in IAM: operator → condition key → values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /**
   * Actions or resources of it, written as above, that no end-to-end run makes use of, with the reason why they are
   * needed all the same. Everything else must have been used, or the comparison of calls with policies fails.
   */
  readonly unexercised?: Readonly<Record<string, string>>;
}

export interface Trigger {
  readonly type: 'schedule';
  /** Unique among the function's triggers. */
  readonly name: string;
  /** EventBridge Scheduler's `cron(…)` or `rate(…)`, in UTC. */
  readonly expression: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A role of the warehouse; what it may do is in shared/warehouse/access. */
export type DatabaseRole = Role;

export interface Alarm {
  /** Whom it hurts when this function fails, and how. */
  readonly impact: string;
  /** Path of a Markdown file in the repository. */
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

/** Processor architecture of every function, and of the native library in the layer. */
export const ARCHITECTURE = 'x86_64';

export const defineFunction = (declaration: FunctionDeclaration): FunctionDeclaration => declaration;
