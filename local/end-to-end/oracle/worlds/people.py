"""Customers and agents of a world, as each run's snapshots show them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ..foreign.draw import Draw
from ..foreign.people import AGENT_HEADER, HEADER, Customer
from ..seeds import STATES
from .edges import DAY
from .plan import Plan

ODD_ADDRESSES = (
    "",
    "somewhere",
    "Nowhere, ZZ 12345",
    "5 Rúa Nova, CO 80014 ",
    "co 80014",
    "APO AE 09012-1234",
    "Kyiv, UA 01001",
    "A, TX 73301\n",
    "TX 1234",
)
LEVELS = ("intern", "Intern", "Junior", "junior ", "MID level", "Mid-level", "mid  LEVEL", "Senior", "SENIOR")
ODD_LEVELS = ("", "Wizard", "9th level!", "Sénior", "mid_level", "Senior II")
ODD_STATES = ("", "Atlantis", " new  york", "#5", "TX", "district of columbia", "Québec", "DISTRICT OF COLUMBIA")


def draw_customers(draw: Draw, plan: Plan) -> list[Customer]:
    known = draw.sample(sorted(STATES), plan.states)
    return [draw_customer(draw, plan, number, known) for number in range(plan.customers)]


def draw_customer(draw: Draw, plan: Plan, number: int, states: list[str]) -> Customer:
    identifier = draw.choice((draw.uuid(), draw.uuid().upper(), draw.uuid(), f"CUST-{number:05d}", f"Ümit-{number}"))
    digits = f"1555{number - number % 5 % 2:07d}"
    phone = draw.choice((f"+{digits}", f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}", digits[1:], "", "none", "٠١٢"))
    birthday = plan.as_of.replace(day=1) - 365 * DAY
    born = draw.choice(("1960-02-29", "", f"{birthday.year - 17}-{plan.as_of:%m}-28", f"{plan.as_of.year + 1}-01-01"))
    if plan.as_of.strftime("%m-%d") != "02-29" and draw.rarely(0.4):
        # somebody has a birthday
        day = plan.as_of + draw.choice((0, 1)) * DAY
        born = f"{day.year - draw.choice((18, 25, 35, 45, 55, 65, 75))}-{day:%m-%d}"
    signed_up = plan.as_of - draw.choice((0, 1, 30, 365, 400, 2000, -1, -40)) * DAY
    row = (
        draw.choice(("north", "")),
        identifier,
        f'Person {number}, "the {number}th"',
        draw.choice(("M", "F", "X", "")),
        born if is_real(born) else "",
        "" if draw.rarely(0.05) else signed_up.isoformat(),
        f"person.{number}@GmaiL.om",
        draw.choice(ODD_ADDRESSES) if draw.rarely(plan.odd) else f"{number} Main St\nTown, {draw.choice(states)} 80014",
        phone,
    )
    return Customer(identifier, row, phone)


def is_real(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def customers_of_run(draw: Draw, plan: Plan, people: list[Customer]) -> pd.DataFrame:
    """Some are not there yet or no more, some have moved."""
    rows = []
    for one in people:
        if plan.snapshots_change and draw.rarely(0.15):
            continue
        row = one.row
        if plan.snapshots_change and draw.rarely(0.1):
            row = (*row[:7], f"1 New St, {draw.choice(sorted(STATES))} 12345", *row[8:])
        rows.append(row)
    return pd.DataFrame(rows, columns=HEADER)


class Agents:
    """Agents change from run to run, are absent, and return as they were or as somebody else."""

    def __init__(self, draw: Draw, plan: Plan) -> None:
        self.draw, self.plan = draw, plan
        self.rows = [self.drawn(number) for number in range(plan.agents)]

    def drawn(self, number: int) -> tuple[str, ...]:
        draw, odd = self.draw, self.plan.odd
        level = draw.one_or_odd(LEVELS, ODD_LEVELS, odd)
        state = draw.choice(ODD_STATES) if draw.rarely(odd) else STATES[draw.choice(sorted(STATES))][0]
        return f"{2000 + number}", f"Agent {number}", level, state, "1"

    def of_run(self) -> pd.DataFrame:
        present = []
        for number, row in enumerate(self.rows):
            kind = self.draw.random() if self.plan.snapshots_change else 1
            if kind < 0.2:
                continue
            if kind < 0.4:
                self.rows[number] = self.drawn(number)
            present.append(self.rows[number] if kind > 0.25 else row)
        return pd.DataFrame(present, columns=AGENT_HEADER)
