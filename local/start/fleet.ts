import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';

export type SourceLocation =
  | { readonly type: 's3'; readonly key: string }
  | { readonly type: 'postgres'; readonly table: string }
  | { readonly type: 'google_sheet' };

/** A source as the generated list of functions describes it. */
export interface FleetSource {
  readonly id: string;
  /** Name of its ingest function. */
  readonly functionName: string;
  readonly cadence: 'daily' | 'hourly' | 'snapshot';
  readonly kind: 'complaints' | 'dimension';
  readonly locations: readonly SourceLocation[];
}

type GeneratedFunctions = Readonly<
  Record<string, { readonly source?: Omit<FleetSource, 'functionName'> & { readonly id: string } }>
>;

/** The sources of the fleet: first those that complaints are about, then complaints by cadence. */
export function readSources(): readonly FleetSource[] {
  const path = join(REPOSITORY, 'terraform', 'generated', 'functions.json');
  const { functions }: { functions: GeneratedFunctions } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(functions)
    .flatMap(([functionName, { source }]) => (source === undefined ? [] : [{ ...source, functionName }]))
    .toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

const rank = ({ kind, cadence }: FleetSource): number =>
  kind === 'dimension' ? 0 : cadence === 'daily' ? 1 : 2;
