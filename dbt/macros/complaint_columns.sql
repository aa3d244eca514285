{#
    The interface of a complaint source: every staging model named in complaint_sources() has these columns, and
    int_complaint_versions reads exactly these. Their meaning is in models/staging/README.md.
#}
{% macro complaint_columns() %}
    {{ return([
        'source', 'channel', 'partition_date', 'partition_hour', 'load_id', 'source_row', 'record_hash',
        'complaint_id', 'customer_id', 'agent_id', 'sender_msisdn', 'sender_id',
        'platform', 'is_known_platform',
        'category_source', 'category', 'is_known_category',
        'status', 'has_status', 'is_known_status', 'resolution_state', 'has_resolution_time',
        'opened_at', 'opened_utc_offset', 'resolved_at', 'call_started_at', 'call_ended_at', 'generation_date',
        'is_free_text', 'complaint_text', 'failed_casts',
    ]) }}
{% endmacro %}
