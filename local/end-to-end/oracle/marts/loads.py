"""Tables of the schema quality that tell of loads: what was set aside, and which columns came and went."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pandas as pd

from ..cleaning import UNRECOGNISED
from ..compare import Expected
from ..figures import share
from ..sources import Settled
from ..world import World
from .quality import KEY, named

HARMLESS = re.compile(r"[A-Za-z_][A-Za-z0-9_ .()/-]{0,63}")


def rejects(world: World) -> Expected:
    rows = []
    for partition, found in world.settled.items():
        for reason, number in found.reasons.items():
            code, _, column = reason.partition(":")
            rows.append(
                {
                    **named(partition),
                    "reason": reason,
                    "reason_code": code,
                    "reason_column": column or None,
                    "reason_rows": number,
                    "rows_read": found.read,
                    "share_of_read": share(number, found.read),
                }
            )
    return Expected(pd.DataFrame(rows, dtype=object), (*KEY, "reason"))


def schema_changes(world: World) -> Expected:
    rows = []
    for source in {one[0] for one in world.settled}:
        described = (one for one, found in world.settled.items() if one[0] == source and found.columns)
        for earlier, later in pairwise(sorted(described)):
            before, after = headers(world.settled[earlier]), headers(world.settled[later])
            changes = Counter(("appeared", *one) for one in shown_names(after - before))
            changes += Counter(("disappeared", *one) for one in shown_names(before - after))
            for (change, name, is_known), number in changes.items():
                rows.append(
                    {
                        **named(later),
                        "change": change,
                        "changed_column": name,
                        "is_in_contract": is_known,
                        "changes": number,
                        "earlier_partition_date": earlier[1],
                        "earlier_partition_hour": earlier[2],
                    }
                )
    key = (*KEY, "change", "changed_column", "is_in_contract")
    return Expected(pd.DataFrame(rows, dtype=object), key, uncompared=("earlier_contract_version", "contract_version"))


def headers(found: Settled) -> set[tuple[str, bool]]:
    """Columns, and whether the contract knows them."""
    return {(name, True) for name in found.columns} | {(name, False) for name in found.unknown_headers}


def shown_names(names: set[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """An unknown name that may be no name is not shown."""
    return [
        (name if known or (HARMLESS.fullmatch(name) and not re.search(r"\d{5}", name)) else UNRECOGNISED, known)
        for name, known in names
    ]


TABLES = {"rejects": rejects, "schema_changes": schema_changes}
