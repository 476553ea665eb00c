"""How a person wants to be told, and the proof that the address is theirs."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from ..enums import MailWish
from ..models import Preference
from ..outbox import mail_is_ready, put

DIGITS, MOST_TRIES = 6, 5
NO_SERVER = "本站还没有设置发信服务器，现在收不了邮件。请联系安装人员。"


def _code(wish: Preference) -> str:
    """The number that was mailed to the address: known to this site and to whoever reads that mailbox."""
    made = salted_hmac("xinhuo.notifications.mail", f"{wish.person_id}:{wish.address}:{wish.nonce}").digest()
    return str(int.from_bytes(made[:8]) % 10**DIGITS).zfill(DIGITS)


@transaction.atomic
def set_preference(
    *, mail: str, address: str, quiet_from: dt.time, quiet_to: dt.time, by: Actor
) -> Preference:
    """Keep the person's wish. A new address gets a number by mail and counts once it was typed in."""
    if mail in MailWish.WANTED and not mail_is_ready():
        require(not_now(NO_SERVER))
    wish, _ = Preference.objects.select_for_update().get_or_create(person_id=by.person_id)
    moved = address != wish.address
    wish.mail, wish.address = mail, address
    wish.quiet_from, wish.quiet_to = quiet_from, quiet_to
    if moved:
        wish.confirmed_at = None
    unproved = bool(mail in MailWish.WANTED and address and wish.confirmed_at is None)
    if unproved:
        wish.nonce, wish.tries = secrets.token_hex(16), 0
    wish.save()
    if unproved:
        text = f"您的数字是 {_code(wish)}。\n\n请回到“怎样通知我”，把这六个数字填进去。如果不是您本人要收邮件，请不用理会。"
        put(
            f"confirm:{wish.person_id}:{wish.nonce}",
            org_id=by.org_id,
            title="薪火：请核对邮箱",
            text=text,
            person_id=by.person_id,
            asked_for=True,
        )
    journal(by, "notifications.preferred", "改了“怎样通知我”", fields=["mail", "address"])
    return wish


def confirm_mail(code: str, *, by: Actor) -> None:
    """The number from the mail: the address is theirs. Five wrong ones end it, a new number has to be asked for."""
    wrong = ""
    with transaction.atomic():
        wish = Preference.objects.select_for_update().filter(person_id=by.person_id).first()
        if wish is None or not wish.nonce or wish.confirmed_at is not None:
            require(not_now("现在没有等着核对的邮箱。"))
            return
        if wish.tries >= MOST_TRIES:
            require(not_now("错的次数太多了。请再存一次设置，会寄一个新的数字。"))
        if constant_time_compare(code, _code(wish)):
            wish.confirmed_at, wish.nonce = clock.now(), ""
        else:
            wish.tries += 1
            wrong = f"数字不对。请看最新一封邮件，还可以试 {MOST_TRIES - wish.tries} 次。"
        wish.save()
    if wrong:  # after the count was committed
        raise BadInputError(wrong)
