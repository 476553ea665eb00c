"""Opening many accounts through the pages, from the template to the slips."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.people.conftest import Hold, SignInAs, Tree
from xinhuo.core.actor import Actor, Role
from xinhuo.core.workbook import SheetSpec, write_workbook
from xinhuo.people.actions import batches
from xinhuo.people.models import AccountBatch, User
from xinhuo.people.sheet import COLUMNS

GOOD = [("第一小学", "周老师", "德育主任", "经办人", ""), ("盘州市", "吴同志", "", "负责人", "13900000001")]


def sheet(rows, headers=COLUMNS) -> SimpleUploadedFile:
    return SimpleUploadedFile("名单.xlsx", write_workbook([SheetSpec("账号", headers, rows)]))


def sent(client: Client, file: SimpleUploadedFile):
    return client.post("/people/import/", {"file": file})


def slips(answer) -> list[list[str]]:
    found = re.findall(r'<article class="xh-slip">(.*?)</article>', answer.content.decode(), re.DOTALL)
    return [re.findall(r'<dd class="xh-slip-code">(.*?)</dd>', slip) for slip in found]


def test_the_template_can_be_filled_in_and_read_back(tree: Tree, liu: Actor, sign_in: SignInAs) -> None:
    client = sign_in("liu")

    book = openpyxl.load_workbook(BytesIO(client.get("/people/import/template/").getvalue()))
    first = book.worksheets[0]
    units = [row[0].value for row in book.worksheets[2].iter_rows(min_row=2)]
    for column, value in enumerate([units[1], "周老师", "", "经办人", "13900000001"], start=1):
        first.cell(2, column, value)
    filled = BytesIO()
    book.save(filled)
    answer = sent(client, SimpleUploadedFile("名单.xlsx", filled.getvalue()))

    assert [cell.value for cell in first[1]] == list(COLUMNS)
    assert units == ["六盘水市/盘州市教育局", "盘州市/盘州市第一小学"]
    batch = AccountBatch.objects.get()
    assert answer.headers["Location"] == f"/people/import/{batch.pk}/"
    assert [(row["org_id"], row["problem"]) for row in batch.rows] == [(tree.school.pk, "")]


def test_preview_then_slips_then_nothing_more(
    tree: Tree, liu: Actor, sign_in: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "STEP", 1)
    client = sign_in("liu")
    sent(client, sheet([*GOOD, ("黔西南州", "王同志", "", "经办人", "")]))
    address = f"/people/import/{AccountBatch.objects.get().pk}/"

    preview = client.get(address)
    first = client.post(f"{address}open/", {"at": "0"})
    again = client.post(f"{address}open/", {"at": "0"})
    second = client.post(f"{address}open/", {"at": "1"}, headers={"HX-Request": "true", "HX-Target": "more"})
    after = client.get(address)

    assert (len(preview.context["good"]), len(preview.context["bad"])) == (2, 1)
    assert preview.context["rows"][0].name == "王同志"  # what is to be corrected comes first
    assert first.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert [slip[1] for slip in slips(first) + slips(second)] == [f"dw{tree.school.pk}-01", "520281-01"]
    assert 'name="at" value="1"' in first.content.decode()
    assert again.status_code == 409
    assert second.content.decode().lstrip().startswith("<article")
    assert "2 个账号都开通了。" in second.content.decode()
    assert after.context["left"] == 0
    password = slips(second)[0][2]
    assert User.objects.get(username="520281-01").check_password(password) is True
    assert password not in after.content.decode()


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (
            SimpleUploadedFile("名单.xlsx", b"not a workbook"),
            "这个文件不是 .xlsx 表格，或者已经损坏。请在 Excel 或 WPS 里打开，选“另存为”，类型选“.xlsx”，再上传。",
        ),
        (
            sheet([("周老师", "经办人")], ("姓名", "角色")),
            "表头里缺少：单位。第一行要写表头，请对照模板检查。",
        ),
        (sheet([]), "表里没有可以读的行。请从表头下面一行开始填。"),
        (SimpleUploadedFile("名单.xlsx", b""), "这个文件是空的，请重新选择。"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tree: Tree, liu: Actor, sign_in: SignInAs, file: SimpleUploadedFile, reason: str
) -> None:
    file.seek(0)

    answer = sent(sign_in("liu"), file)

    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [reason]})
    assert AccountBatch.objects.count() == 0


def test_a_list_belongs_to_its_maker(
    tree: Tree, liu: Actor, chen: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    sent(sign_in("liu"), sheet(GOOD))
    address = f"/people/import/{AccountBatch.objects.get().pk}/"
    colleague = hold(tree.county, Role.ADMIN, "罗县", "luo")

    answers = []
    for login in ("chen", "luo"):
        client = Client()
        client.post("/login/", {"username": login, "password": "Shanqing-2026"})
        answers += [client.get(address).status_code, client.post(f"{address}open/", {"at": "0"}).status_code]

    assert answers == [404, 404, 404, 404]
    assert colleague.person.name == "罗县"
    assert User.objects.filter(person__name="周老师").exists() is False
