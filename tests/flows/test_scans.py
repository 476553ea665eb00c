"""代录批示 comes with the signed page, or with the promise to bring it, which waits on the unit's list."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.files.samples import PDF, picture, upload
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.files.actions import store_file
from xinhuo.files.models import StoredFile
from xinhuo.files.rules import can_see_file
from xinhuo.flows.actions import add_scan, decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Decision, Process, Todo
from xinhuo.journal.models import Entry

from .conftest import Papers
from .test_screens import decider, ruling, shown

BACKEND = "django.contrib.auth.backends.ModelBackend"
MISSING = "请上传签字页的照片或扫描件；手头没有的，请勾选“签字件稍后补传”。"


@pytest.fixture
def process(papers: Papers, cast: Cast) -> Process:
    return papers.send(cast.xingyi_officer, "qianxinan")


@pytest.fixture
def promised(process: Process, cast: Cast) -> Decision:
    """韦州办 has recorded what 岑主任 signed, and will bring the page."""
    decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer, on_behalf_of="岑主任", scan_later=True)
    return Decision.objects.get()


def page(cast: Cast, who: str = "qianxinan_officer") -> StoredFile:
    return store_file(upload("签字页.jpg", picture()), by=cast.actors[who])


def waiting() -> list[str]:
    return list(Todo.objects.open().values_list("title", flat=True))


def test_a_name_alone_is_not_enough(process: Process, cast: Cast) -> None:
    with pytest.raises(BadInputError, match="签字件稍后补传"):
        decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer, on_behalf_of="岑主任")

    assert not Decision.objects.exists()


def test_the_form_says_so_at_its_box_and_keeps_the_name(process: Process, cast: Cast) -> None:
    form = ruling(by=cast.qianxinan_officer, verdict="accept", on_behalf_of="岑主任")

    assert form.errors == {"scan_later": [MISSING]}
    assert 'value="岑主任"' in decider(process, form)
    promise = ruling(by=cast.qianxinan_officer, verdict="accept", on_behalf_of="岑主任", scan_later="on")
    assert promise.is_valid(), promise.errors
    promise.rule(process, by=cast.qianxinan_officer)
    assert Decision.objects.get().awaits_scan


def test_with_the_page_nothing_waits(process: Process, cast: Cast) -> None:
    scan = page(cast)

    decide(
        process,
        Verdict.ACCEPT,
        by=cast.qianxinan_officer,
        on_behalf_of="岑主任",
        scan_id=scan.pk,
        scan_later=True,
    )

    assert not Decision.objects.get().awaits_scan
    assert waiting() == []


def test_a_promised_page_waits_on_the_units_list_and_in_the_history(
    papers: Papers, promised: Decision, cast: Cast
) -> None:
    todo = Todo.objects.open().get()

    assert (todo.org_id, todo.get_wait_display()) == (cast.orgs["qianxinan"].pk, "补传")
    assert todo.title == "补传签字件：2020年年终报送"
    address = reverse("flows:scan", args=[promised.pk])
    assert "签字件还没有补传" in shown(papers, cast.xingyi_officer)
    assert address not in shown(papers, cast.xingyi_officer)
    assert address in shown(papers, cast.qianxinan_officer)
    sentence = Entry.objects.get(verb="flows.accepted").sentence
    assert sentence.startswith("代录岑主任批示（签字件稍后补传）：")


def test_the_page_is_brought_later_once_and_written_down(promised: Decision, cast: Cast) -> None:
    scan = page(cast)

    add_scan(promised, scan.pk, by=cast.qianxinan_leader)

    promised.refresh_from_db()
    assert promised.scan_id == scan.pk
    assert waiting() == []
    assert can_see_file(cast.xingyi_officer, scan)
    assert Entry.objects.get(verb="flows.scan_added").sentence == "补传了岑主任批示《2020年年终报送》的签字页"
    with pytest.raises(NotNowError, match="已经在了"):
        add_scan(promised, scan.pk, by=cast.qianxinan_officer)


def test_others_do_not_bring_it_nor_anybody_a_foreign_file(promised: Decision, cast: Cast) -> None:
    with pytest.raises(DeniedError, match="由黔西南州教育局关工委补传"):
        add_scan(promised, page(cast, "xingyi_officer").pk, by=cast.xingyi_officer)
    with pytest.raises(DeniedError, match="找不到签字页"):
        add_scan(promised, page(cast, "huaxi_officer").pk, by=cast.qianxinan_officer)

    assert Decision.objects.get().awaits_scan


def test_the_screen_takes_the_page(client: Client, papers: Papers, promised: Decision, cast: Cast) -> None:
    client.force_login(cast.users["qianxinan_officer"], backend=BACKEND)
    address = reverse("flows:scan", args=[promised.pk])

    assert "代录了岑主任的批示" in client.get(address).content.decode()
    empty = client.post(address)
    wrong = client.post(address, {"scan-new": upload("签字.exe", b"MZ\0\0")})
    right = client.post(address, {"scan-new": upload("签字页.pdf", PDF)})

    assert (empty.status_code, wrong.status_code, right["Location"]) == (422, 422, "/papers/1/")
    assert "还没有选文件" in empty.content.decode()
    assert "程序文件" in wrong.content.decode()
    assert not Decision.objects.get().awaits_scan
    assert client.get(address)["Location"] == "/papers/1/"  # nothing is left to bring


def test_who_may_not_know_of_it_finds_nothing(
    client: Client, papers: Papers, promised: Decision, cast: Cast
) -> None:
    papers.visible = False
    client.force_login(cast.users["huaxi_officer"], backend=BACKEND)

    assert client.get(reverse("flows:scan", args=[promised.pk])).status_code == 404
