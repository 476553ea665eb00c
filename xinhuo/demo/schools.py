"""What ``xinhuo demo --schools N`` runs."""

from collections.abc import Callable

from .load import ensure_demo
from .population import load_schools
from .units import installer


def generate(count: int, progress: Callable[[int, int], None] | None = None) -> int:
    """Add ``count`` made-up schools, on an empty database after the demonstration itself; how many were added."""
    ensure_demo(say=_silently)
    return load_schools(count, by=installer(), progress=progress)


def _silently(_: str) -> None:
    """The command shows a progress bar; sentences would break it."""
