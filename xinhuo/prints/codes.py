"""Check codes: short enough to be read out on the telephone, long enough that guessing is hopeless. Pure."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L: what is printed small must not be read wrong."""

HALF = 5
TOKEN_BYTES = 16
LIKELY = str.maketrans("０１２３４５６７８９－—–", "0123456789---")


def new_token() -> str:
    """128 random bits for the address in the QR code."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """Ten letters and digits without a look-alike."""
    return "".join(secrets.choice(LETTERS) for _ in range(2 * HALF))


def shown(code: str) -> str:
    """As it is printed: 7K3MQ-9QPXW."""
    return f"{code[:HALF]}-{code[HALF:]}"


def typed(text: str) -> str:
    """What a person typed, as it is stored: capitals, without dashes and blanks; full-width signs are read too."""
    wide = "".join(chr(ord(sign) - 0xFEE0) if "Ａ" <= sign <= "ｚ" else sign for sign in text)
    return "".join(sign for sign in wide.translate(LIKELY).upper() if sign.isalnum())
