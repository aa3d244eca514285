"""Customers, agents with their history, and the senders of messages."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pandas as pd

from . import cleaning
from .history import Partition
from .keys import UNKNOWN, Keys
from .seeds import STATES
from .sources import Row

BEGINNING = dt.date(1900, 1, 1)
STATE_CODES = {name: code for code, (name, _) in STATES.items()}
AGE_BANDS = ((18, "under 18"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"), (75, "65-74"))


def newest(source: str, loaded: dict[Partition, list[Row]]) -> list[Row]:
    """Rows of the newest committed snapshot."""
    snapshots = {date: rows for (name, date, _), rows in loaded.items() if name == source}
    return snapshots[max(snapshots)] if snapshots else []


def customers(loaded: dict[Partition, list[Row]], keys: Keys) -> pd.DataFrame:
    """Those of the newest snapshot."""
    columns = ["customer_key", "state", "born", "signed_up", "phone"]
    rows = [
        (
            keys.key("customer", row["customer_id"].strip()),
            cleaning.address_state(row["address"]),
            cleaning.date(row["born"]),
            cleaning.date(row["signed_up"]),
            cleaning.phone(row["phone"]),
        )
        for row in newest("customers", loaded)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def sender_keys(versions: pd.DataFrame, known: pd.DataFrame, keys: Keys) -> dict[str, tuple[str, bool]]:
    """Of every sender its customer key, and whether exactly one customer has that phone number."""
    times_used = Counter(known.phone.dropna())
    owner = {phone: key for phone, key in zip(known.phone, known.customer_key, strict=True) if times_used[phone] == 1}
    senders = versions.sender_id.dropna().unique()
    return {one: (owner.get(one) or keys.key("msisdn", one), one in owner) for one in senders}


def age_band(born: dt.date | None, as_of: dt.date) -> str | None:
    if born is None:
        return None
    age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    if age < 0 or born > as_of:
        return None
    return next((band for limit, band in AGE_BANDS if age < limit), "75 and over")


def dim_customers(
    known: pd.DataFrame, versions: pd.DataFrame, senders: dict[str, tuple[str, bool]], keys: Keys, as_of: dt.date
) -> pd.DataFrame:
    nothing = {"state_code": None, "state_name": None, "state_kind": None, "age_band": None, "signup_year": None}
    rows = []
    for one in known.itertuples():
        name, kind = STATES.get(one.state, (None, None))
        rows.append(
            {
                "customer_key": one.customer_key,
                "state_code": one.state if one.state is None or plausible(one.state) else cleaning.UNRECOGNISED,
                "state_name": name,
                "state_kind": kind,
                "age_band": age_band(one.born, as_of),
                "signup_year": one.signed_up.year if one.signed_up else None,
                "identified_by": "customer_id",
                "is_inferred": False,
                "is_unknown": False,
            }
        )
    given = {keys.key("customer", one) for one in versions.customer_id.dropna().unique()} - set(known.customer_key)
    inferred = [(key, "customer_id") for key in given]
    inferred += [(key, "msisdn") for key, is_matched in senders.values() if not is_matched]
    for key, by in inferred:
        rows.append(nothing | {"customer_key": key, "identified_by": by, "is_inferred": True, "is_unknown": False})
    rows.append(nothing | {"customer_key": UNKNOWN, "identified_by": None, "is_inferred": False, "is_unknown": True})
    return pd.DataFrame(rows, dtype=object)


def plausible(state: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}", state) is not None


def attributes(row: Row) -> tuple[str | None, ...]:
    """Name, experience, state code and state name of an agent, as marts show the latter three."""
    experience, is_known = cleaning.member(
        (row["experience"] or "").replace("-", " "), [one.replace("-", " ") for one in cleaning.EXPERIENCES]
    )
    if is_known:
        experience = next(one for one in cleaning.EXPERIENCES if one.replace("-", " ") == experience)
    else:
        experience = cleaning.published(cleaning.text(row["experience"]), known=False)
    state, is_known_state = cleaning.member(row["state"], list(STATE_CODES))
    code = STATE_CODES.get(state) if is_known_state else None
    return cleaning.text(row["name"]), experience, code, cleaning.published(state, is_known_state)


def dim_agents(loaded: dict[Partition, list[Row]], versions: pd.DataFrame, keys: Keys) -> pd.DataFrame:
    """Versions of every agent of all snapshots, those known from complaints only, and the unknown member."""
    snapshots = sorted((date, rows) for (name, date, _), rows in loaded.items() if name == "agents")
    spells: dict[str, list[dict]] = {}
    for date, rows in snapshots:
        present = {cleaning.agent_id(row["agent_id"]): attributes(row) for row in rows}
        for agent, history in spells.items():
            if history[-1]["valid_to"] is None and present.get(agent) != history[-1]["attributes"]:
                history[-1]["valid_to"] = date
        for agent, found in present.items():
            history = spells.setdefault(agent, [])
            if not history or history[-1]["valid_to"] is not None:
                history.append({"attributes": found, "valid_from": date if history else BEGINNING, "valid_to": None})
    rows = [
        member(keys.key("agent", agent), number, one["attributes"][1:], one["valid_from"], one["valid_to"])
        for agent, history in spells.items()
        for number, one in enumerate(history, start=1)
    ]
    for agent in set(versions.agent_id.dropna()) - set(spells):
        rows.append(member(keys.key("agent", agent), 1, (None,) * 3, BEGINNING, None) | {"is_inferred": True})
    rows.append(member(UNKNOWN, 1, (None,) * 3, BEGINNING, None) | {"is_unknown": True})
    return pd.DataFrame(rows, dtype=object)


def member(key: str, number: int, shown: tuple, valid_from: dt.date, valid_to: dt.date | None) -> dict[str, object]:
    return {
        "agent_key": key,
        "version_number": number,
        "experience": shown[0],
        "state_code": shown[1],
        "state_name": shown[2],
        "valid_from": valid_from,
        "is_valid_from_assumed": valid_from == BEGINNING,
        "valid_to": valid_to,
        "is_current": valid_to is None,
        "is_inferred": False,
        "is_unknown": False,
    }
