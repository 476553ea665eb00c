"""Plain text: decoding, and what looks like a list of duties."""

from pathlib import Path

import pytest

from xinhuo.documents.texts import decode, looks_like_outline

TEXT = "一、加强组织建设\n二、推进“五老”队伍建设"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert decode(TEXT.replace("\n", "\r\n").encode(encoding)) == TEXT


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"MZ\x00\x01binary\x00"])
def test_what_is_no_text_is_said_to_be_none(content: bytes) -> None:
    assert decode(content) is None


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("2020年工作要点", "一、甲\n二、乙\n三、丙", True),
        ("2020年工作要点", "一、甲\n二、乙", False),
        ("关于开会的通知", "1.时间\n2.地点\n3.人员", False),
        ("通知", "\n".join(f"{number}.第{number}项" for number in range(1, 9)), True),
        ("", "贵州省教育厅关工委2020年工作要点\n（一）甲\n（二）乙\n（三）丙", True),
        ("函", "请予支持为盼。", False),
    ],
)
def test_what_looks_like_a_plan(title: str, text: str, expected: bool) -> None:  # noqa: FBT001  a table's column
    assert looks_like_outline(title, text) is expected


def test_the_sample_plan_looks_like_one() -> None:
    found = sorted(Path("xinhuo").rglob("guizhou-2020-work-plan.txt"))
    assert found, "the sample is part of the project"
    text = decode(found[0].read_bytes())
    assert text is not None
    assert looks_like_outline("", text)
