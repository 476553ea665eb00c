"""One mail and what the server's answer means."""

from email import message_from_string
from email.header import decode_header, make_header

import pytest
from django.conf import LazySettings

from xinhuo.notifications.enums import SendState
from xinhuo.notifications.mailing import send_mail

from .servers import Sink

TO = "liu@school.example"


def test_a_mail_arrives_in_chinese(sink: Sink) -> None:
    outcome = send_mail(TO, "薪火：9月24日的提醒", "刘长庚同志：\n\n有 3 件事等您办。")

    assert outcome.state == SendState.SENT
    ((to, text),) = sink.mails
    mail = message_from_string(text)
    assert to == TO
    assert str(make_header(decode_header(mail["Subject"]))) == "薪火：9月24日的提醒"
    assert "xinhuo@office.example" in mail["From"]
    assert mail.get_content_type() == "text/plain"
    assert "有 3 件事等您办" in mail.get_payload(decode=True).decode()


def test_a_newline_in_the_title_makes_no_header(sink: Sink) -> None:
    send_mail(TO, "会议\r\nBcc: everybody@elsewhere.example", "好")

    assert message_from_string(sink.mails[0][1])["Bcc"] is None
    assert [to for to, _ in sink.mails] == [TO]


@pytest.mark.parametrize(
    ("word", "answer", "state"),
    [
        ("RCPT", "550 no such user", SendState.FAILED),
        ("RCPT", "451 later", SendState.WAITING),
        ("MAIL", "553 not you", SendState.FAILED),
        ("TEXT", "554 spam", SendState.FAILED),
        ("TEXT", "452 full", SendState.WAITING),
    ],
)
def test_the_answer_decides(sink: Sink, word: str, answer: str, state: SendState) -> None:
    sink.replies[word] = answer

    assert send_mail(TO, "好", "好").state == state


def test_cut_off_after_the_text_is_uncertain(sink: Sink) -> None:
    sink.drop = True

    assert send_mail(TO, "好", "好").state == SendState.UNCERTAIN
    assert len(sink.mails) == 1


def test_no_server_there_is_tried_again(sink: Sink, settings: LazySettings) -> None:
    settings.MAIL_PORT = 1

    assert send_mail(TO, "好", "好").state == SendState.WAITING


def test_a_server_that_wants_no_plain_line_is_never_given_one(sink: Sink, settings: LazySettings) -> None:
    settings.MAIL_SECURITY = "starttls"  # the sink cannot

    assert send_mail(TO, "好", "好").state == SendState.WAITING
    assert sink.mails == []
