import type { Migration } from './migration.ts';

export const loadDetails: Migration = {
  id: '0002-load-details',
  statements: [
    // what a partition's manifest says besides its accounts: columns that the source had, columns that the contract
    // does not know, reasons with the rows they met; replaced together with the partition's ledger row
    `create table raw_data.load_details (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    load_id varchar(64) not null,
    kind varchar(32) not null,
    name varchar(512) not null,
    row_count bigint
)`,
  ],
};
