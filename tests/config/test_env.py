from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.config.env import EnvError, database, envbool, envchoice, envint, envlist, envsecret, envstr

FILE = Path("somewhere/db.sqlite3")


def test_unset_and_empty_give_the_default(monkeypatch):
    monkeypatch.delenv("A_NAME", raising=False)
    assert (envstr("A_NAME", "x"), envint("A_NAME", 3), envlist("A_NAME", ("y",))) == ("x", 3, ["y"])

    monkeypatch.setenv("A_NAME", "  ")
    assert (envstr("A_NAME", "x"), envint("A_NAME", 3), envlist("A_NAME", ("y",))) == ("x", 3, ["y"])


def test_one_of_a_few(monkeypatch):
    monkeypatch.setenv("A_NAME", "ssl")
    assert envchoice("A_NAME", "starttls", ("starttls", "ssl")) == "ssl"

    monkeypatch.setenv("A_NAME", "tls")
    with pytest.raises(EnvError, match="A_NAME 只能是 starttls、ssl"):
        envchoice("A_NAME", "starttls", ("starttls", "ssl"))


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_yes_and_no(monkeypatch, text, value):
    monkeypatch.setenv("A_NAME", text)

    assert envbool("A_NAME", default=not value) is value


def test_unusable_values_name_the_variable(monkeypatch):
    monkeypatch.setenv("A_NAME", "maybe")

    with pytest.raises(EnvError, match="A_NAME 应为 1 或 0，现在是“maybe”"):
        envbool("A_NAME", default=False)
    with pytest.raises(EnvError, match="A_NAME 应为整数，现在是“maybe”"):
        envint("A_NAME", 1)


def test_secret_file_stands_before_the_variable(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from file\n", encoding="utf-8")
    monkeypatch.setenv("A_NAME", "from variable")
    assert envsecret("A_NAME") == "from variable"

    monkeypatch.setenv("A_NAME_FILE", str(tmp_path / "key"))
    assert envsecret("A_NAME") == "from file"


def test_missing_secret_file_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("A_NAME_FILE", str(tmp_path / "none"))

    with pytest.raises(EnvError, match="A_NAME_FILE 指向的文件读不出来"):
        envsecret("A_NAME")


def test_no_address_means_sqlite_that_waits_for_its_turn():
    settings = database("", FILE)

    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == str(FILE)
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "name"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////srv/b.db", "/srv/b.db")]
)
def test_sqlite_file_by_address(url, name):
    assert database(url, FILE)["NAME"] == name


def test_postgresql_by_host():
    settings = database("postgresql://u%40x:" + "p%2Fw@db:5433/xin?sslmode=require", FILE)

    found = {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert found == {
        "NAME": "xin",
        "USER": "u@x",
        "PASSWORD": "p/w",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_postgresql_by_socket_folder():
    settings = database("postgres://postgres:@/xin?host=/run/pg", FILE)

    assert (settings["HOST"], settings["PORT"], settings["OPTIONS"]) == ("/run/pg", "", {})


@pytest.mark.parametrize(
    ("url", "words"),
    [("mysql://u@h/x", "mysql://"), ("postgresql://u@h/", "缺少数据库名"), ("postgresql://u@h:x/y", "端口")],
)
def test_unusable_address_is_told(url, words):
    with pytest.raises(EnvError, match=words):
        database(url, FILE)


@given(password=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_password_survives_its_encoding(password):

    assert database(f"postgresql://u:{quote(password, safe='')}@h/x", FILE)["PASSWORD"] == password
