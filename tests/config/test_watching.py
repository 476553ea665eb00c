"""What monitors and log collectors get."""

import json
import logging
import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from xinhuo.core.logs import JsonFormatter, RequestIdFilter
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import open_todo
from xinhuo.journal.models import Entry

TOKEN = {"Authorization": "Bearer right"}


def test_without_a_token_there_are_no_metrics(client: Client, db: None) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer wrong", "right-not"])
def test_a_wrong_token_finds_nothing(client: Client, db: None, settings: Any, given: str) -> None:
    settings.METRICS_TOKEN = "right"

    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_the_figures_are_counted_from_the_database(client: Client, cast: Cast, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"
    open_todo(org_id=cast.orgs["school"].pk, wait=Wait.FILL, kind="plans.report", subject_id=1, title="报送")

    text = client.get("/metrics", headers=TOKEN).content.decode()

    assert "xinhuo_todos_open 1\n" in text
    assert "xinhuo_todos_overdue 0\n" in text
    assert 'xinhuo_jobs{state="failed"} 0\n' in text
    assert re.search(r"^xinhuo_disk_free_bytes \d", text, re.MULTILINE)
    assert not re.search(r"^xinhuo_worker_silence_seconds", text, re.MULTILINE)


def _line(record: logging.LogRecord) -> dict[str, object]:
    RequestIdFilter().filter(record)
    found: dict[str, object] = json.loads(JsonFormatter().format(record))
    return found


def test_a_request_is_one_json_line_with_the_id_that_the_journal_keeps(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(cast.users["school_officer"], backend="django.contrib.auth.backends.ModelBackend")
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.INFO, logger="xinhuo.request"):
        client.post("/logout/")

    record = next(item for item in caplog.records if item.name == "xinhuo.request")
    line = json.loads(JsonFormatter().format(record))
    assert line["path"] == "/logout/"
    assert line["status"] == 302
    assert line["person_id"] == cast.school_officer.person_id
    assert line["request_id"] == Entry.objects.latest("pk").request_id


def test_a_line_outside_requests_says_so_and_keeps_its_error() -> None:
    error = ValueError("坏了")
    record = logging.LogRecord("xinhuo", logging.ERROR, "", 0, "没有办成", (), (ValueError, error, None))

    line = _line(record)
    assert (line["request_id"], line["message"]) == ("-", "没有办成")
    assert "ValueError: 坏了" in str(line["error"])
