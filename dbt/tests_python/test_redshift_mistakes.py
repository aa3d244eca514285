"""The guard and the stand-in for Redshift can fail: every planted mistake is caught, and nothing right is."""

from __future__ import annotations

import pytest
from redshift.guard import problems
from redshift.mistakes import MISTAKES, RIGHT, verdict


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_caught(name):
    assert verdict(MISTAKES[name]) not in ("the same", "fails on DuckDB")


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name):
    assert verdict(RIGHT[name]) == "the same"


@pytest.mark.parametrize(
    "sql",
    [
        "grant select on marts.dim_dates to group analysts",
        "grant all on schema marts to role analyst",
        "grant select on all tables in schema raw_data to role analyst",
        "alter default privileges in schema marts grant select on tables to public",
        "create user somebody password 'secret'",
        "attach masking policy mask_varchar on raw_data.sms to public",
        "alter masking policy mask_varchar using (value)",
        "drop role analyst",
        "vacuum marts.fct_complaints",
        "set search_path to marts",
        "unload ('select 1') to 's3://bucket' iam_role default",
        "copy raw_data.sms from 's3://bucket' iam_role default csv",
        "call procedure()",
        "select 1; drop table marts.fct_complaints",
        "selec 1",
    ],
)
def test_a_statement_of_an_unknown_form_is_objected_to(sql):
    assert problems(sql)
