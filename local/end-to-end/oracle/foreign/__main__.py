"""Writes foreign sources, a folder per run of the platform: `python -m oracle.foreign OUT --seed 1 --size 60`.

Each folder holds what the source systems showed at that time, for the days that are run then. OUT/history.json says
what happened, in order (see history.py); the folders' names are printed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from .complaints import Complaint, draw_batch
from .draw import Draw
from .files import write_calls, write_forms, write_posts, write_table, write_text
from .messages import draw_messages
from .people import agents_table, customers_table, draw_customers

# The second step corrects a day of the first one, the third brings a day that was missing before the second's.
STEPS = (
    ("2023-12-29", "2023-12-31", "2024-01-01"),
    ("2023-12-31", "2024-02-28", "2024-02-29"),
    ("2024-02-27", "2024-03-01", "2024-03-02"),
)
HOURS = (0, 23)
LATE, LEAVING = slice(-12, None), slice(8, 12)


def main() -> None:
    parser = argparse.ArgumentParser(prog="oracle.foreign")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=60, help="complaints of a source and day")
    arguments = parser.parse_args()
    draw = Draw(arguments.seed)
    people = draw_customers(draw, 2 * arguments.size)
    earlier: dict[str, list[Complaint]] = {"call_logs": [], "social_media": [], "web_forms": []}
    messages: list[str] = []
    steps = []
    for step, days in enumerate(STEPS):
        folder = arguments.out / f"step-{step + 1}"
        absent = people[LATE] if step == 0 else people[LEAVING]
        present = [one for one in people if one not in absent]
        write_table(folder / "customers" / "customers_dataset.csv", customers_table(present))
        write_table(folder / "agents" / "agents.csv", agents_table(step))
        for number, day in enumerate(map(dt.date.fromisoformat, days)):
            batches = {
                source: draw_batch(draw, source, day, arguments.size, people, known)
                for source, known in earlier.items()
            }
            write_calls(folder, day, batches["call_logs"], (step + number) % 3)
            write_posts(folder, day, batches["social_media"])
            write_forms(folder, day, batches["web_forms"])
            for hour in HOURS:
                inbox = draw_messages(draw, day, hour, arguments.size // 3, people, messages)
                write_text(folder / "sms" / f"sms_inbox_{day}_{hour:02d}.txt", inbox)
        steps.append({"sources": str(folder.resolve())})
        print(folder.resolve())
    (arguments.out / "history.json").write_text(json.dumps(steps, indent=1))


if __name__ == "__main__":
    main()
