"""Login names, first passwords, and what a browser calls itself: plain text in, plain text out."""

from itertools import islice

import pytest

from xinhuo.people.devices import device_of
from xinhuo.people.logins import (
    READABLE,
    digest,
    first_password,
    login_candidates,
    login_problem,
    new_token,
    normal_login,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [(" Liu ", "liu"), ("ＬＩＵ＿１", "liu_1"), ("520281－01", "520281-01"), ("", "")],
)
def test_login_names_are_compared_without_case_width_and_blanks(typed: str, stored: str) -> None:
    assert normal_login(typed) == stored


@pytest.mark.parametrize(
    ("login", "is_fine"),
    [
        ("liu", True),
        ("520281-01", True),
        ("a@b.cn", True),
        ("a" * 40, True),
        ("a" * 41, False),
        ("a b c", False),
    ],
)
def test_which_login_names_can_be_used(login: str, is_fine: bool) -> None:  # noqa: FBT001  a column of the table
    assert (login_problem(login) == "") is is_fine


def test_proposals_count_on_from_the_units_code() -> None:
    assert list(islice(login_candidates("520281"), 3)) == ["520281-01", "520281-02", "520281-03"]


def test_first_passwords_are_readable_and_never_the_same() -> None:
    made = {first_password() for _ in range(200)}

    assert len(made) == 200
    assert {len(password) for password in made} == {14}
    assert set("".join(made)) <= set(READABLE) | {"-"}
    assert set(READABLE) & set("01ilo") == set()


def test_a_token_holds_128_bits_and_its_digest_gives_nothing_away() -> None:
    first, second = new_token(), new_token()

    assert first != second
    assert (len(first), len(digest(first))) == (22, 64)
    assert digest(first) != digest(second)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Mozilla/5.0 (Windows NT 6.1; Win64; x64) Chrome/109.0 Safari/537.36", "Windows 电脑（Chrome）"),
        ("Mozilla/5.0 (Linux; Android 12; V2118A) MicroMessenger/8.0.40", "安卓手机（微信）"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Safari/604.1",
            "苹果手机（Safari）",
        ),
        ("Mozilla/5.0 (X11; Linux aarch64) Firefox/115.0", "Linux 电脑（Firefox）"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Windows 电脑（Edge）"),
        ("", "不认识的设备"),
        ("<script>" * 1000, "不认识的设备"),
    ],
)
def test_a_browser_is_told_in_a_few_words(said: str, means: str) -> None:
    assert device_of(said) == means
