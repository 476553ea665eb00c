"""Migrations are complete, and each app's stand in one line: one start, one end, no forks, no merges.

python -m tools.lint_migrations
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from tools.files import ROOT

Key = tuple[str, str]


def main() -> int:
    """Print every finding; 1 if there is one."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django  # noqa: PLC0415  after the settings module is named

    django.setup()
    from django.apps import apps  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("xinhuo.")}
    loader = MigrationLoader(None)
    parents = {
        key: [parent for parent in migration.dependencies if parent[0] == key[0]]
        for key, migration in loader.disk_migrations.items()
        if key[0] in ours
    }
    problems = crooked(parents)
    print(*problems, sep="\n", end="\n" if problems else "")
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
    return 1 if problems else 0


def crooked(parents: Mapping[Key, Iterable[Key]]) -> list[str]:
    """Findings for migrations given as ``key -> parents within the same app``."""
    problems: list[str] = []
    children = Counter(parent for found in parents.values() for parent in found)
    starts = Counter(app for (app, _), found in parents.items() if not list(found))
    for (app, name), found in sorted(parents.items()):
        if len(list(found)) > 1:
            problems.append(f"{app}.{name}: merges several migrations; rebase instead")
        if children[app, name] > 1:
            problems.append(f"{app}.{name}: {children[app, name]} migrations follow it; make them one line")
    problems += [f"{app}: {count} first migrations" for app, count in sorted(starts.items()) if count > 1]
    return problems


if __name__ == "__main__":
    sys.exit(main())
