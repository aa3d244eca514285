"""The report in words and tables."""

from __future__ import annotations

import math
from statistics import NormalDist

from insights.scenarios import SCENARIOS, Scenario
from insights.simulate import Run
from insights.worlds import REPOSITORY

REPORT = REPOSITORY / "docs/data/insights-report.md"


def write_report(runs: list[Run]) -> None:
    flat = [run for run in runs if not run.world.effects]
    planted = {one: [run for run in runs if run.world.effects == (one.effect,)] for one in SCENARIOS}
    REPORT.write_text("\n\n".join([*_head(runs), *_of_flat(flat), *_of_planted(planted)]) + "\n")


def _head(runs: list[Run]) -> list[str]:
    complaints = sorted(run.complaints for run in runs)
    comparisons = sorted(run.comparisons for run in runs)
    return [
        "# How often insights are wrong, and how often they find what is there",
        "Written by `python -m insights.report --results FILE` in `dbt/tests_python`. How `marts.insights` decides:"
        " [ADR 38](../adr/0038-insights-with-one-error-level.md). What is planted, and how:"
        " [the generator](../../local/generator/README.md).",
        f"Every run is a world of its own: sources by the real generator (scale {runs[0].world.scale:g}, four days, no"
        f" defects; {complaints[0]:,} to {complaints[-1]:,} complaints), loaded into raw tables, and marts.insights"
        f" with all it is made of built by the project's compiled SQL. Each run made {comparisons[0]} to"
        f" {comparisons[-1]} comparisons at a family-wise error level of 0.01.",
    ]


def _of_flat(runs: list[Run]) -> list[str]:
    wrong = [run for run in runs if run.findings]
    low, high = wilson(len(wrong), len(runs))
    lines = [
        "## Flat data",
        f"{len(runs)} seeds, no effect planted. **{len(wrong)} of them printed a finding**"
        f" ({100 * len(wrong) / len(runs):.1f} %; 95 % interval {100 * low:.1f} to {100 * high:.1f} %); the level"
        f" allows 1 %, {len(runs) // 100} runs, and at most 5 were to be accepted. The others printed the one row that"
        " says so.",
    ]
    return lines + ["\n".join(f"- {one.sentence}" for run in wrong for one in run.findings)] * bool(wrong)


def _of_planted(planted: dict[Scenario, list[Run]]) -> list[str]:
    rows = [_row(scenario, runs) for scenario, runs in planted.items()]
    false = [
        f"- {scenario.name}, seed {run.world.seed}: {one.sentence}"
        for scenario, runs in planted.items()
        for run in runs
        for one in scenario.false_ones(run.findings)
    ]
    total = sum(len(runs) for runs in planted.values())
    beside = sum(bool(scenario.false_ones(run.findings)) for scenario, runs in planted.items() for run in runs)
    return [
        "## Planted effects",
        "Found means: the planted difference itself, of the right member and in the right direction. False beside it"
        " means: a run printed anything that is neither planted nor follows from it (a spike of calls about Payments"
        " raises the share of Payments among calls, too). Sizes are about the smallest that such small data can show:"
        " real days are a hundred times as large, and what can be found there is a tenth of it. Of a finding's interval"
        " it is counted how often the planted difference lies within.",
        "\n".join(
            [
                "| planted | of which size | runs | found | 95 % interval | planted difference | mean found"
                " | in its interval | false beside it |",
                "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
                *rows,
            ]
        ),
        f"Of all {total} runs with a planted effect {beside} printed something false beside it"
        f" ({100 * beside / total:.1f} %; the level allows 1 %).",
        *(["\n".join(false)] if false else []),
        "An example of each:",
        "\n".join(
            f"- {found[0].sentence}"
            for scenario, runs in planted.items()
            if (found := [one for one in (scenario.found(run.findings) for run in runs) if one is not None])
        ),
    ]


def _row(scenario: Scenario, runs: list[Run]) -> str:
    found = [one for one in (scenario.found(run.findings) for run in runs) if one is not None]
    low, high = wilson(len(found), len(runs))
    unit = "%" if scenario.planted[0].metric == "complaint_rate" else "points"
    mean = f"{100 * sum(abs(one.difference) for one in found) / len(found):.1f} {unit}" if found else "none"
    truth = "no single one" if scenario.truth is None else f"{100 * scenario.truth:.1f} {unit}"
    held = "" if scenario.truth is None else f"{sum(map(scenario.holds_truth, found))} of {len(found)}"
    false = sum(bool(scenario.false_ones(run.findings)) for run in runs)
    return (
        f"| {scenario.name} | {scenario.size} | {len(runs)} | {len(found)} ({100 * len(found) / len(runs):.0f} %)"
        f" | {100 * low:.0f} to {100 * high:.0f} % | {truth} | {mean} | {held} | {false} |"
    )


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Wilson's interval of a share, of 95 %."""
    z = NormalDist().inv_cdf(0.975)
    share, weight = successes / trials, z * z / trials
    centre, reach = share + weight / 2, z * math.sqrt(share * (1 - share) / trials + weight / trials / 4)
    return max(0.0, (centre - reach) / (1 + weight)), min(1.0, (centre + reach) / (1 + weight))
