"""Where the DAGs run, from environment variables. Product code has no local mode: only these differ."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

REQUIRED = (
    "PLATFORM_ENVIRONMENT",
    "ALERT_TOPIC_ARN",
    "WAREHOUSE_WORKGROUP",
    "WAREHOUSE_DATABASE",
    "DBT_PROJECT_DIR",
    "DBT_TARGET",
)
"""Variables without a sensible default: a DAG file that lacks one fails to import, naming all that are missing."""

PREFIX = "FUNCTION_PREFIX"
"""Must be set too, but may be empty: on a laptop functions are called like their folders."""

WAREHOUSE_POOL = "warehouse"
"""One slot: whatever writes the warehouse (calendar, loads, dbt, reconcile) in any DAG goes one at a time."""


class ConfigurationError(Exception):
    """The environment lacks settings or holds impossible ones; the message names every one of them."""


@dataclass(frozen=True)
class Settings:
    """Settings of the DAGs; see dags/README.md for each variable."""

    environment: str
    alert_topic_arn: str
    warehouse_workgroup: str
    warehouse_database: str
    dbt_project_dir: str
    dbt_target: str
    function_prefix: str
    dbt_executable: str = "dbt"
    runbook_base_url: str = ""
    retries: int = 4
    retry_delay: timedelta = field(default=timedelta(minutes=2))
    daily_start_delay: timedelta = field(default=timedelta(hours=2))
    hourly_start_delay: timedelta = field(default=timedelta(minutes=10))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; raises ConfigurationError that names every missing or impossible variable."""
        problems = [f"{name} is not set" for name in REQUIRED if not environment.get(name)]
        if PREFIX not in environment:
            problems.append(f"{PREFIX} is not set (it may be empty)")

        def number(name: str, default: int) -> int:
            text = environment.get(name, "") or str(default)
            if text.isdecimal():
                return int(text)
            problems.append(f"{name} is {text!r}, expected a whole number of 0 or more")
            return default

        settings = cls(
            environment=environment.get("PLATFORM_ENVIRONMENT", ""),
            alert_topic_arn=environment.get("ALERT_TOPIC_ARN", ""),
            warehouse_workgroup=environment.get("WAREHOUSE_WORKGROUP", ""),
            warehouse_database=environment.get("WAREHOUSE_DATABASE", ""),
            dbt_project_dir=environment.get("DBT_PROJECT_DIR", ""),
            dbt_target=environment.get("DBT_TARGET", ""),
            function_prefix=environment.get(PREFIX, ""),
            dbt_executable=environment.get("DBT_EXECUTABLE", "") or "dbt",
            runbook_base_url=environment.get("RUNBOOK_BASE_URL", ""),
            retries=number("PLATFORM_TASK_RETRIES", 4),
            retry_delay=timedelta(seconds=number("PLATFORM_RETRY_DELAY_S", 120)),
            daily_start_delay=timedelta(minutes=number("PLATFORM_DAILY_START_DELAY_MIN", 120)),
            hourly_start_delay=timedelta(minutes=number("PLATFORM_HOURLY_START_DELAY_MIN", 10)),
        )
        if problems:
            raise ConfigurationError("; ".join(problems))
        return settings
