-- one transaction
create schema if not exists raw_data;
create table if not exists raw_data.schema_migrations (
    id varchar(128) not null,
    checksum varchar(64) not null,
    applied_at timestamp not null
);

-- one transaction
select id, checksum from raw_data.schema_migrations;

-- one transaction
lock raw_data.schema_migrations;
select cast(case when count(*) = 0 then '1' else 'migration was applied' end as integer) as ok
from raw_data.schema_migrations
where id = '0001-schemas-and-ledger';
create schema if not exists staging;
create schema if not exists intermediate;
create schema if not exists marts;
create schema if not exists restricted;
create schema if not exists quality;
create table raw_data.load_ledger (
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
);
create table raw_data.calendar (
    source varchar(64) not null,
    partition_hour integer not null,
    first_date date not null,
    last_date date not null
);
create table restricted.key_material (
    purpose varchar(64) not null,
    key_value varchar(256) not null
);
insert into raw_data.schema_migrations (id, checksum, applied_at)
values ('0001-schemas-and-ledger', 'e754a00deb350ffde9499b4b4170bbabdd2e8b3961fada39b5d8406884b2c653', cast('2025-11-21 01:02:03.456' as timestamp));

-- one transaction
lock raw_data.schema_migrations;
select cast(case when count(*) = 0 then '1' else 'migration was applied' end as integer) as ok
from raw_data.schema_migrations
where id = '0002-load-details';
create table raw_data.load_details (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    load_id varchar(64) not null,
    kind varchar(32) not null,
    name varchar(512) not null,
    row_count bigint
);
insert into raw_data.schema_migrations (id, checksum, applied_at)
values ('0002-load-details', '7049c8e93b0259d98e56baa66d77bf1d3b72b6e6abbddd55b73b0ea9cd06448b', cast('2025-11-21 01:02:03.456' as timestamp));

-- one transaction
select cast(table_name as varchar(128)) as table_name, cast(column_name as varchar(128)) as column_name
from information_schema.columns
where table_schema = 'raw_data';

-- one transaction
lock raw_data.schema_migrations;
create table raw_data.agents (
    agent_id varchar(64),
    name varchar(512),
    experience varchar(64),
    state varchar(128),
    _unmapped varchar(65535),
    _source_uri varchar(1024),
    _source_row bigint,
    _partition_date date,
    _partition_hour integer,
    _load_id varchar(64),
    _loaded_at timestamp,
    _contract_version integer,
    _record_hash bigint
);
create table raw_data.call_logs (
    source_index varchar(64),
    call_id varchar(128),
    customer_id varchar(128),
    complaint_category varchar(256),
    agent_id varchar(64),
    call_start_time varchar(256),
    call_end_time varchar(256),
    resolution_status varchar(256),
    call_logs_generation_date varchar(256),
    _unmapped varchar(65535),
    _source_uri varchar(1024),
    _source_row bigint,
    _partition_date date,
    _partition_hour integer,
    _load_id varchar(64),
    _loaded_at timestamp,
    _contract_version integer,
    _record_hash bigint
);
create table raw_data.customers (
    customer_id varchar(128),
    name varchar(512),
    gender varchar(64),
    date_of_birth varchar(256),
    signup_date varchar(256),
    email varchar(512),
    address varchar(2048),
    phone varchar(64),
    location varchar(512),
    _unmapped varchar(65535),
    _source_uri varchar(1024),
    _source_row bigint,
    _partition_date date,
    _partition_hour integer,
    _load_id varchar(64),
    _loaded_at timestamp,
    _contract_version integer,
    _record_hash bigint
);
create table raw_data.sms (
    message_id varchar(128),
    received_at varchar(256),
    sender_msisdn varchar(64),
    short_code varchar(64),
    message_text varchar(65535),
    _unmapped varchar(65535),
    _source_uri varchar(1024),
    _source_row bigint,
    _partition_date date,
    _partition_hour integer,
    _load_id varchar(64),
    _loaded_at timestamp,
    _contract_version integer,
    _record_hash bigint
);
create table raw_data.social_media (
    complaint_id varchar(128),
    customer_id varchar(128),
    complaint_category varchar(256),
    agent_id varchar(64),
    resolution_status varchar(256),
    request_date varchar(256),
    resolution_date varchar(256),
    media_channel varchar(256),
    media_complaint_generation_date varchar(256),
    _unmapped varchar(65535),
    _source_uri varchar(1024),
    _source_row bigint,
    _partition_date date,
    _partition_hour integer,
    _load_id varchar(64),
    _loaded_at timestamp,
    _contract_version integer,
    _record_hash bigint
);
create table raw_data.web_forms (
    source_index varchar(64),
    request_id varchar(128),
    customer_id varchar(128),
    complaint_category varchar(256),
    agent_id varchar(64),
    resolution_status varchar(256),
    request_date varchar(256),
    resolution_date varchar(256),
    web_form_generation_date varchar(256),
    _unmapped varchar(65535),
    _source_uri varchar(1024),
    _source_row bigint,
    _partition_date date,
    _partition_hour integer,
    _load_id varchar(64),
    _loaded_at timestamp,
    _contract_version integer,
    _record_hash bigint
);

-- one transaction
select cast(table_name as varchar(128)) as table_name, cast(column_name as varchar(128)) as column_name
from information_schema.columns
where table_schema = 'raw_data';

-- one transaction
select cast(current_user as varchar(128)) as user_name;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
create role ingest;
create role transform;
create role analyst;
create role operations;
create role leadership;
create role pii_reader;
create role ml;
create masking policy mask_varchar with (value varchar(65535)) using (cast(null as varchar(65535)));
create masking policy show_varchar with (value varchar(65535)) using (value);
create masking policy mask_bigint with (value bigint) using (cast(null as bigint));
create masking policy show_bigint with (value bigint) using (value);
create masking policy mask_integer with (value integer) using (cast(null as integer));
create masking policy show_integer with (value integer) using (value);
create masking policy mask_boolean with (value boolean) using (cast(null as boolean));
create masking policy show_boolean with (value boolean) using (value);
create masking policy mask_date with (value date) using (cast(null as date));
create masking policy show_date with (value date) using (value);
create masking policy mask_timestamp with (value timestamp) using (cast(null as timestamp));
create masking policy show_timestamp with (value timestamp) using (value);
attach masking policy mask_varchar on raw_data.agents (agent_id) to public priority 0;
attach masking policy show_varchar on raw_data.agents (agent_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.agents (agent_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.agents (name) to public priority 0;
attach masking policy show_varchar on raw_data.agents (name) to role transform priority 10;
attach masking policy show_varchar on raw_data.agents (name) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.agents (experience) to public priority 0;
attach masking policy show_varchar on raw_data.agents (experience) to role transform priority 10;
attach masking policy show_varchar on raw_data.agents (experience) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.agents (state) to public priority 0;
attach masking policy show_varchar on raw_data.agents (state) to role transform priority 10;
attach masking policy show_varchar on raw_data.agents (state) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.agents (_unmapped) to public priority 0;
attach masking policy show_varchar on raw_data.agents (_unmapped) to role transform priority 10;
attach masking policy show_varchar on raw_data.agents (_unmapped) to role pii_reader priority 10;
attach masking policy mask_bigint on raw_data.agents (_record_hash) to public priority 0;
attach masking policy show_bigint on raw_data.agents (_record_hash) to role transform priority 10;
attach masking policy show_bigint on raw_data.agents (_record_hash) to role pii_reader priority 10;
attach masking policy show_bigint on raw_data.agents (_record_hash) to role ingest priority 10;
attach masking policy mask_varchar on raw_data.call_logs (call_id) to public priority 0;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
attach masking policy show_varchar on raw_data.call_logs (call_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.call_logs (call_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.call_logs (customer_id) to public priority 0;
attach masking policy show_varchar on raw_data.call_logs (customer_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.call_logs (customer_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.call_logs (agent_id) to public priority 0;
attach masking policy show_varchar on raw_data.call_logs (agent_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.call_logs (agent_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.call_logs (call_start_time) to public priority 0;
attach masking policy show_varchar on raw_data.call_logs (call_start_time) to role transform priority 10;
attach masking policy show_varchar on raw_data.call_logs (call_start_time) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.call_logs (call_end_time) to public priority 0;
attach masking policy show_varchar on raw_data.call_logs (call_end_time) to role transform priority 10;
attach masking policy show_varchar on raw_data.call_logs (call_end_time) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.call_logs (_unmapped) to public priority 0;
attach masking policy show_varchar on raw_data.call_logs (_unmapped) to role transform priority 10;
attach masking policy show_varchar on raw_data.call_logs (_unmapped) to role pii_reader priority 10;
attach masking policy mask_bigint on raw_data.call_logs (_record_hash) to public priority 0;
attach masking policy show_bigint on raw_data.call_logs (_record_hash) to role transform priority 10;
attach masking policy show_bigint on raw_data.call_logs (_record_hash) to role pii_reader priority 10;
attach masking policy show_bigint on raw_data.call_logs (_record_hash) to role ingest priority 10;
attach masking policy mask_varchar on raw_data.customers (customer_id) to public priority 0;
attach masking policy show_varchar on raw_data.customers (customer_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (customer_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (name) to public priority 0;
attach masking policy show_varchar on raw_data.customers (name) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (name) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (gender) to public priority 0;
attach masking policy show_varchar on raw_data.customers (gender) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (gender) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (date_of_birth) to public priority 0;
attach masking policy show_varchar on raw_data.customers (date_of_birth) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (date_of_birth) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (signup_date) to public priority 0;
attach masking policy show_varchar on raw_data.customers (signup_date) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (signup_date) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (email) to public priority 0;
attach masking policy show_varchar on raw_data.customers (email) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (email) to role pii_reader priority 10;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
attach masking policy mask_varchar on raw_data.customers (address) to public priority 0;
attach masking policy show_varchar on raw_data.customers (address) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (address) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (phone) to public priority 0;
attach masking policy show_varchar on raw_data.customers (phone) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (phone) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (location) to public priority 0;
attach masking policy show_varchar on raw_data.customers (location) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (location) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.customers (_unmapped) to public priority 0;
attach masking policy show_varchar on raw_data.customers (_unmapped) to role transform priority 10;
attach masking policy show_varchar on raw_data.customers (_unmapped) to role pii_reader priority 10;
attach masking policy mask_bigint on raw_data.customers (_record_hash) to public priority 0;
attach masking policy show_bigint on raw_data.customers (_record_hash) to role transform priority 10;
attach masking policy show_bigint on raw_data.customers (_record_hash) to role pii_reader priority 10;
attach masking policy show_bigint on raw_data.customers (_record_hash) to role ingest priority 10;
attach masking policy mask_varchar on raw_data.sms (message_id) to public priority 0;
attach masking policy show_varchar on raw_data.sms (message_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.sms (message_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.sms (received_at) to public priority 0;
attach masking policy show_varchar on raw_data.sms (received_at) to role transform priority 10;
attach masking policy show_varchar on raw_data.sms (received_at) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.sms (sender_msisdn) to public priority 0;
attach masking policy show_varchar on raw_data.sms (sender_msisdn) to role transform priority 10;
attach masking policy show_varchar on raw_data.sms (sender_msisdn) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.sms (message_text) to public priority 0;
attach masking policy show_varchar on raw_data.sms (message_text) to role transform priority 10;
attach masking policy show_varchar on raw_data.sms (message_text) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.sms (_unmapped) to public priority 0;
attach masking policy show_varchar on raw_data.sms (_unmapped) to role transform priority 10;
attach masking policy show_varchar on raw_data.sms (_unmapped) to role pii_reader priority 10;
attach masking policy mask_bigint on raw_data.sms (_record_hash) to public priority 0;
attach masking policy show_bigint on raw_data.sms (_record_hash) to role transform priority 10;
attach masking policy show_bigint on raw_data.sms (_record_hash) to role pii_reader priority 10;
attach masking policy show_bigint on raw_data.sms (_record_hash) to role ingest priority 10;
attach masking policy mask_varchar on raw_data.social_media (complaint_id) to public priority 0;
attach masking policy show_varchar on raw_data.social_media (complaint_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.social_media (complaint_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.social_media (customer_id) to public priority 0;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
attach masking policy show_varchar on raw_data.social_media (customer_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.social_media (customer_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.social_media (agent_id) to public priority 0;
attach masking policy show_varchar on raw_data.social_media (agent_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.social_media (agent_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.social_media (request_date) to public priority 0;
attach masking policy show_varchar on raw_data.social_media (request_date) to role transform priority 10;
attach masking policy show_varchar on raw_data.social_media (request_date) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.social_media (resolution_date) to public priority 0;
attach masking policy show_varchar on raw_data.social_media (resolution_date) to role transform priority 10;
attach masking policy show_varchar on raw_data.social_media (resolution_date) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.social_media (_unmapped) to public priority 0;
attach masking policy show_varchar on raw_data.social_media (_unmapped) to role transform priority 10;
attach masking policy show_varchar on raw_data.social_media (_unmapped) to role pii_reader priority 10;
attach masking policy mask_bigint on raw_data.social_media (_record_hash) to public priority 0;
attach masking policy show_bigint on raw_data.social_media (_record_hash) to role transform priority 10;
attach masking policy show_bigint on raw_data.social_media (_record_hash) to role pii_reader priority 10;
attach masking policy show_bigint on raw_data.social_media (_record_hash) to role ingest priority 10;
attach masking policy mask_varchar on raw_data.web_forms (request_id) to public priority 0;
attach masking policy show_varchar on raw_data.web_forms (request_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.web_forms (request_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.web_forms (customer_id) to public priority 0;
attach masking policy show_varchar on raw_data.web_forms (customer_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.web_forms (customer_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.web_forms (agent_id) to public priority 0;
attach masking policy show_varchar on raw_data.web_forms (agent_id) to role transform priority 10;
attach masking policy show_varchar on raw_data.web_forms (agent_id) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.web_forms (request_date) to public priority 0;
attach masking policy show_varchar on raw_data.web_forms (request_date) to role transform priority 10;
attach masking policy show_varchar on raw_data.web_forms (request_date) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.web_forms (resolution_date) to public priority 0;
attach masking policy show_varchar on raw_data.web_forms (resolution_date) to role transform priority 10;
attach masking policy show_varchar on raw_data.web_forms (resolution_date) to role pii_reader priority 10;
attach masking policy mask_varchar on raw_data.web_forms (_unmapped) to public priority 0;
attach masking policy show_varchar on raw_data.web_forms (_unmapped) to role transform priority 10;
attach masking policy show_varchar on raw_data.web_forms (_unmapped) to role pii_reader priority 10;
attach masking policy mask_bigint on raw_data.web_forms (_record_hash) to public priority 0;
attach masking policy show_bigint on raw_data.web_forms (_record_hash) to role transform priority 10;
attach masking policy show_bigint on raw_data.web_forms (_record_hash) to role pii_reader priority 10;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
attach masking policy show_bigint on raw_data.web_forms (_record_hash) to role ingest priority 10;
attach masking policy mask_varchar on restricted.key_material (key_value) to public priority 0;
attach masking policy show_varchar on restricted.key_material (key_value) to role transform priority 10;
attach masking policy show_varchar on restricted.key_material (key_value) to "admin" priority 10;
grant usage on schema raw_data to role ingest;
grant usage on schema raw_data to role transform;
grant usage on schema staging to role transform;
grant create on schema staging to role transform;
grant usage on schema intermediate to role transform;
grant create on schema intermediate to role transform;
grant usage on schema marts to role transform;
grant create on schema marts to role transform;
grant usage on schema restricted to role transform;
grant create on schema restricted to role transform;
grant usage on schema quality to role transform;
grant create on schema quality to role transform;
grant usage on schema marts to role analyst;
grant usage on schema quality to role analyst;
grant usage on schema marts to role operations;
grant usage on schema quality to role operations;
grant usage on schema marts to role leadership;
grant usage on schema marts to role ml;
grant usage on schema restricted to role pii_reader;
grant usage on schema intermediate to role pii_reader;
grant usage on schema marts to role pii_reader;
grant select on raw_data.agents to role ingest;
grant insert on raw_data.agents to role ingest;
grant delete on raw_data.agents to role ingest;
grant select on raw_data.call_logs to role ingest;
grant insert on raw_data.call_logs to role ingest;
grant delete on raw_data.call_logs to role ingest;
grant select on raw_data.customers to role ingest;
grant insert on raw_data.customers to role ingest;
grant delete on raw_data.customers to role ingest;
grant select on raw_data.sms to role ingest;
grant insert on raw_data.sms to role ingest;
grant delete on raw_data.sms to role ingest;
grant select on raw_data.social_media to role ingest;
grant insert on raw_data.social_media to role ingest;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
grant delete on raw_data.social_media to role ingest;
grant select on raw_data.web_forms to role ingest;
grant insert on raw_data.web_forms to role ingest;
grant delete on raw_data.web_forms to role ingest;
grant select on raw_data.load_ledger to role ingest;
grant insert on raw_data.load_ledger to role ingest;
grant delete on raw_data.load_ledger to role ingest;
grant select on raw_data.load_details to role ingest;
grant insert on raw_data.load_details to role ingest;
grant delete on raw_data.load_details to role ingest;
grant select on raw_data.agents to role transform;
grant select on raw_data.call_logs to role transform;
grant select on raw_data.customers to role transform;
grant select on raw_data.sms to role transform;
grant select on raw_data.social_media to role transform;
grant select on raw_data.web_forms to role transform;
grant select on raw_data.load_ledger to role transform;
grant select on raw_data.load_details to role transform;
grant select on raw_data.calendar to role transform;
grant insert on raw_data.calendar to role transform;
grant delete on raw_data.calendar to role transform;
grant select on restricted.key_material to role transform;
grant role sys:secadmin to role transform;

-- one transaction
select cast(role_name as varchar(256)) as role_name from svv_roles;

-- one transaction
select cast(role_name as varchar(256)) as role_name, cast(granted_role_name as varchar(256)) as granted_role_name from svv_role_grants;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_schema_privileges;

-- one transaction
select cast(namespace_name as varchar(256)) as namespace_name, cast(relation_name as varchar(256)) as relation_name, cast(privilege_type as varchar(256)) as privilege_type, cast(identity_name as varchar(256)) as identity_name, cast(identity_type as varchar(256)) as identity_type from svv_relation_privileges;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name from svv_masking_policy;

-- one transaction
select cast(policy_name as varchar(256)) as policy_name, cast(schema_name as varchar(256)) as schema_name, cast(table_name as varchar(256)) as table_name, cast(grantee as varchar(256)) as grantee, cast(grantee_type as varchar(256)) as grantee_type, cast(priority as varchar(256)) as priority, cast(output_columns as varchar(256)) as output_columns from svv_attached_masking_policy
where schema_name in ('raw_data', 'restricted');

-- one transaction
lock raw_data.schema_migrations;
revoke create on schema public from public;
revoke usage on schema public from public;
revoke assumerole on all from public for all;
grant assumerole on 'arn:aws:iam::000000000000:role/copy' to role ingest for copy;

-- one transaction
lock restricted.key_material;
select cast(case when count(*) = 0 then '1' else 'key material differs' end as integer) as ok
from restricted.key_material
where purpose = 'surrogate_keys' and key_value <> cast(:key_value as varchar(256));
insert into restricted.key_material (purpose, key_value)
select 'surrogate_keys', cast(:key_value as varchar(256))
where not exists (select 1 from restricted.key_material where purpose = 'surrogate_keys');

-- one transaction
select source, cast(partition_date as varchar(10)) as partition_date, partition_hour, load_id
from raw_data.load_ledger
where load_id is not null;

-- one transaction
select
    max(case when source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 then commit_seq end) as commit_seq,
    max(case when source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 then load_id end) as load_id,
    max(case when source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 then rows_loaded end) as rows_loaded,
    cast(coalesce(sum(case when load_id = 'load-2' then 1 else 0 end), 0) as bigint) as naming_partitions
from raw_data.load_ledger
where source = 'sms';

-- one transaction
select
    max(case when source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 then commit_seq end) as commit_seq,
    max(case when source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 then load_id end) as load_id,
    max(case when source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 then rows_loaded end) as rows_loaded,
    cast(coalesce(0, 0) as bigint) as naming_partitions
from raw_data.load_ledger
where source = 'sms';

-- one transaction
lock raw_data.load_ledger;
lock raw_data.sms;
select cast(case when count(*) = 0 then '1' else 'stale commit' end as integer) as ok
from raw_data.load_ledger
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 and commit_seq >= 2;
delete from raw_data.sms
where _load_id = 'load-2';
copy raw_data.sms (message_id, received_at, sender_msisdn, short_code, message_text, _unmapped, _source_uri, _source_row, _partition_date, _partition_hour, _load_id, _loaded_at, _contract_version, _record_hash)
from 's3://lake/raw/sms/partition_date=2025-11-20/partition_hour=08/load=load-2/copy.json'
iam_role 'arn:aws:iam::000000000000:role/copy'
format as parquet
manifest;
select cast(case when count(*) = 2 then '1' else 'row count mismatch' end as integer) as ok
from raw_data.sms
where _load_id = 'load-2';
select cast(case when coalesce(sum(cast(_record_hash as decimal(38, 0))), 0) = cast(12345678901234567890 as decimal(38, 0)) then '1' else 'hash sum mismatch' end as integer) as ok
from raw_data.sms
where _load_id = 'load-2';
delete from raw_data.load_ledger
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8;
insert into raw_data.load_ledger (source, partition_date, partition_hour, commit_seq, load_id, manifest_uri, contract_version, rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, hash_sum, unmapped_columns, committed_at, loaded_at)
values ('sms', cast('2025-11-20' as date), 8, 2, 'load-2', 's3://lake/raw/sms/partition_date=2025-11-20/partition_hour=08/load=load-2/manifest.json', 1, 3, 2, 1, 0, 0, cast(12345678901234567890 as decimal(38, 0)), '["it''s","new' || chr(92) || '' || chr(92) || 'column"]', cast('2025-11-21 01:02:03.456' as timestamp), cast('2025-11-21 01:02:03.456' as timestamp));
delete from raw_data.load_details
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8;
insert into raw_data.load_details (source, partition_date, partition_hour, load_id, kind, name, row_count)
values ('sms', cast('2025-11-20' as date), 8, 'load-2', 'column', 'message_id', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'column', 'received_at', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'unmapped_column', 'it''s', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'unmapped_column', 'new' || chr(92) || 'column', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'reason', 'missing_value:message_id', 1);
delete from raw_data.sms
where _load_id not in (
    select load_id from raw_data.load_ledger
    where source = 'sms' and load_id is not null
);

-- one transaction
lock raw_data.load_ledger;
lock raw_data.sms;
select cast(case when count(*) = 0 then '1' else 'stale commit' end as integer) as ok
from raw_data.load_ledger
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 and commit_seq >= 2;
select cast(case when count(*) = 2 then '1' else 'row count mismatch' end as integer) as ok
from raw_data.sms
where _load_id = 'load-2';
select cast(case when coalesce(sum(cast(_record_hash as decimal(38, 0))), 0) = cast(12345678901234567890 as decimal(38, 0)) then '1' else 'hash sum mismatch' end as integer) as ok
from raw_data.sms
where _load_id = 'load-2';
delete from raw_data.load_ledger
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8;
insert into raw_data.load_ledger (source, partition_date, partition_hour, commit_seq, load_id, manifest_uri, contract_version, rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, hash_sum, unmapped_columns, committed_at, loaded_at)
values ('sms', cast('2025-11-20' as date), 8, 2, 'load-2', 's3://lake/raw/sms/partition_date=2025-11-20/partition_hour=08/load=load-2/manifest.json', 1, 3, 2, 1, 0, 0, cast(12345678901234567890 as decimal(38, 0)), '["it''s","new' || chr(92) || '' || chr(92) || 'column"]', cast('2025-11-21 01:02:03.456' as timestamp), cast('2025-11-21 01:02:03.456' as timestamp));
delete from raw_data.load_details
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8;
insert into raw_data.load_details (source, partition_date, partition_hour, load_id, kind, name, row_count)
values ('sms', cast('2025-11-20' as date), 8, 'load-2', 'column', 'message_id', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'column', 'received_at', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'unmapped_column', 'it''s', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'unmapped_column', 'new' || chr(92) || 'column', null),
    ('sms', cast('2025-11-20' as date), 8, 'load-2', 'reason', 'missing_value:message_id', 1);
delete from raw_data.sms
where _load_id not in (
    select load_id from raw_data.load_ledger
    where source = 'sms' and load_id is not null
);

-- one transaction
lock raw_data.load_ledger;
lock raw_data.sms;
select cast(case when count(*) = 0 then '1' else 'stale commit' end as integer) as ok
from raw_data.load_ledger
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8 and commit_seq >= 2;
delete from raw_data.load_ledger
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8;
insert into raw_data.load_ledger (source, partition_date, partition_hour, commit_seq, load_id, manifest_uri, contract_version, rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, hash_sum, unmapped_columns, committed_at, loaded_at)
values ('sms', cast('2025-11-20' as date), 8, 2, null, null, null, 0, 0, 0, 0, 0, cast(0 as decimal(38, 0)), null, cast('2025-11-21 01:02:03.456' as timestamp), cast('2025-11-21 01:02:03.456' as timestamp));
delete from raw_data.load_details
where source = 'sms' and partition_date = cast('2025-11-20' as date) and partition_hour = 8;
delete from raw_data.sms
where _load_id not in (
    select load_id from raw_data.load_ledger
    where source = 'sms' and load_id is not null
);
