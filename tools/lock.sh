#!/bin/sh
# Writes the lock files anew from pyproject.toml, with hashes, for every supported Python on Linux and
# macOS. `make lock` takes the newest versions allowed; LOCK="--upgrade-package pytest" moves that one
# only, LOCK=--quiet nothing that need not move.
set -eu
UV_VERSION=0.13.9
cd "$(dirname "$0")/.."
python=$(sh tools/python.sh "${PYTHON:-}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "uv==$UV_VERSION" packaging

compile() { # FILE ARGUMENT...
    file=$1
    shift
    "$work/venv/bin/uv" pip compile --no-config --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" ${LOCK:---upgrade} --output-file "$file" "$@" >/dev/null
}
compile requirements.lock pyproject.toml --all-extras --group test --group build
compile requirements-check.lock --constraints requirements.lock --group check
compile requirements-peers.lock --group peers
compile requirements-spark.lock --constraints requirements.lock --group spark
"$work/venv/bin/python" tools/check_lock.py
