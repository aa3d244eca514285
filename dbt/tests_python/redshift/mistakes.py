"""Mistakes that a model might make, each small enough to be tried alone.

A table of odd values is the input. A mistake is caught when the guard objects, or when the two engines do not give the
same: DuckDB what is written, the stand-in what Redshift would make of it (it may also fail).
"""

from __future__ import annotations

import duckdb

from redshift import semantics
from redshift.guard import problems
from redshift.translate import to_duckdb

VALUES = """
create table samples as
select * from (values
    (1, 7, 2, cast(3.00 as decimal(10, 2)), 'abcabc', 'x ', cast(null as varchar), date '2025-01-31', true),
    (2, 5, 3, cast(7.00 as decimal(10, 2)), 'Ünïcode', 'x', 'y', date '2024-02-29', false),
    (3, -5, 2, cast(1.00 as decimal(10, 2)), '', 'z', '', date '2025-12-31', true),
    (4, null, 4, null, null, null, 'y', null, null)
) as rows (id, a, b, amount, word, padded, optional, day, flag)
"""

# What Redshift means differently from DuckDB, or refuses
MISTAKES = {
    "integer division": "select id, a / b as share from samples as s",
    "integer division of counts": "select count(a) / count(*) as share from samples as s",
    "percentage by integers": "select id, 100 * a / b as percent from samples as s",
    "average of integers": "select avg(a) as mean from samples as s",
    "average of a count": "select avg(n) as mean from (select b, count(*) as n from samples as s group by b) as g",
    "null in concat": "select id, concat(word, optional) as both from samples as s",
    "concat of three": "select id, concat(word, '-', optional) as both from samples as s",
    "concat_ws": "select id, concat_ws('-', word, optional) as both from samples as s",
    "a cast that cuts": "select id, cast(word as varchar(3)) as short from samples as s",
    "a cast without length": "select id, cast(repeat(word, 100) as varchar) as long from samples as s",
    "a cast that cuts within a character": "select id, cast(word as varchar(1)) as short from samples as s",
    "a boolean as text": "select id, cast(flag as varchar(5)) as flag from samples as s",
    "the greatest boolean": "select max(flag) as any_flag from samples as s",
    "the sum of booleans": "select sum(flag) as flags from samples as s",
    "only the first match replaced": "select id, regexp_replace(word, 'a', 'b') as word from samples as s",
    "a flag for regexp_replace": "select id, regexp_replace(word, 'a', 'b', 'g') as word from samples as s",
    "regexp_matches": "select id, regexp_matches(word, 'a') as found from samples as s",
    "regexp_extract": "select id, regexp_extract(word, 'a') as found from samples as s",
    "trailing blanks compared": "select id from samples as s where padded = 'x'",
    "trailing blanks in a list": "select id from samples as s where padded in ('x', 'q')",
    "trailing blanks in a case": "select id, case padded when 'x' then 1 else 0 end as is_x from samples as s",
    "trailing blanks in a join": "select l.id from samples as l inner join samples as r on l.padded = r.padded",
    "a window without frame": "select id, sum(a) over (order by id) as running from samples as s",
    "a partitioned window without frame": "select id, max(a) over (partition by b order by id) as m from samples as s",
    "first_value without frame": "select id, first_value(a) over (order by id) as f from samples as s",
    "qualify right after a table": "select id from samples qualify row_number() over (order by id) = 1",
    "nulls in descending order": "select id, row_number() over (order by a desc) as n from samples as s",
    "a backslash": r"select id, replace(word, '\n', ' ') as word from samples as s",
    "a negative length": "select id, left(word, a) as part from samples as s",
    "an interval without quotes": "select day + interval 1 day as next_day from samples as s",
    "a name in capitals": 'select id as "Id" from samples as s',
    "group by all": "select b, count(*) as n from samples as s group by all",
    "order by all": "select b from samples as s order by all",
    "select star except": "select * exclude (a) from samples as s",
    "select star replace": "select * replace (1 as a) from samples as s",
    "distinct on": "select distinct on (b) b, id from samples as s order by b, id",
    "filter": "select count(*) filter (where a > 0) as n from samples as s",
    "a lambda": "select list_transform([1, 2], x -> x + 1) as l from samples as s",
    "a list": "select [1, 2] as l from samples as s",
    "a struct": "select {'a': 1} as s from samples as s",
    "columns()": "select columns('a.*') from samples as s",
    "from first": "from samples",
    "union by name": "select id from samples as s union all by name select a as id from samples as t",
    "positional join": "select l.id from samples as l positional join samples as r",
    "asof join": "select l.id from samples as l asof join samples as r on l.id >= r.id",
    "semi join": "select l.id from samples as l semi join samples as r on l.id = r.id",
    "try": "select try(a / b) as share from samples as s",
    "generate_series": "select n from generate_series(1, 3) as g (n)",
    "unnest": "select unnest([1, 2]) as n",
    "string_agg": "select string_agg(word, ',') as words from samples as s",
    "date_diff": "select date_diff('day', day, day) as days from samples as s",
    "strftime": "select strftime(day, '%Y') as y from samples as s",
    "epoch": "select epoch(day) as seconds from samples as s",
    "to_date of no date": "select to_date('2025-02-30', 'YYYY-MM-DD') as d from samples as s",
    "date_part": "select date_part('isodow', day) as d from samples as s",
    "median": "select median(a) as m from samples as s",
    "mode": "select mode(a) as m from samples as s",
    "arg_max": "select arg_max(id, a) as m from samples as s",
    "count_if": "select count_if(flag) as n from samples as s",
    "bool_or": "select any_value(a) as m from samples as s",
    "sha256": "select sha256(word) as h from samples as s",
    "md5_number": "select hash(word) as h from samples as s",
    "ifnull": "select ifnull(a, 0) as a from samples as s",
    "if": "select if(a > 0, 1, 0) as i from samples as s",
    "starts_with": "select starts_with(word, 'a') as s from samples as s",
    "contains": "select contains(word, 'a') as s from samples as s",
    "ilike any": "select id from samples as s where word like any ('a%', 'b%')",
    "similar to": "select id from samples as s where word similar to 'a%'",
    "glob": "select id from samples as s where word glob 'a*'",
    "integer division sign": "select a // b as q from samples as s",
    "power sign": "select a ** 2 as q from samples as s",
    "bit shift": "select b << 1 as q from samples as s",
    "a hugeint": "select cast(a as hugeint) as a from samples as s",
    "an unsigned type": "select cast(b as uinteger) as b from samples as s",
    "a text type": "select cast(a as blob) as a from samples as s",
    "a uuid": "select uuid() as u from samples as s",
    "a materialized cte": "with c as materialized (select 1 as a) select a from c",
    "is distinct from": "select id from samples as s where a is distinct from b",
    "except all": "select id from samples as s except all select id from samples as t",
    "intersect": "select id from samples as s intersect select id from samples as t",
    "pivot": "pivot samples on b using count(*)",
    "sample": "select id from samples as s using sample 10%",
    "limit percent": "select id from samples as s limit 10%",
    "values without a select": "from (values (1)) as v (a)",
    "insert or replace": "insert or replace into samples select * from samples as s",
    "create or replace table": "create or replace table t as select 1 as a",
    "an array type": "create table t (a integer[])",
    "json": "select word -> 'a' as j from samples as s",
    "a late-binding view of a bare table": "create view v as select id from samples with no schema binding",
}

# Right on both engines: none of these may be objected to, and both engines must agree
RIGHT = {
    "division of decimals": "select id, cast(a as double precision) / b as share from samples as s",
    "average of doubles": "select avg(cast(a as double precision)) as mean from samples as s",
    "concatenation": "select id, word || '-' || coalesce(optional, '') as both from samples as s",
    "a running sum": (
        "select id, sum(a) over (order by id rows between unbounded preceding and current row) as r from samples as s"
    ),
    "a total by window": "select id, sum(a) over (partition by b) as total from samples as s",
    "the latest row": "select s.id from samples as s qualify row_number() over (partition by s.b order by s.id) = 1",
    "a wide cast": "select id, cast(word as varchar(64)) as word from samples as s",
    "a case": "select id, case when flag then 'yes' else 'no' end as said from samples as s",
    "days between": "select id, datediff(day, day, cast('2025-12-31' as date)) as days from samples as s",
    "a pattern": "select id, word ~ '^[a-z]+$' as is_word from samples as s",
    "a hash": "select id, sha2(word, 256) as hashed from samples as s",
}


def verdict(sql: str) -> str:
    """How a statement ends: `objected: …`, `fails: …`, `differs`, or `the same` on both engines."""
    found = problems(sql)
    if found:
        return f"objected: {found[0]}"
    with duckdb.connect() as connection:
        connection.execute(VALUES)
        semantics.install(connection)
        try:
            theirs = sorted(map(repr, connection.execute(to_duckdb(sql)).fetchall()))
        except (duckdb.Error, ValueError) as error:
            return f"fails: {type(error).__name__}"
        try:
            ours = sorted(map(repr, connection.execute(_spelt_for_duckdb(sql)).fetchall()))
        except duckdb.Error:
            return "fails on DuckDB"
        return "the same" if ours == theirs else "differs"


def _spelt_for_duckdb(sql: str) -> str:
    """What a macro of macros/portable would have written for DuckDB, where only the spelling differs."""
    return (
        sql.replace("sha2(word, 256)", "sha256(word)")
        .replace("word ~ '^[a-z]+$'", "regexp_matches(word, '^[a-z]+$')")
        .replace("datediff(day, ", "datediff('day', ")
    )
