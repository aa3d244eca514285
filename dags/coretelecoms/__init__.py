"""What the DAGs of this folder share. Not a DAG file: the parser ignores this package (.airflowignore)."""
