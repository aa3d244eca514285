"""What happens to the test warehouse. Every personal value is a sentinel that occurs nowhere else."""

from __future__ import annotations

from warehouse import Warehouse

ANN = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa"
BOB = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb"
LATE = "cccccccc-3333-4333-8333-cccccccccccc"
GHOST = "dddddddd-4444-4444-8444-dddddddddddd"

SENTINELS = {
    "name": ["Annabel Zzyzx", "Robert Qwghlm", "Latecomer Vbnmq", "Agent Xylophone", "Agent Yttrium"],
    "email": ["sentinel.ann", "sentinel.bob", "sentinel.late"],
    "address": ["Sentinel Street", "Watchtower Road", "Guardville", "80999", "12777"],
    "birth date": ["1971-03-17", "1982-04-18", "1993-05-19"],
    "phone": ["5550101", "5550202", "5550303"],
    "text": ["my sentinel secret"],
    "customer id": [ANN, BOB, LATE, GHOST],
    "customer id in a complaint id": [value.replace("-", "") for value in (ANN, BOB, LATE, GHOST)],
    "complaint id": ["ticket-sentinel", "sms-sentinel"],
    "agent id": ["agent-1000", "agent-1001", "agent-9999"],
    "categorical free text": ["sentinel@typed.here"],
}


def customer(customer_id: str, **values: str) -> dict[str, str | None]:
    return {"customer_id": customer_id, "gender": "F", "signup_date": "2015-06-01", **values}


ANN_ROW = customer(
    ANN,
    name="Annabel Zzyzx",
    date_of_birth="1971-03-17",
    email="sentinel.ann@GmaiL.om",
    address="1 Sentinel Street\nGuardville, CO 80999",
    phone="+1 (555) 555-0101",
)
BOB_ROW = customer(
    BOB,
    name="Robert Qwghlm",
    date_of_birth="1982-04-18",
    email="sentinel.bob@hotmai.com",
    address="PSC 77, Watchtower Road\nAPO AA 12777",
    phone="5555550202",
)
LATE_ROW = customer(
    LATE,
    name="Latecomer Vbnmq",
    date_of_birth="1993-05-19",
    email="sentinel.late@x.org",
    address="9 Sentinel Street\nGuardville, PR 80999",
)
AGENTS = [
    {"agent_id": "agent-1000", "name": "Agent Xylophone", "experience": "intern", "state": "Texas"},
    {"agent_id": "agent-1001", "name": "Agent Yttrium", "experience": "Senior", "state": "Ohio"},
]


def complaint_id(number: int, customer_id: str) -> str:
    return f"ticket-sentinel{number}K{customer_id.replace('-', '')}77"


def call(number: int, customer_id: str | None, **values: str | None) -> dict[str, str | None]:
    return {
        "source_index": str(number),
        "call_id": complaint_id(number, customer_id or ANN),
        "customer_id": customer_id,
        "complaint_category": "Payments",
        "agent_id": "agent-1000",
        "call_start_time": "2025-05-01 10:00:00",
        "call_end_time": "2025-05-01 10:06:00",
        "resolution_status": "Backlog",
        "call_logs_generation_date": "2025-11-20",
        **values,
    }


def first_days(warehouse: Warehouse) -> None:
    """Three days are expected; the third has not come. One customer and one agent are known from complaints only."""
    for source in ("customers", "agents", "call_logs", "social_media", "web_forms"):
        warehouse.expect(source, "2025-11-20", "2025-11-22")
    warehouse.expect("sms", "2025-11-20", "2025-11-20", hour=8)
    warehouse.expect("sms", "2025-11-20", "2025-11-20", hour=9)

    warehouse.load("customers", "2025-11-20", [ANN_ROW, BOB_ROW])
    warehouse.load("agents", "2025-11-20", AGENTS)
    warehouse.load(
        "call_logs",
        "2025-11-20",
        [
            call(1, ANN),
            call(2, LATE),
            call(3, GHOST, agent_id="agent-9999", complaint_category="sentinel@typed.here"),
            call(4, None, agent_id="", complaint_category="Roaming", resolution_status="Escalated"),
            call(5, BOB, call_end_time="2025-05-01 09:00:00"),
        ],
        quarantined=2,
        deduplicated=1,
        erased=2,
    )
    warehouse.load(
        "call_logs",
        "2025-11-21",
        [
            call(1, ANN, resolution_status="Resolved", call_logs_generation_date="2025-11-21"),
        ],
    )
    warehouse.load(
        "social_media",
        "2025-11-20",
        [
            {
                "complaint_id": complaint_id(6, BOB),
                "customer_id": ANN,
                "complaint_category": "network failure",
                "agent_id": "agent-1001",
                "resolution_status": "Resolved",
                "request_date": "2025-05-01 10:00:00",
                "resolution_date": "",
                "media_channel": "Twitter",
                "media_complaint_generation_date": "2025-11-20",
            }
        ],
    )
    warehouse.load(
        "web_forms",
        "2025-11-20",
        [
            {
                "source_index": "0",
                "request_id": complaint_id(7, BOB),
                "customer_id": BOB,
                "complaint_category": "Technician Support",
                "agent_id": "agent-1001",
                "resolution_status": "Resolved",
                "request_date": "2025-05-01 10:00:00",
                "resolution_date": "2025-05-14 10:00:00",
                "web_form_generation_date": "2025-11-20",
            }
        ],
    )
    warehouse.load(
        "sms",
        "2025-11-20",
        [
            message(1, "+15555550101"),
            message(2, "+15555550303"),
            message(3, None),
        ],
        hour=8,
    )
    warehouse.load("sms", "2025-11-20", [], hour=9)


def message(number: int, sender: str | None) -> dict[str, str | None]:
    return {
        "message_id": f"sms-sentinel-{number}",
        "received_at": "2025-11-20T08:10:00+02:00",
        "sender_msisdn": sender,
        "short_code": "4040",
        "message_text": "my sentinel secret: no network signal since yesterday",
    }


def correct_and_repeat(warehouse: Warehouse) -> None:
    """A corrected partition, an older one that arrives late, a late customer, a carried-forward snapshot."""
    warehouse.load(
        "call_logs",
        "2025-11-20",
        [
            call(1, ANN),
            call(2, LATE, complaint_category="Router Delivery"),
            call(3, GHOST, agent_id="agent-9999", complaint_category="sentinel@typed.here"),
            call(4, None, agent_id="", complaint_category="Roaming", resolution_status="Escalated"),
        ],
        quarantined=2,
        deduplicated=1,
    )
    warehouse.load(
        "call_logs",
        "2025-11-19",
        [
            call(1, ANN, resolution_status="Blocked", call_logs_generation_date="2025-11-19"),
        ],
    )
    warehouse.load("customers", "2025-11-21", [ANN_ROW, BOB_ROW, LATE_ROW])
    warehouse.carry_forward("agents", "2025-11-20", "2025-11-21")
    warehouse.load("agents", "2025-11-22", [{**AGENTS[0], "experience": "Junior"}])


def withdraw_a_day(warehouse: Warehouse) -> None:
    """The batch that resolved complaint 1 is withdrawn, and so is the only web-form batch."""
    warehouse.withdraw("call_logs", "2025-11-21")
    warehouse.withdraw("web_forms", "2025-11-20")
