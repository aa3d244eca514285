"""What is planted, and what of the findings is then right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from insights.simulate import Finding


@dataclass(frozen=True)
class Expected:
    """A finding by its metric, dimension, member and category; `rises` where the member is above the others."""

    metric: str
    dimension: str
    member: str
    category: str | None = None
    rises: bool = True

    def is_met_by(self, finding: Finding) -> bool:
        return (finding.metric, finding.dimension, finding.member, finding.category, finding.difference > 0) == (
            self.metric,
            self.dimension,
            self.member,
            self.category,
            self.rises,
        )


@dataclass(frozen=True)
class Scenario:
    """`planted` has to be found; `consequences` are true as well, and nothing else is. `truth` is the amount of the
    difference that a finding estimates, where it follows from the effect alone."""

    name: str
    size: str
    effect: str
    truth: float | None
    # either of two members where there are no more: each differs from the other
    planted: tuple[Expected, ...]
    consequences: tuple[Expected, ...] = ()

    def found(self, findings: list[Finding]) -> Finding | None:
        return next((one for one in findings if any(expected.is_met_by(one) for expected in self.planted)), None)

    def holds_truth(self, finding: Finding) -> bool:
        return finding.lower <= math.copysign(self.truth, finding.difference) <= finding.upper

    def finds(self, findings: list[Finding]) -> bool:
        return self.found(findings) is not None

    def false_ones(self, findings: list[Finding]) -> list[Finding]:
        right = (*self.planted, *self.consequences)
        return [one for one in findings if not any(expected.is_met_by(one) for expected in right)]


def _within(days: int, times: float) -> float:
    """Share of tickets resolved by then, when delays of half a day to 25.5 days take so many times as long."""
    return (days / times - 0.5) / 25


SCENARIOS = (
    Scenario(
        "category by state",
        "Payments weigh twice as much in Texas: 40 % instead of 25 %",
        "category,category=Payments,state=TX,times=2",
        0.15,
        (Expected("category_share", "state", "TX", "Payments"),),
    ),
    Scenario(
        "category by month",
        "one file of calls has 8 % more, all Payments, opened in March",
        "spike,channel=call_centre,day=2025-11-21,category=Payments,share=0.08,opened=2025-03-01..2025-04-01",
        None,
        (Expected("category_share", "month", "2025-03", "Payments"),),
        (Expected("category_share", "channel", "call_centre", "Payments"),),
    ),
    Scenario(
        "resolution by category",
        "30 % of Payments are resolved instead of 25 %",
        "resolution,share=0.30,category=Payments",
        0.05,
        (Expected("resolution_rate", "category", "Payments"),),
    ),
    Scenario(
        "resolution by channel",
        "34 % of social media are resolved instead of 25 %",
        "resolution,share=0.34,channel=social_media",
        0.09,
        (Expected("resolution_rate", "channel", "social_media"),),
    ),
    Scenario(
        "resolution by state",
        "40 % in Texas are resolved instead of 25 %",
        "resolution,share=0.40,state=TX",
        0.15,
        (Expected("resolution_rate", "state", "TX"),),
    ),
    Scenario(
        "resolution by experience",
        "31 % of Seniors' are resolved instead of 25 %",
        "resolution,share=0.31,experience=Senior",
        0.06,
        (Expected("resolution_rate", "experience", "Senior"),),
    ),
    Scenario(
        "slower by category",
        "resolving Payments takes 1.6 times as long",
        "slower,times=1.6,category=Payments",
        _within(14, 1.0) - _within(14, 1.6),
        (Expected("quick_resolution", "category", "Payments", rises=False),),
    ),
    Scenario(
        "slower by channel",
        "resolving social media takes 1.8 times as long",
        "slower,times=1.8,channel=social_media",
        _within(14, 1.0) - _within(14, 1.8),
        (
            Expected("quick_resolution", "channel", "social_media", rises=False),
            Expected("quick_resolution", "channel", "web_form"),
        ),
    ),
    Scenario(
        "slower by experience",
        "resolving takes Interns 1.7 times as long",
        "slower,times=1.7,experience=intern",
        _within(14, 1.0) - _within(14, 1.7),
        (Expected("quick_resolution", "experience", "Intern", rises=False),),
    ),
    Scenario(
        "complaints by state",
        "customers in Ohio complain 1.4 times as often",
        "complaints,state=OH,times=1.4",
        0.4,
        (Expected("complaints_per_head", "state", "OH"),),
    ),
)

# Of ten times as much data, about a third of the size is enough
LARGER_SCALE = 0.1
LARGER_SCENARIOS = (
    Scenario(
        "category by state",
        "Payments weigh 1.27 times as much in Texas: 29.7 % instead of 25 %",
        "category,category=Payments,state=TX,times=1.27",
        1.27 / 4.27 - 0.25,
        (Expected("category_share", "state", "TX", "Payments"),),
    ),
    Scenario(
        "resolution by experience",
        "27 % of Seniors' are resolved instead of 25 %",
        "resolution,share=0.27,experience=Senior",
        0.02,
        (Expected("resolution_rate", "experience", "Senior"),),
    ),
    Scenario(
        "slower by state",
        "resolving takes 1.7 times as long in Texas",
        "slower,times=1.7,state=TX",
        _within(14, 1.0) - _within(14, 1.7),
        (Expected("quick_resolution", "state", "TX", rises=False),),
    ),
    Scenario(
        "complaints by state",
        "customers in Ohio complain 1.13 times as often",
        "complaints,state=OH,times=1.13",
        0.13,
        (Expected("complaints_per_head", "state", "OH"),),
    ),
)
