import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from xinhuo.config.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "xinhuo" / "demo" / "data" / "guizhou-2020-work-plan.txt"
KEYS = ["id", "parent", "depth", "marker", "ordinal", "text", "start", "end", "warnings"]


def read(*arguments, **options):
    return CliRunner().invoke(main, ["plan", "read", *map(str, arguments)], prog_name="xinhuo", **options)


def test_json_has_the_agreed_shape_and_its_ranges_index_the_file():
    result = read(SAMPLE, "--json")

    assert result.exit_code == 0
    found = json.loads(result.stdout_bytes.decode("utf-8"))
    assert list(found) == ["title", "document_number", "issuer", "signed_on", "nodes", "warnings"]
    assert (len(found["nodes"]), found["signed_on"]) == (31, None)
    assert {tuple(node) for node in found["nodes"]} == {tuple(KEYS)}
    assert {tuple(doubt) for doubt in found["warnings"]} == {("code", "message", "start", "end", "proposal")}
    text = SAMPLE.read_bytes().decode("utf-8-sig")
    first = found["nodes"][1]
    assert text[first["start"] : first["end"]].startswith(first["marker"] + first["text"])


def test_person_sees_head_tree_and_doubts():
    lines = read(SAMPLE).output.splitlines()

    assert lines[0] == "标题：贵州省教育厅关心下一代工作委员会2020年工作要点"
    assert "条目 31 个：" in lines
    assert any(line.startswith("    1.进一步加强农村村小") for line in lines)
    assert any("黔教办函〔2020〕38号" in line for line in lines)


def test_standard_input_is_read_too():
    result = read("-", "--json", input="一、甲\n二、乙\n".encode("gb18030"))

    assert [node["text"] for node in json.loads(result.output)["nodes"]] == ["甲", "乙"]


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_unusable_file_is_told_in_chinese(tmp_path, name):
    result = read(tmp_path / name)

    assert result.exit_code == 2
    assert "不存在。" in result.output or "是文件夹，不是文件。" in result.output


def test_output_is_utf8_whatever_the_terminal_speaks():
    command = [sys.executable, "-m", "xinhuo.config.cli", "plan", "read", str(SAMPLE)]
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}

    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)

    assert "标题：贵州省教育厅" in result.stdout.decode("utf-8")


def test_reader_starts_without_django():
    code = "import sys, xinhuo.config.cli, xinhuo.plans.reading; print(any(m.startswith('django') for m in sys.modules))"

    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "False"


def test_file_without_readable_text_is_refused_with_advice(tmp_path):
    (tmp_path / "old.doc").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000))

    result = read(tmp_path / "old.doc", "--json")

    assert result.exit_code == 1
    assert "另存为 .docx" in result.stderr
    assert result.stdout == ""
