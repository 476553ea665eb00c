"""Keys: those of a development installation are made once and kept beside its data."""

import os
import secrets
from pathlib import Path

from .env import EnvError

# Stands in for a key that production did not get; the production check refuses to start with it.
UNSET = "unset-" * 10


SHORTEST_CHANNEL_KEY = 40


def channel_keys(text: str) -> list[str]:
    """The keys that seal channel addresses: the first seals, older ones after a comma still open.

    Raises EnvError for one that could be guessed.
    """
    keys = [key.strip() for key in text.split(",") if key.strip()]
    if any(len(key) < SHORTEST_CHANNEL_KEY for key in keys):
        msg = f"XINHUO_CHANNEL_KEY 太短，至少要 {SHORTEST_CHANNEL_KEY} 个随机字符"
        raise EnvError(msg)
    return keys


def development_key(folder: Path, name: str = "secret_key") -> str:
    """Read ``folder/secret_key`` (or another ``name``), made on first use and readable by its owner only.

    Two processes may start at once: whoever comes second takes the first one's key.
    """
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()
