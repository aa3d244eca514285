"""How agents do, by month and by what they were at the time: marts/agents/agent_performance."""

from __future__ import annotations

import datetime as dt
import math
from statistics import NormalDist
from typing import Any

import pandas as pd

from ..compare import Expected
from ..figures import complaints_of, grouped, month_is_complete, share, standard_counts, whole
from ..keys import UNKNOWN
from ..world import NONE, World

LEVEL = 0.05
# of Acklam's approximation of normal quantiles
APPROXIMATION = 1e-7
# A bound of nobody, or of everybody, is 0 or 1 but for rounding.
TINY = 1e-12


def wilson(successes: int, trials: int, level: float) -> tuple[float, float]:
    """Wilson's score interval, two-sided."""
    z = NormalDist().inv_cdf(1 - level / 2)
    rate = successes / trials
    middle = (rate + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z / (1 + z * z / trials) * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    return middle - reach, middle + reach


def agent_performance(world: World) -> Expected:
    versions = {key: list(found.itertuples()) for key, found in world.dim_agents.groupby("agent_key")}
    fact = world.enriched
    valid = [valid_version(versions[one.agent_key], one.opened_date) for one in fact.itertuples()]
    fact["agent_version_number"] = [one.version_number if one else 0 for one in valid]
    fact["experience"] = [one.experience if one else None for one in valid]
    fact["state_code"] = [one.state_code if one else None for one in valid]
    names = ["opened_month", "agent_key", "agent_version_number"]
    rows = [row(world, key, found) for key, found in grouped(fact, names)]
    for month in {one["opened_month"] for one in rows}:
        compare([one for one in rows if one["opened_month"] == month])
    return Expected(pd.DataFrame(rows, dtype=object), tuple(names), tolerance=APPROXIMATION)


def valid_version(versions: list[Any], day: dt.date | None) -> Any:
    """The agent's version of that day; None where there is none."""
    if day is None:
        return None
    return next(
        (one for one in versions if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)), None
    )


def row(world: World, key: dict[str, Any], found: pd.DataFrame) -> dict[str, Any]:
    counts = standard_counts(found)
    complaints = complaints_of(found)
    calls = complaints[complaints.channel == "call_centre"]
    handled = whole(calls.handle_seconds)
    return {
        **key,
        "experience": found.experience.iloc[0] or NONE,
        "state_code": found.state_code.iloc[0] or NONE,
        **counts,
        "resolution_rate": share(counts["resolved_complaints"], counts["complaints_with_status"]),
        "compared_agents": None,
        "resolution_rate_lower": None,
        "resolution_rate_upper": None,
        "peer_resolution_rate": None,
        "comparison": None,
        "calls": len(calls),
        "measured_calls": len(handled),
        "handle_seconds": sum(handled),
        "mean_handle_seconds": share(sum(handled), len(handled)),
        "is_complete": month_is_complete(world, "opened", key["opened_month"]),
    }


def compare(month: list[dict[str, Any]]) -> None:
    """Each agent of a month with all the others that are compared."""
    compared = [
        one for one in month if one["opened_month"] and one["agent_key"] != UNKNOWN and one["complaints_with_status"]
    ]
    resolved = sum(one["resolved_complaints"] for one in compared)
    trials = sum(one["complaints_with_status"] for one in compared)
    for one in compared:
        successes, own = one["resolved_complaints"], one["complaints_with_status"]
        lower, upper = wilson(successes, own, LEVEL / len(compared))
        peers = share(resolved - successes, trials - own)
        place = "as others"
        if peers is not None and not lower - TINY <= peers <= upper + TINY:
            place = "above" if lower > peers else "below"
        one |= {
            "compared_agents": len(compared),
            "resolution_rate_lower": lower,
            "resolution_rate_upper": upper,
            "peer_resolution_rate": peers,
            "comparison": place,
        }


MARTS = {"agent_performance": agent_performance}
