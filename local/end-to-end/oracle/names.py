"""Columns of the raw tables, where they are not called as the oracle calls them."""

NAMES: dict[str, dict[str, str]] = {
    "customers": {"born": "date_of_birth", "signed_up": "signup_date"},
    "agents": {},
    "call_logs": {
        "index": "source_index",
        "id": "call_id",
        "category": "complaint_category",
        "status": "resolution_status",
        "started": "call_start_time",
        "ended": "call_end_time",
        "generated": "call_logs_generation_date",
    },
    "social_media": {
        "id": "complaint_id",
        "category": "complaint_category",
        "status": "resolution_status",
        "opened": "request_date",
        "resolved": "resolution_date",
        "platform": "media_channel",
        "generated": "media_complaint_generation_date",
    },
    "web_forms": {
        "index": "source_index",
        "id": "request_id",
        "category": "complaint_category",
        "status": "resolution_status",
        "opened": "request_date",
        "resolved": "resolution_date",
        "generated": "web_form_generation_date",
    },
    "sms": {"id": "message_id", "received": "received_at", "sender": "sender_msisdn", "text": "message_text"},
}
