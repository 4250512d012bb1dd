"""What sentences of the samples state, labelled by hand, against what the system reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus.report import Span
from corpus.statements.period import Told
from corpus.statements.reading import statements
from corpus.statements.statement import Period
from corpus.statements.timing import Context
from eval.cli import app
from eval.errors import JudgementError
from eval.judgements.statements import hash_of, read_statements
from eval.measures.statements import (
    FIELDS,
    NAMED,
    Miss,
    Tally,
    measure_sentence,
    names_it,
    period_text,
)
from eval.statements import JUDGED
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from tests.search_api.support import HashEncoder

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
GROWTH = "2024年，全市地区生产总值1145.8亿元，增长5.6%；"
PROJECTS = "实施重点项目612个，完成年度投资428亿元。"


def label(sentence: str, figure: str, what: str, **fields: Any) -> dict[str, Any]:
    """A labelled statement of 2024, a level unless `fields` say otherwise."""
    at, named = sentence.index(figure), sentence.index(what)
    usual = {
        "bound": ["exact"],
        "aspect": ["level"],
        "period": ["2024"],
        "sense": ["done"],
        "scope": ["whole"],
    }
    return {
        "figure": [at, at + len(figure)],
        "what": [[[named, named + len(what)]]],
        **usual,
        **fields,
    }


def labelled(text: str, sentence: str, *made: Mapping[str, Any], report: str) -> dict[str, Any]:
    start = text.index(sentence)
    return {
        "report": report,
        "start": start,
        "end": start + len(sentence),
        "hash": hash_of(sentence),
        "statements": list(made),
    }


GDP = label(GROWTH, "1145.8亿元", "地区生产总值", value=["114580000000"], unit=["元"])
GDP_GROWTH = label(GROWTH, "5.6%", "地区生产总值", value=["5.6"], unit=["%"], aspect=["change+"])


def judged(folder: Path, *rows: Mapping[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "mine.jsonl").write_text(lines, encoding="utf-8")
    return folder


def measured(tmp_path: Path, *made: Mapping[str, Any]) -> tuple[Tally, list[Miss]]:
    """The first sentence measured with these labels."""
    row = labelled(GROWTH, GROWTH, *made, report="r")
    [gold] = read_statements(judged(tmp_path / "judged", row))
    given = statements(GROWTH, 0, Context((), Told(2024, 2025, 2025)))
    return measure_sentence(GROWTH, gold, given)


def test_what_is_right_counts_field_by_field(tmp_path: Path) -> None:
    tally, misses = measured(tmp_path, GDP, GDP_GROWTH)
    assert not misses
    assert (tally.labelled, tally.matched, tally.whole, tally.made_up) == (2, 2, 2, 0)
    assert tally.right == dict.fromkeys((*FIELDS, NAMED), 2)


def test_what_is_wrong_is_told_with_label_and_reading(tmp_path: Path) -> None:
    other = {**GDP, "value": ["1"], "period": ["2023", "@2023"], "what": [[[0, 5]]]}
    tally, misses = measured(tmp_path, other, {**GDP_GROWTH, "aspect": ["change-"]})
    assert {each.field for each in misses} == {"value", "period", "what", "aspect"}
    period = next(each for each in misses if each.field == "period")
    assert (period.labelled, period.given) == ("2023 | @2023", "2024")
    assert tally.whole == 0
    assert tally.right["unit"] == 2
    assert tally.right["aspect"] == 1


def test_alternatives_are_right_and_optional_ones_count_nowhere(tmp_path: Path) -> None:
    several = {**GDP, "period": ["@2024", "2024"], "unit": ["", "元"]}
    tally, misses = measured(tmp_path, several, {**GDP_GROWTH, "optional": True, "value": ["9"]})
    assert not misses
    assert (tally.labelled, tally.matched, tally.made_up) == (1, 1, 0)


def test_missed_and_made_up(tmp_path: Path) -> None:
    nothing_there = {**GDP, "figure": [0, 5]}
    tally, misses = measured(tmp_path, nothing_there, GDP_GROWTH)
    assert (tally.missed, tally.made_up) == (1, 1)
    assert sorted(each.field for each in misses) == ["made up", "missed"]
    made_up = next(each for each in misses if each.field == "made up")
    assert made_up.figure.of(GROWTH) == "1145.8亿元"


@pytest.mark.parametrize(
    ("labelled_words", "words", "right"),
    [
        ("地区生产总值", "全市地区生产总值增长", True),
        ("规模以上工业企业", "规模以上工业企业达到", True),
        ("城镇 人均可支配收入", "城镇居民人均可支配收入", True),
        ("固定资产投资", "房地产开发投资", False),
        ("人均预期寿命", "构建强大公共卫生体系，广泛开展全民健身运动，人均预期寿命", False),
        ("地区生产总值", "高于全国", False),
    ],
)
def test_what_names_it(labelled_words: str, words: str, right: bool) -> None:
    assert names_it(labelled_words, words) is right


def test_periods_are_written_as_judgements_write_them() -> None:
    assert period_text(None) == "?"
    assert period_text(Period(2025, 2025)) == "2025"
    assert period_text(Period(2021, 2025)) == "2021-2025"
    assert period_text(Period(2025, 2025, "Q1")) == "2025Q1"
    assert period_text(Period(2025, 2025, point=True)) == "@2025"


def test_a_line_that_is_not_as_it_should_be_is_named(tmp_path: Path) -> None:
    for broken in ({**GDP, "figure": [5, 2]}, {**GDP, "value": ["many"]}, {**GDP, "sense": []}):
        row = labelled(GROWTH, GROWTH, broken, report="r")
        with pytest.raises(JudgementError, match="line 1"):
            read_statements(judged(tmp_path / "judged", row))
    with pytest.raises(JudgementError):
        read_statements(tmp_path / "nowhere")


def test_those_that_come_with_it_can_be_read() -> None:
    sentences = read_statements(JUDGED)
    assert {each.group for each in sentences} == {"sentences", "tables"}
    assert sum(len(each.statements) for each in sentences) == 374
    for each in sentences:
        length = len(each.span)
        assert all(
            0 <= said.figure.start < said.figure.end <= length for said in each.statements
        ), each
        figures = [said.figure for said in each.statements]
        assert len(set(figures)) == len(figures), each


def test_the_command_leaves_out_what_it_cannot_compare(tmp_path: Path) -> None:
    data = tmp_path / "index"
    build.add([SAMPLES], data, HashEncoder(), EncoderSettings(), silent)
    index = Index.open(data)
    report = "松涧市-2025"
    text = index.text(report)
    projects = label(PROJECTS, "612个", "重点项目", value=["612"], unit=["个"])
    money = label(PROJECTS, "428亿元", "年度投资", value=["42800000000"], unit=["元"])
    wrong = {**money, "sense": ["planned"]}
    rows = [
        labelled(text, GROWTH, GDP, GDP_GROWTH, report=report),
        labelled(text, PROJECTS, projects, wrong, report=report),
        {**labelled(text, PROJECTS, projects, report=report), "hash": "0" * 12},
        labelled(text, PROJECTS, projects, report="没有的报告"),
    ]
    folder = judged(tmp_path / "judged", *rows)
    arguments = ["eval", "statements", str(folder), "--data", str(data)]

    shown = CliRunner().invoke(app, [*arguments, "--misses"])
    assert shown.exit_code == 0, shown.output
    assert "1 sentences of reports that the index doesn't have, 1 whose text" in shown.output
    assert "sense: planned -> done" in shown.output

    result = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    mine = result["groups"]["mine"]
    assert (mine["labelled"], mine["missed"], mine["made_up"], mine["whole"]) == (4, 0, 0, 3)
    assert mine["right"] == {**dict.fromkeys((*FIELDS, NAMED), 4), "sense": 3}
    [miss] = result["misses"]
    at = int(miss["at"])
    assert Span(at, at + 5).of(text) == "428亿元"
