import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(r"""\benv(?:str|int|bool|list|secret|choice)\(\s*"([A-Z_]+)"|envvar="([A-Z_]+)\"""")


def test_every_variable_that_is_read_is_explained_and_no_other():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "xinhuo").rglob("*.py"))
    read = {first or second for first, second in READS.findall(code)}

    explained = set(
        re.findall(
            r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.zh-CN.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    )

    assert explained == read
