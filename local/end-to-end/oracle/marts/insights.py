"""Differences that are worth saying, or that there are none: marts/insights (docs/adr/0038)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import Any

import pandas as pd

from ..compare import Expected
from ..evidence import Counted, deviance, interval, total
from ..seeds import STATES
from ..settings import Settings
from ..versions import CHANNELS
from ..world import World
from .candidates import EVERY, Candidate, Name, candidates

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
    critical = NormalDist().inv_cdf(1 - world.settings.insight_error_level / (2 * number)) if number else math.inf
    rows = [row for name in compared for row in findings(name, compared, critical, world.settings)]
    rows.sort(key=lambda row: (-round(row["test_statistic"] ** 2, 6), row["metric"], row["dimension"], row["member"]))
    if not rows:
        nothing = dict.fromkeys(COLUMNS)
        rows = [nothing | {"sentence": f"No difference found in {number} comparisons.", "is_finding": False}]
    partitions = [one for one in world.settled if one[0] in CHANNELS]
    dates = [date for _, date, _ in partitions]
    for place, row in enumerate(rows, start=1):
        row |= {
            "insight_number": place,
            "comparisons": number,
            "error_level": world.settings.insight_error_level,
            "first_partition_date": min(dates, default=None),
            "last_partition_date": max(dates, default=None),
            "partitions": len(partitions),
        }
    return Expected(pd.DataFrame(rows, dtype=object), ("insight_number",), tolerance=ROUNDED)


def findings(name: Name, compared: Compared, critical: float, settings: Settings) -> list[dict[str, Any]]:
    """Members in the order of their distance from all others, each against those not looked at yet."""
    metric, _, _ = name
    chosen, rest = compared[name]
    is_rate = metric == "complaints_per_head"

    def order(member: str) -> tuple:
        one = chosen[member]
        return (-apart(one.member, rest_of_all.without(one.member), is_rate), one.member.trials, member)

    rest_of_all, rows = rest, []
    for member in sorted(chosen, key=order):
        one = chosen[member]
        rest = rest.without(one.member)
        if not rest.trials or expected_of_rest(one, rest, is_rate) < settings.insight_minimum_expected:
            break
        statistic = math.sqrt(deviance(one.member, rest, is_rate) / one.effect)
        lower, upper = interval(one.member, rest, is_rate, one.effect, critical)
        if statistic <= critical or lower <= 0 <= upper:
            break
        if without_first(name, member, compared) > critical**2:
            row = finding(name, member, one, rest, (lower, upper), statistic) | {"critical_value": critical}
            rows.append(row | {"sentence": rate_sentence(row) if is_rate else share_sentence(row, settings)})
    return rows


def apart(member: Counted, rest: Counted, is_rate: bool) -> float:
    """Rounded, as what is equally far may differ in its last digits."""
    return round(deviance(member, rest, is_rate), 6)


def expected_of_rest(one: Candidate, rest: Counted, is_rate: bool) -> float:
    """The least count expected of those that a member is compared with, of either outcome."""
    both = total([one.member, rest])
    return round(rest.trials / one.effect * (both.rate if is_rate else min(both.rate, 1 - both.rate)), 6)


def without_first(name: Name, member: str, compared: Compared) -> float:
    """The distance from all others; of a second category, among complaints that are not of the first."""
    metric, dimension, category = name
    distances = {}
    for (other, place, kind), (chosen, whole) in compared.items():
        if other == metric and place == dimension and member in chosen:
            one = chosen[member]
            distances[kind] = apart(one.member, whole.without(one.member), metric == "complaints_per_head")
    first = min(distances, key=lambda kind: (-distances[kind], kind))
    chosen, whole = compared[name]
    one = chosen[member]
    if first == category:
        return deviance(one.member, whole.without(one.member), metric == "complaints_per_head") / one.effect
    first_chosen, first_whole = compared[metric, dimension, first]
    other = first_chosen[member]
    left = Counted(one.member.successes, one.member.trials - other.member.successes)
    every = Counted(whole.successes, whole.trials - first_whole.successes)
    return deviance(left, every.without(left), is_rate=False) / one.effect


def finding(
    name: Name, member: str, one: Candidate, rest: Counted, bounds: tuple[float, float], statistic: float
) -> dict[str, Any]:
    metric, dimension, category = name
    is_rate = metric == "complaints_per_head"
    scale = 1000 if is_rate and dimension == "state" else 1
    value, reference = one.member.rate, rest.rate
    return {
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


def tenths(value: float) -> str:
    # nothing has no sign
    return str(Decimal(repr(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP) + 0)


def place_of(row: dict[str, Any]) -> str:
    member = row["member"]
    return {
        "state": f" of customers in {STATES[member][0] if member in STATES else member}",
        "channel": f" by {member.replace('_', ' ')}",
        "category": f" about {member}",
        "experience": f" handled by agents of experience {member}",
        "month": f" opened in {member}",
    }[row["dimension"]]


def share_sentence(row: dict[str, Any], settings: Settings) -> str:
    waited = row["dimension"] == "month" and row["metric"] == "resolution_rate"
    of_what, what = {
        "category_share": ("complaints", f"are about {row['category']}"),
        "resolution_rate": ("complaints with a status", "are resolved"),
        "quick_resolution": (
            f"complaints resolved within {settings.insight_follow_up_days} days",
            f"were resolved within {settings.insight_resolution_days} days",
        ),
    }[row["metric"]]
    note = f", reported {settings.insight_follow_up_days} days or more after opening" if waited else ""
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
