import type { PartitionTruth, Truth } from '../../generator/truth.ts';
import { recount } from '../../generator/testing/rules.ts';
import type { Home } from '../../services/home.ts';
import { query } from './warehouse.ts';

/** A complaint as the fact should or does tell it: where its newest version stands, and its status. */
export interface ComplaintState {
  readonly partition: string;
  readonly status: string | null;
}

const KEYS: Readonly<Record<string, number>> = { call_logs: 1, social_media: 0, web_forms: 1, sms: 0 };

/** Of every complaint that the files hold, the newest version: counted from their bytes, not from the truth. */
export async function expectedComplaints(
  sources: string,
  truth: Truth,
): Promise<ReadonlyMap<string, ComplaintState>> {
  const newest = new Map<string, ComplaintState>();
  for (const partition of truth.partitions.filter(({ source }) => source in KEYS).toSorted(byTime)) {
    const { header, loaded } = await recount(sources, partition);
    const status = header.indexOf('resolutionstatus');
    for (const row of loaded) {
      const id = `${partition.source} ${row[KEYS[partition.source] ?? 0]?.trim()}`;
      newest.set(id, { partition: labelOf(partition), status: row[status] || null });
    }
  }
  return newest;
}

/** The same, as the marts tell it. Throws when a complaint is there twice. */
export async function complaintsInMarts(home: Home): Promise<ReadonlyMap<string, ComplaintState>> {
  const rows = await query(
    home.warehouse,
    `select facts.source || ' ' || identities.complaint_id as id, facts.status,
        cast(facts.partition_date as varchar) as partition_date, facts.partition_hour
      from marts.fct_complaints as facts
      left join restricted.complaint_identities as identities using (complaint_key)`,
  );
  const found = new Map<string, ComplaintState>();
  for (const { id, status, partition_date: date, partition_hour: hour } of rows) {
    if (found.has(String(id))) throw new Error(`${String(id)} is there twice`);
    found.set(String(id), {
      partition: `${String(date)} ${Number(hour)}`,
      status: status === null ? null : String(status),
    });
  }
  return found;
}

/** Ids of the complaints whose fact meets a condition, `source id`. */
export async function complaintsWhere(home: Home, condition: string): Promise<string[]> {
  const rows = await query(
    home.warehouse,
    `select identities.source || ' ' || identities.complaint_id as id
      from marts.fct_complaints as facts join restricted.complaint_identities as identities using (complaint_key)
      where ${condition} order by 1`,
  );
  return rows.map(({ id }) => String(id));
}

/** Ids of the complaints that were planted as one of some kinds and are loaded, `source id`. */
export function planted(truth: Truth, ...kinds: readonly string[]): string[] {
  const ids = truth.partitions
    .filter(({ source }) => source in KEYS)
    .flatMap(({ source, plants }) =>
      plants
        .filter(({ kind, accounts }) => kinds.includes(kind) && accounts.loaded > 0)
        .map(({ id }) => `${source} ${id}`),
    );
  return [...new Set(ids)].toSorted();
}

const labelOf = ({ partition_date: date, partition_hour: hour }: PartitionTruth): string =>
  `${date} ${hour ?? -1}`;

const byTime = (a: PartitionTruth, b: PartitionTruth): number =>
  `${a.partition_date}`.localeCompare(`${b.partition_date}`) ||
  (a.partition_hour ?? -1) - (b.partition_hour ?? -1);
