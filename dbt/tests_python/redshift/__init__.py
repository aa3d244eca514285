"""A stand-in for Redshift's driver under the real dbt-redshift.

dbt-redshift runs as it is; only `redshift_connector.connect` is replaced. What it sends is recorded, checked against
what Redshift is known to accept (guard), translated with sqlglot so that it means in DuckDB what it means in Redshift
(translate, semantics), and run in a shadow warehouse. Questions to Redshift's catalogue are answered by catalogue.
"""
