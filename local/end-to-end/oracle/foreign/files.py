"""Batches as files, in the layout that `npm start -- --sources` takes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd

from .complaints import Complaint

COMMON = ("customeR iD", "COMPLAINT_catego ry", "agent ID", "resolutionstatus")
CALL = ("call_start_time", "call_end_time", "callLogsGenerationDate")
WRITTEN = ("request_date", "resolution_date")


def common(one: Complaint) -> dict[str, str]:
    return dict(zip(COMMON, (one.customer, one.category, one.agent, one.status), strict=True))


def write_calls(folder: Path, batch: dt.date, rows: list[Complaint], form: int) -> None:
    """As CSV, as a JSON array with agents as numbers, or as JSON lines with missing keys; `form` says which."""
    records = [
        {
            "": str(3 * number),
            "call ID": one.id,
            **common(one),
            "call_start_time": one.times()[0],
            "call_end_time": one.times()[1],
            "callLogsGenerationDate": batch.isoformat(),
        }
        for number, one in enumerate(rows)
    ]
    path = folder / "call logs" / f"call_logs_day_{batch}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == 0:
        pd.DataFrame(records, columns=["", "call ID", *COMMON, *CALL]).to_csv(path.with_suffix(".csv"), index=False)
        return
    for record in records:
        record["agent ID"] = float(record["agent ID"]) if record["agent ID"] else None
    if form == 1:
        path.with_suffix(".json").write_text(json.dumps(records, ensure_ascii=False))
    else:
        present = [{name: value for name, value in record.items() if value not in ("", None)} for record in records]
        path.with_suffix(".json").write_text("\n".join(json.dumps(record) for record in present) + "\n")


def write_posts(folder: Path, batch: dt.date, rows: list[Complaint]) -> None:
    frame = pd.DataFrame(
        [
            {
                "complaint_id": one.id,
                **common(one),
                "request_date": one.times()[0],
                "resolution_date": one.times()[1],
                "media_channel": one.platform,
                "MediaComplaintGenerationDate": batch.isoformat(),
            }
            for one in rows
        ],
        columns=["complaint_id", *COMMON, *WRITTEN, "media_channel", "MediaComplaintGenerationDate"],
        index=range(0, 7 * len(rows), 7),
    )
    path = folder / "social_medias" / f"media_complaint_day_{batch}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_json(path, force_ascii=False)


def write_forms(folder: Path, batch: dt.date, rows: list[Complaint]) -> None:
    frame = pd.DataFrame(
        [
            {
                "request_id": one.id,
                **common(one),
                "request_date": one.times()[0],
                "resolution_date": one.times()[1],
                "webFormGenerationDate": (batch - dt.timedelta(days=number % 19 == 3)).isoformat(),
            }
            for number, one in enumerate(rows)
        ],
        columns=["request_id", *COMMON, *WRITTEN, "webFormGenerationDate"],
    )
    path = folder / "web_forms" / f"web_form_request_{batch:%Y_%m_%d}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False)


def write_text(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def write_table(path: Path, table: pd.DataFrame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False)
