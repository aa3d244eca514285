"""The warehouse, through the Redshift Data API: statements in one transaction, and small results.

Error texts of Redshift quote rows, so none is passed on: a failure says which statement id to look up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from airflow.providers.amazon.aws.hooks.redshift_data import RedshiftDataHook
from botocore.exceptions import BotoCoreError, ClientError

from coretelecoms.failures import LastingFailure, TransientFailure, call_failure

Value = str | int | float | bool | None


class Warehouse:
    """Statements on one Serverless workgroup and database, each waited for until `timeout_s`."""

    def __init__(
        self,
        client: Any,
        workgroup: str,
        database: str,
        *,
        timeout_s: float = 300,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._client = client
        self._target = {"WorkgroupName": workgroup, "Database": database}
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._clock = clock

    def execute(self, name: str, statements: Sequence[str]) -> None:
        """Run the statements as one transaction; `name` shows in the warehouse's query log."""
        try:
            started = self._client.batch_execute_statement(Sqls=list(statements), StatementName=name, **self._target)
            self._wait(started["Id"], name)
        except (ClientError, BotoCoreError) as error:
            raise call_failure(error) from None

    def query(self, name: str, sql: str) -> list[dict[str, Value]]:
        """Rows of a select, as objects by column name."""
        try:
            started = self._client.execute_statement(Sql=sql, StatementName=name, **self._target)
            self._wait(started["Id"], name)
            return self._rows(started["Id"])
        except (ClientError, BotoCoreError) as error:
            raise call_failure(error) from None

    def _wait(self, statement_id: str, name: str) -> None:
        deadline, pause = self._clock() + self._timeout_s, 0.02
        while (status := self._client.describe_statement(Id=statement_id)["Status"]) != "FINISHED":
            if status == "ABORTED":
                raise TransientFailure("WarehouseBusy", f"{name}: statement {statement_id} was aborted")
            if status == "FAILED":
                raise LastingFailure("WarehouseRejected", f"{name}: look up statement {statement_id}")
            if self._clock() > deadline:
                self._client.cancel_statement(Id=statement_id)
                raise TransientFailure("WarehouseBusy", f"{name}: no end after {self._timeout_s:.0f} s")
            self._sleep(pause)
            pause = min(pause * 1.6, 5.0)

    def _rows(self, statement_id: str) -> list[dict[str, Value]]:
        rows: list[dict[str, Value]] = []
        token: dict[str, str] = {}
        while True:
            page = self._client.get_statement_result(Id=statement_id, **token)
            names = [column["name"] for column in page["ColumnMetadata"]]
            rows += [dict(zip(names, map(_value, record), strict=True)) for record in page["Records"]]
            if not page.get("NextToken"):
                return rows
            token = {"NextToken": page["NextToken"]}


@cache
def connect(workgroup: str, database: str) -> Warehouse:
    """The warehouse of this deployment, with the worker's own credentials; one client a process."""
    return Warehouse(RedshiftDataHook(aws_conn_id=None).conn, workgroup, database)


def _value(field: dict[str, Any]) -> Value:
    if field.get("isNull"):
        return None
    return next(iter(field.values()))
