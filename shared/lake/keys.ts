import { randomBytes } from 'node:crypto';

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

/** Where a load's objects lie, read from one of their keys. */
export interface LoadAddress {
  readonly zone: 'raw' | 'quarantine';
  readonly partition: Partition;
  readonly loadId: string;
}

const partitionPattern = '([^/]+)/partition_date=(\\d{4}-\\d{2}-\\d{2})(?:/partition_hour=(\\d{2}))?';
const loadPattern = new RegExp(`^(raw|quarantine)/${partitionPattern}/load=([^/]+)/`);
const pointerPattern = new RegExp(`^raw/${partitionPattern}/_pointer\\.json$`);

const partitionFrom = (source = '', date = '', hour?: string): Partition => ({
  source,
  date,
  hour: hour === undefined ? null : Number(hour),
});

/** The load that an object belongs to; undefined where it belongs to none (a pointer, evidence). */
export function loadOfKey(key: string): LoadAddress | undefined {
  const [, zone, source, date, hour, loadId = ''] = loadPattern.exec(key) ?? [];
  if (zone !== 'raw' && zone !== 'quarantine') return undefined;
  return { zone, partition: partitionFrom(source, date, hour), loadId };
}

/** The partition whose pointer an object is; undefined where it is none. */
export function partitionOfPointer(key: string): Partition | undefined {
  const match = pointerPattern.exec(key);
  return match === null ? undefined : partitionFrom(match[1], match[2], match[3]);
}

/** A load id sorts by time and belongs to one attempt alone. */
export const newLoadId = (now: Date): string =>
  `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;

/** When the attempt that a load id belongs to began; undefined where the id is not of our making. */
export function beginningOfLoad(loadId: string): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-/.exec(loadId);
  if (parts === null) return undefined;
  const [, year, month, day, hours, minutes, seconds, milliseconds] = parts;
  return new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
}

/** Whom not to take in: keyed hashes of identifiers, never an identifier. */
export const suppressionListKey = 'suppression/list.json';

/** Of all requests to erase a person. */
export const erasuresPrefix = 'suppression/requests/';

/** Progress and accounts of one request. */
export const erasureKey = (requestId: string): string => `${erasuresPrefix}${requestId}.json`;

/** Loads that nothing named at the last look, and since when. */
export const unnamedLoadsKey = 'retention/unnamed.json';

/** Prefix of everything the lake holds of a source. */
export const sourcePrefix = (source: string): string => `raw/${source}/`;

/** For messages: `call_logs 2025-11-20` or `sms 2025-11-20T08`. */
export const partitionLabel = ({ source, date, hour }: Partition): string =>
  `${source} ${date}${hour === null ? '' : `T${twoDigits(hour)}`}`;
