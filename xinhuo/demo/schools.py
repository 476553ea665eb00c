"""What ``xinhuo demo --schools N`` runs."""

from collections.abc import Callable

from xinhuo.orgs.models import Org

from .population import load_schools
from .units import installer, load_guizhou


def generate(count: int, progress: Callable[[int, int], None] | None = None) -> int:
    """Add ``count`` made-up schools (and Guizhou itself where there is no unit yet); how many were added."""
    by = installer()
    if not Org.objects.exists():
        load_guizhou(by=by)
    return load_schools(count, by=by, progress=progress)
