#!/usr/bin/env bash
# Plans an environment, and shows the plan on the page of the workflow run where there is one:
#   deploy/ci/plan-summary.sh ENVIRONMENT RELEASE STATE_BUCKET ARTIFACT_BUCKET
set -euo pipefail

if [[ $# -ne 4 ]]; then
    sed -n '2,3s/^# \{0,1\}//p' "$0"
    if [[ "${1:-}" == --help ]]; then exit 0; else exit 2; fi
fi
plan=$(mktemp)
trap 'rm -f "$plan"' EXIT
status=0
node deploy/plan.ts --environment "$1" --release "$2" --state-bucket "$3" --artifact-bucket "$4" |
    tee "$plan" || status=$?
{
    printf '### Plan of %s\n\n```\n' "$1"
    # A summary holds at most 1 MiB.
    tail -c 900000 "$plan"
    printf '```\n'
} >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
exit "$status"
