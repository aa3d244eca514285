#!/usr/bin/env bash
# dbt's slim builds, on data that the small pipeline makes:
#   deploy/ci/dbt-slim.sh keep FOLDER    runs the pipeline and keeps its warehouse and dbt's manifest in FOLDER
#   deploy/ci/dbt-slim.sh build FOLDER   builds the models that differ from those kept, and what depends on them, on a copy
#                                        of that warehouse; all others are read as main has built them
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)

if [[ $# -ne 2 || ("$1" != keep && "$1" != build) ]]; then
    sed -n '2,5s/^# \{0,1\}//p' "$0"
    if [[ "${1:-}" == --help ]]; then exit 0; else exit 2; fi
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# PostgreSQL has a user of its own where this runs as root.
chmod 755 "$work"
mkdir -p "$2"
folder=$(cd "$2" && pwd)

if [[ "$1" == keep ]]; then
    PLATFORM_HOME="$work/home" npm --prefix "$repository" start -- --days 2025-11-20..2025-11-21
    cp "$work/home/warehouse.duckdb" "$work/home/dbt/target/manifest.json" "$folder/"
    exit 0
fi

if [[ ! -f "$folder/manifest.json" ]]; then
    echo "There is no state of main in $2; nothing to compare with. The tests of the project build all of it."
    exit 0
fi
cp "$folder/warehouse.duckdb" "$work/"
export DBT_DUCKDB_PATH="$work/warehouse.duckdb" DBT_TARGET_PATH="$work/target" DBT_LOG_PATH="$work/logs"
"$repository/.local/venvs/dbt/bin/dbt" --no-use-colors build --project-dir "$repository/dbt" \
    --profiles-dir "$repository/dbt" --target duckdb --select state:modified+ --defer --state "$folder"
