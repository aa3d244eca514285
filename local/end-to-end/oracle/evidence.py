"""Statistics of comparisons: design effects, likelihood ratios, simultaneous intervals (docs/adr/0038)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .figures import share


@dataclass(frozen=True)
class Counted:
    """Complaints that count, of those counted among; or complaints, of customers or agents."""

    successes: float
    trials: float

    @property
    def rate(self) -> float:
        return self.successes / self.trials

    def without(self, other: Counted) -> Counted:
        return Counted(self.successes - other.successes, self.trials - other.trials)


def spread(clusters: Iterable[Counted], is_rate: bool) -> tuple[float, float]:
    """How far clusters spread about their mean, and how far they would if every complaint were for itself."""
    found = list(clusters)
    whole = total(found)
    mean = whole.rate if whole.trials else 0.0
    squares = sum((one.successes - mean * one.trials) ** 2 for one in found)
    return squares, whole.successes if is_rate else whole.trials * mean * (1 - mean)


def design_effect(groups: Iterable[list[Counted]], is_rate: bool) -> float | None:
    """At least 1; None where nothing is known of the spread."""
    parts = [(len(found), *spread(found, is_rate)) for found in groups if found]
    clusters, squares, independent = (sum(column) for column in zip(*parts, strict=True)) if parts else (0, 0, 0)
    free = clusters - len(parts)
    ratio = share(squares * clusters, independent * free)
    return None if ratio is None else max(1.0, ratio)


def total(found: Iterable[Counted]) -> Counted:
    found = list(found)
    return Counted(sum(one.successes for one in found), sum(one.trials for one in found))


def least_expected(member: Counted, whole: Counted, is_rate: bool) -> float | None:
    """The least count expected, of the member and the others, of either outcome."""
    smaller = min(member.trials, whole.trials - member.trials)
    if not whole.trials:
        return None
    return smaller * (whole.rate if is_rate else min(whole.rate, 1 - whole.rate))


def information(count: float, expected: float) -> float:
    return count * math.log(count / expected) if count else 0.0


def deviance(member: Counted, rest: Counted, is_rate: bool) -> float:
    """Twice the logarithm of the likelihood ratio."""
    both = total([member, rest])
    found = sum(information(one.successes, one.trials * both.rate) for one in (member, rest))
    if not is_rate:
        failures = ((one.trials - one.successes, one.trials * (1 - both.rate)) for one in (member, rest))
        found += sum(information(*one) for one in failures)
    return 2 * found


def wilson(rate: float, trials: float, z: float) -> tuple[float, float]:
    middle = (rate + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z / (1 + z * z / trials) * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    return middle - reach, middle + reach


def interval(member: Counted, rest: Counted, is_rate: bool, effect: float, z: float) -> tuple[float, float]:
    """Newcombe's of a difference of shares; of a ratio of rates less one, by the member's part of all complaints."""
    if is_rate:
        both = total([member, rest])
        lower, upper = wilson(member.successes / both.successes, both.successes / effect, z)
        odds = rest.trials / member.trials
        return lower / (1 - lower) * odds - 1, upper / (1 - upper) * odds - 1
    lower, upper = wilson(member.rate, member.trials / effect, z)
    rest_lower, rest_upper = wilson(rest.rate, rest.trials / effect, z)
    difference = member.rate - rest.rate
    return (
        difference - math.hypot(member.rate - lower, rest_upper - rest.rate),
        difference + math.hypot(upper - member.rate, rest.rate - rest_lower),
    )
