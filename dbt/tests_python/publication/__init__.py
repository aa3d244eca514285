"""Attacks on the published tables: populations made to break them, what dbt builds, what can be inferred."""
