"""The statistics macros against Python's own, as DuckDB and as Redshift (through the shadow) read them."""

from __future__ import annotations

import math
from statistics import NormalDist

import duckdb
import pytest
from redshift import semantics
from redshift.connection import Shadow
from redshift.guard import problems
from redshift.shadow import migrated_access, redshift_target
from redshift.translate import to_duckdb

QUANTILES = "select p, {{ normal_quantile('p') }} as z from probabilities order by p"
BOUNDS = (
    "select successes, trials, z, {{ wilson_lower('successes', 'trials', 'z') }} as lower_bound,"
    " {{ wilson_upper('successes', 'trials', 'z') }} as upper_bound from shares"
)
PROBABILITIES = [10.0**-power for power in range(1, 13)] + [0.0242, 0.02425, 0.0243] + [k / 1000 for k in range(1, 501)]


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    database = duckdb.connect()
    semantics.install(database)
    database.execute("create table probabilities (p double)")
    mirrored = {p for low in PROBABILITIES for p in (low, 1 - low)}
    database.executemany(
        "insert into probabilities values (?)",
        [[p] for p in [*mirrored, 0.0, 1.0, -1.0, None]],
    )
    database.execute("create table shares (successes bigint, trials bigint, z double)")
    shares = [(x, n) for n in (1, 2, 7, 400, 28_000) for x in sorted({0, 1, n // 3, n - 1, n}) if 0 <= x <= n]
    database.executemany(
        "insert into shares values (?, ?, ?)",
        [[x, n, z] for x, n in shares for z in (1.96, 3.48)],
    )
    database.execute("insert into shares values (0, 0, 1.96)")
    return database


@pytest.fixture(scope="module", params=["duckdb", "redshift"])
def compiled(request, project, tmp_path_factory):
    """Gives a text with macros as SQL that DuckDB runs; what Redshift would get must be known to it."""

    def compile(inline: str) -> str:
        return project.run("compile", None, "--inline", inline, target=request.param).results[0].node.compiled_code

    def for_redshift(inline: str) -> str:
        with redshift_target(
            Shadow(
                tmp_path_factory.mktemp("shadow") / "coretelecoms.duckdb",
                migrated_access(),
            )
        ):
            sql = compile(inline)
        assert problems(sql) == []
        return to_duckdb(sql)

    return compile if request.param == "duckdb" else for_redshift


def test_quantiles_are_those_of_the_normal_distribution(compiled, database):
    rows = [(p, z) for p, z in database.execute(compiled(QUANTILES)).fetchall() if p is not None and 0 < p < 1]
    assert len(rows) > 1000
    for p, z in rows:
        assert z == pytest.approx(NormalDist().inv_cdf(p), rel=1.2e-9, abs=1e-12)


def test_what_is_no_probability_has_no_quantile(compiled, database):
    rows = database.execute(compiled(QUANTILES)).fetchall()
    assert {z for p, z in rows if p is None or not 0 < p < 1} == {None}


def test_bounds_are_wilsons(compiled, database):
    rows = database.execute(compiled(BOUNDS)).fetchall()
    assert len(rows) > 30
    for successes, trials, z, lower, upper in rows:
        if trials == 0:
            assert (lower, upper) == (None, None)
            continue
        share = successes / trials
        centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
        reach = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
        assert (lower, upper) == (
            pytest.approx(centre - reach, abs=1e-12),
            pytest.approx(centre + reach, abs=1e-12),
        )


def test_bounds_at_the_ends_are_exact(compiled, database):
    rows = database.execute(compiled(BOUNDS)).fetchall()
    assert {lower for successes, trials, _, lower, _ in rows if trials and successes == 0} == {0.0}
    assert {upper for successes, trials, _, _, upper in rows if trials and successes == trials} == {1.0}


def test_redshift_would_refuse_the_logarithm_of_a_decimal():
    assert problems("select ln(cast(a as decimal(9, 4))) as b from c") != []
    assert problems("select ln(cast(a as double precision)) as b from c") == []
