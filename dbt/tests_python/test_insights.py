"""Insights on a few generated worlds; `-m heavy` and docs/data/insights-report.md count hundreds of them."""

from __future__ import annotations

import pytest
from insights.compiled import Compiled, compile_insights
from insights.scenarios import SCENARIOS
from insights.simulate import run, runs
from insights.worlds import World

FLAT_SEEDS = 200
MOST_WRONG = 5
PLANTED_SEEDS = 20


@pytest.fixture(scope="module")
def compiled(project, tmp_path_factory) -> Compiled:
    return compile_insights(project, tmp_path_factory.mktemp("insights"))


@pytest.mark.parametrize("seed", [1, 2])
def test_flat_data_says_that_no_difference_was_found(compiled, seed):
    result = run(compiled, World(seed))
    assert (result.findings, result.rows) == ([], 1)
    assert result.comparisons > 400


@pytest.mark.parametrize("scenario", [SCENARIOS[0], SCENARIOS[-1]], ids=lambda scenario: scenario.name)
def test_what_is_planted_is_found_and_nothing_else(compiled, scenario):
    findings = run(compiled, World(1001, effects=(scenario.effect,))).findings
    assert scenario.finds(findings)
    assert scenario.false_ones(findings) == []
    assert all(one.lower <= one.difference <= one.upper and one.lower * one.upper > 0 for one in findings)


def test_very_little_data_is_not_compared(compiled):
    result = run(compiled, World(1, scale=0.0005))
    assert (result.findings, result.rows) == ([], 1)
    assert result.comparisons < 50


@pytest.mark.heavy
def test_of_two_hundred_flat_worlds_hardly_any_prints_an_insight(compiled):
    worlds = [World(seed) for seed in range(1, FLAT_SEEDS + 1)]
    wrong = [result for result in runs(compiled, worlds, workers=2) if result.findings]
    assert len(wrong) <= MOST_WRONG, [one.sentence for result in wrong for one in result.findings]


@pytest.mark.heavy
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_planted_effects_are_found_and_hardly_anything_else(compiled, scenario):
    worlds = [World(seed, effects=(scenario.effect,)) for seed in range(1001, 1001 + PLANTED_SEEDS)]
    found = [result.findings for result in runs(compiled, worlds, workers=2)]
    assert sum(scenario.finds(findings) for findings in found) >= 0.95 * PLANTED_SEEDS
    assert sum(bool(scenario.false_ones(findings)) for findings in found) <= 2
