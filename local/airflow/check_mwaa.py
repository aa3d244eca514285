"""Whether the DAGs parse as on Amazon MWAA: its Python, its pins, its settings; fails naming what does not hold."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = REPOSITORY / "deploy" / "mwaa" / "requirements.txt"
PYTHON = (3, 12)
AIRFLOW = "3.3.1"

SETTINGS = {
    "PLATFORM_ENVIRONMENT": "dev",
    "ALERT_TOPIC_ARN": "arn:aws:sns:eu-north-1:000000000000:coretelecoms-dev-alerts",
    "WAREHOUSE_WORKGROUP": "coretelecoms-dev",
    "WAREHOUSE_DATABASE": "coretelecoms",
    "FUNCTION_PREFIX": "coretelecoms-dev-",
    "DBT_EXECUTABLE": "/usr/local/airflow/coretelecoms/bin/dbt",
    "DBT_PROJECT_DIR": "/usr/local/airflow/coretelecoms/dbt",
    "DBT_TARGET": "redshift",
}
"""What deploy/mwaa/startup.sh and Terraform's environment.sh export."""


def differing_pins() -> list[str]:
    """Packages that are installed in another version than MWAA's requirements.txt names."""
    pins = re.findall(r"^([\w.-]+)==(\S+)$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [("apache-airflow", AIRFLOW), *pins]
    return [f"{name} is {version(name)}, MWAA has {pin}" for name, pin in wanted if version(name) != pin]


def import_errors() -> list[str]:
    """Errors of the DAG files, and DAGs that should be there and are not."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(SETTINGS, AIRFLOW_HOME=home, AIRFLOW__CORE__LOAD_EXAMPLES="False")
        from airflow.dag_processing.dagbag import DagBag

        bag = DagBag(REPOSITORY / "dags")
        files = {path.stem for path in (REPOSITORY / "dags").glob("*.py")}
        missing = [f"{name}.py holds no DAG of that name" for name in sorted(files - set(bag.dags))]
        return [f"{file}: {error}" for file, error in bag.import_errors.items()] + missing


def main() -> int:
    problems = [] if sys.version_info[:2] == PYTHON else [f"Python is {sys.version.split()[0]}, MWAA has 3.12"]
    problems += differing_pins() + import_errors()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY / "dags"))
    sys.exit(main())
