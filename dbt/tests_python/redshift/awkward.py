"""Values on which two engines might disagree, as one more partition of every source. All of them are invented."""

from __future__ import annotations

from story import ANN, BOB, call, complaint_id, customer, message
from warehouse import Warehouse

DATE = "2025-11-18"
LONG = "A long complaint about a slow line, again and again. " * 12
WIDE = "Überlandleitung läßt ständig zu wünschen übrig 通信障害です 📶 " * 8
ODD_TEXT = 'it\'s "odd"; a back\\\\slash, a tab\t, a percent % and _ and $1 {{ x }} -- no comment /* none */'

CATEGORIES = [
    "Payments ",
    " payments",
    "PAYMENTS",
    "Router  Delivery",
    "Router\tDelivery",
    "",
    None,
    "Roaming   ",
    "An unknown category of more than forty characters",
    "O'Connor's \\ case",
    "Überraschung",
    "network failure\n",
]
AGENTS = ["1000", "1000.0", "1000.00 ", " 1000", "", None, "1000.5", "agent-1000", "007", "a.0.0", "1e3", "x"]


def arrive(warehouse: Warehouse) -> None:
    """One partition of awkward records for each source, older than the story's so that the story stays as it is."""
    warehouse.load(
        "call_logs",
        DATE,
        [
            call(
                100 + number,
                [ANN, BOB, None, "", f" {BOB} "][number % 5],
                complaint_category=category,
                agent_id=agent,
                resolution_status=["Resolved ", "in-progress", "", None, "Un-\\known"][number % 5],
                call_start_time=["2024-02-29 23:59:59", "2025-01-01 00:00:00", "", None][number % 4],
                call_end_time=["2024-03-01 00:00:00", "2024-12-31 23:59:59", None, ""][number % 4],
            )
            for number, (category, agent) in enumerate(zip(CATEGORIES, AGENTS, strict=True))
        ],
    )
    warehouse.load(
        "social_media",
        DATE,
        [
            {
                "complaint_id": complaint_id(200 + number, BOB) + " " * number,
                "customer_id": [BOB, ANN, None][number % 3],
                "complaint_category": CATEGORIES[number],
                "agent_id": "1000.0",
                "resolution_status": ["Resolved", "Backlog", None][number % 3],
                "request_date": ["2025-06-30 12:00:00", "2025-12-31 00:00:01", None][number % 3],
                "resolution_date": ["2025-06-29 12:00:00", "", "2025-07-01 00:00:00"][number % 3],
                "media_channel": platform,
                "media_complaint_generation_date": ["2025-11-18", "2025-11-17", None][number % 3],
            }
            for number, platform in enumerate(["Twitter ", "linkedin", "X/Twitter", "", None, "face book"])
        ]
        + [
            {
                "complaint_id": complaint_id(210 + number, BOB),
                "customer_id": BOB,
                "complaint_category": "Payments",
                "resolution_status": "Resolved",
                "request_date": "2025-06-30 12:00:00",
                "resolution_date": resolved_at,
                "media_channel": "Twitter",
                "media_complaint_generation_date": DATE,
            }
            for number, resolved_at in enumerate(
                ["2025-06-30 12:00:00", "2025-06-30 12:00:01", "2025-07-01 12:00:00", "2025-07-01 12:00:01"]
            )
        ]
        + [
            {
                "complaint_id": complaint_id(220, BOB),
                "customer_id": BOB,
                "complaint_category": "Payments",
                "resolution_status": " BLOCKED",
                "request_date": "2005-03-01 12:00:00",
                "media_channel": "Twitter",
                "media_complaint_generation_date": DATE,
            }
        ],
    )
    warehouse.load(
        "sms",
        DATE,
        [
            {**message(300 + number, sender), "received_at": received_at, "message_text": text}
            for number, (sender, received_at, text) in enumerate(
                [
                    ("+1 (555) 555-0101 ", "2025-11-18T23:30:00-05:00", LONG),
                    ("004915112345678", "2025-11-18T00:00:00Z", WIDE),
                    ("12345", "2025-11-18T08:10:00+05:45", ODD_TEXT),
                    ("", "2025-11-18T08:10:00.123456+00:00", ""),
                    (None, "2024-02-29T12:00:00Z", None),
                    ("no number", "2025-11-18T08:10:00-00:00", "line\\nfeed \\\\n no feed"),
                ]
            )
        ],
        hour=7,
    )
    warehouse.load("customers", DATE, _customers())
    warehouse.load(
        "agents",
        DATE,
        [
            {"agent_id": agent, "name": name, "experience": experience, "state": state}
            for agent, name, experience, state in [
                ("1000", "Agent Trailing ", "Mid level", " new   york"),
                ("2000.0", "Agent Ünïcode", "MID-LEVEL ", "Puerto Rico"),
                ("3000", "", "", ""),
                ("4000", None, None, "Nowhere"),
                ("5000", "Agent Blank", "junior", "Ohio "),
            ]
        ],
    )


def arrive_as_newest(warehouse: Warehouse) -> None:
    """The same customers again as the newest snapshot, so that they reach the dimension and the identities."""
    warehouse.load(
        "customers", "2025-11-24", _customers(), unmapped=["Loyalty  tier ", "Ünïcode", "a\\b", "it's", WIDE[:300]]
    )


def _customers() -> list[dict[str, str | None]]:
    details = [
        {"name": WIDE, "email": " Upper@Case.ORG ", "address": "1 A St\r\nTown, NY 10001-1234", "phone": "001 555"},
        {"name": "", "email": "two@at@signs.org", "address": "no address at all", "phone": "ext. 12"},
        {"name": None, "email": "", "address": "", "phone": "", "date_of_birth": "", "signup_date": ""},
        {"email": "nobody", "address": "Unit 7, Some Road, Ville, ZZ 00000", "phone": "5550101000"},
        {"email": "x@hotmai.com", "address": "APO AA 09876", "phone": "(555) 010-1000", "gender": " f "},
        {"email": "x@", "address": "2 B St,\n\n Spaced  City , CA 90210 \n", "date_of_birth": "2000-02-29"},
        {"address": LONG + "\nLongville, TX 75001", "gender": "Ünbekannt", "location": ODD_TEXT},
    ]
    return [
        customer(f"99999999-0000-4000-8000-{number:012d}", **{"date_of_birth": "1960-11-24", **values})
        for number, values in enumerate(details)
    ]
