"""Checks templates by the rules of ``template_rules`` and lets Django compile each one.

python -m tools.lint_templates [FILE or FOLDER ...]
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.files import ROOT, project_files, shown
from tools.template_rules import findings


def main(arguments: list[str]) -> int:
    """Print every finding; 1 if there is one."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    files = list(_chosen(arguments)) if arguments else _of_project()
    count = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        problems = findings(text, fragment=path.name.startswith("_")) or [
            (0, problem) for problem in _compiled(text)
        ]
        for line, problem in problems:
            count += 1
            print(f"{shown(path)}:{line}: {problem}")
    print(f"templates: {len(files)} read, {count} findings")
    return 1 if count else 0


def _of_project() -> list[Path]:
    return [path for path in project_files(".html") if "templates" in path.parts]


def _chosen(arguments: list[str]) -> Iterator[Path]:
    for name in arguments:
        path = Path(name).resolve()
        yield from sorted(path.rglob("*.html")) if path.is_dir() else [path]


def _compiled(text: str) -> Iterator[str]:
    import django  # noqa: PLC0415  after the settings module is named
    from django.template import TemplateSyntaxError, engines  # noqa: PLC0415

    django.setup()
    try:
        engines["django"].from_string(text)
    except TemplateSyntaxError as error:
        yield f"Django cannot compile it: {error}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
