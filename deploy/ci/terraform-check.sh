#!/usr/bin/env bash
# Formats and validates all Terraform code with the real provider: deploy/ci/terraform-check.sh
# Needs terraform and its registry; no account. What the offline checks assert beyond it is in `npm run verify`.
set -euo pipefail

if [[ "${1:-}" == --help ]]; then
    sed -n '2,3s/^# //p' "$0"
    exit 0
fi
cd "$(dirname "$0")/../../terraform"
terraform fmt -check -recursive
for folder in bootstrap environments/*/ modules/*/examples/*/; do
    echo "== $folder"
    terraform -chdir="$folder" init -backend=false -input=false -no-color >/dev/null
    terraform -chdir="$folder" validate -no-color
done
