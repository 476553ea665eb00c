"""Which files belong to the project: what git would commit, or everything but the ignored folders without git."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = frozenset({".git", ".venv", "var", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache"})


def project_files(suffix: str = "") -> list[Path]:
    """Existing files whose name ends with ``suffix``, in a fixed order."""
    return sorted(path for path in _listed() if path.name.endswith(suffix) and path.is_file())


def _listed() -> Iterator[Path]:
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no git
        for path in ROOT.rglob("*"):
            if not SKIPPED & set(path.relative_to(ROOT).parts):
                yield path
        return
    for name in listing.split(b"\0"):
        if name:
            yield ROOT / name.decode()


def shown(path: Path) -> str:
    """The path as a person types it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
