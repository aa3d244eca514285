"""How Airflow is set up on a laptop. Must be applied before Airflow is imported."""

from __future__ import annotations

import os
from pathlib import Path

DAGS = Path(__file__).resolve().parents[3] / "dags"

LAPTOP = {
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
}
"""What differs from Airflow's defaults; the DAGs' own settings come from the environment (dags/README.md)."""

DIRECT = "127.0.0.1,localhost"


def apply() -> Path:
    """Put the settings into the environment; returns AIRFLOW_HOME, which must be set."""
    os.environ.update(LAPTOP)
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), DIRECT]))
    return Path(os.environ["AIRFLOW_HOME"]).resolve()
