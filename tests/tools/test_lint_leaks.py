import pytest

from tools.lint_leaks import leaks

HOME = "/ho" + "me/wang/xinhuo"  # written so that this file has no finding itself

GOOD = [
    "path = Path('var/files')",
    "https://example.cn/home/page",
    "postgresql://用户:口令@主机/xinhuo",
    "postgresql://USER:PASSWORD@HOST:PORT/NAME",
    "token = secrets.token_urlsafe(32)",
    'password = "demo-2020"',
]
BAD = [
    (f"cd {HOME}", "a path of somebody's machine"),
    (f'DATA = "{HOME}"', "a path of somebody's machine"),
    ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
    ("AKIA" + "ABCDEFGHIJKLMNOP", "an access key"),
    ('SECRET_KEY = "' + "a1B2" * 8 + '"', "a secret in plain text"),
    ("postgresql://xinhuo:" + "s3cret@db/xinhuo", "a password in an address"),
]


@pytest.mark.parametrize("text", GOOD)
def test_good_line_has_no_finding(text):
    assert leaks(text) == []


@pytest.mark.parametrize(("text", "meaning"), BAD)
def test_bad_line_has_this_finding(text, meaning):
    assert leaks(f"first line\n{text}\n") == [(2, meaning)]


@pytest.mark.parametrize(
    "text", ["--index-url x", "--find-links x", "a @ https://x.cn/a.whl", '"resolved": "x"']
)
def test_lock_file_names_no_address(text):
    assert [meaning for _, meaning in leaks(text, lock=True)] == ["an address"]


def test_hashed_requirement_is_a_good_lock_line():
    assert (
        leaks("django==5.2.19 \\\n    --hash=sha256:00ff\n    # via -r requirements/runtime.in", lock=True)
        == []
    )
