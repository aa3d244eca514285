#!/usr/bin/env bash
# Makes a base for the image where no registry can be reached, from Debian's own packages: deploy/image/make-base.sh TAG
# Needs root, debootstrap, and an engine that answers.
set -euo pipefail

if [[ $# -ne 1 || "$1" == -* ]]; then
    sed -n '2,3s/^# //p' "$0"
    if [[ "${1:-}" == --help ]]; then exit 0; else exit 2; fi
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$work/base"
tar -C "$work/base" -c . | docker import - "$1"
