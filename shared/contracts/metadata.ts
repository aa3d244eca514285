/** What the platform adds to every row of the lake, in this order, after the columns of the contract. */
export const metadataColumns = [
  {
    name: '_unmapped',
    duckdbType: 'VARCHAR',
    redshiftType: 'varchar(65535)',
    description: 'JSON object of the columns that the contract does not know; null where there are none.',
  },
  {
    name: '_source_uri',
    duckdbType: 'VARCHAR',
    redshiftType: 'varchar(1024)',
    description: 'Where the record was read from.',
  },
  {
    name: '_source_row',
    duckdbType: 'BIGINT',
    redshiftType: 'bigint',
    description: 'Ordinal of the record in its source, from 1.',
  },
  {
    name: '_partition_date',
    duckdbType: 'DATE',
    redshiftType: 'date',
    description: 'Partition that the load was made for.',
  },
  {
    name: '_partition_hour',
    duckdbType: 'INTEGER',
    redshiftType: 'integer',
    description: 'Hour of the partition (UTC), -1 where the source is not hourly.',
  },
  {
    name: '_load_id',
    duckdbType: 'VARCHAR',
    redshiftType: 'varchar(64)',
    description: 'The attempt that wrote the row.',
  },
  {
    name: '_loaded_at',
    duckdbType: 'TIMESTAMP',
    redshiftType: 'timestamp',
    description: 'When that attempt ran, UTC.',
  },
  {
    name: '_contract_version',
    duckdbType: 'INTEGER',
    redshiftType: 'integer',
    description: 'Version of the contract that the row was read under.',
  },
  {
    name: '_record_hash',
    duckdbType: 'BIGINT',
    redshiftType: 'bigint',
    description: 'First 60 bits of the MD5 of the business values; its sum is compared between the stores.',
  },
] as const;
