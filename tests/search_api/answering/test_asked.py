"""What kind of answer a question wants."""

from __future__ import annotations

import pytest

from corpus.places.regions import load_gazetteer
from search_api.answering.asked import Answering, Asked, as_question, asked_for
from search_api.retrieval.expectation import expect
from search_api.questions.question import Language, understand


def read(text: str) -> Asked:
    question = understand(text, load_gazetteer(), [])
    return asked_for(question, expect(question))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("云溪县调整了多少个调解组织？", Answering.FIGURE),
        ("公路总长多少公里", Answering.FIGURE),
        ("大桥哪年建成？", Answering.DATE),
        ("哪几个镇调出了名单？", Answering.LIST),
        ("新建了哪三座桥？", Answering.LIST),
        ("有哪些措施保护古树？", Answering.WORDING),
        ("怎样保护古树？", Answering.WORDING),
        ("How many bridges were built?", Answering.FIGURE),
        ("What is the GDP growth target?", Answering.FIGURE),
        ("When will the bridge open?", Answering.DATE),
        ("Which three towns left the list?", Answering.LIST),
        ("How are old trees protected?", Answering.WORDING),
    ],
)
def test_kinds(text: str, kind: Answering) -> None:
    assert read(text).answering is kind


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("收入增长了多少？", True),
        ("收入增速是多少", True),
        ("标准提高到多少元？", False),
        ("新增了多少个车位？", False),
        ("收入是多少？", False),
        ("By how much did revenue grow?", True),
    ],
)
def test_changes_and_levels(text: str, change: bool) -> None:
    assert read(text).change is change


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("森林覆盖率是多少？", True),
        ("财政支出占比有多少？", True),
        ("旅客增长率是多少？", False),  # a change, whatever it is called
        ("调解了多少件案件？", False),  # nothing says that it is no sum
    ],
)
def test_a_rate_is_a_level_by_what_it_is(text: str, level: bool) -> None:
    assert read(text).level is level


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("云溪县城镇新增就业目标", "云溪县城镇新增就业目标是多少？"),
        ("云溪县城镇新增就业怎么样", "云溪县城镇新增就业怎么样"),
        ("云溪县古树保护", "云溪县古树保护"),
    ],
)
def test_an_indicator_alone_asks_for_its_figure(text: str, question: str) -> None:
    assert as_question(text, Language.ZH) == question


def test_how_many_names_are_wanted() -> None:
    assert read("新建了哪三座桥？").items == 3
    assert read("哪几座桥建成了？").items is None
    assert read("Which two towns left the list?").items == 2
