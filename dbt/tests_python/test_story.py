"""What the marts show after each chapter of the story (see story.py)."""

from __future__ import annotations

import hashlib
from datetime import date

from audit import difference, results
from story import ANN, BOB, GHOST, LATE, complaint_id
from warehouse import KEY_MATERIAL, Warehouse


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def key(kind: str, identifier: str) -> str:
    return sha256(f"{KEY_MATERIAL}:{sha256(f'{KEY_MATERIAL}:{kind}:{identifier}')}")


def complaint(warehouse: Warehouse, number: int, customer_id: str, columns: str, source: str = "call_logs") -> tuple:
    rows = warehouse.query(
        f"select {columns} from marts.fct_complaints where complaint_key = ?",
        [key("complaint", f"{source}:{complaint_id(number, customer_id)}")],
    )
    assert len(rows) <= 1
    return rows[0] if rows else ()


def accounts(warehouse: Warehouse, source: str, columns: str) -> dict:
    rows = warehouse.query(
        f"select partition_date::varchar, partition_hour, {columns} from quality.reconciliation where source = ?",
        [source],
    )
    return {(date, hour): tuple(values) for date, hour, *values in rows}


def test_keys_are_keyed_hashes_of_the_trimmed_ids(story):
    assert complaint(story.first, 5, BOB, "customer_key, agent_key") == (
        key("customer", BOB),
        key("agent", "agent-1000"),
    )


def test_a_later_partition_wins_and_the_earlier_version_is_superseded(story):
    assert complaint(story.first, 1, ANN, "status, partition_date::varchar") == ("Resolved", "2025-11-21")
    assert accounts(story.first, "call_logs", "version_rows, superseded_rows, mart_rows") == {
        ("2025-11-20", -1): (5, 1, 4),
        ("2025-11-21", -1): (1, 0, 1),
        ("2025-11-22", -1): (0, 0, 0),
    }


def test_an_older_partition_that_arrives_late_does_not_win(story):
    assert complaint(story.corrected, 1, ANN, "status") == ("Resolved",)
    assert accounts(story.corrected, "call_logs", "superseded_rows, is_expected, is_reconciled")[
        ("2025-11-19", -1)
    ] == (1, False, True)


def test_the_day_of_report_is_that_of_the_first_batch_of_those_that_are_there(story):
    reported = "reported_date::varchar, reporting_lag_days"
    opened = complaint(story.first, 1, ANN, "opened_date")[0]
    assert complaint(story.first, 1, ANN, reported) == ("2025-11-20", (date(2025, 11, 20) - opened).days)
    assert complaint(story.corrected, 1, ANN, reported) == ("2025-11-19", (date(2025, 11, 19) - opened).days)
    assert complaint(story.withdrawn, 1, ANN, reported) == complaint(story.corrected, 1, ANN, reported)


def test_a_withdrawn_partition_brings_the_earlier_version_back(story):
    assert complaint(story.withdrawn, 1, ANN, "status, partition_date::varchar") == ("Backlog", "2025-11-20")
    assert accounts(story.withdrawn, "call_logs", "is_committed, load_id, rows_read, mart_rows, is_reconciled")[
        ("2025-11-21", -1)
    ] == (True, None, 0, 0, True)
    assert complaint(story.withdrawn, 7, BOB, "status", source="web_forms") == ()


def test_a_corrected_partition_replaces_its_rows(story):
    assert complaint(story.first, 2, LATE, "category") == ("Payments",)
    assert complaint(story.corrected, 2, LATE, "category") == ("Router Delivery",)
    assert complaint(story.first, 5, BOB, "has_invalid_duration, handle_seconds") == (True, None)
    assert complaint(story.corrected, 5, BOB, "1") == ()


def test_a_customer_is_inferred_until_it_arrives(story):
    state = "select state_code, is_inferred from marts.dim_customers where customer_key = ?"
    assert story.first.query(state, [key("customer", LATE)]) == [(None, True)]
    assert complaint(story.first, 2, LATE, "is_orphan_customer") == (True,)
    assert story.corrected.query(state, [key("customer", LATE)]) == [("PR", False)]
    assert complaint(story.corrected, 2, LATE, "is_orphan_customer") == (False,)
    assert complaint(story.corrected, 3, GHOST, "is_orphan_customer, is_orphan_agent") == (True, True)


def test_records_without_any_id_go_to_the_unknown_members(story):
    assert complaint(story.first, 4, ANN, "customer_key, agent_key, category, status, complaint_bucket") == (
        "unknown",
        "unknown",
        "Roaming",
        "Escalated",
        "Unclassified",
    )
    for dimension in ("customers", "agents"):
        assert story.first.query(f"select count(*) from marts.dim_{dimension} where is_unknown") == [(1,)]


def test_sms_senders_are_matched_by_phone_or_become_customers_of_their_own(story):
    rows = story.first.query(
        "select customer_key, is_unmatched_sender, has_status, is_complaint, complaint_bucket, opened_at::varchar"
        " from marts.fct_complaints where channel = 'sms'"
    )
    rest = (False, True, "Network (Latency)", "2025-11-20 06:10:00")
    assert set(rows) == {
        (key("customer", ANN), False, *rest),
        (key("msisdn", "15555550303"), True, *rest),
        ("unknown", False, *rest),
    }
    assert story.first.query("select is_inferred from marts.dim_customers where identified_by = 'msisdn'") == [(True,)]


def test_disagreements_are_flagged_and_kept(story):
    assert complaint(
        story.first,
        6,
        BOB,
        "category, platform, has_id_customer_mismatch, has_status_resolution_mismatch",
        source="social_media",
    ) == ("Network Failure", "Twitter", True, True)


def test_agents_have_a_history(story):
    history = story.withdrawn.query(
        "select experience, valid_from::varchar, valid_to::varchar, is_current from marts.dim_agents"
        " where agent_key in (?, ?) order by agent_key = ?, valid_from",
        [key("agent", "agent-1000"), key("agent", "agent-1001"), key("agent", "agent-1001")],
    )
    assert history == [
        ("Intern", "1900-01-01", "2025-11-22", False),
        ("Junior", "2025-11-22", None, True),
        ("Senior", "1900-01-01", "2025-11-22", False),
    ]


def test_missing_partitions_are_reported_and_do_not_stop_the_build(story):
    missing = story.first.query(
        "select source, partition_date::varchar from quality.reconciliation where difference = 'missing' order by 1, 2"
    )
    assert ("call_logs", "2025-11-22") in missing
    assert ("web_forms", "2025-11-21") in missing
    assert story.first.query(
        "select count(*) from quality.reconciliation where is_reconciled = (difference = 'missing')"
    ) == [(0,)]


def test_empty_hours_reconcile(story):
    assert accounts(story.first, "sms", "rows_read, mart_rows, is_reconciled") == {
        ("2025-11-20", 8): (3, 3, True),
        ("2025-11-20", 9): (0, 0, True),
    }


def test_quarantined_deduplicated_and_erased_rows_are_part_of_the_accounts(story):
    columns = "rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, is_reconciled"
    assert accounts(story.first, "call_logs", columns)[("2025-11-20", -1)] == (10, 5, 2, 1, 2, True)


def test_snapshots_reconcile_their_newest_partition_with_the_dimension(story):
    assert accounts(story.corrected, "customers", "warehouse_rows, mart_rows, is_reconciled") == {
        ("2025-11-20", -1): (2, None, True),
        ("2025-11-21", -1): (3, 3, True),
        ("2025-11-22", -1): (0, None, False),
    }
    assert accounts(story.corrected, "agents", "warehouse_rows, mart_rows, is_reconciled") == {
        ("2025-11-20", -1): (2, None, True),
        ("2025-11-21", -1): (2, None, True),
        ("2025-11-22", -1): (1, 1, True),
    }


def test_each_build_records_the_loads_it_saw(story):
    builds = story.withdrawn.query(
        "select build_number, load_id from quality.build_loads"
        " where source = 'call_logs' and partition_date = '2025-11-21' order by 1"
    )
    assert [number for number, _ in builds] == [1, 2, 3]
    assert [load is None for _, load in builds] == [False, False, True]


def test_an_incremental_warehouse_equals_one_built_from_raw(story, rebuilt):
    """A corrected day, a late one, a withdrawn one, a status that changes, a customer who comes after his complaint."""
    assert difference(results(story.withdrawn), results(rebuilt)) == {}
