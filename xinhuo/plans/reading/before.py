"""What stands before a number in its line: a reference, a class at school, an open bracket, a list of attachments."""

import re

from .lines import BLANK

LOOK_BACK = 60  # how far an open bracket or book title reaches
IN_TITLE = 7.0
IN_BRACKETS = 2.5
REFERENCE = re.compile(
    r"(?:附[件表图录]|第|依照|依据|根据|按照|[详参可]见|[如见上下]图|[如见上下]表|(?:^|[^一-鿿])(?:[图表附见式注按款据]))$"
)  # 附件1、图2, 见（3）; but 代表四、 and 方式1. are words before a marker
_CLASS = re.compile(
    r"(?:[高初小十][一二三四五六]|年级|[^一-鿿][一二三四五六七八九])$"
)  # 高一（4）班 is a class at school
ATTACHED = re.compile(r"附\s*件\s*[:：][^。；\r\n]*$")
LIST_BACK = 200  # characters a list of attachments may take


def is_reference(text: str, line_start: int, start: int) -> bool:
    """附件1、图2、见（3）: a number that names something elsewhere."""
    before = text[max(line_start, start - 4) : start].rstrip(BLANK)
    if text[start] in "（(" and _CLASS.search(" " + before if start - line_start <= len(before) else before):
        return True
    return bool(REFERENCE.search(before))


def is_listed(text: str, line_start: int, start: int) -> bool:
    """Whether a number in mid-line belongs to a list of attachments that began shortly before."""
    return bool(ATTACHED.search(text[max(line_start, start - LIST_BACK) : start]))


def enclosed(text: str, line_start: int, start: int) -> float:
    """The cost of standing inside 《》 or round brackets that opened shortly before."""
    before = text[max(line_start, start - LOOK_BACK) : start]
    if before.rfind("《") > before.rfind("》"):
        return IN_TITLE
    opened = max(before.rfind("（"), before.rfind("("))
    return IN_BRACKETS if opened > max(before.rfind("）"), before.rfind(")")) else 0.0
