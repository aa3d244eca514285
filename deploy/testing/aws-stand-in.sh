#!/bin/sh
# Stands for the AWS command line, in so far as deploy/lib/pool.ts depends on it: a pool of Airflow, kept in a file.
case "$*" in
"mwaa invoke-rest-api --name coretelecoms-dev --method GET --path /pools/warehouse --output json")
    [ -f "$STAND_IN_FOLDER/pool" ] || { echo "RestApiClientException: 404" >&2; exit 254; }
    echo '{"RestApiStatusCode": 200, "RestApiResponse": {"name": "warehouse", "slots": 1}}'
    ;;
"mwaa invoke-rest-api --name coretelecoms-dev --method POST --path /pools --output json --body {\"name\":\"warehouse\",\"slots\":1,"*)
    touch "$STAND_IN_FOLDER/pool"
    echo '{"RestApiStatusCode": 201, "RestApiResponse": {"name": "warehouse", "slots": 1}}'
    ;;
*)
    echo "unexpected: $*" >&2
    exit 2
    ;;
esac
