"""Runs `dbt build` as the daily DAG does, in this process, and prints as JSON what it took.

Arguments: folder of the dbt project. Output: seconds, max_rss_mb, and the nodes with their seconds, slowest first. The
environment says which warehouse (see dbt/README.md).
"""

from __future__ import annotations

import json
import resource
import sys
import time

from dbt.cli.main import dbtRunner


def main(project: str) -> None:
    arguments = ["--quiet", "build", "--exclude-resource-type", "unit_test", "--full-refresh"]
    arguments += ["--project-dir", project, "--profiles-dir", project, "--target", "duckdb"]

    started = time.perf_counter()
    outcome = dbtRunner().invoke(arguments)
    seconds = time.perf_counter() - started
    if outcome.exception:
        raise outcome.exception
    broken = sorted(str(one.node.unique_id) for one in outcome.result if str(one.status) in ("error", "fail"))
    if broken:
        sys.exit(f"dbt build failed: {', '.join(broken)}")

    nodes = sorted(((one.execution_time, one.node.unique_id) for one in outcome.result), reverse=True)
    measured = {
        "seconds": seconds,
        "max_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "nodes": [{"name": name, "seconds": node_seconds} for node_seconds, name in nodes],
    }
    print(json.dumps(measured))


# dbt starts processes, and each of them imports this file again
if __name__ == "__main__":
    main(sys.argv[1])
