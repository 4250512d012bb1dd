"""`govsearch statements`: rows, JSON, and what --of lets through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.report import Span
from corpus.statements.statement import Period
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from search_api.cli.command_line import app
from search_api.cli.statements_command import _period
from tests.search_api.support import REPORTS, HashEncoder, write_reports

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index. Not to be changed."""
    folder = tmp_path_factory.mktemp("statements")
    build.add([write_reports(folder)], folder / "index", HashEncoder(), EncoderSettings())
    return folder / "index"


def run(data: Path, *arguments: str) -> Result:
    return RUNNER.invoke(app, ["statements", *arguments, "--data", str(data)])


def test_rows_in_reading_order(data: Path) -> None:
    result = run(data, "石桥县-2024")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "5.5%  2023年地区生产总值增长  2023  done  change  exact  text line 3, characters 40-44",
        "12万吨  粮食产量达到  2023  done  level  exact  text line 3, characters 51-55",
        "6%  2024年地区生产总值预期增长  2024  planned  change  exact  text line 5, characters 84-86",
        "40公里  新建公路  2024  planned  level  exact  text line 5, characters 91-95",
    ]


@pytest.mark.parametrize(
    ("of", "figures"),
    [
        ("生产总值", ["5.5%", "6%"]),
        ("生产总值 预期", ["6%"]),
        ("糧食", ["12万吨"]),  # traditional characters
        ("水库", []),
    ],
)
def test_only_of_what_is_named(data: Path, of: str, figures: list[str]) -> None:
    result = run(data, "石桥县-2024", "--of", of)
    assert [line.split("  ")[0] for line in result.stdout.splitlines()] == figures
    assert result.exit_code == (0 if figures else 1)
    assert result.stderr == ("" if figures else "nothing found\n")


def test_json_has_places_in_the_text(data: Path) -> None:
    result = run(data, "石桥县-2024", "--of", "粮食", "--json")
    body = json.loads(result.stdout)
    assert list(body) == ["report_id", "statements"]
    (said,) = body["statements"]
    assert said["figure"] == {"start": 51, "end": 55, "quote": "12万吨"}
    assert (said["low"], said["high"], said["unit"], said["kind"]) == (
        "120000",
        "120000",
        "吨",
        "mass",
    )
    assert said["period"] == {"first": 2023, "last": 2023, "part": "", "point": False}
    assert (said["sense"], said["aspect"], said["bound"]) == ("done", "level", "exact")
    text = str(next(each["text"] for each in REPORTS if each["report_id"] == "石桥县-2024"))
    for place in (said["figure"], said["sentence"]):
        assert Span(place["start"], place["end"]).of(text) == place["quote"]


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        (None, ""),
        (Period(2024, 2024), "2024"),
        (Period(2021, 2025), "2021-2025"),
        (Period(2025, 2025, "H1"), "2025 H1"),
        (Period(2030, 2030, point=True), "as of 2030"),
    ],
)
def test_periods(period: Period | None, shown: str) -> None:
    assert _period(period) == shown
