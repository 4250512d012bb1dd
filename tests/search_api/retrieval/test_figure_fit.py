"""Whether sentences have what a plan wants. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.statements.statement import Sense
from search_api.questions.plan import Operation
from search_api.retrieval.figure_fit import figure_match, sense_match, sense_score
from tests.search_api.plan_support import plan


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
    assert figure_match(plan(question), sentence) == score


def test_a_heading_says_whether_it_is_done() -> None:
    assert sense_score(["一、工作回顾"], "将新建图书室。") == -1.0
    assert sense_score(["三、下一步打算", "（一）图书室"], "建成图书室。") == 1.0


def test_words_say_it_where_no_heading_does() -> None:
    assert sense_score(["（一）图书室"], "力争新增图书室") == 1.0
    assert sense_score([], "建成图书室，累计") == -1.0
    assert sense_score([], "图书室") == 0.0


def test_sense_is_compared_with_what_is_asked_for() -> None:
    asked = replace(plan("图书室", Operation.WORDS), sense=None)
    planned, done = (replace(asked, sense=each) for each in (Sense.PLANNED, Sense.DONE))
    assert sense_match(planned, ["二、工作安排"], "") == 1.0
    assert sense_match(done, ["二、工作安排"], "") == -1.0
    assert sense_match(asked, ["二、工作安排"], "") == 0.0
