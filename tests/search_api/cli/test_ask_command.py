"""`govsearch ask`, with an embeddings server of these tests in place of a model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from search_api.cli.command_line import app
from tests.search_api.llm_server import language_model, says
from tests.search_api.support import embeddings_server, write_reports

RUNNER = CliRunner()
QUESTION = "云溪县调整了多少个人民调解组织？"
SENTENCE = "全年调整充实了31个人民调解组织的调解员。"


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("ask")
    with embeddings_server() as url:
        made = run(
            "index",
            write_reports(folder),
            "--endpoint",
            url,
            "--data",
            folder / "i",
            "--model",
            "m",
        )
        assert made.exit_code == 0, made.output
        yield folder / "i"


def test_the_figure_its_sentence_and_its_place(data: Path) -> None:
    result = run("ask", QUESTION, "--data", data)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert first == "31个"
    assert f"“{SENTENCE}”" in "\n".join(rest)
    assert "云溪县 · 2025年 › 一、工作开展情况 › （一）健全调解网络" in result.stdout
    assert "text line 4" in result.stdout


def test_json(data: Path) -> None:
    body = json.loads(run("ask", QUESTION, "--data", data, "--json").stdout)
    assert (body["answer"], body["answered"]) == ("31个", True)


def test_what_is_not_there(data: Path) -> None:
    result = run("ask", "云溪县2019年调整了多少个人民调解组织？", "--data", data)
    assert result.exit_code == 1
    assert "2019" in result.stderr
    assert "1. 云溪县" in result.stdout  # the nearest passages


def test_several_reports(data: Path) -> None:
    result = run("ask", "调整了多少个人民调解组织？", "--data", data)
    assert result.exit_code == 0
    assert "云溪县：31个；石桥县：77个" in result.stdout
    assert "3份报告中有2份" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("  ",), "the question is empty"),
        ((QUESTION, "--region", "不存在的地方"), "region"),
        ((QUESTION, "--llm-model", "big"), "--llm-url"),
        ((QUESTION, "--llm-url", "ftp://x", "--llm-model", "big"), "http"),
    ],
)
def test_bad_input(data: Path, arguments: tuple[str, ...], problem: str) -> None:
    result = run("ask", *arguments, "--data", data)
    assert result.exit_code == 2
    assert problem in result.stderr


def test_a_language_model_may_write_it(data: Path) -> None:
    with language_model(says("云溪县调整充实了31个人民调解组织[1]。")) as server:
        result = run(
            "ask", QUESTION, "--data", data, "--llm-url", server.url, "--llm-model", "test"
        )
    assert result.exit_code == 0
    assert "云溪县调整充实了31个人民调解组织。" in result.stdout
    assert f"“{SENTENCE}”" in result.stdout
