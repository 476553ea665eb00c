"""Document numbers: 黔教办函〔2020〕38号 in any brackets, with damaged tails."""

import re
from dataclasses import dataclass

from .numerals import HALF_DIGITS, han_value

_OPEN, _CLOSE = r"〔﹝\[［(（【「", r"〕﹞\]］)）】」"
_ROUND = "(（"
_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})"
_SERIAL = r"(?P<n>\d{1,5}|[一二三四五六七八九十百〇零]{1,5}(?=[ \t\u3000\xa0]*[号號]))"
_S = r"[ \t\u3000\xa0]*"
NUMBER = re.compile(
    rf"(?P<org>[一-鿿][一-鿿 \u3000（）()]{{1,18}}?){_S}(?P<open>[{_OPEN}]){_S}{_YEAR}{_S}(?P<close>[{_CLOSE}]?){_S}(?:第{_S})?"
    rf"{_SERIAL}?{_S}(?P<hao>[号號]?)"
)
_BARE = re.compile(
    rf"(?P<org>[一-鿿]{{2,14}}){_S}(?P<open>)(?P<year>(?:19|20)\d\d){_S}(?P<close>[{_CLOSE}]?){_S}(?P<n>\d{{1,5}}){_S}(?P<hao>[号號])"
)
_LABEL = re.compile(
    r"^(?:【?(?:发?文\s*字?\s*号|字\s*[号號]|发文字\s*号|文件编号|发文编号|文件号|编\s*号)】?\s*[：:]?\s*)"
)
_NEAT = re.compile(r"[一-鿿（）()]+〔\d{4}〕[1-9]\d*[号號]")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A document number as printed, with its range, its year, and the tidy form if the print is not tidy."""

    printed: str
    start: int
    end: int
    year: int
    proposal: str
    damaged: bool


def read_number(text: str, offset: int, *, whole: bool) -> FoundNumber | None:
    """The number in a line that starts at ``offset``; with ``whole`` the line may hold nothing else."""
    label = _LABEL.match(text)
    skip = label.end() if label else 0
    body = text[skip:].translate(HALF_DIGITS)
    match = (NUMBER.fullmatch(body) or _BARE.fullmatch(body)) if whole else NUMBER.search(body)
    if match is None or (not whole and (_cited(body, match) or _in_passing(match))):
        return None
    start = offset + skip + match.start()
    printed = text[skip + match.start() : skip + match.end()].strip()
    number, year = _value(match["n"] or ""), _value(match["year"])
    proposal = f"{_clean(match['org'])}〔{year}〕{number}号" if number else ""
    damaged = not (match["close"] and match["hao"] and number)
    if _NEAT.fullmatch(printed):
        proposal, damaged = "", False
    return FoundNumber(printed, start, start + len(printed), year, proposal, damaged)


def _value(text: str) -> int:
    return int(text) if text.isdigit() else han_value(text) or 0


def _clean(org: str) -> str:
    return re.sub(r"\s", "", org)


def _in_passing(match: re.Match[str]) -> bool:
    """A year in round brackets is everywhere: among other words only a whole number with 号 is believed."""
    return match["open"] in _ROUND and not (match["close"] and match["n"] and match["hao"])


def _cited(body: str, match: re.Match[str]) -> bool:
    """A number in brackets behind a book title belongs to another document."""
    before = body[: match.start()].rstrip()
    return before.endswith(("（", "(", "》")) or body.find("》") > match.start()


def leading_number(text: str) -> int:
    """The length of a whole document number that stands before other words on a line, else 0."""
    match = NUMBER.match(text)
    whole = match is not None and match["hao"] and match["close"] and match["n"]
    return match.end() if match is not None and whole and match.end() < len(text) else 0
