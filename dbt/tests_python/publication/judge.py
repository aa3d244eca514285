"""What is wrong with a release, in words; nothing if nobody can be found in it."""

from __future__ import annotations

from collections import Counter

import numpy as np

from publication.attack import Attack
from publication.engine import TWO_WAY, Release
from publication.populations import Population

ENOUGH = 10
EXACT = 1e-6


def problems(population: Population, release: Release, *, sample: int = 12) -> list[str]:
    """Bounds are computed for at most `sample` hidden numbers, spread over all of them."""
    attack = Attack(population, release)
    return [
        f"{population.name}: {problem}"
        for problem in [
            *wrong_numbers(attack),
            *few_customers(attack),
            *narrow_bounds(attack, sample),
            *few_customers_by_subtraction(attack),
            *rates_that_tell(attack),
        ]
    ]


def wrong_numbers(attack: Attack) -> list[str]:
    return [
        f"{cell} is shown as {number}, not {true}"
        for cell, number in attack.numbers.items()
        if number is not None and (true := int((attack.rows_of(*cell) @ attack.truth)[0])) != number
    ]


def few_customers(attack: Attack) -> list[str]:
    return [
        f"{cell} is shown and has {customers} customers"
        for cell, number in attack.numbers.items()
        if number is not None and (customers := attack.customers([cell])) < ENOUGH
    ]


def narrow_bounds(attack: Attack, sample: int) -> list[str]:
    """Every hidden number must remain open by ten, and the audit must not promise more than that is true."""
    found = []
    step = max(1, len(attack.hidden) // sample)
    for cell in attack.hidden[::step]:
        low, high = attack.bounds(cell)
        true = (attack.rows_of(*cell) @ attack.truth)[0]
        if high - low < ENOUGH - EXACT:
            found.append(f"{cell} is between {low:g} and {high:g}")
        if not low - EXACT <= true <= high + EXACT:
            found.append(f"{cell} is {true:g}, out of its bounds: the attack is wrong")
        if cell not in attack.release.audit:
            # with everything hidden there is nothing to audit
            if attack.release.totals.get(("all", "(all)")) is not None:
                found.append(f"{cell} is not audited")
            continue
        audited_low, audited_high = attack.release.audit[cell]
        if audited_low < low - EXACT or audited_high > high + EXACT or audited_high - audited_low < ENOUGH:
            found.append(f"{cell}: audited {audited_low} to {audited_high}, found {low:g} to {high:g}")
    return found


def few_customers_by_subtraction(attack: Attack) -> list[str]:
    return [
        f"the sum of {cells} is told and has {customers} customers"
        for cells in attack.told_sums()
        if (customers := attack.customers(cells)) < ENOUGH
    ]


def rates_that_tell(attack: Attack) -> list[str]:
    """Complaints by rate are customers: those of each state shown, and of all others together."""
    population, release = attack.population, attack.release
    signed_up = Counter(
        state or "(none)" for customer, state in population.states.items() if customer not in population.inferred
    )
    signed_up.update(population.quiet)
    found, rest = [], sum(signed_up.values())
    for state, rate in release.rates.items():
        if state == "(all)" or rate is None:
            continue
        complaints = release.totals[("state_code", state)]
        if complaints is None or not np.isclose(rate * signed_up[state], complaints * 10_000):
            found.append(f"the rate of {state} is {rate}")
        if signed_up[state] < ENOUGH:
            found.append(f"the rate of {state} shows {signed_up[state]} customers")
        rest -= signed_up[state]
    if release.rates.get("(all)") is not None and 0 < rest < ENOUGH:
        found.append(f"the rates show {rest} customers of other states")
    return found


def is_empty(release: Release) -> bool:
    return not any(number is not None for cells in release.tables.values() for number in cells.values())


def shown_share(release: Release) -> float:
    numbers = [number for name in TWO_WAY for number in release.tables[name].values()]
    return sum(number is not None for number in numbers) / max(1, len(numbers))
