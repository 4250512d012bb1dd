"""`govsearch compare`, with an embeddings server of these tests in place of a model."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from search_api.cli import comparison_output
from search_api.cli.command_line import app
from search_api.cli.question_commands import SortName
from search_api.comparing.comparison_types import Sort
from tests.search_api.support import REPORTS, embeddings_server, write_reports

RUNNER = CliRunner()
TOPIC = "调整充实人民调解组织数量"
LATER: dict[str, str | int] = {
    "report_id": "石桥县-2025工作报告",
    "title": "石桥县2025年政府工作报告",
    "region": "石桥县",
    "year": 2025,
    "text": (
        "石桥县2025年政府工作报告\n"
        "一、2024年工作回顾\n"
        "2024年地区生产总值增长6.1%，粮食产量达到13万吨。\n"
        "二、2025年工作安排\n"
        "2025年地区生产总值预期增长6.5%，新建公路55公里。\n"
    ),
}


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("compare")
    with embeddings_server() as url:
        file = write_reports(folder, [*REPORTS, LATER])
        made = run("index", file, "--endpoint", url, "--data", folder / "i", "--model", "m")
        assert made.exit_code == 0, made.output
        yield folder / "i"


def test_a_row_for_every_report_with_its_sentence_and_place(data: Path) -> None:
    result = run("compare", TOPIC, "--kind", "rule_of_law", "--data", data)
    assert result.exit_code == 0, result.output
    assert "2份报告中有2份说明。" in result.stderr
    assert "云溪县 2025  31个" in result.stdout
    assert "石桥县 2025  77个" in result.stdout
    assert "“全年调整充实了31个人民调解组织的调解员。”" in result.stdout
    assert "text line 4" in result.stdout


def test_rows_are_sorted_by_the_names_the_table_knows() -> None:
    assert {each.name: each.value for each in SortName} == {each.name: each.value for each in Sort}


def test_the_highest_first(data: Path) -> None:
    options = ("--kind", "rule_of_law", "--data", data, "--json")
    highest = json.loads(run("compare", TOPIC, "--sort", "highest", *options).stdout)
    lowest = json.loads(run("compare", TOPIC, "--sort", "lowest", *options).stdout)
    assert [row["value"] for row in highest["rows"]] == ["77个", "31个"]
    assert [row["value"] for row in lowest["rows"]] == ["31个", "77个"]


def test_what_no_report_states_ends_with_1(data: Path) -> None:
    result = run("compare", "2019年旅客吞吐量", "--data", data, "--json")
    assert result.exit_code == 1
    assert {row["status"] for row in json.loads(result.stdout)["rows"]} == {"not_stated"}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "md", "html", "json"])
def test_files(data: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"table.{ending}"
    result = run("compare", TOPIC, "--kind", "rule_of_law", "--data", data, "--out", out)
    assert result.exit_code == 0, result.output
    assert f"written: {out}" in result.stderr
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
        assert [row["value"] for row in rows] == ["31个", "77个"]
    elif ending == "xlsx":
        cells = [cell for row in load_workbook(out).worksheets[0].values for cell in row]
        assert "31个" in cells
        assert "77个" in cells
    elif ending == "json":
        assert [row["value"] for row in json.loads(out.read_text("utf-8"))["rows"]] == [
            "31个",
            "77个",
        ]
    else:
        text = out.read_text("utf-8")
        assert "31个" in text
        assert "77个" in text


def test_the_wording_of_one_place_over_the_years(data: Path) -> None:
    reports = ("--report", "石桥县-2024", "--report", LATER["report_id"])
    body = json.loads(run("compare", "--wording", *reports, "--data", data, "--json").stdout)
    (revision,) = body["revisions"]
    assert (revision["earlier"], revision["later"]) == ("石桥县-2024", LATER["report_id"])
    figures = [
        (each["before"], each["after"], each["difference"], each["unit"])
        for changed in revision["changed"]
        for each in changed["figures"]
    ]
    assert ("12万吨", "13万吨", 10000, "吨") in figures
    assert ("6%", "6.5%", 0.5, "个百分点") in figures
    shown = run("compare", "--wording", *reports, "--data", data)
    assert shown.exit_code == 0
    # 万 is written, and per cent cut.
    assert "12万吨 → 13万吨：+1万吨（+8.33%）" in shown.stdout


def test_the_table_beside_the_wording_is_sorted(data: Path, tmp_path: Path) -> None:
    for sort, wanted in (("highest", ["77个", "31个"]), ("lowest", ["31个", "77个"])):
        out = tmp_path / f"{sort}.md"
        options = ("--kind", "rule_of_law", "--wording", "--sort", sort, "--out", out)
        assert run("compare", TOPIC, *options, "--data", data).exit_code == 0
        table = out.read_text("utf-8").split("\n\n")[2]
        assert re.findall(r"\d+个(?= \|)", table) == wanted


def test_notices_are_told_beside_a_file_and_without_a_topic(data: Path, tmp_path: Path) -> None:
    reports = ("--region", "石桥县", "--years", "2023-2025", "--data", data)
    missing = "没有收录2023年的报告。"
    assert missing in run("compare", "--wording", *reports).stderr
    out = ("--out", tmp_path / "w.json")
    assert missing in run("compare", "--wording", *reports, *out).stderr
    assert missing in run("compare", "公路", "--wording", *reports, *out).stderr


def test_lists_that_are_cut_say_how_much_is_left(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison_output, "_SHOWN", 1)
    monkeypatch.setattr(comparison_output, "_MEMBERS", 0)
    years = ("--report", "石桥县-2024", "--report", LATER["report_id"], "--data", data)
    whole = run("compare", "--wording", *years).stdout
    # Of two reports of one place what was changed is shown, of two places what they share.
    assert "……另有2组共同表述，用 --json 或 --out 可看全部" in whole
    assert "   ……另有1句改动，" in whole
    found = run("compare", "调解室调整充实", "--wording", "--kind", "rule_of_law", "--data", data)
    assert "……另有" not in found.stdout
    both = ("--report", "云溪县-2025", "--report", "石桥县/2025 甲.乙", "--data", data)
    apart = run("compare", "--wording", *both).stdout
    assert apart.count("2/2  ") == 1
    assert "   ……另有1句，" in apart
    assert "……另有3句独有表述，" in apart


def test_what_is_left_is_told_in_english_too(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_output, "_MEMBERS", 0)
    topic = "number of mediation organizations adjusted"
    result = run("compare", topic, "--wording", "--kind", "rule_of_law", "--data", data)
    assert "... 1 more of the sentences: --json or --out has all" in result.stdout


def test_two_outlines_side_by_side(data: Path, tmp_path: Path) -> None:
    reports = ("--report", "石桥县-2024", "--report", LATER["report_id"])
    result = run("compare", "--outline", *reports, "--data", data)
    assert result.exit_code == 0, result.output
    assert "= 一、2023年工作回顾  |  一、2024年工作回顾" in result.stdout
    out = tmp_path / "outline.csv"
    assert run("compare", "--outline", *reports, "--data", data, "--out", out).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert {row["place"] for row in rows} == {"matched"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say what is compared"),
        (("。？",), "no words"),
        (("调" * 5000,), "5,000 characters"),
        ((TOPIC, "--report", "云溪县-2052"), "云溪县-2025"),
        ((TOPIC, "--region", "云西县"), "云溪县"),
        ((TOPIC, "--years", "2025-20"), "no year and no range"),
        ((TOPIC, "--years", "1999"), "1999"),
        ((TOPIC, "--kind", "village"), "national, provincial"),
        ((TOPIC, "--out", "table.doc"), ".xlsx, .md, .markdown, .html, .htm, .json"),
        ((TOPIC, "--wording", "--out", "table.doc"), ".htm, .json"),
        ((TOPIC, "--wording", "--out", "table.csv"), "CSV has the table only"),
        (("--wording", "--out", "table.CSV"), "CSV has the table only"),
        (("--wording", "--outline"), "two comparisons: choose one"),
        ((" ",), "name an indicator, a theme, or paste a passage"),
        ((TOPIC, "--out", "/no/such/folder/table.csv"), "Name a file in a folder that is there"),
        ((TOPIC, "--outline"), "leave the topic out"),
        (("--outline", "--report", "石桥县-2024"), "outlines of two"),
        (("--wording", "--report", "石桥县-2024"), "choose two at least"),
        (("--outline", "--out", "o.xlsx"), ".csv, .md or .json"),
    ],
)
def test_bad_input_says_what_to_do(data: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run("compare", *arguments, "--data", data)
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_one_report_is_answered_and_said_to_be_one(data: Path) -> None:
    result = run("compare", TOPIC, "--report", "云溪县-2025", "--data", data)
    assert result.exit_code == 0
    assert "没有可比较的对象" in result.stderr
