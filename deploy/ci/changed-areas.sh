#!/usr/bin/env bash
# Prints, as `area=true` or `area=false`, which parts of the repository a change touches: deploy/ci/changed-areas.sh BASE
# BASE is the commit to compare with; without it (a push to main) everything counts as touched.
set -euo pipefail

if [[ "${1:-}" == --help ]]; then
    sed -n '2,3s/^# //p' "$0"
    exit 0
fi
base=${1:-}
if [[ -n "$base" ]]; then
    changed=$(git diff --name-only --no-renames "$base...HEAD")
else
    changed=everything
fi

# What decides how checks are installed and run touches all of them.
everything='^(everything|package(-lock)?\.json|local/(setup|checks)/|\.github/(workflows/ci\.yml|actions/)|deploy/ci/)'

touches() {
    local area=$1 pattern=$2 touched=false
    if grep -qE -e "$everything" -e "$pattern" <<<"$changed"; then touched=true; fi
    echo "$area=$touched"
}

touches code '^((functions|shared|local|bench|deploy|classifier|dashboard|terraform/(generated|tests))/|dbt/(seeds/classifier_|macros/classification/)|[^/]+\.(ts|json)$|\.oxlintrc|\.prettier)'
touches dags '^(dags/|local/airflow/|deploy/mwaa/)'
touches dbt '^(dbt/|shared/contracts/|functions/[^/]+/contract\.ts$)'
touches delivery '^(\.github/|\.ci/|deploy/|Dockerfile$|\.dockerignore$|dags/requirements|dags/constraints)|\.sh$'
touches documents '\.md$|^(deploy/|terraform/|local/cli/)'
touches image '^(Dockerfile$|\.dockerignore$|deploy/image/)|requirements[^/]*\.lock$'
touches terraform '^(terraform/|functions/[^/]+/function\.ts$|shared/fleet/|deploy/(lib/terraform|plan|deploy)\.ts$)'
