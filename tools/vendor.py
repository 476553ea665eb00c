"""Fetches the browser libraries by npm, copies the few files we serve, and checks them against their sums.

    python -m tools.vendor                 fetch everything again and write the sums
    python -m tools.vendor --check         only compare the files in the tree with the sums (no network)
    python -m tools.vendor --icon NAME ... add icons of the set; ``{% icon %}`` finds only those in the tree

Versions stand in package.json, their integrity in package-lock.json; nothing is built and nothing of npm is
needed to run or to deploy the site.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.files import ROOT

SUMS = "tools/vendor.sha256"
STATIC = "xinhuo/core/static"
ICONS = f"{STATIC}/core/icons"
ICON_SOURCE = "@tabler/icons/icons/outline"

FILES = {
    f"{STATIC}/vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    f"{STATIC}/vendor/tabler.LICENSE.txt": "@tabler/core/LICENSE",
    f"{STATIC}/vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    f"{STATIC}/vendor/htmx.LICENSE.txt": "htmx.org/LICENSE",
    f"{ICONS}/LICENSE.txt": "@tabler/icons/LICENSE",
    "tests/browser/vendor/axe.min.js": "axe-core/axe.min.js",
    "tests/browser/vendor/axe.LICENSE.txt": "axe-core/LICENSE",
}
"""Where a file goes, and where it comes from inside node_modules."""


class VendorError(Exception):
    """A file is missing, strange, or could not be fetched."""


def icon_names(root: Path = ROOT) -> list[str]:
    """The icons in the tree, by name."""
    return sorted(path.stem for path in (root / ICONS).glob("*.svg"))


def wanted(root: Path = ROOT, icons: Iterable[str] = ()) -> dict[str, str]:
    """Every vendored file and its source: the fixed ones, the icons in the tree and the added ``icons``."""
    names = sorted({*icon_names(root), *icons})
    return FILES | {f"{ICONS}/{name}.svg": f"{ICON_SOURCE}/{name}.svg" for name in names}


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def problems(root: Path = ROOT) -> list[str]:
    """What differs between the vendored files and their sums; empty when all is well."""
    lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
    recorded = {name: value for value, _, name in (line.partition("  ") for line in lines)}
    found = [f"{name}: not in {SUMS}" for name in wanted(root) if name not in recorded]
    for name, value in recorded.items():
        path = root / name
        if not path.is_file():
            found.append(f"{name}: missing")
        elif digest(path) != value:
            found.append(f"{name}: changed by hand")
    return found


def copy(modules: Path, files: dict[str, str], root: Path = ROOT) -> None:
    """Copy ``files`` out of a node_modules folder and write their sums."""
    for name, source in files.items():
        origin = modules / source
        if not origin.is_file():
            msg = f"{source}: not in the packages named by package.json"
            raise VendorError(msg)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, root / name)
    lines = [f"{digest(root / name)}  {name}\n" for name in sorted(files)]
    (root / SUMS).write_text("".join(lines), encoding="utf-8")


def install(folder: Path, root: Path = ROOT) -> Path:
    """Let npm install the locked packages into ``folder``; returns its node_modules."""
    if shutil.which("npm") is None:
        msg = "npm is not installed: it is only needed to fetch the browser libraries again"
        raise VendorError(msg)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        if (root / name).is_file():
            shutil.copyfile(root / name, folder / name)
    verb = "ci" if (folder / "package-lock.json").is_file() else "install"
    subprocess.run(["npm", verb, "--silent"], cwd=folder, check=True)
    if verb == "install":
        write_lock(folder / "package-lock.json", root / "package-lock.json")
    return folder / "node_modules"


def write_lock(source: Path, target: Path) -> None:
    """Keep a new lock without addresses: names, versions and integrity are what it is for."""
    lock = json.loads(source.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    target.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Fetch or check; 1 when something is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.vendor", description="the vendored browser libraries"
    )
    parser.add_argument("--check", action="store_true", help="compare with the sums, fetch nothing")
    parser.add_argument("--icon", nargs="+", default=[], metavar="NAME", help="add icons by name")
    options = parser.parse_args(arguments)
    if not options.check:
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy(install(Path(folder)), wanted(icons=options.icon))
        except (VendorError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            return 1
    found = problems()
    for line in found:
        print(line)
    print(f"vendor: {len(wanted())} files, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
