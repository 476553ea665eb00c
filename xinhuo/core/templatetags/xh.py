"""The components of ``xinhuo.css`` as template tags: ``{% load xh %}``.

The tags of forms and tables and the filters stand in modules of their own.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xinhuo.core import clock, dates_zh, icons, text_zh
from xinhuo.core.http import UNDO
from xinhuo.core.refusals import refusal

from .xh_forms import register_forms
from .xh_words import register_words

register = template.Library()
register_forms(register)
register_words(register)

GLYPHS = {"green": "●", "amber": "▲", "red": "◆", "done": "✓", "idle": "○"}
TAB_LETTERS = 3
EMPTY = SafeString("")


# -- small things -----------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """Inline an icon by its name; an unknown name is an error."""
    return icons.inline(name)


@register.simple_tag
def light(state: str, text: str) -> SafeString:
    """A light with word, shape and colour. ``state``: green, amber, red, done or idle."""
    return format_html(
        '<span class="xh-light" data-light="{}"><i aria-hidden="true">{}</i>{}</span>',
        state,
        GLYPHS[state],
        text,
    )


@register.simple_tag
def due_light(due: dt.date | None) -> SafeString:
    """The light of the time left until a due date; nothing without one."""
    return light(dates_zh.due_state(due), dates_zh.time_left(due)) if due else EMPTY


@register.simple_tag
def duedate(due: dt.date | None) -> SafeString:
    """9月30日（还有 6 天）, as a time element; nothing without a date."""
    if due is None:
        return EMPTY
    return format_html('<time datetime="{}">{}</time>', due.isoformat(), dates_zh.due_date(due))


@register.simple_tag
def cite(text: str, href: str = "") -> SafeString:
    """Where a task comes from (据 要点第11条三是), linked to the item's original words."""
    if not href:
        return format_html('<span class="xh-cite">{}</span>', text)
    return format_html('<a class="xh-cite" href="{}">{}</a>', href, text)


@register.simple_tag
def bar(value: float | None, maximum: float, unit: str = "", label: str = "") -> SafeString:
    """Progress with its numbers: 46/58 所. Without a value nothing is filled and a dash is shown."""
    words = f"{text_zh.number(value)}/{text_zh.number(maximum)}{f' {unit}' if unit else ''}"
    said = label or f"完成 {text_zh.number(value)}，共 {text_zh.number(maximum)}"
    return format_html(
        '<div class="xh-bar"><progress max="{}" value="{}" aria-label="{}"></progress><span class="xh-frac">{}</span></div>',
        max(maximum, 1),
        min(value or 0, max(maximum, 1)),
        said,
        words,
    )


@register.simple_tag
def print_button(label: str = "打印") -> SafeString:
    """A button that prints the page; without scripts the browser's own menu does it, so it is then hidden."""
    return format_html(
        '<button class="btn xh-needs-js" type="button" data-xh-print>{}{}</button>',
        icons.inline("printer"),
        label,
    )


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """Where this page is: label, address, label, address, …, and last the label of the page itself."""
    pairs = zip(parts[:-1:2], parts[1::2], strict=True)
    links = format_html_join("", '<a href="{1}">{0}</a> / ', pairs)
    return format_html(
        '<nav class="xh-crumb" aria-label="所在位置">{}<span>{}</span></nav>', links, parts[-1]
    )


# -- blocks -----------------------------------------------------------------------------------------------------


@register.simple_block_tag
def note(content: str, lead: str = "", *, big: bool = False) -> SafeString:
    """朱批: what to correct or to decide. ``lead`` is the bold word in front, for example 要改."""
    return format_html(
        '<div class="xh-note{}">{}{} {}</div>',
        " big" if big else "",
        icons.inline("alert-triangle"),
        format_html(" <b>{}</b>", lead) if lead else "",
        content,
    )


@register.simple_block_tag
def info(content: str, *, big: bool = False) -> SafeString:
    """What the person should know."""
    return format_html('<div class="xh-info{}">{}</div>', " big" if big else "", content)


@register.inclusion_tag("core/parts/empty.html")
def empty(
    title: str, text: str = "", action: str = "", url: str = "", icon: str = "mug", *, primary: bool = False
) -> dict[str, Any]:
    """Nothing here: what that means, and what can be done now (a link)."""
    return {"title": title, "text": text, "action": action, "url": url, "icon": icon, "primary": primary}


@register.inclusion_tag("core/parts/figures.html")
def figures(items: Sequence[Mapping[str, Any]], say: str = "") -> dict[str, Any]:
    """Three to six numbers. Each: ``label``, ``value``, and if wanted ``unit``, ``light``, ``url``, ``you``, ``wide``."""
    return {"items": items, "say": say}


@register.inclusion_tag("core/parts/drawer_head.html")
def drawer_head(title: str, meta: str = "") -> dict[str, Any]:
    """The head of what is put into the drawer, with its close button."""
    return {"title": title, "meta": meta}


@register.simple_tag
def drawer(name: str = "drawer", label: str = "详情") -> SafeString:
    """The empty drawer; links fill it with ``hx-get hx-target="#drawer"``."""
    return format_html('<dialog class="xh-drawer" id="{}" aria-label="{}"></dialog>', name, label)


@register.inclusion_tag("core/parts/print_header.html")
def print_header(org: str, made_by: str = "") -> dict[str, Any]:
    """Who printed what when; on paper only."""
    return {"org": org, "made_by": made_by, "moment": clock.now()}


@register.simple_block_tag(takes_context=True)
def confirm(  # noqa: PLR0917  the parts of the component; templates name them
    context: template.Context,
    content: str,
    name: str,
    title: str,
    action: str,
    submit: str,
    *,
    quiet: bool = False,
) -> str:
    """A question before what cannot be undone. Opened by a button with ``data-xh-open="#name"``.

    ``content`` may hold fields: it stands inside the form that is sent to ``action``.
    """
    values = {
        "name": name,
        "title": title,
        "action": action,
        "submit": submit,
        "quiet": quiet,
        "content": content,
    }
    found = context.template.engine.get_template("core/parts/confirm.html") if context.template else None
    with context.push(**values):
        return found.render(context) if found else ""


# -- the frame --------------------------------------------------------------------------------------------------


@register.simple_tag
def refusal_title(status: int) -> str:
    """What happened, in one phrase."""
    return refusal(status).title


@register.simple_tag
def refusal_icon(status: int) -> SafeString:
    """The icon that goes with a refusal."""
    return icons.inline(refusal(status).icon)


@register.simple_tag
def refusal_advice(status: int) -> str:
    """Whether anything was lost and what to do now."""
    return refusal(status).advice


@register.simple_tag(takes_context=True)
def as_post(context: template.Context) -> SafeString:
    """The hidden field that says for which post a form was shown; put it beside ``{% csrf_token %}``."""
    actor = context.get("actor")
    return (
        format_html('<input type="hidden" name="as_post" value="{}">', actor.appointment_id)
        if actor
        else EMPTY
    )


@register.filter
def undo_address(message: Message) -> str:
    """The address that takes back what a message announces; empty when it cannot be taken back."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


@register.filter
def tab_label(label: str) -> str:
    """The label of a navigation entry as the tab bar has room for it: three characters, else the last two (工作要点: 要点)."""
    return label if len(label) <= TAB_LETTERS else label[-2:]
