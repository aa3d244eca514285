"""Builds the project with the real dbt-redshift in a shadow warehouse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redshift.access import AccessModel
from redshift.connection import Shadow

GOLDEN = Path(__file__).parent / "golden"
HOST = "coretelecoms-test.000000000000.eu-north-1.redshift-serverless.amazonaws.com"
DATABASE = "coretelecoms"
# one thread: what is sent is then always sent in the same order
SETTINGS = {"DBT_REDSHIFT_HOST": HOST, "DBT_REDSHIFT_DATABASE": DATABASE, "DBT_THREADS": "1"}


def migrated_access() -> AccessModel:
    """Access as migrate-warehouse leaves it, by the statements that it really sends."""
    access = AccessModel()
    access.run((GOLDEN / "platform.sql").read_text())
    return access


@contextmanager
def redshift_target(shadow: Shadow) -> Iterator[Shadow]:
    """While this lasts, dbt's target `redshift` is the shadow warehouse."""
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    try:
        with shadow:
            yield shadow
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
