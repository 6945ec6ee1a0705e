#!/usr/bin/env bash
# Writes the lock files beside it from pyproject.toml: exact versions and hashes, for every Python and system.
# Pins are kept where they still fit. For newer versions: requirements/lock.sh --upgrade
# Needs uv: pip install uv
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {  # lock FILE ARGUMENTS…
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
    --custom-compile-command requirements/lock.sh --output-file "requirements/$1" "${@:2}"
}
lock image.txt pyproject.toml --extra all "$@"     # deploy/Dockerfile
lock ci.txt pyproject.toml --extra dev "$@"        # .ci/run
lock release.txt --group release "$@"              # .ci/package and deploy/Dockerfile
