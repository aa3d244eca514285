"""Differences that are worth saying, or that there are none: marts/insights (docs/adr/0038)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import Any

import pandas as pd

from ..compare import Expected
from ..evidence import Counted, deviance, interval
from ..seeds import STATES
from ..versions import CHANNELS
from ..world import World
from .candidates import EVERY, FOLLOW_UP_DAYS, QUICK_DAYS, Candidate, Name, candidates

ERROR_LEVEL = 0.01
# Figures are rounded to six digits.
ROUNDED = 1e-6
COLUMNS = (
    "metric",
    "dimension",
    "member",
    "category",
    "member_value",
    "reference_value",
    "difference",
    "difference_lower",
    "difference_upper",
    "difference_unit",
    "base",
    "reference_base",
    "design_effect",
    "test_statistic",
    "critical_value",
)

Compared = dict[Name, tuple[dict[str, Candidate], Counted]]


def insights(world: World) -> Expected:
    compared = candidates(world)
    number = sum(len(chosen) for chosen, _ in compared.values())
    critical = NormalDist().inv_cdf(1 - ERROR_LEVEL / (2 * number)) if number else math.inf
    rows = [row for name in compared for row in findings(name, compared, critical)]
    rows.sort(key=lambda row: -row["test_statistic"])
    if not rows:
        nothing = dict.fromkeys(COLUMNS)
        rows = [nothing | {"sentence": f"No difference found in {number} comparisons.", "is_finding": False}]
    partitions = [one for one in world.settled if one[0] in CHANNELS]
    dates = [date for _, date, _ in partitions]
    for place, row in enumerate(rows, start=1):
        row |= {
            "insight_number": place,
            "comparisons": number,
            "error_level": ERROR_LEVEL,
            "first_partition_date": min(dates),
            "last_partition_date": max(dates),
            "partitions": len(partitions),
        }
    return Expected(pd.DataFrame(rows, dtype=object), ("insight_number",), tolerance=ROUNDED)


def findings(name: Name, compared: Compared, critical: float) -> list[dict[str, Any]]:
    """Members in the order of their distance from all others, each against those not looked at yet."""
    metric, _, _ = name
    chosen, rest = compared[name]
    is_rate = metric == "complaint_rate"

    def distance(member: str) -> float:
        one = chosen[member]
        return deviance(one.member, rest_of_all.without(one.member), is_rate) / one.effect

    rest_of_all, rows = rest, []
    for member in sorted(chosen, key=lambda member: (-distance(member), member)):
        one = chosen[member]
        rest = rest.without(one.member)
        if not rest.trials:
            break
        statistic = math.sqrt(deviance(one.member, rest, is_rate) / one.effect)
        if statistic <= critical or without_first(name, member, compared) <= critical**2:
            break
        lower, upper = interval(one.member, rest, is_rate, one.effect, critical)
        rows.append(finding(name, member, one, rest, (lower, upper), statistic) | {"critical_value": critical})
    return rows


def without_first(name: Name, member: str, compared: Compared) -> float:
    """The distance among complaints that are not of the category in which the member differs most."""
    metric, dimension, category = name
    if metric != "category_share":
        return math.inf
    distances = {}
    for (other, place, kind), (chosen, whole) in compared.items():
        if other == metric and place == dimension and member in chosen:
            one = chosen[member]
            distances[kind] = deviance(one.member, whole.without(one.member), is_rate=False) / one.effect
    first = max(distances, key=lambda kind: (distances[kind], kind))
    if first == category:
        return math.inf
    chosen, whole = compared[name]
    first_chosen, first_whole = compared[metric, dimension, first]
    one, other = chosen[member], first_chosen[member]
    left = Counted(one.member.successes, one.member.trials - other.member.successes)
    every = Counted(whole.successes, whole.trials - first_whole.successes)
    return deviance(left, every.without(left), is_rate=False) / one.effect


def finding(
    name: Name, member: str, one: Candidate, rest: Counted, bounds: tuple[float, float], statistic: float
) -> dict[str, Any]:
    metric, dimension, category = name
    is_rate = metric == "complaint_rate"
    scale = 1000 if is_rate and dimension == "state" else 1
    value, reference = one.member.rate, rest.rate
    row = {
        "is_finding": True,
        "metric": metric,
        "dimension": dimension,
        "member": member,
        "category": None if category == EVERY else category,
        "member_value": scale * value,
        "reference_value": scale * reference,
        "difference": value / reference - 1 if is_rate else value - reference,
        "difference_lower": bounds[0],
        "difference_upper": bounds[1],
        "difference_unit": "share of the reference value" if is_rate else "difference of shares",
        "base": one.member.trials,
        "reference_base": rest.trials,
        "design_effect": one.effect,
        "test_statistic": statistic,
    }
    return row | {"sentence": rate_sentence(row) if is_rate else share_sentence(row)}


def tenths(value: float) -> str:
    return str(Decimal(repr(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP))


def place_of(row: dict[str, Any]) -> str:
    member = row["member"]
    return {
        "state": f" of customers in {STATES[member][0] if member in STATES else member}",
        "channel": f" by {member.replace('_', ' ')}",
        "category": f" about {member}",
        "experience": f" handled by agents of experience {member}",
        "month": f" opened in {member}",
    }[row["dimension"]]


def share_sentence(row: dict[str, Any]) -> str:
    waited = row["dimension"] == "month" and row["metric"] == "resolution_rate"
    of_what, what = {
        "category_share": ("complaints", f"are about {row['category']}"),
        "resolution_rate": ("complaints with a status", "are resolved"),
        "quick_resolution": (
            f"complaints resolved within {FOLLOW_UP_DAYS} days",
            f"were resolved within {QUICK_DAYS} days",
        ),
    }[row["metric"]]
    note = f", reported {FOLLOW_UP_DAYS} days or more after opening" if waited else ""
    where = place_of(row)
    # what is said of the complaints already is set apart by a comma
    where = f",{where}" if note or row["metric"] == "quick_resolution" else where
    percent = [tenths(100 * row[name]) for name in ("member_value", "reference_value")]
    bounds = [tenths(100 * row[name]) for name in ("difference_lower", "difference_upper")]
    direction = "more" if row["difference"] > 0 else "less"
    return (
        f"Of {row['base']} {of_what}{note}{where}, {percent[0]} % {what}, against {percent[1]} % of"
        f" {row['reference_base']} others: {tenths(100 * abs(row['difference']))} percentage points {direction}"
        f" ({bounds[0]} to {bounds[1]})."
    )


def rate_sentence(row: dict[str, Any]) -> str:
    bounds = f"({tenths(100 * row['difference_lower'])} to {tenths(100 * row['difference_upper'])} %)"
    change = tenths(100 * abs(row["difference"]))
    value, reference = tenths(row["member_value"]), tenths(row["reference_value"])
    if row["dimension"] == "state":
        often = "more often" if row["difference"] > 0 else "less often"
        state = STATES[row["member"]][0]
        return (
            f"Customers in {state} complain {change} % {often} than others {bounds}: {value} complaints per 1000 of"
            f" {row['base']} customers, against {reference} per 1000 of {row['reference_base']}."
        )
    more = f"{change} % {'more' if row['difference'] > 0 else 'fewer'} complaints each than others"
    return (
        f"Agents of experience {row['member']} handle {more} {bounds}: {value} for"
        f" each of {row['base']} agents, against {reference} for each of {row['reference_base']}."
    )


MARTS = {"insights": insights}
