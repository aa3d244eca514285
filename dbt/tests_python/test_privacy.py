"""Personal data stays in its rooms, and the key of the surrogate keys leaves no trace."""

from __future__ import annotations

import re

from story import SENTINELS
from warehouse import KEY_MATERIAL, Warehouse

OPEN_SCHEMAS = ("marts", "quality")
NAMES_OF_THINGS = ("channel_name", "state_name", "weekday_name", "holiday_name", "table_name")
PERSONAL_NAMES = re.compile(
    r"(^|_)(name|email|mail|address|street|city|postal|zip|phone|msisdn|birth|gender|text|hash|customer_id|agent_id"
    r"|complaint_id|sender|location)(_|$)"
)


def looks_personal(column: str) -> bool:
    """Flags, keyed hashes and names of things that are no persons are not personal data."""
    return (
        PERSONAL_NAMES.search(column) is not None
        and column not in NAMES_OF_THINGS
        and not column.startswith(("is_", "has_"))
        and not column.endswith(("_key", "_hash_sum"))
    )


def columns(warehouse: Warehouse, *schemas: str) -> list[tuple[str, str, str]]:
    marks = ", ".join("?" for _ in schemas)
    return warehouse.query(
        f"select table_schema, table_name, column_name from information_schema.columns"
        f" where table_schema in ({marks}) order by 1, 2, 3",
        list(schemas),
    )


def texts(warehouse: Warehouse, *schemas: str) -> dict[str, str]:
    """Everything that the tables of some schemas hold, as one lower-case text per table."""
    tables = sorted({(schema, table) for schema, table, _ in columns(warehouse, *schemas)})
    return {
        f"{schema}.{table}": "\n".join(
            row.lower() for (row,) in warehouse.query(f"select rows::varchar from {schema}.{table} as rows")
        )
        for schema, table in tables
    }


def test_no_personal_value_is_in_marts_or_quality(project, story):
    models = [node for node in project.manifest.nodes.values() if node.resource_type == "model"]
    open_models = {f"{node.schema}.{node.name}" for node in models if node.schema in OPEN_SCHEMAS}
    values = [value.lower() for group in SENTINELS.values() for value in group]
    for warehouse in (story.first, story.corrected, story.withdrawn):
        tables = texts(warehouse, *OPEN_SCHEMAS)
        assert set(tables) == open_models
        assert [(table, value) for table, text in tables.items() for value in values if value in text] == []


def test_the_sentinels_are_where_they_may_be(story):
    people = story.corrected.query(
        "select customer_name, email, city, state_code, postal_code from restricted.customer_identities"
        " where not is_inferred order by 1"
    )
    assert people == [
        ("Annabel Zzyzx", "sentinel.ann@gmail.com", "Guardville", "CO", "80999"),
        ("Latecomer Vbnmq", "sentinel.late@x.org", "Guardville", "PR", "80999"),
        ("Robert Qwghlm", "sentinel.bob@hotmail.com", "APO", "AA", "12777"),
    ]
    assert story.corrected.query(
        "select count(*) from restricted.complaint_identities where complaint_id like '%sentinel%'"
    ) == story.corrected.query("select count(*) from marts.fct_complaints")


def test_no_column_of_marts_or_quality_is_named_like_personal_data(story):
    named = [column for _, table, column in columns(story.first, *OPEN_SCHEMAS) if looks_personal(column)]
    assert named == []


def test_personal_columns_of_the_closed_schemas_are_tagged(project, story):
    tagged = {
        (node.schema, node.name, column.name)
        for node in project.manifest.nodes.values()
        if node.resource_type == "model"
        for column in node.columns.values()
        if column.config.meta.get("pii")
    }
    untagged = [
        place
        for place in columns(story.first, "staging", "intermediate", "restricted")
        if looks_personal(place[2]) and place not in tagged and place[1] not in ("us_states", "key_material")
    ]
    assert untagged == []
    assert not [place for place in tagged if place[0] in OPEN_SCHEMAS]


def test_the_key_is_in_no_compiled_sql_manifest_or_log(project, story):
    written = [path for path in project.output.rglob("*") if path.is_file()]
    assert {".sql", ".json", ".log"} <= {path.suffix for path in written}
    assert [path for path in written if KEY_MATERIAL.encode() in path.read_bytes()] == []


def test_the_key_is_in_no_output_table(story):
    tables = texts(story.first, "staging", "intermediate", "marts", "restricted", "quality")
    assert [table for table, text in tables.items() if KEY_MATERIAL in text] == ["restricted.key_material"]
