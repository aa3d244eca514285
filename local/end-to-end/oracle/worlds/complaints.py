"""Complaints of a world's batches: chains of one customer, old ones again, and contradictions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from ..foreign.complaints import Complaint, complaint_id
from ..foreign.draw import CATEGORIES, ODD_CATEGORIES, ODD_PLATFORMS, ODD_STATUSES, PLATFORMS, STATUSES, Draw
from ..foreign.people import Customer
from .edges import DAY, GAPS, ended, opened_day, time_of_day
from .plan import Plan

STRANGE_STATUSES = (
    *ODD_STATUSES,
    "In Progress",
    "in  progress",
    "RESOLVED\t",
    "\t",
    "Resolved\u00a0",
    "Résolu",
    "resolved.",
    "未解決",
)
STRANGE_CATEGORIES = (
    *ODD_CATEGORIES,
    "Facturación",
    "NETWORK FAILURE",
    "Router-Delivery",
    "Tech support",
    "(none)",
    "(other)",
)
STRANGE_PLATFORMS = (*ODD_PLATFORMS, "Linked In", "ＩＮＳＴＡＧＲＡＭ", "Threads")  # noqa: RUF001
BLANKS = ("", "", "", "", " ", "  ", "\t")


class Complaints:
    def __init__(self, draw: Draw, plan: Plan, people: Sequence[Customer]) -> None:
        self.draw, self.plan, self.people = draw, plan, people
        self.earlier: dict[str, list[Complaint]] = {source: [] for source in plan.sources}
        # when each customer complained last, and of what
        self.last: dict[str, tuple[dt.datetime, str]] = {}

    def batch(self, source: str, day: dt.date) -> list[Complaint]:
        """A day's complaints; every id once."""
        if self.draw.rarely(self.plan.empty):
            return []
        size = self.draw.randint(1, self.plan.size)
        known = self.earlier[source]
        repeated = self.draw.sample(known, min(len(known), int(size * self.plan.again)))
        rows = [self.again(source, one, day) for one in repeated]
        for _ in range(size - len(rows)):
            fresh = self.drawn(source, day)
            known.append(fresh)
            rows.append(fresh)
        self.draw.shuffle(rows)
        return rows

    def drawn(self, source: str, batch: dt.date) -> Complaint:
        draw, odd = self.draw, self.plan.odd
        customer = self.customer()
        category = draw.one_or_odd(CATEGORIES, STRANGE_CATEGORIES, odd)
        opened = self.opened(batch)
        if customer in self.last and draw.rarely(0.4):
            # a chain goes on, at a distance that just counts or just does not
            before, topic = self.last[customer]
            opened = before + draw.choice(GAPS) * DAY
            category = topic if draw.rarely(0.6) else category
        if opened is not None and customer:
            self.last[customer] = (opened, category)
        status = draw.one_or_odd(STATUSES, STRANGE_STATUSES, odd)
        number = len(self.earlier[source])
        return Complaint(
            id=complaint_id(draw, source, number, customer, self.people),
            customer=f"{draw.choice(BLANKS)}{customer}{draw.choice(BLANKS)}" if customer else "",
            category=category,
            agent=self.agent(),
            status=status,
            opened=opened,
            ended=self.ended(source, status, opened, batch),
            platform=draw.one_or_odd(PLATFORMS, STRANGE_PLATFORMS, odd),
        )

    def opened(self, batch: dt.date) -> dt.datetime | None:
        if self.draw.rarely(self.plan.odd / 2):
            return None
        day = opened_day(self.draw, batch, self.plan.as_of, self.plan.outside)
        return dt.datetime.combine(day, time_of_day(self.draw))

    def customer(self) -> str:
        draw = self.draw
        if draw.rarely(self.plan.odd / 2):
            return ""
        if draw.rarely(self.plan.odd / 2):
            return draw.choice(("ORPHAN-1", "ORPHAN-2", "unknown", draw.uuid()))
        return self.people[0].id if draw.rarely(self.plan.heavy) else draw.choice(self.people).id

    def agent(self) -> str:
        draw = self.draw
        if draw.rarely(self.plan.odd):
            return draw.choice(("", "9001", "9002", "0"))
        return f"{2000 + draw.randint(0, self.plan.agents - 1)}"

    def ended(self, source: str, status: str, opened: dt.datetime | None, batch: dt.date) -> dt.datetime | None:
        draw = self.draw
        base = opened or dt.datetime.combine(batch, time_of_day(draw))
        if source == "call_logs":
            seconds = draw.choice((0, 0, 1, 60, 599, draw.randint(0, 3000), -1))
            return None if draw.rarely(self.plan.odd) else base + dt.timedelta(seconds=seconds)
        contradicts = draw.rarely(self.plan.odd / 2)
        says_resolved = status.strip().lower() == "resolved"
        return ended(draw, base, self.plan.as_of) if says_resolved != contradicts else None

    def again(self, source: str, one: Complaint, batch: dt.date) -> Complaint:
        """The same complaint in another batch; statuses go back and forth, other facts now and then."""
        draw = self.draw
        status = draw.one_or_odd(STATUSES, STRANGE_STATUSES, self.plan.odd)
        changed = dataclasses.replace(one, status=status, ended=self.ended(source, status, one.opened, batch))
        if draw.rarely(0.15):
            changed = dataclasses.replace(changed, category=draw.choice(CATEGORIES), agent=self.agent())
        if draw.rarely(0.1):
            changed = dataclasses.replace(changed, opened=self.opened(batch))
        if draw.rarely(0.05):
            changed = dataclasses.replace(changed, customer=self.customer())
        if draw.rarely(0.05):
            changed = dataclasses.replace(changed, platform=draw.choice(PLATFORMS), id=f" {one.id}  ")
        return changed
