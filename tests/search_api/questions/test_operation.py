"""Which kind of answer a question wants, by its form."""

from __future__ import annotations

import pytest

from search_api.questions.operation import form_features, load_operations, operation_of
from search_api.questions.plan import Operation
from search_api.questions.question import Language, Question
from tests.search_api.plan_support import plan


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("云溪县调整了多少个调解组织？", Operation.VALUE),
        ("公路总长多少公里", Operation.VALUE),
        ("几乎没有图书的是哪里", Operation.NAME),
        ("大桥哪年建成？", Operation.DATE),
        ("谁负责古树保护？", Operation.NAME),
        ("新大桥叫什么名字？", Operation.NAME),
        ("哪几个镇调出了名单？", Operation.LIST),
        ("新建了哪三座桥？", Operation.LIST),
        ("是否建成了图书馆？", Operation.YES_NO),
        ("怎样保护古树？", Operation.WORDS),
        ("How many bridges were built?", Operation.VALUE),
        ("What is the GDP growth target?", Operation.VALUE),
        ("What is the minimum wage?", Operation.VALUE),
        ("When will the bridge open?", Operation.DATE),
        ("Who is responsible for old trees?", Operation.NAME),
        ("Which department leads river management?", Operation.NAME),
        ("Which three towns left the list?", Operation.LIST),
        ("Has the library been built?", Operation.YES_NO),
        ("How are old trees protected?", Operation.WORDS),
    ],
)
def test_kinds_of_answers(text: str, operation: Operation) -> None:
    found = plan(text)
    assert found.operation is operation
    assert 1 / len(Operation) < found.operation_odds <= 1


@pytest.mark.parametrize(
    "text", ["城镇新增就业目标", "2025年GDP", "森林覆盖率", "2025 GDP growth rate", "grain output"]
)
def test_a_curt_measure_asks_for_its_figure(text: str) -> None:
    assert plan(text).operation is Operation.VALUE


def features(text: str) -> set[str]:
    language = Language.EN if text.isascii() else Language.ZH
    return set(form_features(Question(text, language, text)))


def test_features_are_of_the_form() -> None:
    assert features("古桥修缮") == {"ends 缮", "ends 修缮", "ends 桥修缮", "bare", "short"}
    assert {"cue value", "ends 少", "ends 多少", "long"} <= features(
        "去年全县一共修缮的老旧古桥有多少？"
    )
    # The year stands beside the form.
    assert {"year last", "ends 率"} <= features("森林覆盖率 2030年")


@pytest.mark.parametrize(
    ("text", "asked", "not_asked"),
    [
        # What stands behind an auxiliary is what happened to it.
        ("By what percentage did exports grow?", "asks percentage", "asks plural"),
        # And what stands behind the one thing that is asked for is what it does.
        ("Which department leads river management?", "asks department", "asks plural"),
        ("Which large reservoirs were built?", "asks plural", "asks built"),
    ],
)
def test_the_noun_that_is_asked_for(text: str, asked: str, not_asked: str) -> None:
    assert asked in features(text)
    assert not_asked not in features(text)


def test_chances_are_of_all_operations() -> None:
    for language in Language:
        model = load_operations()[language]
        assert set(model.biases) == {each.value for each in Operation}
        chances = model.chances(("bare",))
        assert sum(chances.values()) == pytest.approx(1.0)


def test_the_likeliest_is_taken() -> None:
    question = Question("有多少座桥", Language.ZH, "有多少座桥")
    chances = load_operations()[Language.ZH].chances(form_features(question))
    assert operation_of(question) == (Operation.VALUE, max(chances.values()))
