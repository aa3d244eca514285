import type { ColumnContract, Contract } from './contract.ts';

/** What a column must be known by for its rows to be compared with the list of erased persons. */
export type ComparedColumn = Pick<ColumnContract, 'name' | 'subject'> & {
  /** Searched for identifiers of every kind, wherever they stand in it. */
  readonly isFreeText: boolean;
};

/** The columns of a contract that are compared; what it does not know is searched as text. */
export const comparedColumns = ({ columns }: Pick<Contract, 'columns'>): ComparedColumn[] => [
  ...columns
    .map(({ name, subject, tags }) => ({ name, subject, isFreeText: tags.includes('free_text') }))
    .filter(({ subject, isFreeText }) => subject !== null || isFreeText),
  { name: '_unmapped', subject: null, isFreeText: true },
];
