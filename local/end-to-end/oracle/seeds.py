"""The reviewed lists that are part of the definitions, read from dbt/seeds."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "dbt" / "seeds"


def seed(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


CATEGORIES = {row["category"]: row["complaint_bucket"] for row in seed("complaint_categories")}
STATUSES = {row["status"]: row["resolution_state"] for row in seed("complaint_statuses")}
STATES = {row["state_code"]: (row["state_name"], row["state_kind"]) for row in seed("us_states")}
