"""Text messages of an hour, with texts by the classifier's labelled authors and worse."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from .draw import Draw
from .people import Customer

LABELLED = Path(__file__).resolve().parents[4] / "classifier" / "labelled" / "test.csv"
ODD_TEXTS = (
    "",
    "ok",
    "Señal perdida otra vez!! 😡😡 no signal",
    "they charged me £30 | twice | and billed again",
    "Bad service\\nno one called back\\\\nope",
    "visit www.example.com/win for $500 now",
    "YOUR ‘FAST’ INTERNET IS SLOW… l’agent m’a raccroché au nez 😭",  # noqa: RUF001
)
OFFSETS = ("+00:00", "-05:00", "+05:30", "-11:00")


def labelled_texts() -> list[str]:
    with LABELLED.open(newline="", encoding="utf-8") as file:
        return [row["text"] for row in csv.DictReader(file)]


def draw_messages(
    draw: Draw, date: dt.date, hour: int, size: int, people: Sequence[Customer], earlier: list[str]
) -> str:
    """Lines of an inbox; some messages of earlier hours come again."""
    repeated = draw.sample(earlier, min(len(earlier), size // 10))
    fresh = [f"SM{draw.getrandbits(64):016x}" for _ in range(size - len(repeated))]
    earlier += fresh
    texts = labelled_texts()
    lines = []
    for identifier in repeated + fresh:
        sender = draw.choice([draw.choice(people).phone, f"+1777{draw.randint(0, 40):07d}", "BANK", ""])
        content = draw.choice(ODD_TEXTS) if draw.rarely(0.15) else escaped(draw.choice(texts))
        lines.append("|".join([identifier, received(draw, date, hour), sender, "4040", content]))
    return "\n".join(lines) + "\n"


def received(draw: Draw, date: dt.date, hour: int) -> str:
    moment = dt.datetime.combine(date, dt.time(hour, draw.randint(0, 59), draw.randint(0, 59)))
    if draw.rarely(0.2):
        return moment.strftime("%Y-%m-%dT%H:%M:%S") + draw.choice([".5Z", ".123456+00:00", "z"])
    offset = draw.choice(OFFSETS)
    sign = -1 if offset[0] == "-" else 1
    local = moment + sign * dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
    return local.strftime("%Y-%m-%dT%H:%M:%S") + offset


def escaped(content: str) -> str:
    return content.replace("\\", "\\\\").replace("\n", "\\n")
