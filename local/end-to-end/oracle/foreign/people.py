"""Customers and agents, as each step's snapshots show them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .draw import Draw

CITIES = (
    *["Denver, CO 80014"] * 12,
    *["Austin, TX 73301"] * 8,
    *["Columbus, OH 43004"] * 5,
    "Cheyenne, WY 82001",
    "Hagatna, GU 96910",
    "APO AE 09012-1234",
    "Nowhere, ZZ 12345",
    "somewhere without a code",
    "",
)
HEADER = ["location", "customer_id", "name", "Gender", "DATE of biRTH", "signup_date", "email", "address", "phone"]
AGENT_HEADER = ["iD", "NamE", "experience", "state", "desk"]


@dataclass(frozen=True)
class Customer:
    id: str
    row: tuple[str, ...]
    phone: str


def draw_customers(draw: Draw, count: int) -> list[Customer]:
    people = []
    for number in range(count):
        # ids are not all of one make, and every seventh phone is another customer's as well
        identifier = draw.uuid() if number % 4 else f"CUST-{number:05d}"
        digits = f"1555{(number - number % 7 % 2):07d}"
        phone = draw.choice([f"+{digits}", f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}", "", "none"])
        signed_up = f"20{draw.randint(10, 24)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        row = (
            "north" if number % 3 else "",
            identifier,
            f'Person {number}, "the {number}th"',
            draw.choice(["M", "F", "female", "X", ""]),
            draw.choice(["1960-02-29", "2006-03-02", "2006-03-03", "", f"19{draw.randint(30, 98)}-05-17"]),
            "" if draw.rarely(0.05) else signed_up,
            f"person.{number}@GmaiL.om",
            f"{number} Main St\n{draw.choice(CITIES)}",
            phone,
        )
        people.append(Customer(identifier, row, phone))
    return people


def customers_table(people: list[Customer]) -> pd.DataFrame:
    return pd.DataFrame([one.row for one in people], columns=HEADER)


def agents_table(step: int) -> pd.DataFrame:
    """Agents are promoted, move, leave and return between steps."""
    rows = []
    for number in range(24):
        if (number == 5 and step == 1) or (number == 6 and step == 0) or (number == 7 and step == 2):
            continue
        levels = ("intern", "Junior", "MID level", "Senior", "Wizard", "9th level!")
        level = levels[(number + (step if number % 4 == 0 else 0)) % len(levels)]
        states = ("Texas", "Ohio", " new  york", "Atlantis", "", "#5")
        state = states[(number + (step if number % 6 == 1 else 0)) % len(states)]
        rows.append((f"{2000 + number}", f"Agent {number}", level, state, "1"))
    return pd.DataFrame(rows, columns=AGENT_HEADER)
