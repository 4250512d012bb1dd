"""The command line, with an embeddings server of these tests in place of a model."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from search_api.cli.command_line import app
from tests.search_api.support import REPORTS, embeddings_server, write_reports

RUNNER = CliRunner()
COMMANDS = [
    "index", "remove", "list", "verify", "rebuild", "outline", "statements", "search", "ask", "serve",
    "demo",
]  # fmt: skip
ROOT = Path(__file__).resolve().parents[3]
REPORT = (
    "云溪县2025年法治政府建设年度报告\n一、工作开展情况\n（一）健全调解网络\n"
    "全年调整充实了31个人民调解组织的调解员。\n（二）规范行政执法\n组织执法培训4次。\n"
    "二、存在的问题\n基层执法力量不足。\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The base URL of the embeddings server."""
    with embeddings_server() as url:
        yield url


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def data(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index made on the command line. Not to be changed."""
    folder = tmp_path_factory.mktemp("cli")
    made = folder / "index"
    result = run("index", write_reports(folder), "--endpoint", server, "--data", made)
    assert result.exit_code == 0, result.output
    assert "3 added, 0 updated, 0 unchanged, 0 skipped, 0 vanished" in result.stdout
    assert "characters/s" in result.stdout
    return made


def test_search_prints_place_headings_passage_and_source(data: Path) -> None:
    result = run("search", "云溪县调整了多少个人民调解组织", "--data", data, "-k", "1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "1. 云溪县 · 2025年"
    assert lines[1].strip() == "一、工作开展情况 › （一）健全调解网络"
    assert lines[3].strip().startswith("全年调整充实了31个人民调解组织的调解员。")
    assert "text line 3, characters " in lines[-2]
    assert "\x1b" not in result.stdout


def test_search_marks_the_best_sentence_on_a_terminal(data: Path) -> None:
    asked = ["search", "云溪县调整了多少个人民调解组织", "--data", str(data), "-k", "1"]
    shown = RUNNER.invoke(app, asked, color=True).stdout
    assert "\x1b[1m全年调整充实了31个人民调解组织的调解员。\x1b[0m" in shown


def test_search_json_is_that_of_the_service(data: Path) -> None:
    result = run("search", "人民调解组织", "--year", "2025", "--data", data, "--json")
    body = json.loads(result.stdout)
    assert list(body) == ["query", "mode", "took_ms", "filters", "hits"]
    assert body["filters"] == {"region": None, "year": 2025, "report_id": None, "kind": None}
    assert body["hits"][0]["citation"]["quote"] == body["hits"][0]["text"]


def test_nothing_found_is_status_1(data: Path) -> None:
    result = run("search", "调解", "--region", "云溪县", "--year", "2024", "--data", data)
    assert result.exit_code == 1
    assert "nothing found" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", ""], "q: the question is empty"),
        (["search", "长" * 10_000], "10,000 characters, 2,000 is the most"),
        (["search", "调解", "--region", "云溪市"], "云溪县"),
        (["search", "调解", "--report", "云溪县-2026"], "云溪县-2025"),
        (["search", "调解", "--year", "1999"], "2024, 2025"),
        (["search", "调解", "-k", "0"], "top_k"),
        (["remove", "nothing"], "nothing"),
        (["statements", "云溪县-2026"], "云溪县-2025"),
        (["index", "no/such/folder"], "no/such/folder"),
    ],
)
def test_bad_input_is_status_2_and_says_what(
    data: Path, arguments: list[str], message: str
) -> None:
    result = run(*arguments, "--data", data)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_missing_or_foreign_index_is_status_2(tmp_path: Path) -> None:
    for command in (
        ["search", "调解"],
        ["list"],
        ["verify"],
        ["rebuild"],
        ["remove", "x"],
        ["statements", "x"],
    ):
        result = run(*command, "--data", tmp_path / "nothing")
        assert result.exit_code == 2
        assert "govsearch index" in result.stderr
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("not ours")
    assert run("search", "调解", "--data", tmp_path / "foreign").exit_code == 2


def test_wrong_usage_is_status_2(data: Path) -> None:
    for arguments in (["search"], ["nonsense"], ["search", "x", "--mode", "fast"]):
        assert run(*arguments).exit_code == 2


def test_list(data: Path) -> None:
    result = run("list", "--data", data)
    assert result.exit_code == 0
    assert [line.split("  ")[0] for line in result.stdout.splitlines()] == sorted(
        str(each["report_id"]) for each in REPORTS
    )
    reports = json.loads(run("list", "--data", data, "--json").stdout)["reports"]
    assert {each["report_id"] for each in reports} == {each["report_id"] for each in REPORTS}


def test_verify(data: Path) -> None:
    result = run("verify", "--data", data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "all is well" in result.stdout
    assert json.loads(run("verify", "--data", data, "--json").stdout)["problems"] == []


def test_the_life_of_an_index(server: str, tmp_path: Path) -> None:
    made = tmp_path / "index"
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "云溪县-2025.txt").write_text(REPORT, encoding="gb18030")
    (reports / "empty.txt").write_text("")
    first = run("index", reports, "--data", made, "--endpoint", server)
    # One file was indexed: status 0, and the summary says what was left out and why.
    assert first.exit_code == 0
    assert "1 added" in first.stdout
    assert "skipped" in first.stderr
    assert "empty.txt" in first.stderr
    # The encoder is that of the index now.
    again = run("index", reports, "--data", made, "--json")
    body = json.loads(again.stdout)
    assert body["unchanged"] == ["云溪县-2025"]
    assert body["skipped"][0]["reason"]
    assert body["characters_per_second"] == 0
    (reports / "石桥县-2025.txt").write_text(REPORT.replace("云溪", "石桥"))
    (reports / "云溪县-2025.txt").unlink()
    third = run("index", reports, "--data", made)
    assert "1 added" in third.stdout
    assert "vanished 云溪县-2025" in third.stderr
    assert run("rebuild", "--data", made).exit_code == 0
    removed = run("remove", "云溪县-2025", "--data", made)
    assert removed.exit_code == 0
    assert "1 removed" in removed.stdout
    assert run("search", "调解组织", "--report", "云溪县-2025", "--data", made).exit_code == 2
    assert run("verify", "--data", made).exit_code == 0


def test_nothing_indexed_is_status_1(server: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    made = tmp_path / "index"
    result = run("index", tmp_path / "empty.txt", "--data", made, "--endpoint", server)
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr


def test_outline_prints_a_tree_with_line_numbers(tmp_path: Path) -> None:
    file = tmp_path / "云溪县-2025.txt"
    file.write_text(REPORT, encoding="utf-8")
    result = run("outline", file)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2  一、工作开展情况",
        "3    （一）健全调解网络",
        "5    （二）规范行政执法",
        "7  二、存在的问题",
    ]
    body = json.loads(run("outline", file, "--json").stdout)
    assert list(body) == ["report_id", "sections"]
    assert body["report_id"] == "云溪县-2025"
    assert [(s["level"], s["number"]) for s in body["sections"]] == [
        (1, "一"),
        (2, "一"),
        (2, "二"),
        (1, "二"),
    ]


def test_outline_of_a_table_is_a_list(tmp_path: Path) -> None:
    body = json.loads(run("outline", write_reports(tmp_path), "--json").stdout)
    assert [each["report_id"] for each in body] == [each["report_id"] for each in REPORTS]


def test_outline_of_what_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "plain.txt").write_text("没有标题的一句话。", encoding="utf-8")
    assert run("outline", tmp_path / "empty.txt").exit_code == 2
    assert run("outline", tmp_path / "none.txt").exit_code == 2
    assert run("outline", tmp_path).exit_code == 2
    assert run("outline", tmp_path / "plain.txt").exit_code == 1


def test_serve_says_what_is_wrong_before_it_starts(data: Path, tmp_path: Path) -> None:
    assert run("serve", "--data", tmp_path / "nothing").exit_code == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--data", data, "--port", port)
    assert result.exit_code == 2
    assert f"--port {port}" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"govsearch {command}" in result.stdout
    assert "--data" in result.stdout or command == "outline"
    assert "--json" in result.stdout or command == "serve"


def test_help_lists_the_commands() -> None:
    listed = run("--help").stdout
    assert all(f"  {command} " in listed for command in COMMANDS)


def cold(*arguments: str, code: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    """`govsearch` in a fresh process; `code` runs after it."""
    script = (
        "import sys\nfrom search_api.cli.command_line import main\n"
        f"sys.argv = ['govsearch', *{list(arguments)!r}]\n"
        f"try:\n    main()\nexcept SystemExit as end:\n    status = end.code\n{code}\n"
        "sys.exit(status)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", script],
        env=environment,
        capture_output=True,
        check=False,
    )


def test_a_cold_search_imports_neither_torch_nor_a_web_framework(data: Path) -> None:
    unwanted = "('torch', 'transformers', 'sentence_transformers', 'fastapi', 'starlette', 'nncf')"
    code = f"print([m for m in {unwanted} if m in sys.modules], file=sys.stderr)"
    for question in ("云溪县人民调解组织", "mediation organizations"):
        done = cold("search", question, "--data", str(data), code=code)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stderr.decode().strip() == "[]"


def test_output_is_utf_8_whatever_the_locale(data: Path) -> None:
    done = cold(
        "search",
        "mediation organizations",
        "--data",
        str(data),
        LC_ALL="C",
        PYTHONCOERCECLOCALE="0",
    )
    assert done.returncode == 0
    assert "人民调解组织" in done.stdout.decode("utf-8")


def test_an_error_in_a_cold_process_has_no_traceback(tmp_path: Path) -> None:
    done = cold("search", "x", "--data", str(tmp_path / "没有"))
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("error: ")
    assert "没有" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr
