"""Which file every partition stands for, after everything that happened to the sources.

A history is a list of steps, each a JSON object: {"sources": folder, "days": [...]} is a run of the platform on the
folder as it stood then (days: those found, where not given), {"withdraw": [source, date, hour]} withdraws a partition.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

DAILY = {
    "call_logs": (re.compile(r"call_logs_day_(\d{4}-\d\d-\d\d)\.(?:csv|json)"), "call logs"),
    "social_media": (re.compile(r"media_complaint_day_(\d{4}-\d\d-\d\d)\.json"), "social_medias"),
    "web_forms": (re.compile(r"web_form_request_(\d{4}_\d\d_\d\d)\.csv"), "web_forms"),
}
SMS = re.compile(r"sms_inbox_(\d{4}-\d\d-\d\d)_(\d\d)\.txt")
SNAPSHOTS = {"customers": "customers/customers_dataset.csv", "agents": "agents/agents.csv"}

# hour -1: not hourly
Partition = tuple[str, dt.date, int]


@dataclass(frozen=True)
class History:
    """The file of every committed partition (None: withdrawn), and what the last run's calendar expected."""

    files: dict[Partition, Path | None]
    expected: frozenset[Partition]


def read_history(steps: list[dict]) -> History:
    files: dict[Partition, Path | None] = {}
    expected: set[Partition] = set()
    for step in steps:
        if "withdraw" in step:
            source, date, hour = step["withdraw"]
            files[(source, dt.date.fromisoformat(date), hour)] = None
            continue
        days = [dt.date.fromisoformat(day) for day in step["days"]] if "days" in step else None
        found = files_in(Path(step["sources"]))
        days = days or sorted({date for source, date, _ in found if source not in SNAPSHOTS})
        expected = expected_of(found, days)
        for partition in sorted(expected):
            wanted = found[(partition[0], dt.date.min, -1) if partition[0] in SNAPSHOTS else partition]
            files[partition] = files.get(partition, wanted) and wanted  # what was withdrawn stays withdrawn
    return History(files, frozenset(expected))


def expected_of(found: dict[Partition, Path], days: list[dt.date]) -> set[Partition]:
    expected = {one for one in found if one[1] in days}
    snapshots = [source for source in SNAPSHOTS if (source, dt.date.min, -1) in found]
    return expected | {(source, day, -1) for source in snapshots for day in days}


def files_in(folder: Path) -> dict[Partition, Path]:
    """Every source file of a folder; a snapshot under the first of all dates, as it has none."""
    found: dict[Partition, Path] = {}
    for source, (pattern, place) in DAILY.items():
        for path in (folder / place).glob("*"):
            if match := pattern.fullmatch(path.name):
                found[(source, dt.date.fromisoformat(match[1].replace("_", "-")), -1)] = path
    for path in (folder / "sms").glob("*"):
        if match := SMS.fullmatch(path.name):
            found[("sms", dt.date.fromisoformat(match[1]), int(match[2]))] = path
    for source, place in SNAPSHOTS.items():
        if (folder / place).exists():
            found[(source, dt.date.min, -1)] = folder / place
    return found
