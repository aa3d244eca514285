"""Records of source files, by the rules of docs/adr/0012 and the functions' READMEs. Slow and simple.

A record is a mapping from header to text (or None), or broken: then all that is known is what is wrong with it.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import NamedTuple


class Broken(NamedTuple):
    """Codes of docs/runbooks/partition-failed.md."""

    reasons: tuple[str, ...]


Record = dict[str, str | None] | Broken

LONGEST_QUOTED = 1_000_000
UNQUOTED = re.compile(rb"(?:[^,\n\r]|\r(?!\n))*")


def without_mark(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8)


def next_line(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return len(data) if end < 0 else end + 1


def scan_csv(data: bytes, start: int) -> tuple[list[bytes], int, bool] | None:
    """Fields of the record at `start`, the place behind it, whether it holds a bare CR; None on a quote error."""
    fields, at, bare_cr = [], start, False
    while True:
        if data[at : at + 1] == b'"':
            value, at = b"", at + 1
            while True:
                quote = data.find(b'"', at)
                if quote < 0 or quote - start > LONGEST_QUOTED:
                    return None
                value += data[at:quote]
                at = quote + 1
                if data[at : at + 1] != b'"':
                    break
                value, at = value + b'"', at + 1
        else:
            value = UNQUOTED.match(data, at).group()
            bare_cr = bare_cr or b"\r" in value
            at += len(value)
        fields.append(value)
        if data[at : at + 1] == b",":
            at += 1
        elif at >= len(data):
            return fields, at, bare_cr
        elif data[at : at + 1] == b"\n":
            return fields, at + 1, bare_cr
        elif data[at : at + 2] == b"\r\n":
            return fields, at + 2, bare_cr
        else:
            return None


def hides_records(data: bytes, start: int, end: int, width: int) -> bool:
    """Whether a record of several lines has a line that is a sound record by itself."""
    line = next_line(data, start)
    while line < end:
        inner = scan_csv(data[:end], line)
        if inner is not None and len(inner[0]) == width and b'"' not in b"".join(inner[0]):
            return True
        line = next_line(data, line)
    return False


def csv_records(data: bytes, *, ragged: bool = False) -> tuple[list[str], list[Record]]:
    """Header and records. `ragged`: a sheet, whose rows may be shorter than the header."""
    data = without_mark(data)
    first = scan_csv(data, 0)
    if first is None:
        raise ValueError("the header cannot be read")
    header = [name.decode() for name in first[0]]
    records: list[Record] = []
    at = first[1]
    while at < len(data):
        if data[at : at + 1] == b"\n" or data[at : at + 2] == b"\r\n":
            at = next_line(data, at)
            continue
        found = scan_csv(data, at)
        if found is not None and len(found[0]) != len(header) and hides_records(data, at, found[1], len(header)):
            found = None
        if found is None:
            records.append(Broken(("broken_quotes",)))
            at = next_line(data, at)
            continue
        fields, at, bare_cr = found
        if ragged and len(fields) < len(header):
            fields += [b""] * (len(header) - len(fields))
        records.append(decoded(header, fields, bare_cr))
    return header, records


def decoded(header: list[str], fields: list[bytes], bare_cr: bool) -> Record:
    """The record, or everything that is wrong with it."""
    faults = {
        "field_count": len(fields) != len(header),
        "bare_cr": bare_cr,
        "nul_byte": any(b"\0" in field for field in fields),
        "invalid_utf8": not all(map(is_utf8, fields)),
    }
    if any(faults.values()):
        return Broken(tuple(fault for fault, holds in faults.items() if holds))
    return dict(zip(header, (field.decode() for field in fields), strict=True))


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def message_records(data: bytes) -> tuple[list[str], list[Record]]:
    header = ["message_id", "received_at", "sender_msisdn", "short_code", "message_text"]
    records: list[Record] = []
    for line in without_mark(data).split(b"\n"):
        line = line.removesuffix(b"\r")
        if line == b"":
            continue
        records.append(decoded(header, line.split(b"|", 4), b"\r" in line))
    return header, records


def text_of(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.text if isinstance(value, Written) else json.dumps(value)


class Written(float):
    """A number with the text it was written as."""

    def __new__(cls, text: str) -> Written:
        number = super().__new__(cls, text)
        number.text = text
        return number


def parsed(text: str) -> object:
    return json.loads(text, parse_int=Written, parse_float=Written)


def column_records(data: bytes) -> tuple[list[str], list[Record]]:
    """Rows of a JSON object of columns, in the numeric order of all inner keys."""
    columns = parsed(without_mark(data).decode(errors="replace"))
    keys = sorted({key for column in columns.values() for key in column}, key=int)
    rows = [{name: text_of(column.get(key)) for name, column in columns.items()} for key in keys]
    return list(columns), [checked(row) for row in rows]


def object_records(data: bytes) -> tuple[list[str], list[Record]]:
    """Records of a JSON array of objects, or of one object a line."""
    text = without_mark(data).decode()
    if text.lstrip().startswith("["):
        found = [one if isinstance(one, dict) else Broken(("not_an_object",)) for one in parsed(text)]
    else:
        found = [line_of(line) for line in text.splitlines() if line.strip()]
    header = list(dict.fromkeys(name for row in found if isinstance(row, dict) for name in row))
    return header, [
        checked({name: text_of(row[name]) for name in row}) if isinstance(row, dict) else row for row in found
    ]


def line_of(text: str) -> object:
    try:
        found = parsed(text)
    except ValueError:
        return Broken(("invalid_json",))
    return found if isinstance(found, dict) else Broken(("not_an_object",))


def checked(row: dict[str, str | None]) -> Record:
    texts = [text for text in row.values() if text is not None]
    faults = {
        "nul_byte": any("\0" in text for text in texts),
        "invalid_utf8": any("\ufffd" in text for text in texts),
    }
    return Broken(tuple(fault for fault, holds in faults.items() if holds)) if any(faults.values()) else row
