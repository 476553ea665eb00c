"""Every key that some verb writes is declared, once, with words people can filter by."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import xinhuo
from xinhuo.core.contracts import collect

SOURCE = Path(xinhuo.__file__).parent
KEY = re.compile(r"[a-z_]+\.[a-z_]+")


def strings(node: ast.AST) -> list[str]:
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def written_keys(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Line and possible keys of each call of ``journal``.

    A variable stands for all it is set to in its function; a parameter for all its callers in the module hand in.
    """
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in calls(function, "journal"):
            key = call.args[1]
            yield (
                call.lineno,
                named_keys(tree, function, key.id) if isinstance(key, ast.Name) else strings(key),
            )


def named_keys(tree: ast.Module, function: ast.FunctionDef, name: str) -> list[str]:
    settings = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    values = [setting.value for setting in settings if sets(setting, name)]
    places = [argument.arg for argument in function.args.args]
    if name in places:
        place = places.index(name)
        values += [call.args[place] for call in calls(tree, function.name) if len(call.args) > place]
    return [text for value in values for text in strings(value) if KEY.fullmatch(text)]


def calls(node: ast.AST, name: str) -> list[ast.Call]:
    found = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id == name]


def sets(setting: ast.Assign, name: str) -> bool:
    targets = [part for target in setting.targets for part in ast.walk(target)]
    return any(isinstance(part, ast.Name) and part.id == name for part in targets)


def test_every_key_in_the_source_is_declared() -> None:
    declared = {verb.key for verb in collect("verbs")}
    undeclared, seen = [], 0

    for path in sorted(SOURCE.rglob("*.py")):
        for line, keys in written_keys(ast.parse(path.read_text(encoding="utf-8"))):
            seen += 1
            bad = [key for key in keys if key not in declared]
            if bad or not keys:
                undeclared.append(f"{path.relative_to(SOURCE)}:{line}: {bad or 'no literal key'}")

    assert undeclared == []
    assert seen > 20


def test_a_key_is_declared_once_by_the_app_it_is_named_after() -> None:
    keys = Counter(verb.key for verb in collect("verbs"))

    assert [key for key, count in keys.items() if count > 1] == []
    assert [verb.key for verb in collect("verbs") if not verb.label] == []


def test_the_reader_of_calls_finds_every_way_of_writing() -> None:
    source = """
def one(by):
    journal(by, "a.done", "x")

def two(by, quick):
    key = "a.quick" if quick else "a.slow"
    journal(by, key, "x")

def three(by, quick):
    key, word = ("a.quick", "快") if quick else ("a.slow", "慢")
    journal(by, key, word)

def four(by, key):
    journal(by, key, "x")

def five(by):
    six(by, "a.handed")
    six(by, "a.on")

def six(by, key):
    journal(by, key, "x")
"""

    assert list(written_keys(ast.parse(source))) == [
        (3, ["a.done"]),
        (7, ["a.quick", "a.slow"]),
        (11, ["a.quick", "a.slow"]),
        (14, []),
        (21, ["a.handed", "a.on"]),
    ]
