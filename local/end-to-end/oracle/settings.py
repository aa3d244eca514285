"""dbt's variables that figures depend on, by their names, with the values of dbt_project.yml."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Settings:
    source_time_zone: str = "UTC"
    insight_error_level: float = 0.01
    insight_minimum_expected: int = 50
    insight_minimum_agents_of_group: int = 5
    insight_minimum_agents: int = 50
    insight_resolution_days: int = 14
    insight_follow_up_days: int = 60
    reporting_horizon_days: int = 365
    resolution_settling_days: int = 60
    at_risk_score: int = 5

    def to_utc(self, local: dt.datetime | None) -> dt.datetime | None:
        """A source's time, which carries no zone, as UTC without zone; in standard time where clocks change."""
        zone = ZoneInfo(self.source_time_zone)
        return local and max(
            local.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None) for fold in (0, 1)
        )

    def local(self, moment: dt.datetime | None) -> dt.datetime | None:
        """A time in UTC as clocks of the declared zone show it."""
        zone = ZoneInfo(self.source_time_zone)
        return moment and moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)

    def local_day(self, moment: dt.datetime | None) -> dt.date | None:
        return moment and self.local(moment).date()


def with_variables(given: dict[str, object]) -> Settings:
    """As dbt's --vars; what is not given is as declared."""
    return dataclasses.replace(Settings(), **given)
