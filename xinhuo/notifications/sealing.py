"""Channel addresses with their secrets, unreadable in the database. The key stands outside it, see settings."""

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from xinhuo.core.errors import NotNowError

NO_KEY = "还不能设置发送渠道：安装人员要先设置 XINHUO_CHANNEL_KEY（见设置说明），地址才能加密保存。"


class UnreadableError(Exception):
    """Sealed with a key this installation does not have any more."""


def is_ready() -> bool:
    """Whether there is a key to seal with."""
    return bool(settings.CHANNEL_KEYS)


def _box() -> MultiFernet:
    if not is_ready():
        raise NotNowError(NO_KEY)
    keys = (base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()) for key in settings.CHANNEL_KEYS)
    return MultiFernet([Fernet(key) for key in keys])


def seal(values: Mapping[str, str]) -> str:
    """Lock values away with the first key. Raises NotNowError without one."""
    return _box().encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """The values again, whichever of the keys locked them. Raises UnreadableError."""
    try:
        found: dict[str, str] = json.loads(_box().decrypt(sealed.encode()))
    except (InvalidToken, NotNowError) as error:
        raise UnreadableError from error
    return found
