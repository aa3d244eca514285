"""The report in words."""

from __future__ import annotations


def write_report(runs):
    raise NotImplementedError
