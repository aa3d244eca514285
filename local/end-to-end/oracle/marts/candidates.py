"""What insights could be about: every metric by every dimension (docs/adr/0038)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from ..cleaning import EXPERIENCES
from ..evidence import Counted, design_effect, least_expected, total
from ..figures import complaints_of
from ..keys import UNKNOWN
from ..seeds import CATEGORIES, STATES
from ..settings import Settings
from ..world import World
from .agents import valid_version

EVERY = "(all)"
DIMENSIONS = ("state", "channel", "category", "experience", "month")

Name = tuple[str, str, str]


@dataclass(frozen=True)
class Case:
    """A complaint by what it is compared by; a dimension without a known member is None."""

    customer: str | None
    agent: str | None
    members: dict[str, str | None]
    # successes and trials of each metric and category
    counts: dict[tuple[str, str], Counted]
    followed_up: Counted


@dataclass(frozen=True)
class Candidate:
    member: Counted
    effect: float


def cases(world: World) -> list[Case]:
    versions = {key: list(found.itertuples()) for key, found in world.dim_agents.groupby("agent_key")}
    return [case(one, versions, world.settings) for one in complaints_of(world.enriched).itertuples()]


def case(one: Any, versions: dict[str, list[Any]], settings: Settings) -> Case:
    agent = valid_version(versions[one.agent_key], one.opened_date)
    experience = agent and agent.experience
    has_month = one.opened_date is not None and not one.is_opened_in_future
    waited = one.reporting_lag_days is not None and one.reporting_lag_days >= settings.insight_follow_up_days
    is_resolved = one.has_status and one.resolution_state == "resolved"
    is_timed = (
        one.resolution_time_state == "measured" and waited and one.days_to_resolve <= settings.insight_follow_up_days
    )
    has_category = one.category != "(none)"
    counts = {("category_share", name): Counted(one.category == name, has_category) for name in CATEGORIES}
    counts["resolution_rate", EVERY] = Counted(is_resolved, one.has_status)
    counts["quick_resolution", EVERY] = Counted(
        is_timed and one.days_to_resolve <= settings.insight_resolution_days, is_timed
    )
    return Case(
        one.customer_key if one.is_person else None,
        one.agent_key if one.agent_key != UNKNOWN else None,
        {
            "state": one.state if one.state in STATES else None,
            "channel": one.channel,
            "category": one.category if one.category in CATEGORIES else None,
            "experience": experience if experience in EXPERIENCES else None,
            "month": one.opened_date.strftime("%Y-%m") if has_month else None,
        },
        counts,
        Counted(is_resolved and waited, one.has_status and waited),
    )


def shares(found: list[Case]) -> dict[Name, dict[str, Counted]]:
    """Of every metric, dimension and category the counts of each member."""
    sums: dict[Name, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        for dimension, member in one.members.items():
            for (metric, category), counted in one.counts.items():
                if member is None or (metric == "category_share" and dimension == "category"):
                    continue
                by_wait = metric == "resolution_rate" and dimension == "month"
                sums[metric, dimension, category][member].append(one.followed_up if by_wait else counted)
    return {name: {member: total(parts) for member, parts in members.items()} for name, members in sums.items()}


def steady_agents(world: World) -> dict[str, str]:
    """Experience of agents who have been the same in all snapshots."""
    snapshots = world.dim_agents[~world.dim_agents.is_inferred.astype(bool) & ~world.dim_agents.is_unknown.astype(bool)]
    times = snapshots.groupby("agent_key").size()
    return {
        one.agent_key: one.experience
        for one in snapshots.itertuples()
        if times[one.agent_key] == 1 and one.is_current and one.experience in EXPERIENCES
    }


def rates(world: World, found: list[Case]) -> dict[Name, dict[str, Counted]]:
    """Complaints of the customers of each state, and of the agents of each experience."""
    by_person, by_agent = how_many(found, by_agent=False), how_many(found, by_agent=True)
    homes = dict(zip(world.dim_customers.customer_key, world.dim_customers.state_code, strict=True))
    states: dict[str, list[Counted]] = defaultdict(list)
    for key in world.known_customers.customer_key:
        if homes[key] in STATES:
            states[homes[key]].append(Counted(by_person[key], 1))
    groups: dict[str, list[Counted]] = defaultdict(list)
    for agent, experience in steady_agents(world).items():
        groups[experience].append(Counted(by_agent[agent], 1))
    return {
        ("complaints_per_head", "state", EVERY): {member: total(parts) for member, parts in states.items()},
        ("complaints_per_head", "experience", EVERY): {member: total(parts) for member, parts in groups.items()},
    }


def how_many(found: list[Case], by_agent: bool) -> Counter[str | None]:
    """Complaints of each customer, or of each agent with a known experience on the day."""
    if by_agent:
        return Counter(one.agent for one in found if one.members["experience"])
    return Counter(one.customer for one in found)


def clusters(world: World, found: list[Case], metric: str, category: str, by_agent: bool) -> dict[str, list[Counted]]:
    """What each customer, or each agent of a group, has."""
    people: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    if metric == "complaints_per_head":
        number = how_many(found, by_agent)
        if by_agent:
            people = {(one, group): [Counted(number[one], 1)] for one, group in steady_agents(world).items()}
        else:
            people = {(one, EVERY): [Counted(number[one], 1)] for one in world.known_customers.customer_key}
    else:
        for one in found:
            person = one.agent if by_agent else one.customer
            group = one.members["experience"] if by_agent else EVERY
            if person is not None and group is not None and one.counts[metric, category].trials:
                people[person, group].append(one.counts[metric, category])
    groups: dict[str, list[Counted]] = defaultdict(list)
    for (_, group), parts in people.items():
        groups[group].append(total(parts))
    return groups


def candidates(world: World) -> dict[Name, tuple[dict[str, Candidate], Counted]]:
    """Those that are compared, and all members together, by metric, dimension and category."""
    found, settings = cases(world), world.settings
    compared = {}
    for (metric, dimension, category), members in {**shares(found), **rates(world, found)}.items():
        by_agent = dimension == "experience"
        groups = clusters(world, found, metric, category, by_agent)
        effect = design_effect(groups.values(), metric == "complaints_per_head")
        whole = total(members.values())
        chosen = {
            member: Candidate(counted, effect)
            for member, counted in members.items()
            if effect is not None
            and (not by_agent or has_enough_agents(groups, member, settings))
            and round((least_expected(counted, whole, metric == "complaints_per_head") or 0) / effect, 6)
            >= settings.insight_minimum_expected
        }
        compared[metric, dimension, category] = (chosen, whole)
    return compared


def has_enough_agents(groups: dict[str, list[Counted]], member: str, settings: Settings) -> bool:
    every = sum(map(len, groups.values()))
    is_group = len(groups.get(member, ())) >= settings.insight_minimum_agents_of_group
    return is_group and every >= settings.insight_minimum_agents
