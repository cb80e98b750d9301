#!/bin/sh
# The steps of both container recipes, from Debian 12 with the project's files in /opt/hies-annot.
set -eu
apt-get update
apt-get install -y --no-install-recommends ca-certificates make python3 python3-venv
rm -rf /var/lib/apt/lists/*
make -C /opt/hies-annot
