"""What the functions' READMEs promise of every source: columns, checks, and which of equal keys is loaded."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import framing
from .framing import Broken, Record
from .names import NAMES

LONGEST = 65_535
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
OFFSET_TIME = re.compile(rf"\d{{4}}-\d\d-\d\d[Tt ]{CLOCK}(?:\.\d{{1,9}})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)")

Row = dict[str, str | None]
Check = Callable[[str], bool]


def is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    return is_date(text[:10]) and re.fullmatch(rf" {CLOCK}", text[10:], re.ASCII) is not None


def is_offset_time(text: str) -> bool:
    return OFFSET_TIME.fullmatch(text) is not None and is_date(text[:10])


@dataclass(frozen=True)
class Contract:
    """Columns by the header that the source spells them with."""

    key: str
    headers: dict[str, tuple[str, ...]]
    checks: dict[str, Check] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    index: str | None = None
    sheet: bool = False


COMPLAINT = {
    "customer_id": ("customeR iD",),
    "category": ("COMPLAINT_catego ry",),
    "agent_id": ("agent ID",),
    "status": ("resolutionstatus",),
}
WRITTEN = {"opened": ("request_date",), "resolved": ("resolution_date",)}
WRITTEN_CHECKS = {"opened": is_time, "resolved": is_time, "generated": is_date}
SIZES = {"id": 128, "customer_id": 128, "agent_id": 64, "index": 64}

CONTRACTS = {
    "customers": Contract(
        "customer_id",
        {
            "customer_id": ("customer_id",),
            "name": ("name",),
            "gender": ("Gender",),
            "born": ("DATE of biRTH",),
            "signed_up": ("signup_date",),
            "email": ("email",),
            "address": ("address",),
            "phone": ("phone",),
            "location": ("location",),
        },
        {"born": is_date, "signed_up": is_date},
        {"customer_id": 128, "name": 512, "gender": 64, "email": 512, "address": 2048, "phone": 64, "location": 512},
    ),
    "agents": Contract(
        "agent_id",
        {"agent_id": ("iD",), "name": ("NamE",), "experience": ("experience",), "state": ("state",)},
        sizes={"agent_id": 64, "name": 512, "experience": 64, "state": 128},
        sheet=True,
    ),
    "call_logs": Contract(
        "id",
        {
            "index": ("",),
            "id": ("call ID",),
            **COMPLAINT,
            "started": ("call_start_time",),
            "ended": ("call_end_time",),
            "generated": ("callLogsGenerationDate",),
        },
        {"started": is_time, "ended": is_time, "generated": is_date},
        SIZES,
        "index",
    ),
    "social_media": Contract(
        "id",
        {
            "id": ("complaint_id",),
            **COMPLAINT,
            **WRITTEN,
            "platform": ("media_channel",),
            "generated": ("MediaComplaintGenerationDate",),
        },
        WRITTEN_CHECKS,
        SIZES,
    ),
    "web_forms": Contract(
        "id",
        {
            "index": ("", "Column1", "column1"),
            "id": ("request_id",),
            **COMPLAINT,
            **WRITTEN,
            "generated": ("webFormGenerationDate",),
        },
        WRITTEN_CHECKS,
        SIZES,
        "index",
    ),
    "sms": Contract(
        "id",
        {
            "id": ("message_id",),
            "received": ("received_at",),
            "sender": ("sender_msisdn",),
            "short_code": ("short_code",),
            "text": ("message_text",),
        },
        {"received": is_offset_time},
        {"id": 128, "sender": 64, "short_code": 64, "text": LONGEST},
    ),
}


@dataclass(frozen=True)
class Settled:
    """What became of the records of a file."""

    loaded: list[Row]
    read: int
    quarantined: int
    deduplicated: int
    # how many records each reason met
    reasons: Counter[str] = field(default_factory=Counter)
    # of the contract, by their names in raw tables, those that the source had
    columns: frozenset[str] = frozenset()
    unknown_headers: tuple[str, ...] = ()


def read_source(source: str, path: Path) -> Settled:
    """Reads a file and settles its records as the source's contract says."""
    contract, data = CONTRACTS[source], path.read_bytes()
    if source == "sms":
        header, records = framing.message_records(data)
    elif source == "social_media":
        header, records = framing.column_records(data)
    elif path.suffix == ".json":
        header, records = framing.object_records(data)
    else:
        header, records = framing.csv_records(data, ragged=contract.sheet)
    return settle(source, header, records)


def settle(source: str, header: list[str], records: list[Record]) -> Settled:
    """Of sound records with one key the last is loaded; the others are duplicates or conflicts."""
    contract, names = CONTRACTS[source], NAMES[source]
    spelt = {name: next((h for h in headers if h in header), None) for name, headers in contract.headers.items()}
    unknown = [name for name in header if name not in spelt.values()]
    rows, reasons = [], Counter()
    quarantined, deduplicated = 0, 0
    for record in records:
        if isinstance(record, Broken):
            row, faults = {}, list(record.reasons)
        else:
            row = {name: record.get(h) if h is not None else None for name, h in spelt.items()}
            faults = [
                f"{fault}:{names.get(name, name)}" for name in row for fault in faults_of(contract, name, row[name])
            ]
        reasons.update(faults)
        if faults:
            quarantined += 1
        else:
            rest = tuple(record.get(name) or "" for name in unknown)
            rows.append((row, (*((row[name] or "") for name in row if name != contract.index), *rest)))
    loaded: dict[str, Row] = {}
    kept: dict[str, set[tuple]] = {}
    for row, content in reversed(rows):
        key = (row[contract.key] or "").strip()
        if key not in loaded:
            loaded[key] = row
            kept[key] = {content}
        elif content in kept[key]:
            deduplicated += 1
            reasons["duplicate"] += 1
        else:
            kept[key].add(content)
            quarantined += 1
            reasons["conflicting_key"] += 1
    columns = frozenset(names.get(name, name) for name, spelling in spelt.items() if spelling is not None)
    found = list(reversed(loaded.values()))
    return Settled(found, len(records), quarantined, deduplicated, reasons, columns, tuple(unknown))


def faults_of(contract: Contract, name: str, value: str | None) -> Iterator[str]:
    """Codes of what is wrong with a value; only a key must have one."""
    text = (value or "").strip(" ")
    if value is not None and len(value.encode()) > contract.sizes.get(name, 256):
        yield "too_long"
    if name == contract.key:
        if text == "":
            yield "missing_value"
        elif re.search(r"\s", text):
            yield "malformed"
    check = contract.checks.get(name)
    if check is not None and text != "" and not check(value):
        yield "not_a_date" if check is is_date else "not_a_timestamp"
