"""Enough customers of invented ids that published tables show some of their cells and hide others."""

from __future__ import annotations

from uuid import UUID

from story import call, complaint_id, message
from warehouse import Warehouse

DATE = "2025-11-17"
MONTHS = ["07", "08", "11"]
CUSTOMERS = [str(UUID(int=(0xABCD << 112) + number)) for number in range(1, 61)]


def arrive(warehouse: Warehouse) -> None:
    """One more partition of each source, older than the story's; some cells are small, no channel is.

    One customer has called again and again, and is at risk.
    """
    warehouse.load(
        "call_logs",
        DATE,
        [
            call(
                1000 + number,
                customer,
                complaint_category=["Payments", "Network Failure", "Router Delivery"][number % 3],
                resolution_status=["Resolved", "Blocked"][number % 2],
                call_start_time=f"2025-{MONTHS[number % 3]}-01 10:00:00",
                call_end_time=f"2025-{MONTHS[number % 3]}-01 10:05:00",
                call_logs_generation_date=DATE,
            )
            for number, customer in enumerate(CUSTOMERS)
        ]
        + [
            call(
                1100 + day,
                CUSTOMERS[2],
                call_start_time=f"2025-11-{day:02} 10:00:00",
                call_end_time=f"2025-11-{day:02} 10:05:00",
                call_logs_generation_date=DATE,
            )
            for day in (5, 10)
        ],
    )
    warehouse.load(
        "web_forms",
        DATE,
        [
            {
                "source_index": str(number),
                "request_id": complaint_id(2000 + number, customer),
                "customer_id": customer,
                "complaint_category": ["Payments", "Network Failure", "Router Delivery"][
                    0 if number < 25 else number % 3
                ],
                "agent_id": "agent-1000",
                "resolution_status": "Resolved" if number % 3 else "Backlog",
                "request_date": f"2025-{7 + number % 2:02}-02 10:00:00",
                "resolution_date": f"2025-{7 + number % 2:02}-04 09:00:00" if number % 3 else "",
                "web_form_generation_date": DATE,
            }
            for number, customer in enumerate(CUSTOMERS[:40])
        ],
    )
    warehouse.load(
        "social_media",
        DATE,
        [
            {
                "complaint_id": complaint_id(3000 + number, customer),
                "customer_id": customer,
                "complaint_category": "Payments",
                "agent_id": "agent-1001",
                "resolution_status": "Backlog",
                "request_date": f"2025-{MONTHS[number % 3]}-03 10:00:00",
                "resolution_date": "",
                "media_channel": "Twitter",
                "media_complaint_generation_date": DATE,
            }
            for number, customer in enumerate(CUSTOMERS[:50])
        ],
    )
    warehouse.load(
        "sms",
        DATE,
        [
            {**message(4000 + number, f"+1444555{number:04}"), "received_at": f"{DATE}T08:10:00+00:00"}
            for number in range(50)
        ],
        hour=8,
    )
