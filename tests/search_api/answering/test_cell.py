"""What one report says, or which kind of silence it keeps. The reports are invented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search_api.answering.answerer import ask
from search_api.answering.cell import Cell, Silence, cell, first_cell
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.engine import Engine
from search_api.questions.plan import Operation
from search_api.results import Filters
from tests.search_api.comparing.compare_reports import (
    CHENGXI,
    LUMING,
    SHIBU,
    SHUANGLING,
    SHUANGLING_BEFORE,
    WEITANG,
    ZHUYU,
    opened,
)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the invented reports. Not to be changed."""
    with opened(tmp_path_factory.mktemp("towns")) as engine:
        yield engine


def asked(engine: Engine, topic: str, report_id: str) -> Cell:
    plan = engine.plan(topic, Filters(report_id=report_id), Operation.VALUE)
    return cell(engine, plan, engine.report(report_id), DEFAULT_ANSWERS)


def test_a_report_that_says_it(towns: Engine) -> None:
    found = asked(towns, "2024年茶叶产量", SHUANGLING)
    assert found.stated
    assert found.reading is not None
    assert (found.reading.answer, found.silence, found.nearest) == ("3.2万吨", None, None)
    assert found.doubted is None
    assert {hit.citation.report_id for hit in found.hits} == {SHUANGLING}


@pytest.mark.parametrize(
    ("topic", "report_id", "silence", "nearest"),
    [
        # Only what is announced for 2025, for 2030.
        ("2024年茶叶产量", WEITANG, Silence.ONLY_PLAN, "2025年茶叶产量达到8000吨以上"),
        ("2024年茶叶产量", ZHUYU, Silence.ONLY_PLAN, "到2030年，茶叶产量达到6万吨"),
        # Of a year long past, and of five years together.
        ("2024年茶叶产量", LUMING, Silence.OTHER_TIME, "2019年茶叶产量仅为1.1万吨"),
        ("2024年茶叶产量", CHENGXI, Silence.OTHER_TIME, "五年来，茶叶产量累计达到20万吨"),
        # What there is, and not how it changed.
        ("2024年茶叶产量增速", SHUANGLING, Silence.ONLY_LEVEL, "2024年茶叶产量达到3.2万吨"),
        ("2024年茶叶产量", SHIBU, Silence.NOT_STATED, ""),
    ],
)
def test_kinds_of_silence(
    towns: Engine, topic: str, report_id: str, silence: Silence, nearest: str
) -> None:
    found = asked(towns, topic, report_id)
    assert (found.stated, found.reading, found.silence) == (False, None, silence)
    if nearest:
        assert found.nearest is not None
        assert found.nearest.words.startswith(nearest)


def test_a_year_that_a_report_is_not_of(towns: Engine) -> None:
    found = asked(towns, "2031年茶叶产量", SHUANGLING_BEFORE)
    assert (found.reading, found.silence) == (None, Silence.YEAR_NOT_COVERED)
    # A report may look back or ahead further, if it says so itself.
    assert asked(towns, "2019年茶叶产量", LUMING).stated
    assert asked(towns, "2030年茶叶产量", ZHUYU).stated


@pytest.mark.parametrize("topic", ["2024年茶叶产量", "2025年茶叶产量", "2024年游船码头数量"])
def test_a_question_gets_the_same_cell(towns: Engine, topic: str) -> None:
    for info in towns.reports():
        found = asked(towns, topic, info.report_id)
        answer = ask(towns, topic, report_id=info.report_id)
        assert answer.answer == (found.reading.answer if found.reading else None)


@pytest.mark.parametrize("topic", ["2024年茶叶产量", "2025年茶叶产量", "2024年改造泵站数量"])
def test_its_own_place_in_the_question_changes_nothing(towns: Engine, topic: str) -> None:
    for info in towns.reports():
        assert info.metadata.region is not None
        named = asked(towns, info.metadata.region.name + topic, info.report_id)
        bare = asked(towns, topic, info.report_id)
        assert (named.stated, named.silence) == (bare.stated, bare.silence)
        if named.reading is not None and bare.reading is not None:
            assert named.reading.answer == bare.reading.answer
            assert named.reading.silence == pytest.approx(bare.reading.silence)


def test_of_alternatives_the_first_that_is_stated(towns: Engine) -> None:
    question = "澄溪市茶园面积或新建滨河步道长度是多少？"
    assert ask(towns, question, report_id=CHENGXI).answer == "26公里"
    plans = [
        towns.plan(each, Filters(report_id=CHENGXI), Operation.VALUE)
        for each in ("茶园面积", "新建滨河步道长度")
    ]
    found = first_cell(towns, plans, towns.report(CHENGXI), DEFAULT_ANSWERS)
    assert found.plan == plans[1]
    none = first_cell(towns, plans, towns.report(SHIBU), DEFAULT_ANSWERS)
    assert (none.stated, none.plan) == (False, plans[0])
    with pytest.raises(ValueError, match="no plan"):
        first_cell(towns, [], towns.report(CHENGXI), DEFAULT_ANSWERS)
