"""The report in words and tables."""

from __future__ import annotations

import math
from statistics import NormalDist

from insights.scenarios import LARGER_SCALE, LARGER_SCENARIOS, SCENARIOS, Scenario
from insights.simulate import Run
from insights.worlds import REPOSITORY

REPORT = REPOSITORY / "docs/data/insights-report.md"


def write_report(runs: list[Run]) -> None:
    usual = [run for run in runs if run.world.scale != LARGER_SCALE]
    larger = [run for run in runs if run.world.scale == LARGER_SCALE]
    parts = [*HEAD, _worlds(usual), "## Flat data", *_of_flat(usual), "## Planted effects", PLANTED]
    parts += [*_of_planted(usual, SCENARIOS), "An example of each:", _examples(usual)]
    parts += ["## Ten times as much data", _worlds(larger), *_of_flat(larger), *_of_planted(larger, LARGER_SCENARIOS)]
    REPORT.write_text("\n\n".join(parts) + "\n")


HEAD = (
    "# How often insights are wrong, and how often they find what is there",
    "Written by `python -m insights.report --results FILE` in `dbt/tests_python`. How `marts.insights` decides:"
    " [ADR 38](../adr/0038-insights-with-one-error-level.md). What is planted, and how:"
    " [the generator](../../local/generator/README.md).",
    "Every run is a world of its own: sources by the real generator, without defects, loaded into raw tables, and"
    " marts.insights with all it is made of built by the project's compiled SQL.",
)
PLANTED = (
    "Found means: the planted difference itself, of the right member and in the right direction. False beside it"
    " means: a run printed anything that is neither planted nor follows from it (a spike of calls about Payments"
    " raises the share of Payments among calls, too). Sizes are about the smallest that so little data can show: a"
    " hundred times as much, as real days bring, shows a tenth of them. Of a finding's interval it is counted how"
    " often the planted difference lies within."
)


def _worlds(runs: list[Run]) -> str:
    complaints = _span([run.complaints for run in runs])
    comparisons = _span([run.comparisons for run in runs])
    return (
        f"Scale {runs[0].world.scale:g}, four days: {complaints} complaints and {comparisons} comparisons a run, at a"
        " family-wise error level of 0.01."
    )


def _span(values: list[int]) -> str:
    least, most = min(values), max(values)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _of_flat(runs: list[Run]) -> list[str]:
    flat = [run for run in runs if not run.world.effects]
    wrong = [run for run in flat if run.findings]
    low, high = wilson(len(wrong), len(flat))
    said = (
        f"{len(flat)} seeds, no effect planted. **{len(wrong)} of them printed a finding**"
        f" ({100 * len(wrong) / len(flat):.1f} %; 95 % interval {100 * low:.1f} to {100 * high:.1f} %); the level"
        " allows 1 %. The others printed the one row that says so."
    )
    return [said, *(["\n".join(f"- {one.sentence}" for run in wrong for one in run.findings)] if wrong else [])]


def _of_planted(runs: list[Run], scenarios: tuple[Scenario, ...]) -> list[str]:
    planted = {one: [run for run in runs if run.world.effects == (one.effect,)] for one in scenarios}
    false = [
        f"- {scenario.name}, seed {run.world.seed}: {one.sentence}"
        for scenario, group in planted.items()
        for run in group
        for one in scenario.false_ones(run.findings)
    ]
    total = sum(len(group) for group in planted.values())
    beside = sum(bool(scenario.false_ones(run.findings)) for scenario, group in planted.items() for run in group)
    heads = "planted | of which size | runs | found | 95 % interval | planted difference | mean found | in its interval"
    table = [f"| {heads} | false beside it |", "| --- " * 9 + "|"]
    said = (
        f"Of all {total} runs with a planted effect {beside} printed something false beside it"
        f" ({100 * beside / total:.1f} %; the level allows 1 %)."
    )
    rows = [_row(scenario, group) for scenario, group in planted.items()]
    return ["\n".join(table + rows), said, *(["\n".join(false)] if false else [])]


def _examples(runs: list[Run]) -> str:
    lines = []
    for scenario in SCENARIOS:
        found = [scenario.found(run.findings) for run in runs if run.world.effects == (scenario.effect,)]
        lines += [f"- {one.sentence}" for one in found if one is not None][:1]
    return "\n".join(lines)


def _row(scenario: Scenario, runs: list[Run]) -> str:
    found = [one for one in (scenario.found(run.findings) for run in runs) if one is not None]
    low, high = wilson(len(found), len(runs))
    unit = "%" if scenario.planted[0].metric == "complaints_per_head" else "points"
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
