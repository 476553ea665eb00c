"""Nothing in the tree names somebody's machine or holds a secret.

python -m tools.lint_leaks
"""

import re
import sys
from pathlib import Path

from tools.files import project_files, shown

LARGEST = 2_000_000  # bytes; larger files are data
LOCKS = ("requirements/runtime.txt", "requirements/dev.txt", "package-lock.json")
HOMES = "home|root|Users|work|workspace|workspaces|builds"

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a path of somebody's machine", re.compile(rf"""(?:^|[\s"'`(=:,])/(?:{HOMES})/[\w.-]""")),
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("an access key", re.compile(r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|xox[abp]-\w{10,}|sk-\w{32,})")),
    (
        "a secret in plain text",
        re.compile(
            r"""(?i)\b\w*(?:secret|token|passwd|password|api_?key)\w*\s*[:=]\s*["'][\w+/=-]{24,}["']"""
        ),
    ),
    (
        "a password in an address",
        re.compile(r"""\w+://[\w.-]+:(?=[^@\s]*[a-z0-9])[^@\s/{$<"']{3,}@[\w.-]+"""),
    ),
)
ADDRESS_IN_LOCK = re.compile(r'"resolved"|index-url|find-links|^[^#]*://', re.MULTILINE)


def leaks(text: str, *, lock: bool = False) -> list[tuple[int, str]]:
    """Line and meaning of every leak in a text; a lock file may name no address at all."""
    found = [
        (text.count("\n", 0, match.start()) + 1, meaning)
        for meaning, rule in RULES
        for match in rule.finditer(text)
    ]
    if lock:
        found += [(text.count("\n", 0, m.start()) + 1, "an address") for m in ADDRESS_IN_LOCK.finditer(text)]
    return sorted(found)


def main() -> int:
    """Print every finding; 1 if there is one."""
    count = 0
    for path in project_files():
        text = _text(path)
        for line, meaning in leaks(text, lock=shown(path).endswith(LOCKS)):
            count += 1
            print(f"{shown(path)}:{line}: {meaning}")
    print(f"leaks: {count} findings")
    return 1 if count else 0


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        return ""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
