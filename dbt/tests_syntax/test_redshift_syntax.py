"""Every statement that is sent to Redshift parses as Redshift SQL, to a parser that did not build it (sqlfluff).

Run in the environment of the small linters (local/checks/requirements.lock), which has no dbt. The statements are the
reviewed files of dbt/tests_python/redshift/golden; other tests keep those equal to what is really sent.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlfluff.core import FluffConfig, Linter

GOLDEN = Path(__file__).parents[1] / "tests_python" / "redshift" / "golden"
LINTER = Linter(
    config=FluffConfig(overrides={"dialect": "redshift", "templater": "raw", "large_file_skip_byte_limit": 0})
)
# sqlfluff 4.5 has no word for a role of Redshift's own, nor for who may use an IAM role
NOT_KNOWN_TO_SQLFLUFF = re.compile(r"(grant|revoke) (role sys:\w+ (to|from) role \w+|assumerole on .+)$")


def statements(name: str) -> list[str]:
    text = re.sub(r"^--.*\n", "", (GOLDEN / name).read_text(), flags=re.MULTILINE)
    return list(dict.fromkeys(part.strip() for part in re.split(r";\s*\n", text) if part.strip()))


def parsed_by_sqlfluff(sql: str) -> str:
    """The statement without what sqlfluff 4.5 does not read: more than one role to grant to, a bound parameter."""
    return re.sub(r"( to ROLE \w+)(, ROLE \w+)+$", r"\1", sql).replace(":key_value", "'value'")


def objections(sql: str) -> list[str]:
    return [str(violation) for violation in LINTER.parse_string(sql + ";\n").violations]


@pytest.mark.parametrize("name", sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.sql")))
def test_what_is_sent_parses(name):
    parsed = [sql for sql in statements(name) if not NOT_KNOWN_TO_SQLFLUFF.match(sql)]
    assert len(parsed) > 3
    assert [found for sql in parsed for found in objections(parsed_by_sqlfluff(sql))] == []


@pytest.mark.parametrize(
    "sql",
    [
        "select a from b whre x",
        "select a from b group by all a",
        "create table t (a integer) distkey",
        "create masking policy p using (value)",
        "attach masking policy p on t to public",
        "grant select marts.t to role r",
        "from t",
        "select * exclude (a) from t x y",
    ],
)
def test_what_is_no_redshift_does_not(sql):
    assert objections(sql)
