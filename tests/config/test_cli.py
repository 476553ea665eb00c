import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from xinhuo.config.cli import main, with_progress

ROOT = Path(__file__).resolve().parents[2]
XINHUO = [sys.executable, "-m", "xinhuo.config.cli"]
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show|Error|Try|Missing|Invalid|Did you mean|such)\b")


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="xinhuo")


def command(tmp_path, *arguments, **environment):
    """Run the real program with a data folder of its own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("XINHUO_", "DJANGO_"))}
    clean |= {"DATA": str(tmp_path), "DATABASE_URL": "", **environment}
    return subprocess.run(
        [*XINHUO, *arguments], env=clean, cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_is_chinese_throughout(name):
    if name == "manage":  # hands --help on to Django
        return
    result = run(*name.split(), "--help")

    assert result.exit_code == 0
    assert not ENGLISH.search(result.output)
    assert result.output.startswith(f"用法: xinhuo {name}".rstrip())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serv"], "没有 serv 这个命令。 您要的是不是 'serve'？"),
        (["serve", "--foo"], "没有 --foo 这个选项。"),
        (["serve", "--port", "x"], "'--port' 填的值不对：“x”不是整数。"),
        (["serve", "--port"], "选项 --port 后面要有值。"),
        (["serve", "more"], "多出来的参数：more"),
        (["demo"], "缺少选项 '--schools'"),
        (["demo", "--schools", "0"], "'--schools' 填的值不对：0 不在范围 1<=x<=200000 里。"),
    ],
)
def test_wrong_call_is_told_in_chinese(arguments, words):
    result = run(*arguments)

    assert result.exit_code == 2
    assert f"错误：{words}" in result.output
    assert not ENGLISH.search(result.output)


def test_progress_follows_the_work():
    seen = []

    def work(tick):
        for done in (2, 5):
            tick(done, 5)
            seen.append(done)
        return 5

    assert with_progress("试", 5, work) == 5
    assert seen == [2, 5]


def test_server_does_not_start_on_an_empty_database(tmp_path):
    result = command(tmp_path, "serve")

    assert result.returncode == 1
    assert result.stderr.strip() == "错误：数据库还没有建立，或没有升级到本版本。请先运行：xinhuo migrate"


def test_production_names_everything_it_lacks(tmp_path):
    result = command(tmp_path, "serve", XINHUO_ENV="production")

    assert result.returncode == 1
    assert "XINHUO_SECRET_KEY" in result.stderr
    assert "XINHUO_ALLOWED_HOSTS" in result.stderr
    assert not (tmp_path / "secret_key").exists()


def test_production_does_not_load_the_demonstration(tmp_path):
    result = command(
        tmp_path, "run", XINHUO_ENV="production", XINHUO_SECRET_KEY="k" * 50, XINHUO_ALLOWED_HOSTS="a.cn"
    )

    assert result.returncode == 1
    assert "不能用于正式运行" in result.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"XINHUO_WEB_WORKERS": "two"}, "环境变量 XINHUO_WEB_WORKERS 应为整数，现在是“two”"),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL 只能以 sqlite:// 或 postgresql:// 开头"),
        ({"DATABASE_URL": "postgresql://a@127.0.0.1:1/b"}, "数据库 b 打不开"),
    ],
)
def test_unusable_environment_is_one_readable_line(tmp_path, environment, words):
    result = command(tmp_path, "migrate", **environment)

    assert result.returncode == 1
    assert result.stderr.startswith(f"错误：{words}")
    assert "Traceback" not in result.stderr


def test_taken_port_names_a_free_one(tmp_path):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]

        result = command(tmp_path, "run", "--port", str(port))

    assert result.returncode == 1
    assert f"端口 {port} 已被占用" in result.stderr
    assert re.search(r"PORT=\d+ make run", result.stderr)


def test_from_nothing_to_a_served_page_and_back(tmp_path):
    assert command(tmp_path, "migrate").returncode == 0
    made = command(
        tmp_path,
        "createadmin",
        "--username",
        "wang",
        "--name",
        "王建",
        "--unit",
        "某省教育厅",
        "--password",
        "Zun7-luan-kaop",
    )
    assert (made.returncode, made.stdout) == (0, "管理员王建（登录名 wang）已建立，现在可以登录。\n")

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATA": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "xinhuo.config.settings",
    }
    with (tmp_path / "out").open("w") as out:
        server = subprocess.Popen(
            [*XINHUO, "serve", "--with-worker", "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdout=out,
            stderr=out,
        )
    try:
        answer = healthy(port)
        assert answer == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
    finally:
        server.kill()
        server.wait()
    said = (tmp_path / "out").read_text(encoding="utf-8")
    assert f"薪火已启动：http://127.0.0.1:{port}/" in said
    assert said.endswith("已停止，数据都在。\n")
    assert "重新启动" not in said


def healthy(port, seconds=40):
    """The status of /healthz once it is 200 (the worker's first sign of life takes a moment), else the last answer."""
    deadline = time.monotonic() + seconds
    answer = None
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
                return response.status
        except OSError as error:
            answer = error
        time.sleep(0.3)
    return answer
