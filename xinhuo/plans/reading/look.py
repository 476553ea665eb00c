"""What a single line looks like: navigation, title, organisation, date, address, list, prose."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from .dates import FULL, FoundDate, read_date_line
from .grammar import signs_before, starts_with_marker
from .lines import BLANK, Line
from .numerals import HALF_DIGITS

PROSE_LENGTH = 50
NAV_MOST, NAV_SHORT = 120, 24  # characters
TAIL = 40  # characters at the end of a line that show a page number
SENTENCES = 2  # a line of so many sentences is text, whatever words it holds
ADDRESS_MOST = 600
LIST_MOST = 300
TITLE_LEAST, TITLE_MOST = 2, 90
ORG_MOST = 44

_KINDS = (
    "答复|意見|通報|決議|紀要|預案|安排意見|實施意見|任務分解|復函|批覆|請示|通知書|"
    "計劃|總結|辦法|規劃|條例|規則|報告|細則|講話|章程|工作要點|要點|規定|決定|通報|"
    "工作要点|要点|工作计划|计划|工作方案|实施方案|方案|通知|意见|办法|规定|通报|决定|规划|细则|总结|安排|制度|"
    "章程|公告|通告|请示|批复|复函|函|纪要|讲话|倡议书|倡议|规则|条例|纲要|指南|任务|任务分解|措施|报告|安排意见|"
    "工作思路|思路|打算|预案|清单|重点|重点工作|目标责任书|责任书|标准|指导要点|若干意见|行动|一览表|分工表"
)
TITLE_END = re.compile(
    rf"(?:{_KINDS})(?:[（(](?:试行|修订|草案|暂行|讨论稿|征求意见稿|送审稿|节选|摘要|[一-鿿]*稿)[）)])?[》”]?$"
)
TITLE_START = re.compile(
    r"^(?:关于|转发|印发|關於|關于|轉發|[《“]|中共|(?:19|20)\d\d|二〇|二○|[一-鿿（）()、·]{2,30}?(?:关于|關於|關于|(?:19|20)\d\d|二〇|二○))"
)
ORG_END = re.compile(
    r"(?:委员会|关工委|党工委|工委|党委|党组|党总支|党支部|支部|委|局|厅|部|办公室|办|学校|小学|中学|一中|二中|三中|幼儿园|学院|"
    r"大学|中心|处|科|委員會|關工委|廳|黨委|黨組|辦公室|辦|學校|小學|中學|學院|大學|協會|聯合會|領導小組|會|协会|学会|联合会|工会|会|校|院|政府|领导小组|集团|公司|园|馆|站|团|分校|校区|联盟)(?:[（(](?:盖?章|公章|印章|代章)[）)])?$"
)
_ORG_CHARS = re.compile(r"[一-鿿A-Za-z·、（）()“”《》\s\u3000\xa0]+(?:\d[一-鿿]*)?")
_NAV = re.compile(
    r"【打印|【关闭|\[打印|\[关闭|打印此页|当前位置|所在位置|现在的位置|您的位置|你的位置|返回顶部|上一[篇条页]|下一[篇条页]|关闭窗口|关闭本页|打印本页|打印正文|字体[:：大]|【字体|浏览次数|浏览量|"
    r"点击数|点击率|阅读次数|阅读量|访问量|访问人数|ICP备|网站地图|网站备案|公网安备|友情链接|扫一扫|分享到|Copyright|copyright|©|技术支持|"
    r"设为首页|加入收藏|责任编辑|【编辑|\[编辑|审核人[:：]|信息来源|文章来源|稿件来源|本文来源|发布时间|发布日期|更新时间|发表时间|发布者|发布人|"
    r"发表日期|信息分类|索\s*引\s*号|主题分类|相关文章|相关阅读|相关推荐|相关链接|猜你喜欢|收藏本文|我要纠错|无障碍|>>|网友评论|展开全文|阅读全文|"
    r"相关范文|本文地址|最新消息|小编|网站标识码|本文档|整理发布|仅供大家参考|内容总结[（(]|"
    r"https?://|^(?:时间|日期|發表時間)\s*[:：]\s*20\d\d[-/.年]|"
    r"發佈|發布時間|發布日期|瀏覽|責任編輯|當前位置"
)
_NAV_WORD = re.compile(
    r"首页|版权|字号|字體|点击[:：]|联系我们|登录|注册|搜索|来源[:：]|來源[:：]|作者[:：]|编辑[:：]|浏览[:：]|VIP|会员|下载|声明[:：]|热门|邮政编码|"
    r"主办单位[:：]|承办单位[:：]|仅供参考|付费|客服|閱讀|审核[:：]|初审[:：]|复审[:：]|终审[:：]|校对[:：]|供稿"
)
TERMINAL = re.compile(
    r"^[\[【(（<《\s]*(?:上一[篇条]|下一[篇条]|关闭窗口|关闭本页|打印本页|相关文章|相关阅读|相关推荐|相关链接|相关范文|责任编辑|版权所有|友情链接|"
    r"网站地图|分享到|扫一扫|Copyright|copyright|©|网友评论|猜你喜欢|返回顶部|热门推荐|【打印|\[打印|打印\s|本文来源|附件下载|下载附件|内容总结[（(])"
)
_POSTED = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
_LISTED = re.compile(
    r"[\s\[（(【·](?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\]）)】]?$|[\[【]\s?\d{1,2}[-/]\d{1,2}\s?[\]】]$"
)  # an entry of a list of news
_SITE_WORDS = re.compile(r"(?:免责|版权|特别)?声明|本站|本网|凡本|版权|Copyright|©|上一篇|下一篇|相关")
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|．{3,}|\s{2,})\s*\d{1,3}$")  # a line of a table of contents
_PAGE = re.compile(r"[-—－–]\s*\d{1,3}\s*[-—－–]|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|目\s*[录錄]")
_SEPARATORS = re.compile(r"[|｜>＞·※»›]")
_ADDRESS_WORDS = re.compile(
    r"局|校|园|单位|部门|室|委|院|厅|处|系|组|会|中心|同志|老师|科|镇|乡|街道|政府|家长|同学|各|企业|公司"
)
_LEAD_IN = re.compile(
    r"如下|以下|为了|根据|按照|现将|要求是|总体|目标是"
)  # words of a sentence, not of an address
ATTACHMENTS = re.compile(r"^附\s*件?\s*[：:]|^附件\s*\d{0,2}\s*[、.．：:]")
FILE_NAME = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|rar|zip|jpe?g|png)(?:\s*[\[（(].{0,20})?$", re.IGNORECASE
)
ANNEX_HEAD = re.compile(
    r"^附\s*(?:件|录|表)\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[—－-]\s*\d)\s*[：:]?)?(?:\s*[（(][^）)]{0,20}[）)])?$"
)
_FOOTER = re.compile(
    r"^(?:抄\s*送|抄\s*报|主\s*送|分\s*送|发\s*送|主题词|报\s*送)\s*[：:]|^[（(](?:此件|公开|主动公开|依申请公开|联系人)|(?:办公室|秘书处|秘书科)[\s\u3000\xa0]*20\d\d年.*印发$|^校对[：:]|^打字[：:]|^[（(]?共印\d+份|^公开(?:属性|方式|选项)|^[（(]此页无正文"
)
PIECE_HEAD = re.compile(
    r"^[【\[]?(?:篇|范文)[一二三四五六七八九十\d]{1,3}[】\]]?\s*[:：]?|^第[一二三四五六七八九十]篇[:：]|"
    r"^[^。；，,;]{2,40}?[\s【\[]*(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3})[】\]]?$|"
    r"^[^。；，,;\d]{2,40}(?:计划|总结|方案|要点|报告|材料|讲话|范文|简报|制度)[（(]?[一二三四五六七八九十1-9]{1,2}[）)]?$"
)
_STOP = "。；;！!？?，,"


class Kind(Enum):
    """What a line is taken for, seen alone."""

    NAV = auto()
    ADDRESSEE = auto()
    DATE = auto()
    SIGNED = auto()  # organisation and date on one line
    ORG = auto()
    ATTACHMENTS = auto()
    ANNEX_HEAD = auto()
    FOOTER = auto()
    TITLE = auto()
    MARKER = auto()
    PROSE = auto()
    SHORT = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """The kind of a line; the date it holds, where it holds one; whether it ends a page's text for good."""

    kind: Kind
    found: FoundDate | None = None
    terminal: bool = False


def look_at(row: Line) -> Look:
    """Classify a line by its own words, without signs in front of them."""
    text = row.text[signs_before(row.text) :].rstrip("*")
    if not text.strip(BLANK):
        return Look(Kind.SHORT)
    if found := read_date_line(text):
        return Look(Kind.DATE, found)
    for kind, test in _TESTS:
        if test(text):
            return Look(kind, terminal=kind is Kind.NAV and bool(TERMINAL.search(text)))
    return _name_or_words(text)


def _is_list_of_attachments(text: str) -> bool:
    head = ATTACHMENTS.match(text)
    if head is None or len(text) >= LIST_MOST or text.count("。") >= SENTENCES:
        return False
    return head.end() == len(text) or (text[-1] not in ":：；;" and "；" not in text)


def _is_footer(text: str) -> bool:
    return len(text) <= ADDRESS_MOST and text.count("。") < SENTENCES and bool(_FOOTER.search(text))


def _is_addressee(text: str) -> bool:
    return (
        text[-1] in ":："
        and len(text) < ADDRESS_MOST
        and bool(_ADDRESS_WORDS.search(text))
        and not set(text) & set("。；")
        and not _LEAD_IN.search(text)
    )


def _name_or_words(text: str) -> Look:
    if len(text) <= ORG_MOST and _ORG_CHARS.fullmatch(text) and ORG_END.search(text):
        return Look(Kind.ORG)
    if len(text) <= ORG_MOST + 24 and (signed := split_signed(text)):
        return Look(Kind.SIGNED, signed[1])
    return Look(Kind.PROSE if len(text) > PROSE_LENGTH or text[-1] in "。；;" else Kind.SHORT)


def split_signed(text: str) -> tuple[str, FoundDate] | None:
    """Organisation and date printed on one line."""
    whole = FULL.search(text.translate(HALF_DIGITS))
    at = whole.start() if whole else max(text.rfind(c) for c in " \t\u3000\xa0") + 1
    if at <= 0:
        return None
    name, found = text[:at].strip(BLANK), read_date_line(text[at:])
    if found is None or not _ORG_CHARS.fullmatch(name) or not ORG_END.search(name):
        return None
    return name, found


def is_navigation(text: str) -> bool:
    """A line of the web page around the document. A numbered line is one only as an entry of a list of news."""
    if starts_with_marker(text):
        return bool(_LISTED.search(text) or _LEADER.search(text[-TAIL:]) or _PAGE.fullmatch(text))
    long = len(text) > NAV_MOST and text[-1] in "。；"
    if long or text.count("。") + text.count("；") >= SENTENCES:
        return bool(_SITE_WORDS.match(text))
    return _is_of_page(text)


def _is_of_page(text: str) -> bool:
    """Words, dates and bars that pages print around their text."""
    if _NAV.search(text) or _PAGE.fullmatch(text) or _LEADER.search(text[-TAIL:]) or _POSTED.match(text):
        return True
    if (
        len(text) <= NAV_MOST
        and "。" not in text
        and (_LISTED.search(text) or len(_POSTED.findall(text)) > 1)
    ):
        return True
    words = len(_NAV_WORD.findall(text))
    if words and (len(text) < NAV_SHORT or words > 1) and text[-1] not in "。；":
        return True
    return len(_SEPARATORS.findall(text)) > 2 and text[-1] not in "。；"  # noqa: PLR2004  three items make a bar


def is_title(text: str) -> bool:
    """Whether a line can be (the end of) a title; sharing sites print the name of the file."""
    text = FILE_NAME.sub("", text)
    if PIECE_HEAD.match(text):
        return True
    return (
        TITLE_LEAST <= len(text) <= TITLE_MOST
        and not set(text) & set(_STOP)
        and bool(TITLE_END.search(text.rstrip(BLANK)))
        and text[-1] not in ":："
    )


_TESTS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    (Kind.NAV, is_navigation),
    (Kind.FOOTER, _is_footer),
    (Kind.ANNEX_HEAD, ANNEX_HEAD.match),
    (Kind.ATTACHMENTS, _is_list_of_attachments),
    (Kind.MARKER, starts_with_marker),
    (Kind.ADDRESSEE, _is_addressee),
    (Kind.TITLE, is_title),
)
