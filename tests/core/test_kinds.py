"""What subjects are called is spelt once, in the module ``kinds`` of their app."""

import ast
import importlib
from collections import Counter
from pathlib import Path

from django.apps import apps

from tools.files import ROOT
from xinhuo.core.contracts import collect

SOURCES = [path for path in (ROOT / "xinhuo").rglob("*.py") if "migrations" not in path.parts]


def kinds() -> set[str]:
    """Every constant of every ``kinds`` module."""
    modules = (
        f"{config.name}.kinds" for config in apps.get_app_configs() if Path(config.path, "kinds.py").exists()
    )
    return {
        value
        for name in modules
        for key, value in vars(importlib.import_module(name)).items()
        if key.isupper()
    }


def test_a_kind_is_spelt_once() -> None:
    wanted = kinds()
    spelt = Counter(
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in wanted
    )

    assert {kind: spelt[kind] for kind in wanted} == dict.fromkeys(wanted, 1)


def test_every_subject_has_its_kind_there() -> None:
    assert {subject.kind for subject in collect("subjects")} <= kinds()
