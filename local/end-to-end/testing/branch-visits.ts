/** A seventh source, as somebody would add it: complaints made in a branch, one CSV file a day. */

const contract = `import { column, defineContract, keyColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'branch_visits',
  description: 'the complaints made in branches that a day brought, from a CSV file in S3',
  version: 1,
  cadence: 'daily',
  key: 'visit_id',
  columns: [
    keyColumn('visit_id', { headers: ['Visit'], description: 'The visit.', maxBytes: 64, tags: ['linkable'] }),
    column('customer_id', {
      headers: ['Customer'],
      description: 'The customer who complained.',
      maxBytes: 128,
      tags: ['direct_identifier'],
      subject: { kind: 'customer_id', within: null },
    }),
    column('complaint_category', { headers: ['About'], description: 'What the complaint is about.' }),
    column('resolution_status', { headers: ['Status'], description: 'Resolved, Backlog, In-Progress or Blocked.' }),
    column('visited_at', {
      headers: ['At'],
      description: 'When the customer came, without zone.',
      check: { type: 'timestamp' },
      tags: ['linkable'],
    }),
  ],
});
`;

const declaration = `import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { sourceObjectStatements } from '../../shared/fleet/policies/lake.ts';
import { contract } from './contract.ts';
import { branchVisitsKey } from './source.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'complaints', channel: 'branch' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 3,
    locations: [{ type: 's3', key: branchVisitsKey('{date}') }],
  },
  impact: 'Complaints made in branches are missing from all dashboards; the other channels are complete.',
  environment: { SOURCE_BUCKET: '\${source_bucket}', SOURCE_REGION: '\${source_region}' },
  policy: sourceObjectStatements('branches/'),
});
`;

const handler = `import { createIngestHandler, sourceStore } from '../../shared/ingest/ingest-handler.ts';
import { contract } from './contract.ts';
import { branchVisitsSource } from './source.ts';

export const handler = createIngestHandler(contract, () => branchVisitsSource(sourceStore()));
`;

const source = `import { frameCsv } from '../../shared/ingest/framing/csv.ts';
import { s3Source } from '../../shared/ingest/sources/s3-source.ts';
import type { Source } from '../../shared/ingest/source.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';

export const branchVisitsKey = (date: string): string => \`branches/visits_\${date}.csv\`;

export const branchVisitsSource = (store: ObjectStore): Source =>
  s3Source(store, [{ keyOf: ({ date }) => branchVisitsKey(date), frame: frameCsv }]);
`;

const staging = `with

loaded as (
    select
        visits.*,
        {{ to_utc_timestamp('visited_at') }} as opened_at
    from {{ source('raw_data', 'branch_visits') }} as visits
),

cleaned as (
    select
        {{ channel_of('branch_visits') }} as channel,
        loaded._load_id as load_id,
        loaded._source_row as source_row,
        loaded._record_hash as record_hash,
        trim(loaded.visit_id) as complaint_id,
        {{ clean_text('loaded.customer_id') }} as customer_id,
        cast(null as varchar) as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        {{ category_and_status_columns('loaded') }},
        false as has_resolution_time,
        loaded.opened_at,
        cast(null as varchar) as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        cast(null as date) as generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        {{ failed_casts({'loaded.opened_at': 'visited_at'}) }} as failed_casts
    from loaded
    {{ join_known_categories_and_statuses('loaded') }}
),

final as (
    {{ partitions_of('branch_visits', 'cleaned') }}
)

select * from final
`;

const documentation = `version: 2

models:
  - name: stg_branch_visits
    description: One row per visit and partition, cleaned.
`;

export const branchVisits: Readonly<Record<string, string>> = {
  'functions/branch-visits/contract.ts': contract,
  'functions/branch-visits/function.ts': declaration,
  'functions/branch-visits/handler.ts': handler,
  'functions/branch-visits/source.ts': source,
  'dbt/models/staging/branch_visits/stg_branch_visits.sql': staging,
  'dbt/models/staging/branch_visits/stg_branch_visits.yml': documentation,
};

/** A day's file; the third visit has no id, the fourth no such day. */
export const visitsOf = (customerId: string): string =>
  [
    'Visit,Customer,About,Status,At',
    `B-1,${customerId},Payments,Resolved,2025-11-20 09:30:00`,
    'B-2,,network failure,Backlog,2025-11-20 10:00:00',
    `,${customerId},Payments,Resolved,2025-11-20 11:00:00`,
    `B-4,${customerId},Payments,Resolved,2025-11-31 11:00:00`,
    '',
  ].join('\n');
