"""The components as templates write them."""

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template

from xinhuo.core.icons import UnknownIconError

pytestmark = pytest.mark.usefixtures("thursday")


def shown(text: str, **context: Any) -> str:
    return " ".join(Template("{% load xh %}" + text).render(Context(context)).split())


@pytest.mark.parametrize(
    ("state", "glyph"), [("green", "●"), ("amber", "▲"), ("red", "◆"), ("done", "✓"), ("idle", "○")]
)
def test_a_light_has_word_shape_and_colour(state: str, glyph: str) -> None:
    html = shown("{% light state '正常' %}", state=state)

    assert html == f'<span class="xh-light" data-light="{state}"><i aria-hidden="true">{glyph}</i>正常</span>'


def test_an_unknown_light_is_an_error() -> None:
    with pytest.raises(KeyError):
        shown("{% light 'blue' '正常' %}")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(UnknownIconError):
        shown("{% icon 'unicorn' %}")


def test_the_light_of_a_due_date() -> None:
    html = shown("{% due_light day %}", day=dt.date(2020, 9, 25))

    assert html == '<span class="xh-light" data-light="amber"><i aria-hidden="true">▲</i>明天</span>'
    assert shown("{% due_light day %}", day=None) == ""


def test_a_due_date_is_a_time_element() -> None:
    html = shown("{% duedate day %}", day=dt.date(2020, 9, 30))

    assert html == '<time datetime="2020-09-30">9月30日（还有 6 天）</time>'


def test_progress_shows_numbers_and_unit() -> None:
    html = shown("{% bar 46 58 '所' %}")

    assert '<progress max="58" value="46" aria-label="完成 46，共 58"></progress>' in html
    assert "46/58 所" in html


@pytest.mark.parametrize(("value", "filled", "words"), [(None, 0, "—/58"), (60, 58, "60/58"), (0, 0, "0/58")])
def test_progress_at_its_ends(value: int | None, filled: int, words: str) -> None:
    html = shown("{% bar value 58 %}", value=value)

    assert f'max="58" value="{filled}"' in html
    assert f">{words}</span>" in html


def test_progress_without_a_denominator_divides_by_nothing() -> None:
    assert 'max="1" value="0"' in shown("{% bar 0 0 %}")


def test_what_a_user_typed_is_escaped_everywhere() -> None:
    evil = '"><script>x</script>'
    pieces = (
        "{% light 'green' evil %}{% cite evil evil %}{% bar 1 2 evil evil %}{% crumbs evil evil evil %}"
        "{% empty evil evil evil evil %}{% note evil %}{{ evil }}{% endnote %}{% info %}{{ evil }}{% endinfo %}"
        "{{ evil|paragraphs }}{% drawer_head evil evil %}{% drawer 'd' evil %}{% figures items evil %}"
    )

    html = shown(pieces, evil=evil, items=[{"label": evil, "value": evil, "unit": evil, "url": evil}])

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") > 15


def test_a_note_names_what_to_do() -> None:
    html = shown("{% note '要改' %}少 <b>10</b> 人。{% endnote %}")

    assert html.startswith('<div class="xh-note"><svg')
    assert html.endswith("</svg> <b>要改</b> 少 <b>10</b> 人。</div>")


def test_breadcrumbs_end_with_the_page_itself() -> None:
    html = shown("{% crumbs '单位' '/units/' '黔西南州' %}")

    assert html == (
        '<nav class="xh-crumb" aria-label="所在位置"><a href="/units/">单位</a> / <span>黔西南州</span></nav>'
    )


def test_figures_show_a_dash_for_a_missing_number() -> None:
    html = shown(
        "{% figures items %}",
        items=[{"label": "未报", "value": None}, {"label": "已报", "value": 1284, "unit": "个", "you": True}],
    )

    assert "<dt>未报</dt><dd>—</dd>" in html
    assert '<dl class="is-you"><dt>已报</dt><dd>1,284<small> 个</small></dd></dl>' in html


def test_a_confirmation_is_a_form_with_token_post_and_way_out(secretary: Any) -> None:
    text = "{% confirm 'c1' '提交后就不能改了' '/go/' '提交' %}<p>用于全省汇总。</p>{% endconfirm %}"

    html = shown(text, actor=secretary, csrf_token="t0ken")

    assert (
        '<dialog class="xh-confirm card" id="c1" aria-labelledby="c1-title"><form method="post" action="/go/">'
        in html
    )
    assert 'name="csrfmiddlewaretoken" value="t0ken"' in html
    assert '<input type="hidden" name="as_post" value="7">' in html
    assert "<p>用于全省汇总。</p>" in html
    assert "data-xh-close>再看看</button>" in html


def test_a_form_of_nobody_carries_no_post() -> None:
    assert shown("{% as_post %}") == ""


@pytest.mark.parametrize(
    ("label", "short"), [("工作台", "工作台"), ("工作要点", "要点"), ("队伍与组织", "组织"), ("文件", "文件")]
)
def test_labels_of_the_tab_bar_fit(label: str, short: str) -> None:
    assert shown("{{ label|tab_label }}", label=label) == short


def test_filters_write_dashes_for_nothing() -> None:
    text = "{{ x|cn_date }}{{ x|cn_day }}{{ x|cn_datetime }}{{ x|cn_number }}{{ x|time_left }}{{ x|cn_size }}{{ x|cn_weekday }}"

    assert shown(text, x=None) == "—" * 7


def test_filters_of_dates() -> None:
    moment = dt.datetime(2019, 12, 31, 17, 0, tzinfo=dt.UTC)

    assert (
        shown("{{ m|cn_date }} {{ m|cn_day }} {{ m|cn_weekday }}", m=moment) == "2020年1月1日 1月1日 星期三"
    )
    assert shown("{{ m|cn_datetime }}", m=moment) == "1月1日 01:00"


def test_paragraphs_keep_lines_and_drop_blank_ones() -> None:
    assert shown("{{ t|paragraphs }}", t="一\n\n <二>\n") == "<p>一</p><p>&lt;二&gt;</p>"
