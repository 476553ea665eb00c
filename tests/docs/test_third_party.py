import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_installed_package_is_listed_with_its_licence():
    lock = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    installed = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))

    rows = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").partition("## Shipped")[0]
    cells = re.findall(r"^\| ([a-z0-9, -]+) \| [^|]*\w[^|]* \|", rows, re.MULTILINE)
    listed = {name for cell in cells for name in cell.split(", ")} - {"package"}

    assert listed == installed
