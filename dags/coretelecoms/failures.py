"""How a task fails: by the name of an error that an operator can look up, and whether another try can help."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from airflow.sdk.exceptions import AirflowException, AirflowFailException
from botocore.exceptions import BotoCoreError, ClientError

TERMINAL_ERRORS = frozenset(
    {
        "InvalidRequest",
        "SourceUnreadable",
        "SchemaDrift",
        "TooManyRejects",
        "VolumeOutOfRange",
        "VerificationFailed",
        "WarehouseRejected",
        "ConfigurationError",
    }
)
"""Our functions' own errors that come back the same on every try. Their messages, like those of the retriable ones,
hold no value of a row and may be passed on."""

BROKEN_OFF = frozenset({"Sandbox.Timedout", "Sandbox.Failure", "Runtime.ExitError", "Runtime.Unknown"})
"""What Lambda itself reports where a function was cut short: too slow, out of memory, its machine lost."""

THROTTLED = frozenset({"TooManyRequestsException", "EC2ThrottledException", "ENILimitReachedException"})


class NamedFailure(Exception):
    """A failure with a name for alerts (`SchemaDrift`) and one sentence for the operator.

    `public_message` is None where the text is not ours and might quote data.
    """

    def __init__(self, name: str, public_message: str | None = None):
        super().__init__(f"{name}: {public_message}" if public_message else name)
        self.name = name
        self.public_message = public_message

    retriable = False


class TransientFailure(NamedFailure, AirflowException):
    """Another try may succeed: Airflow retries it with growing delays."""

    retriable = True


class LastingFailure(NamedFailure, AirflowFailException):
    """Another try would fail the same way: Airflow fails the task at once."""


def function_failure(payload: Any, retriable_errors: Collection[str]) -> NamedFailure:
    """Failure for the payload of a reply with FunctionError: `{"errorType", "errorMessage", "trace"}`.

    Retriable are the names the fleet lists and functions that were broken off. Any other name is a bug or a
    misfit that would come back. Messages of errors that are not ours are left out.
    """
    reply = payload if isinstance(payload, dict) else {}
    name, message = reply.get("errorType"), reply.get("errorMessage")
    if not isinstance(name, str) or not name:
        name = "Sandbox.Timedout" if "Task timed out after" in str(message) else "UnknownFunctionError"
    ours = name in retriable_errors or name in TERMINAL_ERRORS
    kind = TransientFailure if name in retriable_errors or name in BROKEN_OFF else LastingFailure
    return kind(name, str(message) if ours and message else None)


def call_failure(error: ClientError | BotoCoreError) -> NamedFailure:
    """Failure for a call that AWS refused or that broke off on the way.

    Refused for good: the function is unknown, the role may not call it, the request is malformed. Throttled,
    5xx and everything between us and the service may pass.
    """
    if not isinstance(error, ClientError):
        return TransientFailure(type(error).__name__)
    code = error.response.get("Error", {}).get("Code") or "UnknownCallError"
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    passing = code in THROTTLED or status == 429 or status >= 500
    return (TransientFailure if passing else LastingFailure)(code)
