"""Files of every kind: what is read, what is refused with advice, and how Word counts."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.plans.reading.make_files import make_docx, make_html, make_pdf, pdf_of
from xinhuo.plans.reading import read_bytes, read_text
from xinhuo.plans.reading.decode import decode

PLAN = "云岭市教育局关工委2024年工作要点\n[[1:一、]]加强组织建设\n[[2:1.]]健全领导班子。\n[[2:2.]]举办培训班。\n[[1:二、]]做好宣传工作\n"


def outline(reading):
    return [(n.depth, n.marker, n.text) for n in reading.nodes]


def zipped(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
        (zipped(OFD_dot_xml=b"<x/>"), "OFD"),
        (zipped(xl__workbook_dot_xml=b"<x/>"), "电子表格"),
        (zipped(a_dot_txt=b"hello"), "压缩包"),
        (b"PK\x03\x04 and nothing else", "损坏"),
        (zipped(word__document_dot_xml=b"<w:document>"), "损坏"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(90), "扫描件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(90), "扫描件"),
        (b"%PDF-1.4 broken", "损坏"),
        (pdf_of([[], []]), "扫描件"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data, words):
    reading = read_bytes(data, "x")
    assert reading.nodes == ()
    assert words in reading.unreadable
    assert reading.as_dict()["warnings"][0]["code"] == "unreadable"


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    xml = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>
    <w:document {nsdecls("w")}><w:body><w:p><w:r><w:t>一、看看&s;</w:t></w:r></w:p></w:body></w:document>"""
    reading = read_bytes(zipped(word__document_dot_xml=xml.encode()))
    assert "SECRET" not in reading.text


def test_word_counts_like_word():
    reading = read_bytes(make_docx(PLAN), "plan.docx")
    assert reading.extracted
    assert reading.as_dict()["source"] == reading.text
    assert outline(reading) == [
        (1, "一、", "加强组织建设"),
        (2, "1.", "健全领导班子。"),
        (2, "2.", "举办培训班。"),
        (1, "二、", "做好宣传工作"),
    ]


def test_levels_restart_unless_told_not_to():
    plan = PLAN + "[[2:1.]]甲项工作。\n"
    assert [n.marker for n in read_bytes(make_docx(plan)).nodes][-1] == "1."
    assert [n.marker for n in read_bytes(make_docx(plan, run_on=2)).nodes][-1] == "3."


def with_list(*levels: str):
    """A Word document with one list; each level is (numFmt, lvlText, more)."""
    document = Document()
    root = document.part.numbering_part.element
    body = "".join(levels)
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70">{body}</w:abstractNum>'))
    for key, more in (
        ("70", ""),
        ("71", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        xml = f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="70"/>{more}</w:num>'
        root.append(parse_xml(xml))
    return document


def numbered(document, text, level=0, key="70"):
    paragraph = document.add_paragraph(text)
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    return paragraph


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def level(number, fmt, text, more=""):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def test_two_lists_over_one_definition_go_on_and_an_override_starts_anew():
    document = with_list(level(0, "decimal", "%1、"))
    for text in ("甲项工作做好", "乙项工作做好"):
        numbered(document, text)
    document.add_paragraph("下面是另一组。")
    numbered(document, "丙项工作做好", key="71")
    numbered(document, "丁项工作做好", key="71")
    assert [n.marker for n in read_bytes(saved(document)).nodes] == ["1、", "2、", "1、", "2、"]


def test_legal_numbers_and_chapters():
    document = with_list(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    numbered(document, "总则")
    numbered(document, "适用范围", 1)
    numbered(document, "2020年起施行", 1)
    reading = read_bytes(saved(document))
    assert outline(reading) == [(1, "第一章", "总则"), (2, "1.1", "适用范围"), (2, "1.2", "2020年起施行")]


def test_numbers_come_from_styles_too():
    document = with_list(level(0, "chineseCounting", "%1、"))
    style = document.styles.add_style("大标题", 1)
    xml = f'<w:pPr {nsdecls("w")}><w:numPr><w:numId w:val="70"/></w:numPr></w:pPr>'
    style.element.append(parse_xml(xml))
    for text in ("组织建设要加强", "宣传工作要改进"):
        document.add_paragraph(text, style="大标题")
    assert [n.marker for n in read_bytes(saved(document)).nodes] == ["一、", "二、"]


def test_bullets_and_removed_numbers_give_no_marker():
    document = with_list(level(0, "bullet", "●"))
    numbered(document, "一条要点")
    assert read_bytes(saved(document)).nodes == ()


def test_tracked_changes_are_read_as_accepted_and_told():
    document = Document()
    document.add_paragraph("一、保留的内容")
    runs = (
        f'<w:p {nsdecls("w")}><w:del w:id="1" w:author="a"><w:r><w:delText>二、删去的内容</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>二、新加的内容</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
    )
    document.element.body.insert(1, parse_xml(runs))
    reading = read_bytes(saved(document))
    assert [n.text for n in reading.nodes] == ["保留的内容", "新加的内容"]
    assert "tracked_changes" in [d.code for d in reading.warnings]


def test_tables_are_told_and_layout_tables_are_read():
    document = Document()
    document.add_paragraph("一、任务分工")
    table = document.add_table(2, 3)
    for x, text in enumerate(("序号", "任务", "时限")):
        table.cell(0, x).text = text
    for x, text in enumerate(("1.", "培训", "5月")):
        table.cell(1, x).text = text
    document.add_paragraph("二、工作要求")
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "三、这是用表格排版的正文"
    reading = read_bytes(saved(document))
    assert [n.marker for n in reading.nodes] == ["一、", "二、", "三、"]
    assert [reading.text[d.start : d.end] for d in reading.warnings if d.code == "table_dropped"] == [
        "序号\t任务\t时限\n1.\t培训\t5月"
    ]
    assert reading.nodes[0].text == "任务分工"


def test_pages_lose_scripts_and_hidden_parts_but_keep_lists():
    page = (
        "<html><head><title>x</title><script>var a='一、假的'</script></head><body><p>一、<b>加强</b>学习</p>"
        "<ol start='3'><li>读书</li><li>交流</li></ol><p hidden>二、看不见</p><p>二、开展活动<br>（一）参观<br>（二）座谈</p></body></html>"
    )
    reading = read_bytes(page.encode(), "x.html")
    assert [(n.marker, n.text) for n in reading.nodes] == [
        ("一、", "加强学习"),
        ("3.", "读书"),
        ("4.", "交流"),
        ("二、", "开展活动"),
        ("（一）", "参观"),
        ("（二）", "座谈"),
    ]


@pytest.mark.parametrize("flat", [False, True])
def test_gbk_pages(flat):
    text = "关于开展活动的通知\n一、活动时间\n5月。\n二、活动地点\n礼堂。"
    reading = read_bytes(make_html(text, flat=flat))
    assert reading.encoding == "gb18030"
    assert [n.marker for n in reading.nodes] == ["一、", "二、"]


def test_pdf_lines_are_joined_and_page_numbers_set_aside():
    words = "组织“五老”宣讲团走进大中小学开展宣讲活动，全年宣讲不少于二百场次，受众不少于十二万人次，做到学校全覆盖。"
    text = "云岭市教育局关工委2024年工作要点\n" + "\n".join(f"{n}.{words}" for n in range(1, 21))
    reading = read_bytes(make_pdf(text))
    assert [n.ordinal for n in reading.nodes] == list(range(1, 21))
    assert {n.text for n in reading.nodes} == {words}
    aside = [d for d in reading.warnings if d.code == "noise_dropped"]
    assert "— 1 —" in reading.text[aside[0].start : aside[0].end]


def test_short_gbk_text_is_not_taken_for_something_else():
    assert decode("姓名,学校".encode("gbk")) == ("姓名,学校", "gb18030")
    assert decode(b"") == ("", "utf-8")
    assert decode("一、甲\r\n二、乙".encode("utf-16-be"))[0] == "一、甲\r\n二、乙"
    assert decode("一、加强学习".encode()[:-1])[1] == "utf-8"


def test_a_pasted_text_may_carry_a_mark():
    assert read_text("\ufeff一、甲乙丙\n二、丁戊己").nodes[0].start == 0


def test_a_whole_page_with_frames_of_tables():
    page = (
        "<html><body><div><a>网站首页</a> <a>党建工作</a></div><ul><li>通知公告</li><li>工作动态</li></ul>"
        "<div>您现在的位置：首页 &gt;&gt; 通知公告</div><table><tr><td><h2>关于做好2024年关工委工作的通知</h2>"
        "<div>作者：办公室 发布时间：2024-03-02</div><div><p>云教关〔2024〕3号</p><p>各县区教育局关工委：</p>"
        "<p>一、加强领导</p><p>二、<span>开展活动</span></p>"
        "<table><tr><td>序号</td><td>内容</td></tr><tr><td>1</td><td>读书</td></tr></table>"
        "<p>云岭市教育局关工委</p><p>2024年3月1日</p></div><p>【打印】【关闭】</p></td></tr></table>"
        "<div>版权所有 云岭市教育局<br>ICP备案号：青ICP备0000号</div></body></html>"
    )
    reading = read_bytes(page.encode(), "x.htm")
    assert reading.title == "关于做好2024年关工委工作的通知"
    assert (reading.issuer, str(reading.signed_on)) == ("云岭市教育局关工委", "2024-03-01")
    assert (reading.document_number, str(reading.posted_on)) == ("云教关〔2024〕3号", "2024-03-02")
    assert outline(reading) == [(1, "一、", "加强领导"), (1, "二、", "开展活动")]


def page(name: str, body: str) -> bytes:
    return f"<html><head><title>{name}</title></head><body>{body}</body></html>".encode()


NAVIGATION = "<ul><li>首页</li><li>学校公告</li><li>工作安排</li></ul><p>高一</p><p>高二</p>"


def test_the_name_of_a_page_tells_its_title_from_the_navigation():
    words = "<h2>家长开放日讲话稿</h2><p>来源：本站 发布时间：2020-10-29</p><p>一、谢谢各位</p><p>二、请多来校</p>"
    reading = read_bytes(page("家长开放日讲话稿--校长专栏-梅林中学", NAVIGATION + words), "x.html")
    assert reading.title == "家长开放日讲话稿"
    assert [n.marker for n in reading.nodes] == ["一、", "二、"]


def test_the_documents_own_title_below_the_name_of_the_page_wins():
    words = (
        "<h2>转发市教育局通知</h2><p>梅林市人事局 梅林市教育局关于做好2010年</p><p>中小学教师推荐工作的通知</p>"
        "<p>各中小学：</p><p>一、坚持标准</p><p>二、严格程序</p>"
    )
    reading = read_bytes(page("转发市教育局通知--党政办-梅林中学", NAVIGATION + words), "x.html")
    assert reading.title == "梅林市人事局梅林市教育局关于做好2010年中小学教师推荐工作的通知"


def test_a_table_that_begins_with_an_empty_cell_leaves_the_heading_above_it():
    table = "<table><tr><td></td><td>市级</td><td>省级</td></tr><tr><td>论文</td><td>3分</td><td>5分</td></tr></table>"
    words = "".join(
        f"<p>{n}.评选{what}：</p>{table}<p>只计最高分。</p>" for n, what in enumerate("甲乙丙", 1)
    )
    reading = read_bytes(page("计分办法", f"<p>计分办法</p><p>一、计分</p>{words}"), "x.html")
    assert [n.marker for n in reading.nodes] == ["一、", "1.", "2.", "3."]


def test_names_of_files_between_the_entries_of_a_list_of_attachments():
    words = (
        "<p>关于报送材料的通知</p><p>各校：</p><p>一、按时报送。</p><p>二、不得遗漏。</p><p>附件：</p><p>1.申报表</p>"
        "<p>202301051345.docx</p><p>2.汇总表</p><p>202301051346.xls</p><p>3.承诺书</p><p>202301051347.pdf</p>"
    )
    reading = read_bytes(page("关于报送材料的通知", words), "x.html")
    assert [n.marker for n in reading.nodes] == ["一、", "二、"]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二0二0年五月十四日", "2020-05-14"),
        ("２０２０年５月１４日", "2020-05-14"),
        ("二〇二〇年五月十四日（公章）", "2020-05-14"),
        ("2020年05月14日印发", "2020-05-14"),
    ],
)
def test_dates_as_signatures_print_them(printed, day):
    reading = read_text(f"工作计划\n一、读书\n二、写字\n\n梅林县教育局关心下一代工作委员会\n{printed}\n")
    assert reading.signed_on is not None
    assert reading.signed_on.isoformat() == day
    assert reading.issuer == "梅林县教育局关心下一代工作委员会"


@pytest.mark.parametrize(
    ("printed", "proposal"),
    [
        ("梅教发〔二〇二〇〕38号", "梅教发〔2020〕38号"),
        ("梅教发〔２０２０〕３８号", "梅教发〔2020〕38号"),
        ("梅教發【2020】38號", "梅教發〔2020〕38号"),
        ("梅教发〔202038", "梅教发〔2020〕38号"),
    ],
)
def test_document_numbers_as_pages_print_them(printed, proposal):
    reading = read_text(f"梅林县教育局2020年工作要点\n{printed}\n各校：\n一、读书。\n二、写字。\n")
    assert reading.document_number == printed
    assert proposal in [doubt.proposal for doubt in reading.warnings]


def test_a_year_in_round_brackets_is_no_document_number():
    reading = read_text("每周一学（2026年6月11日）\n梅林中学应急预案(2022版)\n一、预防。\n二、处置。\n")
    assert reading.document_number == ""
