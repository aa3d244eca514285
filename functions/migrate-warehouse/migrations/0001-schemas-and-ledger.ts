import type { Migration } from './migration.ts';

export const schemasAndLedger: Migration = {
  id: '0001-schemas-and-ledger',
  statements: [
    'create schema if not exists staging',
    'create schema if not exists intermediate',
    'create schema if not exists marts',
    'create schema if not exists restricted',
    'create schema if not exists quality',
    // one row per source and partition; partition_hour is -1 where the source is not hourly, load_id is null where
    // the partition was withdrawn, unmapped_columns is a JSON array
    `create table raw_data.load_ledger (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    commit_seq bigint not null,
    load_id varchar(64),
    manifest_uri varchar(1024),
    contract_version integer,
    rows_read bigint not null,
    rows_loaded bigint not null,
    rows_quarantined bigint not null,
    rows_deduplicated bigint not null,
    rows_erased bigint not null,
    hash_sum decimal(38, 0) not null,
    unmapped_columns varchar(4096),
    committed_at timestamp not null,
    loaded_at timestamp not null
)`,
    // spans of expected partitions, both dates included
    `create table raw_data.calendar (
    source varchar(64) not null,
    partition_hour integer not null,
    first_date date not null,
    last_date date not null
)`,
    `create table restricted.key_material (
    purpose varchar(64) not null,
    key_value varchar(256) not null
)`,
  ],
};
