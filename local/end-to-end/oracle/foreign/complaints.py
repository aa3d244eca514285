"""Complaints of a batch: new ones, and old ones again with another status, from another state of the source."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .draw import (
    CATEGORIES,
    ODD_CATEGORIES,
    ODD_PLATFORMS,
    ODD_STATUSES,
    PLATFORMS,
    STATUSES,
    Draw,
    text,
)
from .people import Customer

ORPHAN_AGENTS = ("9001", "9002")


@dataclass(frozen=True)
class Complaint:
    id: str
    customer: str
    category: str
    agent: str
    status: str
    opened: dt.datetime | None
    ended: dt.datetime | None
    platform: str

    def times(self) -> tuple[str, str]:
        return text(self.opened), text(self.ended)


def draw_complaint(draw: Draw, source: str, number: int, batch: dt.date, people: Sequence[Customer]) -> Complaint:
    customer = given_customer(draw, people)
    status = draw.one_or_odd(STATUSES, ODD_STATUSES, 0.08)
    # not flat: agents differ, and some states complain of one thing
    agent = f"{2000 + min(int(draw.expovariate(0.12)), 23)}"
    if agent in ("2001", "2002") and draw.rarely(0.7):
        status = "Resolved" if agent == "2001" else "Backlog"
    opened = None if draw.rarely(0.02) else draw.moment(batch)
    return Complaint(
        id=complaint_id(draw, source, number, customer, people),
        customer=f"  {customer} " if customer and draw.rarely(0.05) else customer,
        category=draw.one_or_odd(CATEGORIES, ODD_CATEGORIES, 0.1),
        agent="" if draw.rarely(0.04) else draw.choice(ORPHAN_AGENTS) if draw.rarely(0.04) else agent,
        status=status,
        opened=opened,
        ended=draw_end(draw, source, status, opened),
        platform=draw.one_or_odd(PLATFORMS, ODD_PLATFORMS, 0.1),
    )


def given_customer(draw: Draw, people: Sequence[Customer]) -> str:
    if draw.rarely(0.05):
        return ""
    if draw.rarely(0.04):
        return draw.choice(["ORPHAN-1", "ORPHAN-2", draw.uuid()])
    # a few people complain all the time
    return people[min(int(draw.expovariate(12 / len(people))), len(people) - 1)].id


def complaint_id(draw: Draw, source: str, number: int, customer: str, people: Sequence[Customer]) -> str:
    """Ids of two makes; the second embeds a customer's uuid, now and then another's."""
    if draw.rarely(0.5) or "-" not in customer or len(customer) != 36:
        return f"{source[:2]}-{number:06d}"
    if draw.rarely(0.1):
        customer = next(one.id for one in reversed(people) if len(one.id) == 36)
    embedded = customer.replace("-", "")
    return f"Abc{number:04x}K{embedded.upper() if draw.rarely(0.1) else embedded}{number % 100:02d}Qak"


def draw_end(draw: Draw, source: str, status: str, opened: dt.datetime | None) -> dt.datetime | None:
    """The end of a call; when the rest was resolved, mostly where the status says that it was."""
    base = opened or dt.datetime.combine(dt.date(2024, 1, 15), dt.time(8, 30))
    if source == "call_logs":
        if draw.rarely(0.03):
            return None
        return base + dt.timedelta(seconds=draw.randint(-600, 0) if draw.rarely(0.05) else draw.randint(0, 1500))
    says_resolved = status.strip().lower() == "resolved"
    return base + draw.lasting() if says_resolved != draw.rarely(0.06) else None


def again(draw: Draw, source: str, one: Complaint) -> Complaint:
    """The same complaint in a later batch: with another status, sometimes with other facts."""
    status = draw.one_or_odd(STATUSES, ODD_STATUSES, 0.1)
    changed = dataclasses.replace(one, status=status, ended=draw_end(draw, source, status, one.opened))
    if draw.rarely(0.2):
        changed = dataclasses.replace(changed, category=draw.choice(CATEGORIES))
    if draw.rarely(0.2):
        changed = dataclasses.replace(changed, agent=f"{2000 + draw.randint(0, 23)}")
    if draw.rarely(0.1) and one.opened is not None:
        changed = dataclasses.replace(changed, opened=one.opened - dt.timedelta(hours=draw.randint(1, 60)))
    if draw.rarely(0.1):
        changed = dataclasses.replace(changed, id=f" {one.id}  ")
    return changed


def draw_batch(
    draw: Draw, source: str, batch: dt.date, size: int, people: Sequence[Customer], earlier: list[Complaint]
) -> list[Complaint]:
    """A day's complaints; every id once."""
    repeated = draw.sample(earlier, min(len(earlier), size // 5))
    fresh = [draw_complaint(draw, source, len(earlier) + n, batch, people) for n in range(size - len(repeated))]
    earlier += fresh
    batch_rows = [again(draw, source, one) for one in repeated] + fresh
    draw.shuffle(batch_rows)
    return batch_rows
