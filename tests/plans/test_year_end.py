"""December: the summary with its sources, all materials, the package for the body above, meetings."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from tests.cast import Cast
from tests.plans.december import WORDS, paragraphs, reported
from tests.plans.levels import own_plan
from tests.plans.works import page_of, report, sent_plan
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError
from xinhuo.files.actions import set_attachments, store_file
from xinhuo.files.rules import can_see_file
from xinhuo.flows.enums import Verdict
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.running import run
from xinhuo.plans.actions import materials
from xinhuo.plans.actions.materials import chosen_materials, entries_of, pack_in_background
from xinhuo.plans.actions.reports import (
    ROW,
    decide_report,
)
from xinhuo.plans.actions.summaries import LineInput, collect_summary, line_stamp, save_lines
from xinhuo.plans.models import Assignment
from xinhuo.plans.official_docx import official
from xinhuo.plans.queries.materials import accepted_work, files_of, readable, zip_names
from xinhuo.plans.queries.summaries import items_of, lines_of, summary_blocks, unit_blocks
from xinhuo.plans.zipping import stream


def test_the_summary_is_made_of_accepted_sentences_with_their_source(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    report(cast, "anlong", "3", "还没审核的话")

    summary = collect_summary(2026, by=cast.qianxinan_officer)

    item = items_of(summary)[0]
    assert (item.used, item.lines) == (2, 2)
    lines = lines_of(summary, item.duty)
    assert [line.text for line in lines] == ["已建46所。", "下半年再建10所。"]
    today = clock.today()
    assert lines[0].source == f"兴义市，{today.year}年{today.month}月{today.day}日第1次报送"


def test_collecting_again_adds_only_what_is_new_and_keeps_what_people_wrote(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    by = cast.qianxinan_officer
    summary = collect_summary(2026, by=by)
    line = summary.lines.order_by("pk")[0]
    save_lines(summary, line.duty, [LineInput(line.pk, "全市建成46所。", True, 5, "")], by=by)
    reported(cast, "anlong", words="已建12所。", file=False)

    again = collect_summary(2026, by=by)

    assert again.pk == summary.pk
    texts = [item.text for item in lines_of(summary, line.duty)]
    assert texts == ["下半年再建10所。", "全市建成46所。", "已建12所。"]
    line.refresh_from_db()
    assert line.source_text == "已建46所。"


def test_a_sentence_the_unit_has_changed_since_is_marked(cast: Cast) -> None:
    own_plan(cast)
    reported(cast, file=False)
    by = cast.qianxinan_officer
    summary = collect_summary(2026, by=by)
    reported(cast, words="已建47所。", file=False)

    lines = lines_of(summary, items_of(summary)[0].duty)

    assert [line.outdated for line in lines] == [True, True]


def test_of_two_people_editing_a_sentence_the_first_stands(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    by = cast.qianxinan_officer
    summary = collect_summary(2026, by=by)
    line = summary.lines.order_by("pk")[0]
    save_lines(summary, line.duty, [LineInput(line.pk, "先存的。", True, 1, "")], by=by)

    clashes = save_lines(summary, line.duty, [LineInput(line.pk, "后存的。", True, 1, "")], by=by)

    assert clashes[0].text == "后存的。"
    line.refresh_from_db()
    assert line.text == "先存的。"
    assert line_stamp(line)
    with pytest.raises(DeniedError):
        save_lines(summary, line.duty, [], by=cast.guiyang_officer)


def test_the_word_file_holds_chosen_sentences_in_order_and_their_sources(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    by = cast.qianxinan_officer
    summary = collect_summary(2026, by=by)
    first, second = summary.lines.order_by("position")
    entries = [
        LineInput(first.pk, "全市建成46所", True, 2, ""),
        LineInput(second.pk, second.text, True, 1, ""),
    ]
    save_lines(summary, first.duty, entries, by=by)

    plain = paragraphs(official(summary.title, summary_blocks(summary, sources=False)))
    sourced = paragraphs(official(summary.title, summary_blocks(summary, sources=True)))

    assert plain[0] == "黔西南州教育局关工委2026年工作总结"
    assert plain[1] == "一、组织建设"
    assert plain[3] == "下半年再建10所。全市建成46所。"
    assert "全市建成46所。（兴义市，" in sourced[3]


def test_a_total_stands_at_the_head_with_how_manyreported(cast: Cast) -> None:
    sent_plan(cast)
    decide_report(report(cast, "qianxinan", "46", "已建。"), Verdict.ACCEPT, by=cast.province_officer)
    summary = collect_summary(2026, by=cast.province_officer)

    text = "".join(paragraphs(official(summary.title, summary_blocks(summary, sources=False))))

    assert "应报的2个单位已报1个，合计46所。已建。" in text


def test_without_anything_accepted_there_is_no_summary(cast: Cast) -> None:
    own_plan(cast)

    with pytest.raises(BadInputError, match="还没有审核通过"):
        collect_summary(2026, by=cast.qianxinan_officer)


def test_a_unit_without_units_below_sums_up_what_it_reported_itself(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)

    work = accepted_work(cast.orgs["xingyi"].pk, 2026)

    assert [item.org_id for item in work] == [cast.orgs["xingyi"].pk]


def test_all_materials_come_in_one_zip_by_unit(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    reported(cast, "anlong", words="已建12所。")

    found = chosen_materials(2026, by=cast.qianxinan_officer)
    content = b"".join(stream(entries_of(found), clock.now()))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert [name.split("/")[0] for name in names] == ["兴义市教育局", "安龙县教育局"]
    assert all(name.endswith("照片.jpg") for name in names)
    assert names == zip_names(found)


def test_a_picture_put_on_after_the_page_was_sent_stays_out(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    page = page_of(cast, "xingyi")
    late = store_file(ContentFile(b"later", name="later.txt"), by=cast.xingyi_officer)
    set_attachments(ROW, page.rows.first().pk, [late.pk], by=cast.xingyi_officer)

    found = chosen_materials(2026, by=cast.qianxinan_officer)

    assert [file.name for _, file in found] == ["照片.jpg"]
    assert can_see_file(cast.qianxinan_officer, found[0][1])
    assert not can_see_file(cast.qianxinan_officer, late)
    stranger = readable(files_of(accepted_work(cast.orgs["qianxinan"].pk, 2026)), cast.guiyang_officer)
    assert stranger == []
    assert not can_see_file(cast.guiyang_officer, found[0][1])


@pytest.mark.django_db(transaction=True)
def test_a_large_package_is_written_by_a_job_and_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    own_plan(cast)
    reported(cast)
    monkeypatch.setattr(materials, "MOST_FILES", 0)
    by = cast.qianxinan_officer
    assert materials.is_large(chosen_materials(2026, by=by))

    job = pack_in_background(2026, by=by)
    run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.result["files"]) == (JobState.DONE, 1, 1)
    assert job.result["url"].endswith(".zip")


def test_everything_accepted_stands_in_one_word_file_by_unit(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    pk = Assignment.objects.get(org=cast.orgs["xingyi"], accepted_revision__isnull=False).pk

    lines = paragraphs(official("材料", unit_blocks(cast.orgs["qianxinan"].pk, 2026, {pk: ["照片.jpg"]})))

    assert lines[1] == "兴义市教育局"
    assert lines[3:] == [WORDS, "附件：照片.jpg"]
