"""Become `airflow standalone`: the real scheduler and UI over the same DAGs; what `npm run airflow` starts.

    AIRFLOW_HOME=.local/airflow python serve.py        with the environment of dags/README.md

Prepares the database and its pool, and holds the same lock as run_dags.py while it runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from laptop import settings


def main() -> None:
    """Prepare, then replace this process."""
    home = settings.apply()
    sys.path.insert(0, str(settings.DAGS))
    from laptop import database

    try:
        database.lock(home)
    except database.InUse as error:
        sys.exit(str(error))
    database.prepare(home)
    airflow = Path(sys.executable).parent / "airflow"
    os.environ["PATH"] = f"{airflow.parent}{os.pathsep}{os.environ['PATH']}"
    os.execv(airflow, [str(airflow), "standalone"])


if __name__ == "__main__":
    main()
