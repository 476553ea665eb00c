"""The signing key of a development installation, made once and kept beside its data."""

import os
import secrets
from pathlib import Path

# Stands in for a key that production did not get; the production check refuses to start with it.
UNSET = "unset-" * 10


def development_key(folder: Path) -> str:
    """Read ``folder/secret_key``, made on first use and readable by its owner only.

    Two processes may start at once: whoever comes second takes the first one's key.
    """
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()
