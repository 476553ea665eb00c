"""The trays: what they show, to whom, and in how many queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.documents.conftest import Province, url
from xinhuo.core.actor import Actor
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Delivery

Browse = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 12


def test_the_trays_show_the_units_own(province: Province, browse: Browse) -> None:
    province.send(province.write(title="给州里的"), "黔西南", copies=("铜仁",))
    client = browse(province.by("黔西南"))

    incoming = client.get(url("document_list")).content.decode()
    copies = browse(province.by("铜仁")).get(url("copy_list")).content.decode()
    empty = browse(province.by("兴义")).get(url("document_list")).content.decode()

    assert "给州里的" in incoming
    assert "有 1 份文件等您单位签收" in incoming
    assert "给州里的" in copies
    assert "还没有收到文件" in empty


@pytest.mark.parametrize("name", ["document_list", "sent_list", "copy_list"])
def test_lists_take_the_same_queries_for_one_and_for_many(
    province: Province, browse: Browse, django_assert_max_num_queries: Any, name: str
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            province.send(province.write(), "黔西南", copies=("铜仁",))

    key = {"document_list": "黔西南", "sent_list": "省厅", "copy_list": "铜仁"}[name]
    fill(1)
    client = browse(province.by(key))
    client.get(url(name))
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        client.get(url(name))
    fill(5)

    with django_assert_max_num_queries(MOST_QUERIES) as many:
        client.get(url(name))

    assert len(one) == len(many)


def test_search_filter_and_export(province: Province, browse: Browse) -> None:
    province.send(province.write(title="甲通知", number="黔教关〔2026〕1号", kind="notice"), "黔西南")
    province.send(province.write(title="乙要点"), "黔西南")
    receive(Delivery.objects.get(document__title="乙要点"), by=province.by("黔西南"))
    client = browse(province.by("黔西南"))

    def shown(query: str) -> list[str]:
        text = client.get(
            url("document_list") + query, headers={**HTMX, "HX-Target": "table"}
        ).content.decode()
        assert "<html" not in text
        return [title for title in ("甲通知", "乙要点") if title in text]

    assert shown("?q=黔教关") == ["甲通知"]
    assert shown("?kind=key_points") == ["乙要点"]
    assert shown("?received=no") == ["甲通知"]
    assert shown("?forwarded=1") == []
    export = client.get(url("document_list") + "?export=xlsx")
    assert export["Content-Type"].endswith("spreadsheetml.sheet")
    export.close()


def test_chosen_documents_are_received_together(province: Province, browse: Browse) -> None:
    for title in ("甲", "乙", "丙"):
        province.send(province.write(title=title), "黔西南")
    ids = list(Delivery.objects.values_list("pk", flat=True))[:2]

    response = browse(province.by("黔西南")).post(url("receive_chosen"), {"delivery": ids}, follow=True)

    assert "已签收 2 份文件" in response.content.decode()
    assert Delivery.objects.filter(received_at__isnull=True).count() == 1


def test_nothing_chosen_is_explained(province: Province, browse: Browse) -> None:
    response = browse(province.by("黔西南")).post(url("receive_chosen"))

    assert response.status_code == 422
    assert "还没有勾选" in response.content.decode()
