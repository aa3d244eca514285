import { subjectKinds } from '../../shared/contracts/contract.ts';
import type { ComparedColumn } from '../../shared/contracts/compared-columns.ts';
import type { Subjects } from './services.ts';

interface GeneratedColumn {
  readonly name: string;
  readonly subject: { readonly kind: string; readonly within: string | null } | null;
  readonly isFreeText: boolean;
}

/** The generated list of compared columns, with its kinds as such. */
export const parseSubjects = (generated: Readonly<Record<string, readonly GeneratedColumn[]>>): Subjects =>
  Object.fromEntries(
    Object.entries(generated).map(([source, columns]) => [source, columns.map(comparedColumn)]),
  );

function comparedColumn({ name, subject, isFreeText }: GeneratedColumn): ComparedColumn {
  if (subject === null) return { name, subject, isFreeText };
  const kind = subjectKinds.find((known) => known === subject.kind);
  if (kind === undefined) throw new Error(`${name} is of an unknown kind`);
  return { name, subject: { kind, within: subject.within }, isFreeText };
}
