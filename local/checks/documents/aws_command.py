"""Runs the AWS CLI's own parser and validation of parameters up to the point where it would send something."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile

from awscli.clidriver import create_clidriver
from botocore.endpoint import Endpoint  # the CLI's own copy, there once the CLI is imported

ONLY_IN_VERSION_2 = {"--cli-binary-format": 2, "--no-cli-pager": 1}
"""Global flags of version 2, with the words they take; the parser here is version 1, the one on PyPI."""

NOTHING_IS_SENT = {
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "eu-north-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


class WouldSendError(Exception):
    """The command is complete: the next step would be a request."""


def aws_problem(arguments: list[str]) -> str | None:
    """What the AWS CLI says against a command, its last lines; None when it would have sent it."""
    sent: list[bool] = []

    def stop(*_: object, **__: object) -> None:
        sent.append(True)
        raise WouldSendError

    original, Endpoint.make_request = Endpoint.make_request, stop
    printed = io.StringIO()
    os.environ.update(NOTHING_IS_SENT)
    try:
        with (
            tempfile.TemporaryDirectory() as elsewhere,
            contextlib.chdir(elsewhere),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            contextlib.suppress(SystemExit),
        ):
            create_clidriver().main(_as_version_1(arguments))
    finally:
        Endpoint.make_request = original
    if sent:
        return None
    lines = [line for line in printed.getvalue().splitlines() if line.strip()]
    said = " ".join(line.strip() for line in lines[-2:]) or "is not a command"
    return f"aws {' '.join(arguments[:2])}: {said}"


def _as_version_1(arguments: list[str]) -> list[str]:
    kept = list(arguments)
    for flag, words in ONLY_IN_VERSION_2.items():
        if flag in kept:
            at = kept.index(flag)
            del kept[at : at + words]
    return ["what a file holds" if word.startswith(("file://", "fileb://")) else word for word in kept]
