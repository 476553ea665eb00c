"""Forms: what they say, what they keep, what they ask to confirm."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from xinhuo.core.forms import DateField, Form, WarningsForm, WholeNumberField


class ReportForm(WarningsForm):
    name = forms.CharField(label="姓名", max_length=3)
    day = DateField(label="日期", required=False, help_text="<哪天>都行。")
    count = WholeNumberField(label="老教师", unit="人")
    kind = forms.ChoiceField(label="类别", choices=[("city", "市（州）"), ("college", "高校")])
    scope = forms.ChoiceField(label="范围", choices=[("a", "全部"), ("b", "部分")], widget=forms.RadioSelect)
    checked = forms.BooleanField(label="已核对")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if (self.cleaned_data.get("count") or 0) > 1000:
            self.doubt(f"老教师 {self.cleaned_data['count']} 人，比去年多 10 倍。")


GOOD = {"name": "王老师", "day": "", "count": "12", "kind": "city", "scope": "a", "checked": "on"}


def filled(**changes: str) -> ReportForm:
    return ReportForm({key: value for key, value in (GOOD | changes).items() if value is not None})


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "请填写“姓名”。"),
        ({"name": "王李张陈"}, "name", "最多写 3 个字，现在是 4 个字。"),
        ({"name": "王\0"}, "name", "里面有看不见的特殊字符，请删掉后再写一次。"),
        ({"day": "去年秋天"}, "day", "日期请写成 2020-09-24 或者 2020年9月24日。"),
        ({"count": "十二"}, "count", "请写整数，例如 12。"),
        ({"count": "-1"}, "count", "不能小于 0。"),
        ({"count": "9" * 30}, "count", "不能大于 999999999。"),
        ({"kind": "moon"}, "kind", "没有您选的这一项，可能刚被别人改过。请重新选择。"),
        ({"scope": ""}, "scope", "请选择“范围”。"),
        ({"checked": ""}, "checked", "请勾选“已核对”。"),
    ],
)
def test_messages_say_what_to_do(changes: dict[str, str], field: str, message: str) -> None:
    form = filled(**changes)

    assert not form.is_valid()
    assert form.errors == {field: [message]}


def test_words_of_a_field_of_its_own_stay() -> None:
    class OwnForm(Form):
        code = forms.CharField(label="验证码", error_messages={"required": "请看最新一条短信。"})

    assert OwnForm({}).errors == {"code": ["请看最新一条短信。"]}


@pytest.mark.parametrize("text", ["2020-09-24", "2020.9.24", "2020年9月24日", "20200924"])
def test_dates_are_read_as_people_write_them(text: str) -> None:
    form = filled(day=text)

    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2020, 9, 24)


@pytest.mark.parametrize("text", ["1284", "1,284", "1，284", " １２８４ ", "1 284"])
def test_counts_are_read_as_people_write_them(text: str) -> None:
    form = filled(count=text)
    form.is_valid()

    assert form.cleaned_data["count"] == 1284


def test_a_date_that_is_none_stays_on_the_page() -> None:
    assert '<input type="text" name="day" value="去年秋天"' in str(filled(day="去年秋天")["day"])
    assert '<input type="date" name="day" value="2020-09-24"' in str(
        ReportForm(initial={"day": dt.date(2020, 9, 24)})["day"]
    )


def test_a_long_text_is_not_cut_by_the_browser() -> None:
    assert "maxlength" not in str(ReportForm())


def test_labels_helps_and_errors_belong_to_their_control() -> None:
    html = str(filled(day="x"))

    assert (
        '<label class="form-label" for="id_day">日期<span class="xh-optional">（可不填）</span></label>'
        in html
    )
    assert '<p class="form-hint" id="id_day_helptext">&lt;哪天&gt;都行。</p>' in html
    assert 'aria-invalid="true" aria-describedby="id_day_helptext id_day_error"' in html
    assert '<div class="xh-note xh-fielderror" id="id_day_error">' in html
    assert '<label class="form-label" for="id_count">老教师（人）</label>' in html


def test_controls_wear_the_classes_of_the_page() -> None:
    html = str(ReportForm())

    assert 'type="text" name="name" class="form-control"' in html
    assert '<select name="kind" class="form-select"' in html
    assert html.count('class="form-check-input"') == 3
    assert '<fieldset class="xh-field"><legend class="form-label">范围</legend>' in html
    assert 'type="hidden" name="secret" id="id_secret"' in html


def test_the_summary_counts_and_links() -> None:
    form = filled(name="", kind="x")
    form.add_error(None, "两项不能同时为空。")

    html = Template("{% load xh %}{% error_summary form %}").render(Context({"form": form}))

    assert "有 3 处要改。" in html
    assert '<a href="#id_name">姓名</a>：请填写“姓名”。' in html
    assert "<li>两项不能同时为空。</li>" in html


def test_no_summary_without_errors() -> None:
    assert Template("{% load xh %}{% error_summary form %}").render(Context({"form": filled()})).strip() == ""


def test_an_error_shows_escaped() -> None:
    form = filled()
    form.add_error("name", "<script>")

    assert "<script>" not in str(form)
    assert "&lt;script&gt;" in str(form)


def confirmed(form: ReportForm, **changes: Any) -> ReportForm:
    return filled(**{"count": "1284", "confirm_warnings": form.warnings_digest} | changes)


def test_a_doubt_holds_the_form_until_it_is_ticked_off() -> None:
    first = filled(count="1284")

    assert not first.is_valid()
    assert first.errors == {}
    assert first.warnings == ["老教师 1284 人，比去年多 10 倍。"]
    assert confirmed(first).is_valid()


def test_a_new_doubt_is_asked_again() -> None:
    first = filled(count="1284")
    first.is_valid()

    assert not confirmed(first, count="5000").is_valid()


def test_a_tick_does_not_hide_an_error() -> None:
    first = filled(count="1284")
    first.is_valid()

    assert not confirmed(first, name="").is_valid()


def test_a_form_without_doubts_needs_no_tick() -> None:
    assert filled().is_valid()


def test_doubts_are_shown_with_their_box() -> None:
    form = filled(count="1284")
    form.is_valid()

    html = str(form)

    assert "<li>老教师 1284 人，比去年多 10 倍。</li>" in html
    assert f'name="confirm_warnings" id="id_confirm_warnings" value="{form.warnings_digest}"' in html
    assert "confirm_warnings" not in str(filled())


def test_autosave_attributes() -> None:
    html = Template("{% load xh %}<form {% autosave '/x/' '#check' %}>").render(Context())

    assert html == (
        '<form hx-post="/x/" hx-trigger="change delay:600ms" hx-target="#check" hx-swap="outerHTML">'
    )
