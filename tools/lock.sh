#!/usr/bin/env bash
# Writes the lock files: every version pinned, every file by its hash, no address of any server.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links "$@"
}
compile requirements/runtime.in -o requirements/runtime.txt
compile requirements/runtime.in requirements/dev.in -c requirements/runtime.txt -o requirements/dev.txt
if grep -n '://' requirements/*.txt; then
    echo "a lock file names an address" >&2
    exit 1
fi
