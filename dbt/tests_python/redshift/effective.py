"""What the access model means for data: which columns are open that should not be, at any moment of a build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from redshift.access import AccessModel, parse_access
from redshift.connection import DROP, RENAME, relation_of

CLEAR_ROLES = ("transform", "pii_reader")
# besides them, one column each for those who cannot do without
CLEAR_TO_OTHERS = {"_record_hash": "ingest"}
CREATE = re.compile(r"create\s+table\s+(?:if\s+not\s+exists\s+)?((?:\"?\w+\"?\.)+\"?\w+\"?)", re.IGNORECASE)
SUFFIX = re.compile(r"__dbt_(tmp|backup)$")

Column = tuple[str, str, str]
Table = tuple[str, str]


@dataclass
class Tags:
    """Columns with `meta.pii` by relation: of tables, of views, and what the views read."""

    tables: dict[Table, set[str]]
    views: dict[Table, set[str]]
    parents: dict[Table, set[Table]]

    @classmethod
    def of(cls, manifest: object) -> Tags:
        tables, views, parents, names = {}, {}, {}, {}
        nodes = [*manifest.sources.values(), *manifest.nodes.values()]
        for node in nodes:
            names[node.unique_id] = (node.schema, getattr(node, "alias", None) or node.name)
        for node in nodes:
            if node.resource_type not in ("source", "model", "seed"):
                continue
            place = names[node.unique_id]
            tagged = {column.name for column in node.columns.values() if column.config.meta.get("pii")}
            is_view = node.resource_type == "model" and node.config.materialized == "view"
            (views if is_view else tables)[place] = tagged
            if node.resource_type == "model":
                parents[place] = {names[parent] for parent in node.depends_on.nodes if parent in names}
        return cls(tables, views, parents)

    def columns(self) -> set[Column]:
        """Every tagged column of a table."""
        return {(*place, column) for place, columns in self.tables.items() for column in columns}

    def tables_under(self, view: Table) -> set[Table]:
        found = set()
        for parent in self.parents.get(view, ()):
            found |= self.tables_under(parent) if parent in self.views else {parent}
        return found


def wrongly_shown(access: AccessModel, columns: set[Column], roles: list[str]) -> list[str]:
    """Tagged columns that somebody sees clear who should not, or masked who should see them."""
    found = []
    for schema, table, column in sorted(columns):
        for name in [*roles, "somebody without a role"]:
            is_clear = access.sees(name, schema, table, column) == "clear"
            may_be_clear = name in CLEAR_ROLES or CLEAR_TO_OTHERS.get(column) == name
            if (schema, table) == ("restricted", "key_material"):
                may_be_clear = name == "transform"
            if schema != "raw_data" and name == "ingest":
                may_be_clear = False
            if is_clear != may_be_clear:
                found.append(f"{schema}.{table}.{column} is {'clear' if is_clear else 'masked'} for {name}")
    return found


def wrongly_masked(access: AccessModel, tags: Tags) -> list[str]:
    """Columns that carry a mask and no tag: the tag went, and with the next build the mask would."""
    masked = {(mask.schema, mask.table, mask.column) for mask in access.masks}
    return [f"{'.'.join(column)} is masked, but not tagged" for column in sorted(masked - tags.columns())]


def replay(statements: list[str], access: AccessModel) -> Iterator[set[Table]]:
    """Applies what was sent, one statement after the other; yields, at every commit, the tables that are there."""
    tables: set[Table] = set()
    for sql in statements:
        if (statement := parse_access(sql)) is not None:
            access.apply(statement)
        elif match := RENAME.match(sql):
            schema, name = relation_of(match.group(1))
            access.rename(schema, name, match.group(2))
            if (schema, name) in tables:
                tables = (tables - {(schema, name)}) | {(schema, match.group(2))}
        elif match := DROP.match(sql):
            access.drop(*relation_of(match.group(1)))
            tables.discard(relation_of(match.group(1)))
        elif match := CREATE.match(sql):
            tables.add(relation_of(match.group(1)))
        elif sql == "commit":
            yield tables


def open_at_a_commit(statements: list[str], access: AccessModel, tags: Tags) -> list[str]:
    """Tables that were committed, under whatever name, while a tagged column of theirs was clear to everybody."""
    found = set()
    for tables in replay(statements, access):
        for schema, name in tables:
            for column in tags.tables.get((schema, SUFFIX.sub("", name)), ()):
                if access.sees("somebody without a role", schema, name, column) == "clear":
                    found.add(f"{schema}.{name}.{column}")
    return sorted(found)


def columns_holding(path: Path, values: list[str]) -> set[Column]:
    """Columns of the warehouse, of tables and views, in which any of the values occurs, alone or within a text."""
    wanted = re.compile("|".join(re.escape(value) for value in values), re.IGNORECASE)
    found = set()
    with duckdb.connect(str(path), read_only=True) as connection:
        relations = connection.execute(
            "select distinct schema_name, table_name from duckdb_columns()"
            " where database_name = current_database() and not internal"
        ).fetchall()
        for schema, table in relations:
            result = connection.execute(f"select * from {schema}.{table}")
            columns = [column[0] for column in result.description]
            for row in result.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if value is not None and wanted.search(str(value)):
                        found.add((schema, table, column))
    return found
