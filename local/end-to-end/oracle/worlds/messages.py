"""Text messages: times in every spelling that the standard allows, texts on the classifier's margin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from ..classifier import classify, model
from ..foreign.draw import Draw
from ..foreign.messages import ODD_TEXTS, escaped, labelled_texts
from ..foreign.people import Customer
from .edges import time_of_day
from .plan import Plan

OFFSETS = ("Z", "z", "+00:00", "-00:00", "-05:00", "+05:30", "+05:45", "-11:00", "+14:00", "-12:00", "-03:30", "+23:59")
FRACTIONS = ("", "", "", ".5", ".000", ".999999", ".123456789", ".9999996", ".0000004")


@cache
def texts_on_the_margin() -> list[str]:
    """One or two words that clear the margin exactly, or miss it by as little as weights allow."""
    words = [word for word in model()[1] if word.isalpha() and word.islower()]
    draw = Draw(5)
    found = []
    for _ in range(12_000):
        text = " ".join(draw.sample(words, draw.choice((1, 2, 2, 3))))
        margin = classify(text).margin
        if margin is not None and (margin == 0 or abs(margin - 500) <= 1):
            found.append(text)
    return found


def draw_inbox(draw: Draw, plan: Plan, date: dt.date, hour: int, people: Sequence[Customer], earlier: list[str]) -> str:
    """Lines of an hour's inbox; some messages of earlier hours come again."""
    size = 0 if draw.rarely(plan.empty) else draw.randint(0, plan.size)
    repeated = draw.sample(earlier, min(len(earlier), int(size * plan.again / 2)))
    fresh = [f"SM{draw.getrandbits(64):016x}" for _ in range(size - len(repeated))]
    earlier += fresh
    return "".join(f"{line(draw, plan, date, hour, one, people)}\n" for one in repeated + fresh)


def line(draw: Draw, plan: Plan, date: dt.date, hour: int, identifier: str, people: Sequence[Customer]) -> str:
    sender = draw.choice(
        (draw.choice(people).phone, draw.choice(people).phone, f"+1777{draw.randint(0, 20):07d}", "BANK", "")
    )
    texts = texts_on_the_margin() if draw.rarely(0.2) else labelled_texts()
    # a world must stay the same when texts are added
    text = texts[draw.getrandbits(32) % len(texts)]
    content = draw.choice(ODD_TEXTS) if draw.rarely(plan.odd) else escaped(text)
    return "|".join((identifier, received(draw, date, hour), sender, "4040", content))


def received(draw: Draw, date: dt.date, hour: int) -> str:
    """Mostly in the hour; with an offset that may belong to another day."""
    moment = dt.datetime.combine(date, dt.time(hour, draw.randint(0, 59), draw.randint(0, 59)))
    if draw.rarely(0.1):
        moment = dt.datetime.combine(date, time_of_day(draw)) - dt.timedelta(days=draw.randint(0, 100))
    offset = draw.choice(OFFSETS)
    if offset not in ("Z", "z") and not draw.rarely(0.1):
        sign = -1 if offset[0] == "-" else 1
        moment += sign * dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
    return moment.strftime(draw.choice(("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dt%H:%M:%S"))) + draw.choice(FRACTIONS) + offset
