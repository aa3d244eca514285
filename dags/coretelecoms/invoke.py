"""Operators that call the platform's Lambda functions for one partition."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from airflow.providers.amazon.aws.hooks.lambda_function import LambdaHook
from airflow.sdk import BaseOperator, Context
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from coretelecoms.failures import LastingFailure, call_failure, function_failure
from coretelecoms.fleet import load_fleet
from coretelecoms.plan import Request, label
from coretelecoms.settings import Settings

LONGEST_CALL_S = 300
"""Longest time a synchronous call may take; NAT gateways drop silent connections after 350 s."""


def read_timeout_s() -> int:
    """Seconds to wait for a reply: longer than any function may run, so that it is never asked twice."""
    return max(load_fleet().longest_timeout_s, LONGEST_CALL_S) + 20


def deployed_name(function: str) -> str:
    """What a function is called where this runs: `coretelecoms-prod-call-logs`, on a laptop `call-logs`."""
    return f"{Settings.from_environment().function_prefix}{function}"


@cache
def connect() -> Any:
    """Lambda client with the worker's own credentials that sends each call once and waits for its reply.

    One a process: a worker has a process for each task, a local run one for all, where making it costs more
    than the call.
    """
    return LambdaHook(
        aws_conn_id=None,
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=read_timeout_s()),
    ).conn


class InvokeForPartition(BaseOperator):
    """Call a function synchronously for one partition; the XCom is its result: accounts and names, no data.

    One call a try: botocore would silently repeat one whose reply is late. A reply with an error fails the task
    under the function's own error name, for good or for another try (`coretelecoms.failures`).
    """

    template_fields: Sequence[str] = ("request",)
    template_fields_renderers = {"request": "json"}  # noqa: RUF012 (Airflow's own declaration)

    def __init__(self, *, request: Request, **kwargs: Any):
        kwargs.setdefault("map_index_template", "{{ task.label }}")
        super().__init__(**kwargs)
        self.request = request

    @property
    def label(self) -> str:
        """`call_logs 2025-11-20`: the name of the mapped task in the UI."""
        return label(self.request)

    def target(self) -> tuple[str, dict[str, Any]]:
        """Function to call and event to send."""
        raise NotImplementedError

    def execute(self, context: Context) -> dict[str, Any]:
        """Call the function; its result, or TransientFailure / LastingFailure."""
        name, event = self.target()
        function = deployed_name(name)
        self.log.info("Calling %s with %s", function, event)
        try:
            reply = connect().invoke(FunctionName=function, Payload=json.dumps(event).encode())
            text = reply["Payload"].read()
        except (ClientError, BotoCoreError) as error:
            raise call_failure(error) from None
        payload = _json(text)
        if "FunctionError" in reply:
            raise function_failure(payload, load_fleet().retriable_errors)
        if not isinstance(payload, dict):
            raise LastingFailure("UnreadableReply", f"{function} did not answer with a JSON object")
        self.log.info("%s answered %s", function, payload)
        return payload


class IngestPartition(InvokeForPartition):
    """Land one partition of a source in the lake, through the source's own function."""

    def target(self) -> tuple[str, dict[str, Any]]:
        """The source's function; the event names the partition and the options of the run."""
        return self.request["function"], {**_partition(self.request), **self.request["options"]}


class LoadPartition(InvokeForPartition):
    """Load the committed state of one partition into the warehouse.

    Also where this run's ingest failed: what an earlier run committed may not have been loaded yet. A partition
    that was never committed is answered with outcome `missing`, which is no failure of the load.
    """

    def target(self) -> tuple[str, dict[str, Any]]:
        """The loader; the event names source and partition."""
        return load_fleet().load_function, {"source": self.request["source"], **_partition(self.request)}


def _partition(request: Request) -> dict[str, Any]:
    event: dict[str, Any] = {"partition_date": request["partition_date"]}
    if request["partition_hour"] is not None:
        event["partition_hour"] = request["partition_hour"]
    return event


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
