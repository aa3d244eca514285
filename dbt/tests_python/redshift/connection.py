"""What stands in for `redshift_connector.connect`: connections and cursors on a shadow warehouse in DuckDB."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import redshift_connector
from sqlglot.errors import SqlglotError

from redshift import semantics
from redshift.access import AccessModel, parse_access
from redshift.catalogue import Answer, answer
from redshift.guard import problems
from redshift.translate import to_duckdb

# Types of a result, by which redshift_connector and dbt know them
TYPE_CODES = {
    "VARCHAR": 1043,
    "BIGINT": 20,
    "HUGEINT": 20,
    "INTEGER": 23,
    "SMALLINT": 21,
    "DOUBLE": 701,
    "BOOLEAN": 16,
    "DATE": 1082,
    "TIMESTAMP": 1114,
}
NUMERIC = 1700
TRANSACTION = re.compile(r"(begin|commit|rollback)\b", re.IGNORECASE)
RENAME = re.compile(r"alter\s+table\s+(.+?)\s+rename\s+to\s+\"?(\w+)\"?$", re.IGNORECASE | re.DOTALL)
DROP = re.compile(r"drop\s+(?:table|view)\s+(?:if\s+exists\s+)?(.+?)(?:\s+cascade)?$", re.IGNORECASE | re.DOTALL)
LEADING_COMMENTS = re.compile(r"^\s*(/\*.*?\*/\s*|--[^\n]*\n\s*)+", re.DOTALL)


@dataclass
class Shadow:
    """A shadow warehouse, what was sent to it, and who may do what in it by the statements that it was sent."""

    path: Path
    access: AccessModel
    recorded: list[str] = field(default_factory=list)
    settings: list[dict] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    database: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Shadow:
        self.database = duckdb.connect(str(self.path))
        semantics.install(self.database)
        self.connect_before = redshift_connector.connect
        redshift_connector.connect = self.connect
        return self

    def __exit__(self, *_: object) -> None:
        redshift_connector.connect = self.connect_before
        self.database.close()
        self.database = None

    def connect(self, **settings: object) -> Connection:
        self.settings.append(settings)
        return Connection(self)


class Connection:
    """Of a connection dbt uses no more than this. One DuckDB connection, that is, one transaction, each."""

    autocommit = False

    def __init__(self, shadow: Shadow) -> None:
        self.shadow = shadow
        self.duckdb = shadow.database.cursor()
        self.in_transaction = False

    def cursor(self) -> Cursor:
        return Cursor(self)

    def commit(self) -> None:
        self.cursor().execute("COMMIT")

    def rollback(self) -> None:
        self.cursor().execute("ROLLBACK")

    def close(self) -> None:
        self.duckdb.close()


class Cursor:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.shadow = connection.shadow
        self.description: list[tuple] | None = None
        self.rowcount = -1
        self._rows: list[tuple] = []

    def __enter__(self) -> Cursor:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def close(self) -> None:
        return None

    def execute(self, sql: str, parameters: list | tuple | None = None) -> Cursor:
        with self.shadow.lock:
            text = LEADING_COMMENTS.sub("", sql).strip().rstrip(";").strip()
            if TRANSACTION.match(text):
                self._transaction(text)
                return self
            asked = answer(text, self.shadow.access)
            if asked is not None:
                self._answer(asked)
                return self
            self._record(text)
            try:
                self._run(text, parameters)
            except (duckdb.Error, SqlglotError, ValueError) as error:
                # the shape of the driver's own errors: dbt reads the message from "M"
                raise redshift_connector.ProgrammingError({"M": f"{type(error).__name__}: {error}"}) from error
            return self

    def fetchone(self) -> tuple | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[tuple]:
        taken, self._rows = self._rows, []
        return taken

    def _record(self, text: str) -> None:
        """Statements of a transaction stand between BEGIN and COMMIT, whether or not dbt wrote BEGIN."""
        if not self.connection.in_transaction:
            self._transaction("BEGIN")
        self.shadow.recorded.append(text)

    def _transaction(self, text: str) -> None:
        """Repeated BEGINs and COMMITs of nothing mean nothing: the driver begins a transaction by itself."""
        verb = text.split()[0].lower()
        if (verb == "begin") == self.connection.in_transaction:
            return
        self.connection.in_transaction = verb == "begin"
        self.shadow.recorded.append(verb)
        self.connection.duckdb.execute(verb)
        self._set([], [])

    def _answer(self, asked: Answer) -> None:
        if asked.rows is not None:
            self._set(asked.rows, [(name, "VARCHAR") for name in asked.columns])
        else:
            self._query(asked.sql)

    def _run(self, text: str, parameters: list | tuple | None) -> None:
        found = problems(text)
        if found:
            raise ValueError(f"Redshift would not take it: {'; '.join(found)}")
        statement = parse_access(text)
        if statement is not None:
            self.shadow.access.apply(statement)
            self._set([], [])
            return
        if parameters:
            # dbt's seeds bind their values by %s
            self._query(to_duckdb(text.replace("%s", "?")), parameters)
        else:
            self._query(self._renamed(to_duckdb(text)))
        self._follow_in_access_model(text)

    def _renamed(self, sql: str) -> str:
        """ALTER TABLE renames views as well in Redshift, in DuckDB it does not."""
        match = RENAME.match(sql)
        if match is None:
            return sql
        schema, name = relation_of(match.group(1))
        is_view = self.connection.duckdb.execute(
            "select count(*) > 0 from duckdb_views() where schema_name = ? and view_name = ?", [schema, name]
        ).fetchone()[0]
        return re.sub("(?i)^alter table", "ALTER VIEW", sql) if is_view else sql

    def _follow_in_access_model(self, text: str) -> None:
        """Grants and masks stay with a relation that is renamed and go with one that is dropped."""
        if match := RENAME.match(text):
            schema, name = relation_of(match.group(1))
            self.shadow.access.rename(schema, name, match.group(2))
        elif match := DROP.match(text):
            self.shadow.access.drop(*relation_of(match.group(1)))

    def _query(self, sql: str, parameters: list | tuple | None = None) -> None:
        result = self.connection.duckdb.execute(sql, parameters)
        described = result.description or []
        self._set(result.fetchall() if described else [], [(column[0], str(column[1])) for column in described])

    def _set(self, rows: list[tuple], columns: list[tuple[str, str]]) -> None:
        self._rows, self.rowcount = list(rows), len(rows)
        self.description = [(name, type_code(kind), None, None, None, None, None) for name, kind in columns]


def type_code(kind: str) -> int:
    return NUMERIC if kind.startswith("DECIMAL") else TYPE_CODES.get(kind, TYPE_CODES["VARCHAR"])


def relation_of(relation: str) -> tuple[str, str]:
    *_, schema, name = [part.strip().strip('"') for part in relation.split(".")]
    return schema, name
