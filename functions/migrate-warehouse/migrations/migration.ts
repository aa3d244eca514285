/** A step of the warehouse's structure; applied once, in order, in a transaction of its own, and never edited. */
export interface Migration {
  /** `<number>-<what it does>` */
  readonly id: string;
  /** At most 36: a batch has 40 statements and the migrator adds its own. */
  readonly statements: readonly string[];
}
