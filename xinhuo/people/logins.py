"""Login names, one-time tokens and first passwords: plain text in, plain text out."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator

SHORTEST, LONGEST = 3, 40
PATTERN = re.compile(r"[a-z0-9][a-z0-9._@-]*")
READABLE = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and figures that cannot be mistaken for one another on paper (no 0/o, 1/l/i)."""

TOKEN_BYTES = 16
LETTERS_IN_GROUP = 4


def normal_login(text: str) -> str:
    """A login name as it is stored and compared: full-width forms, capitals and outer blanks do not matter."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def login_problem(login: str) -> str:
    """What is wrong with a normalised login name (Chinese, for the person), or an empty text."""
    if not SHORTEST <= len(login) <= LONGEST:
        return f"登录名要有 {SHORTEST} 到 {LONGEST} 个字符，现在是 {len(login)} 个。"
    if not PATTERN.fullmatch(login):
        return "登录名只能用英文字母、数字和 . _ @ -，并且以字母或者数字开头。"
    return ""


def login_candidates(code: str) -> Iterator[str]:
    """Login names to propose for a unit, one after another: 520222-01, 520222-02 and so on."""
    number = 0
    while True:
        number += 1
        yield f"{code}-{number:02d}"


def new_token() -> str:
    """128 random bits as they stand in a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of a token: its SHA-256, from which the link cannot be made again."""
    return hashlib.sha256(token.encode()).hexdigest()


def first_password() -> str:
    """A first password for a printed slip: three groups of four, 59 random bits, easy to copy by hand."""
    groups = ("".join(secrets.choice(READABLE) for _ in range(LETTERS_IN_GROUP)) for _ in range(3))
    return "-".join(groups)
