"""One set of partitions, brought to the warehouse in several orders. What comes out must be the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from warehouse import Warehouse

DAYS = ("2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02")
WITHDRAWN = "2024-03-03"
CORRECTED = "2024-02-29"
HOURS = (7, 19)
DAILY = {
    "call_logs": ("call_id", "call_start_time", "call_end_time", "call_logs_generation_date"),
    "social_media": ("complaint_id", "request_date", "resolution_date", "media_complaint_generation_date"),
    "web_forms": ("request_id", "request_date", "resolution_date", "web_form_generation_date"),
}
CATEGORIES = ("Technician Support", "Network Failure", "Router Delivery", "Payments", "Roaming")
STATUSES = ("Resolved", "Backlog", "In-Progress", "Blocked", "Escalated")
TEXTS = ("no signal since yesterday", "you billed me twice", "thank you, all is well", "why is my internet so slow")

# Of what no order is known, only its place in the list of all partitions
Row = dict[str, str | None]
Partition = tuple[str, str, int]


@dataclass(frozen=True)
class Partitions:
    """What the sources hold in the end, what they held before, and what was there for a while only."""

    final: dict[Partition, list[Row]]
    before_correction: dict[Partition, list[Row]]
    for_a_while: dict[Partition, list[Row]]

    def of_day(self, day: str) -> dict[Partition, list[Row]]:
        return {key: rows for key, rows in self.final.items() if key[1] == day}


def partitions(seed: int = 5) -> Partitions:
    """Complaints come again with another status in later files; customers and agents come late, change and leave."""
    draw = random.Random(seed)
    final: dict[Partition, list[Row]] = {}
    for number, day in enumerate(DAYS):
        final[("customers", day, -1)] = [customer(n) for n in range(4 * number, 24 + 3 * number)]
        final[("agents", day, -1)] = [agent(n, number) for n in range(8) if (n + number) % 5]
        final |= complaints(draw, day)
    before = {key: rows for key, rows in complaints(draw, CORRECTED).items() if key[0] != "sms"}
    return Partitions(final, before, complaints(draw, WITHDRAWN))


def customer(number: int) -> Row:
    return {
        "customer_id": f"c{number}",
        "name": f"Customer {number}",
        "signup_date": f"20{10 + number % 15}-01-31",
        "address": f"1 Main St\nDenver, {('CO', 'TX', 'WY')[number % 3]} 80014",
        "phone": f"+1555{number:07d}",
    }


def agent(number: int, day: int) -> Row:
    level = ("Junior", "Senior")[number % 3 == 0 and day > 2]
    return {"agent_id": f"{1000 + number}", "name": f"Agent {number}", "experience": level, "state": "Texas"}


def complaints(draw: random.Random, day: str) -> dict[Partition, list[Row]]:
    found: dict[Partition, list[Row]] = {
        (source, day, -1): [complaint(draw, source, number, day) for number in draw.sample(range(60), 20)]
        for source in DAILY
    }
    for hour in HOURS:
        found[("sms", day, hour)] = [message(draw, number, day, hour) for number in draw.sample(range(30), 6)]
    return found


def complaint(draw: random.Random, source: str, number: int, day: str) -> Row:
    key, opened, ended, generated = DAILY[source]
    status = draw.choice(STATUSES)
    start = f"20{draw.choice(('23-12', '24-01', '24-02'))}-{draw.randint(1, 28):02d} {draw.randint(0, 23):02d}:00:00"
    is_ended = source == "call_logs" or status == "Resolved"
    platform = {"media_channel": draw.choice(("Twitter", "Facebook"))} if source == "social_media" else {}
    return {
        key: f"{source}-{number}",
        "customer_id": draw.choice([f"c{number % 45}", "nobody", None]),
        "complaint_category": draw.choice(CATEGORIES),
        "agent_id": draw.choice([f"{1000 + number % 9}", None]),
        "resolution_status": status,
        opened: start,
        ended: f"2024-03-0{draw.randint(1, 9)} 08:00:00" if is_ended else "",
        generated: day,
        **platform,
    }


def message(draw: random.Random, number: int, day: str, hour: int) -> Row:
    return {
        "message_id": f"m{number}",
        "received_at": f"{day}T{hour:02d}:15:00Z",
        "sender_msisdn": draw.choice([f"+1555{number:07d}", "+17770000001", None]),
        "message_text": draw.choice(TEXTS),
    }


Telling = Iterator[None]
Order = Callable[[Warehouse, Partitions], Telling]


def load(warehouse: Warehouse, found: dict[Partition, list[Row]]) -> None:
    for (source, day, hour), rows in found.items():
        warehouse.load(source, day, rows, hour=hour)


def withdraw(warehouse: Warehouse, found: dict[Partition, list[Row]]) -> None:
    for source, day, hour in found:
        warehouse.withdraw(source, day, hour=hour)


def at_once(warehouse: Warehouse, known: Partitions) -> Telling:
    withdraw(warehouse, known.for_a_while)
    load(warehouse, known.final)
    yield


def in_order(warehouse: Warehouse, known: Partitions) -> Telling:
    withdraw(warehouse, known.for_a_while)
    for day in DAYS:
        load(warehouse, known.of_day(day))
        yield


def out_of_order(warehouse: Warehouse, known: Partitions) -> Telling:
    """Days, and snapshots with them, in an order in which each kind of neighbour is missing once."""
    for place in (3, 0, 4, 2, 1):
        load(warehouse, known.of_day(DAYS[place]))
        yield
    withdraw(warehouse, known.for_a_while)
    yield


def with_a_corrected_day(warehouse: Warehouse, known: Partitions) -> Telling:
    withdraw(warehouse, known.for_a_while)
    load(warehouse, known.final | known.before_correction)
    yield
    load(warehouse, {key: known.final[key] for key in known.before_correction})
    yield


def with_a_withdrawn_day(warehouse: Warehouse, known: Partitions) -> Telling:
    """Complaints of earlier days have a newer version for a while, and agents and customers leave."""
    load(warehouse, known.final | known.for_a_while)
    yield
    withdraw(warehouse, known.for_a_while)
    yield


ORDERS: tuple[Order, ...] = (in_order, out_of_order, with_a_corrected_day, with_a_withdrawn_day)
