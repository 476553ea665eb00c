"""The rules for templates. Each is a function from a parsed template to its findings; the tests hold examples."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
PARTIAL = re.compile(r"\{%\s*(partialdef|endpartialdef)\b\s*([\w-]*)\s*(inline)?[^%]*%\}")
OUTSIDE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
EMOJI = re.compile("[\U0001f000-\U0001faff]")
LOADS = {
    "src": None,
    "srcset": None,
    "poster": None,
    "data": frozenset({"object"}),
    "href": frozenset({"link", "use"}),
}
CONTROLS = frozenset({"button", "input", "select", "textarea"})
UNATTENDED = ("load", "every ")  # triggers that no hand sets off: there is nothing to click without scripts


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag: name, attributes, line, and whether it stands inside a form."""

    name: str
    attributes: dict[str, str]
    line: int
    in_form: bool


@dataclass(slots=True)
class Template:
    """One template: its text and its elements; ``fragment`` says that it is only included by others."""

    text: str
    fragment: bool = False
    elements: list[Element] = field(default_factory=list)


Finding = tuple[int, str]
Rule = Callable[[Template], Iterator[Finding]]


class _Reader(HTMLParser):
    def __init__(self, template: Template) -> None:
        super().__init__(convert_charrefs=True)
        self.template = template
        self.forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.template.elements.append(Element(tag, attributes, self.getpos()[0], self.forms > 0))
        self.forms += tag == "form"

    def handle_endtag(self, tag: str) -> None:
        self.forms -= tag == "form" and self.forms > 0


def parse(text: str, *, fragment: bool = False) -> Template:
    """Read a template's elements; Django's own tags become blanks, so that lines stay where they are."""
    visible = COMMENT.sub(_blank, text)
    template = Template(visible, fragment)
    reader = _Reader(template)
    reader.feed(TAG.sub(_blank, visible))
    reader.close()
    return template


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if letter == "\n" else " " for letter in match[0])


def line_of(text: str, position: int) -> int:
    """The line of a position, from 1."""
    return text.count("\n", 0, position) + 1


def no_inline_code(template: Template) -> Iterator[Finding]:
    """The content security policy blocks inline scripts and styles; they would fail silently."""
    for element in template.elements:
        kind = element.attributes.get("type", "")
        if element.name == "style":
            yield element.line, "inline <style>: put it into a style sheet"
        if element.name == "script" and "src" not in element.attributes and kind != "application/json":
            yield element.line, "inline <script>: put it into a file"
        for name, value in element.attributes.items():
            if name == "style":
                yield element.line, "style attribute: use a class"
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield element.line, f"inline script in {name}: bind it by a data- attribute"
            if name.startswith("hx-on"):
                yield element.line, f"inline script in {name}: bind it by a data- attribute"


def works_without_scripts(template: Template) -> Iterator[Finding]:
    """Whatever HTMX fetches on a click must also work as a plain link or form."""
    for element in template.elements:
        attributes = element.attributes
        gets = "hx-get" in attributes
        posts = next(
            (f"hx-{verb}" for verb in ("post", "put", "patch", "delete") if f"hx-{verb}" in attributes), ""
        )
        # The form around an included control stands in the including template.
        inside = element.in_form or "form" in attributes or template.fragment
        in_form = element.name == "form" or (element.name in CONTROLS and inside)
        unattended = attributes.get("hx-trigger", "").startswith(UNATTENDED)
        if gets and not ("href" in attributes or in_form or unattended):
            yield element.line, f"<{element.name} hx-get> without href: give it one, or put it into a form"
        if posts and not in_form:
            yield element.line, f"<{element.name} {posts}> outside a form: make it a form's button"


def nothing_from_outside(template: Template) -> Iterator[Finding]:
    """Styles, scripts, pictures and frames come from this site only (intranets, and the visitor's privacy)."""
    for element in template.elements:
        for name, only in LOADS.items():
            value = element.attributes.get(name, "")
            if OUTSIDE.match(value) and (only is None or element.name in only):
                yield element.line, f"<{element.name} {name}> loads from outside: {value.strip()}"


def posts_carry_a_token(template: Template) -> Iterator[Finding]:
    """A POST form without a token is refused by the site; better to hear it here."""
    for form in re.finditer(r"<form\b.*?</form>", template.text, re.DOTALL | re.IGNORECASE):
        head = form[0].partition(">")[0]
        if re.search(r"""method=["']?post""", head, re.IGNORECASE) and "csrf_token" not in form[0]:
            yield line_of(template.text, form.start()), "POST form without {% csrf_token %}"


def parts_are_balanced(template: Template) -> Iterator[Finding]:
    """Parts open and close in pairs and carry distinct names; an inline part holds the element of its name.

    A part that fills an element of another template (a drawer) has instead a link that targets it.
    """
    opened: list[tuple[str, str, int, int]] = []
    names: set[str] = set()
    for match in PARTIAL.finditer(template.text):
        line = line_of(template.text, match.start())
        kind, name, inline = match.groups()
        if kind == "partialdef":
            if name in names:
                yield line, f"part {name} is defined twice"
            names.add(name)
            opened.append((name, inline or "", match.end(), line))
            continue
        if not opened:
            yield line, "endpartialdef without partialdef"
            continue
        part, is_inline, start, first = opened.pop()
        body = template.text[start : match.start()]
        if is_inline and not re.search(rf"""\b(?:id=["']|hx-target=["']#){re.escape(part)}["']""", body):
            yield first, f"inline part {part} has no element with id={part}"
    for name, _, _, line in opened:
        yield line, f"part {name} is not closed"


def no_emoji(template: Template) -> Iterator[Finding]:
    """Signs are icons with words, never emoji: old office machines show them as boxes."""
    for match in EMOJI.finditer(template.text):
        yield line_of(template.text, match.start()), f"emoji {match[0]}: use an icon"


def one_bar_at_the_foot(template: Template) -> Iterator[Finding]:
    """A page with an action bar drops the phone's tab bar by the body's class, else one lies under the other."""
    if template.fragment or "xh-task" in template.text:
        return
    for element in template.elements:
        if "xh-actionbar" in element.attributes.get("class", "").split():
            yield element.line, "an action bar in a page whose bodyclass is not xh-task"


RULES: tuple[Rule, ...] = (
    no_inline_code,
    works_without_scripts,
    nothing_from_outside,
    posts_carry_a_token,
    parts_are_balanced,
    no_emoji,
    one_bar_at_the_foot,
)


def findings(text: str, *, fragment: bool = False) -> list[Finding]:
    """Every finding of every rule, by line."""
    template = parse(text, fragment=fragment)
    return sorted(finding for rule in RULES for finding in rule(template))
