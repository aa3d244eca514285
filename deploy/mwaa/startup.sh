#!/bin/bash
# Amazon MWAA runs this in every container (scheduler, worker, web server) before it installs requirements and starts
# Airflow, for at most five minutes, and hands on what it exports. It must not end the shell it may be read into, and
# must let Airflow start whatever happens: a DAG that lacks its settings, and a dbt task that lacks dbt, say so themselves.
#
#   1. exports the settings of this deployment, which Terraform has written to environment.sh in the DAGs' bucket;
#   2. where tasks run, builds the dbt environment of the current release from the wheelhouse in that bucket.
#
# There is no way to a package index, and none is needed. See deploy/README.md.

coretelecoms_home="${AIRFLOW_HOME:-/usr/local/airflow}/coretelecoms"

coretelecoms_log() {
    echo "coretelecoms startup: $*"
}

# coretelecoms_fetch KEY FILE: an object of the DAGs' bucket. MWAA's image has boto3, but not the AWS command line.
coretelecoms_fetch() {
    python3 -c '
import sys, boto3
try:
    boto3.client("s3").download_file(*sys.argv[1:])
except Exception as error:
    sys.exit(f"coretelecoms startup: s3://{sys.argv[1]}/{sys.argv[2]}: {error}")
' "$DAG_BUCKET" "$1" "$2"
}

# The settings, and where dbt is found.
coretelecoms_settings() {
    mkdir -p "$coretelecoms_home" || return 1
    # As terraform/modules/orchestration/files.tf names it, of what MWAA tells each container.
    export DAG_BUCKET="${AIRFLOW_ENV_NAME:-}-airflow-${CUSTOMER_ACCOUNT_ID:-}"
    if ! coretelecoms_fetch environment.sh "$coretelecoms_home/environment.sh"; then
        coretelecoms_log "FAILED: cannot read s3://$DAG_BUCKET/environment.sh"
        return 1
    fi
    # shellcheck source=/dev/null
    source "$coretelecoms_home/environment.sh"
    export DBT_EXECUTABLE="$coretelecoms_home/bin/dbt"
    export DBT_PROJECT_DIR="$coretelecoms_home/dbt"
    export DBT_PROFILES_DIR="$coretelecoms_home/dbt"
    export DBT_TARGET_PATH="$coretelecoms_home/target"
    export DBT_LOG_PATH="$coretelecoms_home/logs"
    coretelecoms_log "settings of ${PLATFORM_ENVIRONMENT:-an unnamed environment} read"
}

# The program dbt: at each call it is that of the release whose DAGs are here, so that a new release needs no restart.
# -P, since modules beside that file would hide those of Python (calendar).
coretelecoms_dbt_program() {
    mkdir -p "$coretelecoms_home/bin" || return 1
    cat >"$DBT_EXECUTABLE" <<'PROGRAM' || return 1
#!/bin/sh
exec python3 -P "$AIRFLOW_HOME/dags/coretelecoms/dbt_release.py" "$@"
PROGRAM
    chmod 0755 "$DBT_EXECUTABLE"
}

# Builds the environment of the current release now, so that the first task need not wait for it.
coretelecoms_prepare_dbt() {
    coretelecoms_fetch dags/generated/release.json "$coretelecoms_home/release.json" &&
        coretelecoms_fetch dags/coretelecoms/dbt_release.py "$coretelecoms_home/dbt_release.py" &&
        python3 -P "$coretelecoms_home/dbt_release.py" --prepare "$coretelecoms_home/release.json"
}

coretelecoms_startup() {
    local began=$SECONDS component="${MWAA_AIRFLOW_COMPONENT:-unknown}"
    coretelecoms_settings || return 0
    if [[ "$component" != "worker" && "$component" != "hybrid" ]]; then
        coretelecoms_log "done in $((SECONDS - began)) s; no dbt needed on component $component"
        return 0
    fi
    if coretelecoms_dbt_program && coretelecoms_prepare_dbt; then
        coretelecoms_log "done in $((SECONDS - began)) s; dbt is ready"
    else
        # Expected once: in a new environment, before the first DAGs are brought.
        coretelecoms_log "FAILED to prepare dbt after $((SECONDS - began)) s; the first dbt task tries again"
    fi
}

coretelecoms_startup
