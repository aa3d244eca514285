/**
 * Seconds since a partition's date, or hour, began (UTC). An alarm watches the smallest of a source: it says how old the
 * newest partition in the lake is.
 */
export function partitionAge(
  { date, hour }: { readonly date: string; readonly hour: number | null },
  now: Date,
): number {
  const began = Date.parse(`${date}T${String(hour ?? 0).padStart(2, '0')}:00:00Z`);
  return Math.max(0, Math.round((now.getTime() - began) / 1000));
}
