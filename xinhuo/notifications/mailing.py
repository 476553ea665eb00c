"""One mail through the installation's own mail server, by Apprise's connection and message builder."""

import smtplib
from typing import Any

from apprise import NotifyFormat
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.email.smtp import AppriseSMTPController
from django.conf import settings

from .enums import SendState
from .outcome import SENT, Outcome

TIME_OUT = 15
TEMPORARY = range(400, 500)


class Line(AppriseSMTPController):
    """Apprise's connection, but errors while sending come through: refused is not the same as cut off."""

    def sendmail(self, from_addr: str, to_addrs: list[str], message: str) -> bool:
        """Hand the mail over."""
        connection: smtplib.SMTP | None = self._socket
        if connection is None:
            raise smtplib.SMTPServerDisconnected
        connection.sendmail(from_addr, to_addrs, message)
        return True


def send_mail(address: str, title: str, text: str) -> Outcome:
    """Send one plain mail; says whether the server took it."""
    messages: Any = NotifyEmail.prepare_emails(
        subject=title,
        body=text,
        notify_format=NotifyFormat.TEXT,
        from_addr=("薪火", settings.MAIL_FROM),
        to=[(False, address)],
        smtp_host=settings.MAIL_SERVER,
        names={},
    )
    (mail,) = list(messages)
    line = Line(
        host=settings.MAIL_SERVER,
        port=settings.MAIL_PORT,
        secure_mode=settings.MAIL_SECURITY,
        user=settings.MAIL_USER or None,
        password=settings.MAIL_PASSWORD or None,
        socket_connect_timeout=TIME_OUT,
    )
    try:
        line.__enter__()
    except (OSError, smtplib.SMTPException, RuntimeError):
        return Outcome(SendState.WAITING, "连不上发信服务器，过一会儿再发。")
    try:
        return _handed_over(line, mail)
    finally:
        line.__exit__(None, None, None)


def _handed_over(line: Line, mail: Any) -> Outcome:
    try:
        line.sendmail(settings.MAIL_FROM, list(mail.to_addrs), mail.body)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(next(iter(error.recipients.values()))[0])
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        return _refused(error.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Outcome(SendState.UNCERTAIN, "发信途中断了，不确定对方收到没有。")
    return SENT


def _refused(code: int) -> Outcome:
    if code in TEMPORARY:
        return Outcome(SendState.WAITING, f"对方邮箱现在不收（{code}），过一会儿再发。")
    return Outcome(SendState.FAILED, f"对方邮箱不收（{code}）。请检查邮箱地址。")
