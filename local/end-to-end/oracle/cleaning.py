"""How values are read, by the descriptions of the staging models."""

from __future__ import annotations

import datetime as dt
import re

UNRECOGNISED = "(unrecognised)"
WHITE_SPACE = " \t\n\v\f\r"
HARMLESS = re.compile(r"[A-Za-z][A-Za-z -]{0,39}")
PLATFORMS = ("Instagram", "Twitter", "Facebook", "LinkedIn")
EXPERIENCES = ("Intern", "Junior", "Mid-level", "Senior")
ADDRESS_END = re.compile(r"(?P<state>[A-Z]{2})\s+(?P<zip>\d{5}(?:-\d{4})?)\s*\Z")


def text(value: str | None) -> str | None:
    """Without the white space around it; None for nothing."""
    return (value or "").strip(WHITE_SPACE) or None


def spelling(value: str | None) -> str:
    return re.sub(f"[{WHITE_SPACE}]+", " ", value or "").strip().lower()


def member(value: str | None, members: tuple[str, ...] | list[str]) -> tuple[str | None, bool]:
    """The value in the standard spelling, and whether it is a known one; an unknown one as spelled."""
    found = next((one for one in members if spelling(one) == spelling(value)), None)
    return (found, True) if found else (text(value), False)


def published(value: str | None, known: bool) -> str | None:
    """A categorical value as marts may show it."""
    if value is None or known or HARMLESS.fullmatch(value):
        return value
    return UNRECOGNISED


def date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value.strip()) if text(value) else None


def time(value: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value.strip()) if text(value) else None


def utc(value: str | None) -> dt.datetime | None:
    """An RFC 3339 time as UTC without zone."""
    if not text(value):
        return None
    moment = dt.datetime.fromisoformat(value.strip().upper().replace("Z", "+00:00"))
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def agent_id(value: str | None) -> str | None:
    return re.sub(r"\.0+\Z", "", (value or "").strip(WHITE_SPACE)) or None


def phone(value: str | None) -> str | None:
    """Digits with country code; ten digits are North American."""
    digits = re.sub(r"\D", "", value or "", flags=re.ASCII)
    return (f"1{digits}" if len(digits) == 10 else digits) or None


def message(value: str | None) -> str | None:
    """The text of an SMS without its escapes."""
    if value is None:
        return None
    return re.sub(r"\\(\\|n)", lambda found: "\n" if found[1] == "n" else "\\", value)


def address_state(value: str | None) -> str | None:
    found = ADDRESS_END.search(value or "")
    return found["state"] if found else None


def embeds_another(complaint_id: str, customer_id: str | None) -> bool:
    """Whether a complaint id holds a uuid, and it is not the customer's."""
    if customer_id is None:
        return False
    inside = complaint_id.lower()
    return customer_id.lower().replace("-", "") not in inside and re.search(r"[0-9a-f]{32}", inside) is not None
