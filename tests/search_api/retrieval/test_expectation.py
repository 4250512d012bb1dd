"""What questions ask for, and whether sentences have it. All sentences are invented."""

from __future__ import annotations

import pytest

from corpus.report import ReportKind
from search_api.retrieval.expectation import (
    Expectation,
    Sense,
    expect,
    figure_match,
    sense_match,
    sense_score,
    years_told,
)
from search_api.questions.question import Language, Question


def asked(text: str, *years: int) -> Expectation:
    language = Language.EN if text.isascii() else Language.ZH
    return expect(Question(text, language, text, years=years))


@pytest.mark.parametrize(
    ("text", "figure", "kind"),
    [
        ("全县新建了多少个图书室", True, ""),
        ("图书借阅量增长了百分之几", True, "percent"),
        ("修路花了多少钱", True, "money"),
        ("新修的水渠有多长", True, "length"),
        ("how many libraries were built", True, ""),
        ("what share of villages has a library", True, "percent"),
        ("怎样改进图书借阅服务", False, ""),
        ("几乎没有图书的是哪里", False, ""),
        ("how are libraries to be improved", False, ""),
    ],
)
def test_whether_a_figure_is_asked_for(text: str, figure: bool, kind: str) -> None:
    found = asked(text)
    assert found.figure is figure
    assert not kind or kind in found.kinds


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("全县新建了多少个图书室", Sense.DONE),
        ("去年建成的图书室有几个", Sense.DONE),
        ("明年打算建几个图书室", Sense.PLANNED),
        ("图书室要建几个", Sense.PLANNED),
        ("图书室的主要任务有哪几项", None),
        ("需要几个图书室", None),
        ("已经建了几个，还打算建几个", None),
        ("how many libraries will be built", Sense.PLANNED),
        ("how many libraries were built", Sense.DONE),
    ],
)
def test_sense_of_a_question(text: str, sense: Sense | None) -> None:
    assert asked(text).sense is sense


def test_years_are_named_or_counted_from_the_report() -> None:
    found = asked("今年比2019年多几个图书室，去年呢", 2019)
    assert found.relative == {0, -1}
    assert found.asked_years(2024) == {2019, 2024, 2023}
    assert found.asked_years(None) == {2019}


@pytest.mark.parametrize(
    ("question", "sentence", "score"),
    [
        ("建了多少个图书室", "新建图书室12个。", 1.0),
        ("建了多少个图书室", "新建图书室十二个。", 1.0),
        ("建了多少个图书室", "图书借阅量增长4.5%。", 0.5),
        ("建了多少个图书室", "图书借阅蔚然成风。", 0.0),
        ("借阅量增长百分之几", "图书借阅量增长４．５％。", 1.0),
        ("借阅量增长百分之几", "图书借阅量1.2万册。", 0.5),
        ("水渠有多长", "修水渠3.5公里。", 1.0),
        ("how many libraries were built", "新建图书室12个。", 1.0),
        ("怎样改进图书借阅", "新建图书室12个。", 0.0),
    ],
)
def test_figures_of_the_kind_that_is_asked_for(question: str, sentence: str, score: float) -> None:
    assert figure_match(asked(question), sentence) == score


def test_a_heading_says_whether_it_is_done() -> None:
    assert sense_score(["一、工作回顾"], "将新建图书室。") == -1.0
    assert sense_score(["三、下一步打算", "（一）图书室"], "建成图书室。") == 1.0


def test_words_say_it_where_no_heading_does() -> None:
    assert sense_score(["（一）图书室"], "力争新增图书室") == 1.0
    assert sense_score([], "建成图书室，累计") == -1.0
    assert sense_score([], "图书室") == 0.0


def test_sense_is_compared_with_what_is_asked_for() -> None:
    planned = Expectation(sense=Sense.PLANNED)
    done = Expectation(sense=Sense.DONE)
    assert sense_match(planned, ["二、工作安排"], "") == 1.0
    assert sense_match(done, ["二、工作安排"], "") == -1.0
    assert sense_match(Expectation(), ["二、工作安排"], "") == 0.0


@pytest.mark.parametrize(
    ("kind", "sense", "told"),
    [
        (ReportKind.WORK_REPORT, None, {2023, 2024}),
        (ReportKind.WORK_REPORT, Sense.DONE, {2023}),
        (ReportKind.WORK_REPORT, Sense.PLANNED, {2024}),
        (ReportKind.RULE_OF_LAW, None, {2024}),
        (ReportKind.RULE_OF_LAW, Sense.DONE, {2024}),
        (ReportKind.RULE_OF_LAW, Sense.PLANNED, {2025}),
        (ReportKind.BULLETIN, None, {2024}),
    ],
)
def test_which_years_a_report_of_2024_tells_of(
    kind: ReportKind, sense: Sense | None, told: set[int]
) -> None:
    assert years_told(kind, 2024, sense) == told
