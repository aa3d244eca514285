/** One partition of one source. `hour` is null where the source is not hourly; both are UTC labels. */
export interface Partition {
  readonly source: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0–23, or null */
  readonly hour: number | null;
}

type Zone = 'raw' | 'quarantine' | 'failed';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `<zone>/<source>/partition_date=…[/partition_hour=HH]` */
function partitionPrefix(zone: Zone, partition: Partition): string {
  const day = `${zone}/${partition.source}/partition_date=${partition.date}`;
  return partition.hour === null ? day : `${day}/partition_hour=${twoDigits(partition.hour)}`;
}

export const pointerKey = (partition: Partition): string =>
  `${partitionPrefix('raw', partition)}/_pointer.json`;

export const loadPrefix = (partition: Partition, loadId: string): string =>
  `${partitionPrefix('raw', partition)}/load=${loadId}`;

export const quarantinePrefix = (partition: Partition, loadId: string): string =>
  `${partitionPrefix('quarantine', partition)}/load=${loadId}`;

export const failureKey = (partition: Partition, loadId: string): string =>
  `${partitionPrefix('failed', partition)}/${loadId}.json`;

/** Prefix of everything the lake holds of a source. */
export const sourcePrefix = (source: string): string => `raw/${source}/`;

/** For messages: `call_logs 2025-11-20` or `sms 2025-11-20T08`. */
export const partitionLabel = ({ source, date, hour }: Partition): string =>
  `${source} ${date}${hour === null ? '' : `T${twoDigits(hour)}`}`;
