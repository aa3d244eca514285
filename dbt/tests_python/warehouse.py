"""A warehouse in a temporary DuckDB file, as migrate-warehouse and load-warehouse would leave it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml

PROJECT = Path(__file__).resolve().parents[1]
KEY_MATERIAL = "test-key-material-5b1c0ffee"

LOAD_COLUMNS = {
    "_unmapped": "varchar(65535)",
    "_source_uri": "varchar(1024)",
    "_source_row": "bigint",
    "_partition_date": "date",
    "_partition_hour": "integer",
    "_load_id": "varchar(64)",
    "_loaded_at": "timestamp",
    "_contract_version": "integer",
    "_record_hash": "bigint",
}

PLATFORM_TABLES = """
create schema raw_data;
create schema restricted;
create table raw_data.load_ledger (
    source varchar(64), partition_date date, partition_hour integer, commit_seq bigint, load_id varchar(64),
    manifest_uri varchar(1024), contract_version integer, rows_read bigint, rows_loaded bigint,
    rows_quarantined bigint, rows_deduplicated bigint, rows_erased bigint, hash_sum decimal(38, 0),
    unmapped_columns varchar(4096), committed_at timestamp, loaded_at timestamp
);
create table raw_data.load_details (
    source varchar(64), partition_date date, partition_hour integer, load_id varchar(64), kind varchar(32),
    name varchar(512), row_count bigint
);
create table raw_data.calendar (source varchar(64), partition_hour integer, first_date date, last_date date);
create table restricted.key_material (purpose varchar(64), key_value varchar(256));
"""


def raw_columns() -> dict[str, list[str]]:
    """Business columns of every raw table, in the order of the generated dbt source."""
    document = yaml.safe_load((PROJECT / "models/staging/_raw_sources.yml").read_text())
    raw = next(source for source in document["sources"] if source["name"] == "raw_data")
    return {
        table["name"]: [c["name"] for c in table["columns"] if not c["name"].startswith("_")]
        for table in raw["tables"]
        if table["name"] not in ("load_ledger", "load_details", "calendar")
    }


def record_hash(values: list[str | None]) -> int:
    """A 60-bit hash of a record, as ingest gives one; any stable hash serves."""
    text = "\x1f".join("\x00" if value is None else value for value in values)
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)


ACCOUNTS = ("rows_read", "rows_loaded", "rows_quarantined", "rows_deduplicated", "rows_erased", "hash_sum")


@dataclass
class Warehouse:
    """Raw tables, ledger and calendar of one DuckDB file, changed the way the loader changes them."""

    path: Path
    columns: dict[str, list[str]] = field(default_factory=raw_columns)
    commits: int = 0

    def create(self) -> None:
        with duckdb.connect(str(self.path)) as connection:
            connection.execute(PLATFORM_TABLES)
            connection.execute("insert into restricted.key_material values ('surrogate_keys', ?)", [KEY_MATERIAL])
            for source, columns in self.columns.items():
                definitions = [f"{name} varchar(65535)" for name in columns]
                definitions += [f"{name} {type_}" for name, type_ in LOAD_COLUMNS.items()]
                connection.execute(f"create table raw_data.{source} ({', '.join(definitions)})")

    def query(self, sql: str, parameters: list[object] | None = None) -> list[tuple]:
        with duckdb.connect(str(self.path)) as connection:
            return connection.execute(sql, parameters or []).fetchall()

    def load(
        self,
        source: str,
        date: str,
        rows: list[dict[str, str | None]],
        *,
        hour: int = -1,
        quarantined: int = 0,
        deduplicated: int = 0,
        erased: int = 0,
        unmapped: Sequence[str] = (),
    ) -> str:
        """Commits a load as the newest of its partition and removes the rows of the one it replaces.

        Quarantined rows lack their key; `unmapped` are columns that the contract does not know.
        """
        self.commits += 1
        load_id = f"load-{self.commits:04d}"
        columns = self.columns[source]
        records = []
        for ordinal, row in enumerate(rows, start=1):
            assert set(row) <= set(columns), f"{source} has no {set(row) - set(columns)}"
            values = [row.get(name) for name in columns]
            records.append(
                [
                    *values,
                    None,
                    f"test://{source}",
                    ordinal,
                    date,
                    hour,
                    load_id,
                    dt.datetime(2026, 1, 1),
                    1,
                    record_hash([source, *values]),
                ]
            )
        with duckdb.connect(str(self.path)) as connection:
            if records:
                marks = ", ".join("?" for _ in records[0])
                connection.executemany(f"insert into raw_data.{source} values ({marks})", records)
            self._point(
                connection,
                source,
                date,
                hour,
                load_id,
                {
                    "rows_read": len(rows) + quarantined + deduplicated + erased,
                    "rows_loaded": len(rows),
                    "rows_quarantined": quarantined,
                    "rows_deduplicated": deduplicated,
                    "rows_erased": erased,
                    "hash_sum": sum(record[-1] for record in records),
                },
            )
            reasons = {f"missing_value:{columns[0]}": quarantined, "duplicate": deduplicated}
            details = [
                *[("column", name, None) for name in columns],
                *[("unmapped_column", name, None) for name in unmapped],
                *[("reason", name, count) for name, count in reasons.items() if count],
            ]
            connection.executemany(
                "insert into raw_data.load_details values (?, ?, ?, ?, ?, ?, ?)",
                [[source, date, hour, load_id, *detail] for detail in details],
            )
        return load_id

    def carry_forward(self, source: str, earlier: str, date: str) -> None:
        """Lets a snapshot partition stand for the load of an earlier one."""
        with duckdb.connect(str(self.path)) as connection:
            load_id, *accounts = connection.execute(
                f"select load_id, {', '.join(ACCOUNTS)}"
                " from raw_data.load_ledger where source = ? and partition_date = ?",
                [source, earlier],
            ).fetchone()
            self._point(connection, source, date, -1, load_id, dict(zip(ACCOUNTS, accounts, strict=True)))
            connection.execute(
                "insert into raw_data.load_details"
                " select source, ?, partition_hour, load_id, kind, name, row_count from raw_data.load_details"
                " where source = ? and partition_date = ?",
                [date, source, earlier],
            )

    def withdraw(self, source: str, date: str, *, hour: int = -1) -> None:
        with duckdb.connect(str(self.path)) as connection:
            self._point(connection, source, date, hour, None, {})

    def expect(self, source: str, first: str, last: str, *, hour: int = -1) -> None:
        self.query("insert into raw_data.calendar values (?, ?, ?, ?)", [source, hour, first, last])

    def _point(self, connection, source: str, date: str, hour: int, load_id: str | None, accounts: dict) -> None:
        partition = [source, date, hour]
        where = "source = ? and partition_date = ? and partition_hour = ?"
        row = connection.execute(
            f"select coalesce(max(commit_seq), 0) + 1 from raw_data.load_ledger where {where}", partition
        ).fetchone()
        connection.execute(f"delete from raw_data.load_ledger where {where}", partition)
        connection.execute(f"delete from raw_data.load_details where {where}", partition)
        connection.execute(
            "insert into raw_data.load_ledger values (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, null, ?, ?)",
            [
                *partition,
                row[0],
                load_id,
                load_id and f"test://{load_id}",
                *(accounts.get(name, 0) for name in ACCOUNTS),
                dt.datetime(2026, 1, 1),
                dt.datetime(2026, 1, 1),
            ],
        )
        connection.execute(
            f"delete from raw_data.{source} where _load_id not in"
            " (select load_id from raw_data.load_ledger where source = ? and load_id is not null)",
            [source],
        )
