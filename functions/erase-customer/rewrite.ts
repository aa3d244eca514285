import { countErased } from '../../shared/ingest/rewrite/landed-load.ts';
import { readSuppressions, type Suppressions } from '../../shared/ingest/suppression/suppressions.ts';
import type { ErasureRecord } from './erasure.ts';
import { isMadeWithout, loadsOf, scanLoad, type LoadInLake } from './loads.ts';
import type { EraseServices } from './services.ts';
import { sourcePointers, takeOut, type SourcePointers } from './take-out.ts';

/** How often the place is stored that a run that breaks off goes on from. */
const loadsBetweenSaves = 50;

/**
 * Looks through every load of the lake, committed or not, and takes the person out of those that hold them. Stops between
 * two loads when time is up; the next run goes on there.
 */
export async function rewriteAll(services: EraseServices, record: ErasureRecord): Promise<void> {
  const suppressions = await readSuppressions(services.lake, services.readSuppressionKey);
  for (const source of Object.keys(services.subjects).toSorted()) {
    const loads = await loadsOf(services.versions, source);
    const { scanned_through: through } = record.state;
    const left = loads.filter(({ place }) => through === null || place > through);
    const pointers = sourcePointers(services, source);
    if (!(await lookThrough(services, record, left, suppressions, pointers))) return;
  }
  await record.save({ phase: 'rewritten' });
}

/** Looks through some loads of one source; false when time was up. */
async function lookThrough(
  services: EraseServices,
  record: ErasureRecord,
  loads: readonly LoadInLake[],
  suppressions: Suppressions,
  pointers: SourcePointers,
): Promise<boolean> {
  for (const load of loads) {
    if (!services.hasTime()) {
      await record.save();
      return false;
    }
    await lookAt(services, record, load, suppressions, pointers);
    const scanned = record.state.loads_scanned + 1;
    record.note({ scanned_through: load.place, loads_scanned: scanned });
    if (scanned % loadsBetweenSaves === 0) await record.save();
  }
  return true;
}

/** Takes the person out of one load, if it holds them. */
export async function lookAt(
  services: EraseServices,
  record: ErasureRecord,
  load: LoadInLake,
  suppressions: Suppressions,
  pointers: SourcePointers,
): Promise<void> {
  const { lake, subjects } = services;
  if (await isMadeWithout(lake, load, record.state)) return;
  const rows = await scanLoad(lake, load, subjects[load.partition.source] ?? [], suppressions);
  if (countErased(rows) === 0) return;
  await takeOut(services, record, load, rows, suppressions, pointers);
}
