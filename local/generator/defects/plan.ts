import { ALL_KINDS, wants, type DefectChoice, type DefectKind } from './kinds.ts';
import type { Factories, Factory, Placed, Plant } from './plant.ts';

/** Kinds that are planted once a file, however large: they weigh much. */
const ONCE: ReadonlySet<DefectKind> = new Set(['value_too_large']);
/** So many kinds stand before the first ordinary row, and as many behind the last. */
const AT_AN_END = 3;
const AT_BOUNDARIES = 9;
/** Sizes of buffers that readers like. */
const BOUNDARY_STEPS = [1 << 16, 1 << 20, 1 << 22] as const;

/** Plants whose decisive byte shall be the last before a multiple of `step` bytes. */
export interface BoundaryQueue<Row> {
  readonly step: number;
  readonly factories: Factory<Row>[];
}

export interface Plan<Row> {
  readonly byPosition: ReadonlyMap<number, readonly Plant<Row>[]>;
  readonly boundaries: readonly BoundaryQueue<Row>[];
}

export interface PlanSettings<Row> {
  readonly factories: Factories<Row>;
  readonly choice: DefectChoice;
  /** Ordinary rows of the file. */
  readonly rows: number;
  /** Differs from file to file, so that each kind comes first, last and at a boundary somewhere. */
  readonly rotation: number;
  /** Whether the file is read in buffers whose boundaries are worth aiming at. */
  readonly aimAtBoundaries: boolean;
  /** Plants that have their place already. */
  readonly extra?: readonly Placed<Row>[];
}

function copiesOf(kind: DefectKind, rows: number): number {
  if (ONCE.has(kind) || rows < 300) return 1;
  return rows < 10_000 ? 2 : 3;
}

interface Choice<Row> {
  readonly kind: DefectKind;
  readonly make: Factory<Row>;
}

function chosenOf<Row>(factories: Factories<Row>, choice: DefectChoice): Choice<Row>[] {
  return ALL_KINDS.flatMap((kind) => {
    const make = factories[kind];
    return make !== undefined && wants(choice, kind) ? [{ kind, make }] : [];
  });
}

/** Spreads the wanted kinds over a file: the first rows, the last rows, evenly between, and at buffer boundaries. */
export function planDefects<Row>(settings: PlanSettings<Row>): Plan<Row> {
  const { rows, rotation } = settings;
  const kinds = chosenOf(settings.factories, settings.choice);
  const placed: Placed<Row>[] = [...(settings.extra ?? [])];
  const distance = (i: number, from: number): number => (i - from + 2 * kinds.length) % kinds.length;
  const first = rotation % Math.max(1, kinds.length);
  const last = (rotation + Math.ceil(kinds.length / 2)) % Math.max(1, kinds.length);

  for (const [i, { kind, make }] of kinds.entries()) {
    const copies = copiesOf(kind, rows);
    for (let variant = 0; variant < copies; variant++) {
      let position = Math.floor(((variant + (i + 0.5) / kinds.length) / copies) * rows);
      if (variant === 0 && distance(i, first) < AT_AN_END) position = 0;
      if (variant === copies - 1 && distance(i, last) < AT_AN_END) position = rows;
      placed.push(...make({ position, rows, variant: variant + rotation }));
    }
  }
  return { byPosition: groupByPosition(placed), boundaries: boundariesOf(settings, kinds) };
}

function groupByPosition<Row>(placed: readonly Placed<Row>[]): Map<number, Plant<Row>[]> {
  const byPosition = new Map<number, Plant<Row>[]>();
  for (const { position, plant } of placed) {
    const here = byPosition.get(position);
    if (here === undefined) byPosition.set(position, [plant]);
    else here.push(plant);
  }
  return byPosition;
}

function boundariesOf<Row>(settings: PlanSettings<Row>, kinds: readonly Choice<Row>[]): BoundaryQueue<Row>[] {
  const queues = BOUNDARY_STEPS.map((step): BoundaryQueue<Row> => ({ step, factories: [] }));
  const aimed = settings.aimAtBoundaries ? kinds.filter(({ kind }) => !ONCE.has(kind)) : [];
  for (let i = 0; i < Math.min(AT_BOUNDARIES, aimed.length); i++) {
    const chosen = aimed[(settings.rotation * AT_BOUNDARIES + i) % aimed.length];
    if (chosen !== undefined) queues[i % queues.length]?.factories.push(chosen.make);
  }
  return queues.filter((queue) => queue.factories.length > 0);
}
