"""Redshift's meaning of operations that DuckDB means differently, as macros of DuckDB.

Where Redshift fails, the macro fails: `error()` is evaluated once a row comes by. Types are those of DuckDB; the
integers of Redshift are SMALLINT, INTEGER and BIGINT.
"""

from __future__ import annotations

import duckdb

INTEGERS = "('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT')"
SCHEMA = "redshift_semantics"

MACROS = f"""
create schema if not exists {SCHEMA};

-- integer division truncates
create or replace macro {SCHEMA}.divide(a, b) as
    case when typeof(a) in {INTEGERS} and typeof(b) in {INTEGERS} then trunc(a / b) else a / b end;

-- the average of integers is an integer
create or replace macro {SCHEMA}.average(x) as
    case when any_value(typeof(x)) in {INTEGERS} then trunc(avg(x)) else avg(x) end;

-- trailing blanks do not count when texts are compared
create or replace macro {SCHEMA}.comparable(x) as
    case when typeof(x) = 'VARCHAR' then rtrim(cast(x as varchar), ' ') else cast(x as varchar) end;
create or replace macro {SCHEMA}.equal(a, b) as
    case
        when typeof(a) = 'VARCHAR' and typeof(b) = 'VARCHAR'
            then rtrim(cast(a as varchar), ' ') = rtrim(cast(b as varchar), ' ')
        else a = b
    end;

-- an explicit cast to VARCHAR(n) cuts at n bytes, at a character's border; a boolean cannot be cast to text
create or replace macro {SCHEMA}.as_varchar(x, n) as
    case
        when typeof(x) = 'BOOLEAN' then error('cannot cast type boolean to character varying')
        when octet_length(encode(cast(x as varchar))) <= n then cast(x as varchar)
        else list_aggregate(
            list_filter(
                list_transform(range(0, n + 1), i -> left(cast(x as varchar), cast(i as bigint))),
                prefix -> octet_length(encode(prefix)) <= n
            ),
            'last'
        )
    end;

-- there are no aggregates over booleans
create or replace macro {SCHEMA}.no_boolean(x, name) as
    case when typeof(x) = 'BOOLEAN' then error('function ' || name || '(boolean) does not exist') else x end;

-- a negative length fails
create or replace macro {SCHEMA}.length_of_part(n) as
    case when n < 0 then error('negative substring length not allowed') else n end;
"""


def install(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(MACROS)
