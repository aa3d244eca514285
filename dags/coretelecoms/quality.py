"""What the data looks like once it is all there: limits that were passed fail the run, news is mailed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coretelecoms.failures import LastingFailure
from coretelecoms.fleet import Fleet
from coretelecoms.ledger import due_through
from coretelecoms.warehouse import Value, Warehouse

LISTED = 20
"""Most findings a mail or an error lists; the rest are counted."""

Row = Mapping[str, Value]


@dataclass(frozen=True)
class Finding:
    """A row of quality.checks that is not ok. `message` is one sentence of ours without a value of any record."""

    level: str
    is_new: bool
    message: str


@dataclass(frozen=True)
class Findings:
    """What quality.checks says of the partitions of a day; `judged` rows in all."""

    judged: int
    failures: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def news(self) -> tuple[Finding, ...]:
        """Warnings that the partition before did not have."""
        return tuple(finding for finding in self.warnings if finding.is_new)


def read_findings(warehouse: Warehouse, fleet: Fleet, day: date) -> Findings:
    """Read quality.checks for the partitions that a run of `day` is about: of each source the newest that is due.

    Raises LastingFailure `QualityNotJudged` when the table is empty: that must not pass for good data.
    """
    counted = warehouse.query("count quality checks", "select count(*) as judged from quality.checks")
    judged = int(counted[0]["judged"] or 0)
    if judged == 0:
        raise LastingFailure("QualityNotJudged", "quality.checks is empty: dbt has judged nothing")
    rows = warehouse.query(
        "read quality checks",
        "select level, is_new, message from quality.checks "
        f"where level <> 'ok' and ({_due(fleet, day)}) "
        "order by source, partition_date, partition_hour, check_id, subject",
    )
    found = [Finding(str(row["level"]), row["is_new"] is True, str(row["message"])) for row in rows]
    return Findings(
        judged,
        tuple(finding for finding in found if finding.level == "fail"),
        tuple(finding for finding in found if finding.level == "warn"),
    )


def _due(fleet: Fleet, day: date) -> str:
    """Condition for the newest due day of every source. Source ids come from the fleet."""
    sources: defaultdict[date, list[str]] = defaultdict(list)
    for source in fleet.sources:
        sources[due_through(source, day)].append(f"'{source.id}'")
    return " or ".join(
        f"(partition_date = date '{due}' and source in ({', '.join(ids)}))" for due, ids in sorted(sources.items())
    )


def refuse(findings: Findings) -> None:
    """Raise LastingFailure `QualityFailed`, which names every failure and the new warnings, if there is a failure."""
    if not findings.failures:
        return
    lines = describe(findings.failures)
    if findings.news:
        lines += ["and new warnings:", *describe(findings.news)]
    noun = "check is" if len(findings.failures) == 1 else "checks are"
    raise LastingFailure("QualityFailed", "\n".join([f"{len(findings.failures)} {noun} beyond the limit:", *lines]))


def describe(findings: Sequence[Finding]) -> list[str]:
    """One line a finding, so many at most."""
    lines = [f"  {finding.message}" for finding in findings[:LISTED]]
    return lines if len(findings) <= LISTED else [*lines, f"  and {len(findings) - LISTED} more"]


def counts(findings: Findings) -> dict[str, int]:
    """The task's result."""
    return {"judged": findings.judged, "warnings": len(findings.warnings), "new_warnings": len(findings.news)}


def warning_subject(environment: str, day: date, news: Sequence[Finding]) -> str:
    """`[prod] 2025-11-24 data quality: 3 new warnings`."""
    return f"[{environment}] {day} data quality: {len(news)} new {'warning' if len(news) == 1 else 'warnings'}"


def warning_body(day: date, findings: Findings, run: str, runbook: str) -> str:
    """The e-mail's text: what changed, what it means, what to do. No row, no name, no value of a record."""
    known = len(findings.warnings) - len(findings.news)
    return "\n".join(
        _fields(
            ("What changed", describe(findings.news)),
            ("Besides", [f"{known} warnings that the partitions before had already"] if known else []),
            (
                "What it means",
                ["The marts are built and every record is accounted for. What is named may distort their figures."],
            ),
            ("What to do", [runbook]),
            ("Details", [f"select * from quality.checks where partition_date = '{day}' and level <> 'ok'"]),
            ("Run", [run]),
        )
    )


def _fields(*fields: tuple[str, Iterable[str]]) -> list[str]:
    return [
        f"{name if number == 0 else '':<15}{line.strip()}"
        for name, lines in fields
        for number, line in enumerate(lines)
    ]
