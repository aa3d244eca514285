"""Values that mean trouble somewhere: dates, statuses, categories, identifiers, drawn with a seed."""

from __future__ import annotations

import datetime as dt
import random
import uuid

CATEGORIES = ("Technician Support", "Network Failure", "Router Delivery", "Payments")
ODD_CATEGORIES = ("payments", "Network  failure", " Payments ", "Roaming", "", "+1 555 call me", "Number Porting" * 3)
STATUSES = ("Resolved", "Backlog", "In-Progress", "Blocked")
ODD_STATUSES = ("resolved", " Blocked ", "blocked", "Escalated", "", "ann@example.com", "IN-PROGRESS")
PLATFORMS = ("Instagram", "Twitter", "Facebook", "LinkedIn")
ODD_PLATFORMS = ("linkedin", "Mastodon", "", "@ann", " TWITTER ")

# Days on which something turns: leap day, the ends of a year, holidays and the weekends beside them.
TURNING = [
    dt.date(2023, 12, 31),
    dt.date(2024, 1, 1),
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 1),
    dt.date(2023, 11, 23),
    dt.date(2023, 11, 10),
    dt.date(2023, 12, 25),
    dt.date(2023, 6, 17),
    dt.date(2022, 12, 30),
    dt.date(2022, 1, 1),
]
TURNS_OF_THE_DAY = (dt.time(0, 0, 0), dt.time(23, 59, 59), dt.time(12, 0, 0))


class Draw(random.Random):
    def rarely(self, odds: float) -> bool:
        return self.random() < odds

    def one_or_odd(self, usual: tuple[str, ...], odd: tuple[str, ...], odds: float) -> str:
        return self.choice(odd if self.rarely(odds) else usual)

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.getrandbits(128), version=4))

    def moment(self, batch: dt.date) -> dt.datetime:
        """When a complaint of a batch was opened: mostly in the weeks before, some long ago, some in the future."""
        if self.rarely(0.12):
            day = self.choice(TURNING)
        elif self.rarely(0.02):
            day = batch + dt.timedelta(days=self.randint(1, 40))
        else:
            day = batch - dt.timedelta(days=int(self.expovariate(1 / 45)))
        if self.rarely(0.1):
            return dt.datetime.combine(day, self.choice(TURNS_OF_THE_DAY))
        return dt.datetime.combine(day, dt.time(self.randint(0, 23), self.randint(0, 59), self.randint(0, 59)))

    def lasting(self) -> dt.timedelta:
        """How long something took: negative, nothing at all, whole days to the second, weeks."""
        return self.choice(
            [
                dt.timedelta(seconds=self.randint(-90_000, -1)),
                dt.timedelta(0),
                dt.timedelta(seconds=1),
                dt.timedelta(days=self.randint(1, 3)),
                dt.timedelta(days=1, seconds=1),
                *[dt.timedelta(seconds=self.randint(1, 86_400 * 35)) for _ in range(9)],
            ]
        )


def text(moment: dt.datetime | None) -> str:
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S")
