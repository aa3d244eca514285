"""Which failures are worth another try, and what may be told of them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from coretelecoms.dbt import build_failure
from coretelecoms.failures import TERMINAL_ERRORS, call_failure, function_failure
from coretelecoms.fleet import load_fleet

RETRIABLE = load_fleet().retriable_errors


@pytest.mark.parametrize("name", sorted(RETRIABLE))
def test_the_fleets_retriable_errors_are_tried_again(name: str) -> None:
    failure = function_failure({"errorType": name, "errorMessage": "a sentence"}, RETRIABLE)
    assert (failure.retriable, failure.name, failure.public_message) == (True, name, "a sentence")


@pytest.mark.parametrize("name", sorted(TERMINAL_ERRORS))
def test_our_terminal_errors_are_final_and_explain_themselves(name: str) -> None:
    failure = function_failure({"errorType": name, "errorMessage": "a sentence"}, RETRIABLE)
    assert (failure.retriable, failure.public_message) == (False, "a sentence")


def test_no_error_is_both() -> None:
    assert not RETRIABLE & TERMINAL_ERRORS


@given(st.none() | st.text() | st.integers() | st.dictionaries(st.text(), st.text()))
def test_whatever_a_function_answers_is_a_failure_with_a_name(payload: Any) -> None:
    failure = function_failure(payload, RETRIABLE)
    assert failure.name
    assert failure.public_message is None


def client_error(code: str, status: int) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "Invoke")


@pytest.mark.parametrize(
    ("error", "retriable"),
    [
        (client_error("TooManyRequestsException", 429), True),
        (client_error("ServiceException", 500), True),
        (client_error("EC2ThrottledException", 502), True),
        (client_error("ResourceNotFoundException", 404), False),
        (client_error("AccessDeniedException", 403), False),
        (client_error("RequestTooLargeException", 413), False),
        (ReadTimeoutError(endpoint_url="x"), True),
        (ConnectTimeoutError(endpoint_url="x"), True),
        (EndpointConnectionError(endpoint_url="x"), True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_calls_that_break_off_are_tried_again_and_calls_that_are_refused_are_not(error: Any, retriable: bool) -> None:
    failure = call_failure(error)
    assert failure.retriable is retriable
    assert failure.public_message is None


def test_dbt_failures_name_nodes_and_tell_wrong_data_from_a_broken_model() -> None:
    failed = build_failure({"test.p.unique_a.1": "fail", "model.p.b": "error"})
    assert (failed.name, failed.retriable) == ("DbtTestsFailed", False)
    assert "unique_a" in str(failed.public_message)
    broken = build_failure({f"model.p.m{number}": "error" for number in range(7)} | {"model.p.x": "skipped"})
    assert (broken.name, broken.retriable) == ("DbtBuildFailed", True)
    assert str(broken.public_message) == "m0, m1, m2, m3, m4 and 2 more"
    assert build_failure({}).name == "DbtNotRun"
