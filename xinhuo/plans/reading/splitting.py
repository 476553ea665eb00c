"""Several duties in one node: where its words could be cut, and a short name for each piece."""

import re
from itertools import pairwise

_DELIVERABLE = re.compile(
    r"举办|召开|制定|制订|出台|编写|编印|印发|评选|组建|成立|命名|表彰|授牌|总结评比|评比|征集|修订|汇编|培训班|座谈会|推进会|交流会|现场会"
)
_NAME = re.compile(r"[“\"](?!五老|主渠道)[^”\"]{3,30}[”\"]|《[^》]{2,60}》")
_RHETORIC = re.compile(
    r"^(?:积极|充分|切实)?(?:发挥|彰显|坚持|树立|围绕|贯彻|落实|学习贯彻|以[^，,]{2,30}为(?:指导|统领|抓手)|按照|根据|为)"
)
_ACTION = re.compile(
    r"^(?:各[^，,]{0,8}要|要|进一步|继续|积极|不断|认真|切实|深入|全面|大力|注重|加强|加大|推进|推动|做好|抓好|开展|组织|配合|协助|指导|动员|建立|完善|举办|召开|实施|今年)"
)
_COMMA_CUT = re.compile(
    r"[，,](?=(?:并|同时|还要)?(?:进一步|继续|认真)?(?:举办|召开|制定|评选|做好《|开展“|组织开展“))"
)
_NAMES_CUT = re.compile(r"(?<=[”\"])、(?=[“\"][^”\"]{3,30}[”\"](?:等|[一-鿿]{0,6}(?:活动|项目|计划)))")
_LIST_VERB = re.compile(r"(?:做好|开展好?|组织|实施|举办|推进|抓好)$")
_COMMON = re.compile(r"关工委|教育|工作|系统|学校|我省|全省|进一步|加强|继续|活动|开展|建设|关心下一代")
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")"}
_MEANS = re.compile(r"^(?:组织(?!好)|通过|利用|引导|其中|让|使|以便|确保|力争)")
_TIME_ONLY = re.compile(r"(?:今年|年内|上半年|下半年|本年度|[\d一二三四五六七八九十]+月[^，,]{0,6})")
SAME_TOPIC = 0.12  # share of a clause's word pairs that its neighbour has too
SHORT_TITLE = 30
_LEAD_IN = re.compile(r"^(?:今年|并|同时|要|将|其中|[，,])+")
_LONG_BOOK = re.compile(r"(?P<verb>[一-鿿]{2,4})《[^》]*”(?P<rest>[一-鿿]{6,24})》$")
LEAST = 6  # characters of a piece that can be a duty


def split_proposals(node_text: str) -> list[tuple[int, int]]:
    """Ranges in ``node_text`` that look like separate duties; empty when it holds one.

    Clauses end at 。；! and, before a new deliverable, at a comma. Words that only state an aim join the clause
    after them; a clause without a result or a name of its own joins the one before if it has the same topic.
    """
    groups: list[list[tuple[int, int]]] = []
    waiting: list[tuple[int, int]] = []
    for clause in _clauses(node_text):
        words = node_text[slice(*clause)]
        if _is_aim(words) or len(words) < LEAST:
            waiting.append(clause)
        elif groups and not waiting and not _stands_alone(node_text, groups[-1], words):
            groups[-1].append(clause)
        else:
            groups.append([*waiting, clause])
            waiting = []
    if waiting and groups:
        groups[-1] += waiting
    ranges = [(group[0][0], group[-1][1]) for group in groups]
    if len(ranges) == 1:
        ranges = _by_names(node_text, *ranges[0])
    return ranges if len(ranges) > 1 else []


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts, closing = [0], ""
    for at, char in enumerate(text):
        if closing:
            closing = "" if char == closing else closing
        elif char in _PAIRS and text.find(_PAIRS[char], at + 1, at + 80) > 0:
            closing = _PAIRS[char]
        elif char in "。；;！\n" or (char in "，," and _COMMA_CUT.match(text, at)):
            cuts.append(at + 1)
    cuts.append(len(text))
    found = []
    for a, b in pairwise(cuts):
        words = text[a:b].rstrip("。；;！，, \n\u3000\xa0")
        lead = len(words) - len(words.lstrip(" \n\u3000\xa0"))
        if words.strip():
            found.append((a + lead, a + len(words)))
    return found


def _is_aim(words: str) -> bool:
    """Only an aim: no result, and every part is rhetoric."""
    if _DELIVERABLE.search(words):
        return False
    return all(_RHETORIC.match(part.strip()) for part in re.split("[，,]", words))


def _stands_alone(text: str, before: list[tuple[int, int]], words: str) -> bool:
    if _DELIVERABLE.search(words) or _NAME.search(words):
        return True
    if _MEANS.match(words):
        return False
    above = text[before[0][0] : before[-1][1]]
    return bool(_ACTION.match(words)) and _overlap(words, above) < SAME_TOPIC


def _overlap(words: str, above: str) -> float:
    pairs = _pairs(words)
    return len(pairs & _pairs(above)) / len(pairs) if pairs else 1.0


def _pairs(words: str) -> set[str]:
    plain = re.sub(r"[^一-鿿]", " ", _COMMON.sub(" ", words))
    return {plain[i : i + 2] for i in range(len(plain) - 1) if " " not in plain[i : i + 2]}


def _by_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One clause that names several programmes: 做好“甲”、“乙”等活动."""
    opening = re.search(r"[“\"]", text[start:end])
    if opening is None or not _LIST_VERB.search(text[start : start + opening.start()]):
        return [(start, end)]
    cuts = [match.start() for match in _NAMES_CUT.finditer(text, start, end)]
    edges = [start, *(cut + 1 for cut in cuts)]
    return list(zip(edges, [*cuts, end], strict=True))


def short_title(text: str) -> str:
    """A name for a duty made of its own words: the first clause that says what is done, at most 30 characters."""
    flat = re.sub(r"\s+", "", text).rstrip("。；;！，,：:")
    if len(flat) <= SHORT_TITLE and not set(flat) & set("。；;"):
        return _LEAD_IN.sub("", flat) or flat
    clauses = [clause for clause in re.split("[。；;！]", flat) if clause]
    best = next((clause for clause in clauses if not _is_aim(clause)), clauses[0] if clauses else "")
    parts = [part for part in _outside_quotes(best) if part and not _TIME_ONLY.fullmatch(part)]
    named = (part for part in parts if _NAME.search(part) and len(part) <= SHORT_TITLE)
    chosen = next(named, "") or next(
        (part for part in parts if not _is_aim(part)), parts[0] if parts else flat
    )
    return _cut(_LEAD_IN.sub("", chosen) or chosen)


def _outside_quotes(words: str) -> list[str]:
    """Cut at commas that stand outside quotation marks and brackets."""
    parts, last, closing = [], 0, ""
    for at, char in enumerate(words):
        if closing:
            closing = "" if char == closing else closing
        elif char in _PAIRS and _PAIRS[char] in words[at + 1 :]:
            closing = _PAIRS[char]
        elif char in "，,：:":
            parts.append(words[last:at])
            last = at + 1
    return [*parts, words[last:]]


def _cut(words: str) -> str:
    """At most 30 characters, cut where a word group ends, never inside quotation marks."""
    if len(words) <= SHORT_TITLE:
        return words
    if long_book := _LONG_BOOK.match(words):
        return long_book["verb"] + long_book["rest"]
    piece = words[:SHORT_TITLE]
    for opening, closing in _PAIRS.items():
        at = piece.rfind(opening)
        if at > LEAST and piece.find(closing, at) < 0:
            piece = piece[:at]
    breaks = [piece.rfind(mark) for mark in "、和与及"]
    at = max(breaks)
    return piece[:at] if at > SHORT_TITLE // 2 else piece
