"""backlog_daily works with spans of days; here the same figures by looking at every complaint on every date."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from warehouse import Warehouse

DAY = dt.timedelta(days=1)
BANDS = [(3, "0-3"), (7, "4-7"), (30, "8-30"), (90, "31-90"), (180, "91-180")]
MEASURES = [
    "known_complaints",
    "resolved_complaints",
    "open_complaints",
    "status_unknown_complaints",
    "open_known_before",
    "open_newly_opened",
    "open_newly_reported",
]
STATES = {
    "resolved": "resolved_complaints",
    "unresolved": "open_complaints",
    "unknown": "status_unknown_complaints",
}


def band(age: int | None) -> str:
    if age is None or age < 0:
        return "(none)"
    return next((name for last, name in BANDS if age <= last), "over 180")


def expected(dates: list[dt.date], versions: list[tuple]) -> dict[tuple, Counter]:
    """(date, channel, age band) -> measures, of versions (key, date, hour, channel, has_status, state, opened)."""
    found: dict[tuple, Counter] = {}
    by_complaint: dict[str, list[tuple]] = {}
    for version in sorted(versions, key=lambda row: (row[1], row[2])):
        by_complaint.setdefault(version[0], []).append(version)
    for place, date in enumerate(dates):
        previous = dates[place - 1] if place else date - DAY
        for history in by_complaint.values():
            known = [row for row in history if row[1] <= date]
            if not known or not known[-1][4]:
                continue
            _, _, _, channel, _, state, opened = known[-1]
            counts = found.setdefault((date, channel, band(opened and (date - opened).days)), Counter())
            counts["known_complaints"] += 1
            counts[STATES[state]] += 1
            if state == "unresolved":
                if history[0][1] < date:
                    counts["open_known_before"] += 1
                elif opened is not None and opened > previous:
                    counts["open_newly_opened"] += 1
                else:
                    counts["open_newly_reported"] += 1
    return found


def shown(warehouse: Warehouse) -> dict[tuple, Counter]:
    sums = ", ".join(f"sum({name})" for name in MEASURES)
    rows = warehouse.query(f"select as_known_date, channel, age_band, {sums} from marts.backlog_daily group by all")
    return {tuple(row[:3]): Counter(dict(zip(MEASURES, map(int, row[3:]), strict=True))) for row in rows}


def holding(dates: list[dt.date], versions: list[tuple], story_warehouse: Warehouse, path: Path) -> Warehouse:
    """A copy of a built warehouse whose complaints are these."""
    shutil.copy(story_warehouse.path, path)
    warehouse = Warehouse(path)
    warehouse.query("delete from raw_data.load_ledger")
    warehouse.query("delete from intermediate.int_complaint_versions")
    with duckdb.connect(str(path)) as connection:
        connection.executemany(
            "insert into raw_data.load_ledger (source, partition_date, partition_hour, load_id)"
            " values ('call_logs', ?, -1, 'x')",
            [[date] for date in dates],
        )
        connection.executemany(
            "insert into intermediate.int_complaint_versions (complaint_key, partition_date, partition_hour, channel,"
            " has_status, resolution_state, opened_at, category, is_known_category)"
            " values (?, ?, ?, ?, ?, ?, ?, 'Payments', true)",
            versions,
        )
    return warehouse


def read(warehouse: Warehouse) -> tuple[list[dt.date], list[tuple]]:
    dates = warehouse.query(
        "select distinct partition_date from raw_data.load_ledger"
        " where load_id is not null and source not in ('customers', 'agents') order by 1"
    )
    versions = warehouse.query(
        "select complaint_key, partition_date, partition_hour, channel, has_status, resolution_state,"
        " opened_at::date from intermediate.int_complaint_versions"
    )
    return [row[0] for row in dates], versions


@pytest.mark.parametrize("chapter", ["first", "corrected", "withdrawn"])
def test_every_chapter_of_the_story_shows_what_was_known_when(story, chapter):
    warehouse = getattr(story, chapter)
    dates, versions = read(warehouse)
    assert len(dates) > 1
    assert len(versions) > 5
    assert shown(warehouse) == expected(dates, versions)


@pytest.mark.parametrize("seed", range(3))
def test_random_histories(project, story, seed, tmp_path):
    """Two hundred complaints over a dozen dates with gaps: repeated, corrected within a day, without status or time."""
    chance = random.Random(seed)
    first = dt.date(2025, 3, 1)
    dates = sorted(chance.sample([first + DAY * n for n in range(60)], 12))
    versions = []
    for number in range(200):
        channel = chance.choice(["web_form", "call_centre"])
        opened = chance.choice([None, *[first + DAY * chance.randint(-200, 70) for _ in range(9)]])
        slots = chance.sample([(date, hour) for date in dates for hour in (8, 18)], chance.choice([1, 1, 1, 2, 4]))
        for date, hour in slots:
            state = chance.choice(["resolved", "unresolved", "unresolved", "unknown"])
            versions.append((f"k{number}", date, hour, channel, chance.random() < 0.9, state, opened))
    warehouse = holding(dates, versions, story.first, tmp_path / "warehouse.duckdb")
    project.run("run", warehouse, "--select", "backlog_daily")
    assert shown(warehouse) == expected(dates, versions)
