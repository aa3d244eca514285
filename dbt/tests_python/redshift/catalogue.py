"""Answers to what dbt-redshift asks of Redshift's catalogue, from DuckDB's and from the access model.

Only questions that are known are answered; another one fails, so that a new version of dbt-redshift is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from redshift.access import AccessModel

ASKS_CATALOGUE = re.compile(r"\b(pg_\w+|svv_\w+|stv_\w+|stl_\w+|information_schema)\b", re.IGNORECASE)

# Redshift's names of types, of a column of duckdb_columns()
REDSHIFT_TYPE = """
    case
        when data_type like 'VARCHAR%' then 'character varying'
        when data_type like 'DECIMAL%' then 'numeric'
        when data_type = 'DOUBLE' then 'double precision'
        when data_type = 'HUGEINT' then 'bigint'
        when data_type = 'TIMESTAMP' then 'timestamp without time zone'
        else lower(data_type)
    end
"""


@dataclass(frozen=True)
class Answer:
    """Rows as they are, or DuckDB's SQL for them."""

    columns: tuple[str, ...] = ()
    rows: list[tuple] | None = None
    sql: str = ""


def answer(sql: str, access: AccessModel) -> Answer | None:
    """None: the statement asks nothing of the catalogue. Raises KeyError for a question that is not known."""
    if sql.lower().startswith(("grant", "revoke", "attach", "detach")) or not ASKS_CATALOGUE.search(sql):
        return None
    for pattern, reply in QUESTIONS:
        if match := pattern.search(sql):
            return reply(match, access)
    raise KeyError(f"a question to Redshift's catalogue that nobody answers here: {sql[:200]}")


def _pid(_match: re.Match, _access: AccessModel) -> Answer:
    return Answer(("pid",), [(1,)])


def _dependencies(_match: re.Match, _access: AccessModel) -> Answer:
    return Answer(("dependent_schema", "dependent_name", "referenced_schema", "referenced_name"), [])


def _masks(match: re.Match, access: AccessModel) -> Answer:
    return Answer(
        ("policy_name", "grantee", "grantee_type", "priority", "output_columns"),
        [
            (mask.policy, mask.grantee.name, mask.grantee.kind, mask.priority, f'["{mask.column}"]')
            for mask in access.masks
            if (mask.schema, mask.table) == match.groups()
        ],
    )


def _privileges(match: re.Match, access: AccessModel) -> Answer:
    return Answer(
        ("identity_name", "identity_type", "privilege_type"),
        [
            (grant.grantee.name, grant.grantee.kind, grant.privilege.upper())
            for grant in access.grants
            if (grant.schema, grant.table) == match.groups()
        ],
    )


def _columns(match: re.Match, _access: AccessModel) -> Answer:
    table, schema = match.groups()
    # what dbt asks for without a schema is a temporary table
    place = f"database_name = current_database() and schema_name = '{schema}'" if schema else "database_name = 'temp'"
    return Answer(
        sql=f"""
            select column_name, {REDSHIFT_TYPE} as data_type,
                case when data_type like 'VARCHAR%' then 65535 end as character_maximum_length,
                numeric_precision, numeric_scale
            from duckdb_columns() where table_name = '{table}' and {place} order by column_index
        """
    )


def _relations(match: re.Match, _access: AccessModel) -> Answer:
    return Answer(
        sql=f"""
            select table_catalog as database, table_name as name, table_schema as schema,
                case when table_type = 'VIEW' then 'view' else 'table' end as type
            from information_schema.tables
            where table_catalog = current_database() and table_schema ilike '{match.group(1)}'
        """
    )


def _schema_exists(match: re.Match, _access: AccessModel) -> Answer:
    return Answer(
        sql="select count(*) as count from information_schema.schemata"
        f" where catalog_name = current_database() and schema_name = '{match.group(1)}'"
    )


def _schemas(_match: re.Match, _access: AccessModel) -> Answer:
    return Answer(
        sql="select distinct schema_name as nspname from information_schema.schemata"
        " where catalog_name = current_database()"
    )


def _question(pattern: str) -> re.Pattern:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


QUESTIONS = [
    (_question(r"pg_backend_pid"), _pid),
    (_question(r"pg_depend"), _dependencies),
    (
        _question(r"from svv_attached_masking_policy where schema_name = '(\w+)' and table_name = '(\w+)'"),
        _masks,
    ),
    (
        _question(r"from svv_relation_privileges\s+where namespace_name = '(\w+)'\s+and relation_name = '(\w+)'"),
        _privileges,
    ),
    (
        _question(r"where table_name = '(\w+)'.*pg_get_late_binding_view_cols(?:.*where table_schema = '(\w+)')?"),
        _columns,
    ),
    (_question(r"from information_schema\.tables\s+where table_schema ilike '(\w+)'.*pg_proc"), _relations),
    (_question(r"nspname = '(\w+)'"), _schema_exists),
    (_question(r"select distinct nspname from pg_namespace"), _schemas),
]
