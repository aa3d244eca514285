"""Attacks on the published tables: populations made to break them, the tables as dbt builds them, what can be inferred."""
