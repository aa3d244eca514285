#!/bin/sh
# Runs a command with the builder's own client settings (index, proxy, certificates), which are handed in as build
# secrets and so stay out of every layer. Without them the command simply runs. See deploy/image/build.mjs.
set -eu
if [ -f /run/secrets/build_environment ]; then
    set -a
    # shellcheck source=/dev/null
    . /run/secrets/build_environment
    set +a
fi
exec "$@"
