"""``python -m bench [NAME]``: run all cases or one; results go to ``DATA/bench/NAME.json`` (DATA: ``var``)."""

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from bench import cases
from bench.core import UnequalError, measure, save


def main(arguments: list[str]) -> int:
    """Measure and print a line for each; 1 if results differed, 2 for an unknown name."""
    names = sorted(module.name for module in pkgutil.iter_modules(cases.__path__))
    chosen = arguments or names
    unknown = sorted(set(chosen) - set(names))
    if unknown:
        print(
            f"no bench named {', '.join(unknown)}; there are: {', '.join(names) or 'none'}", file=sys.stderr
        )
        return 2
    folder = Path(os.environ.get("DATA") or "var") / "bench"
    failed = False
    for name in chosen:
        try:
            result = measure(name, import_module(f"bench.cases.{name}").bench())
        except UnequalError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
            continue
        save(result, folder)
        print(
            f"{result.name}: {result.ratio:.3f} × (ours {result.ours_ms} ms, {result.peer} {result.peer_ms} ms, "
            f"{result.rounds} rounds)"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
