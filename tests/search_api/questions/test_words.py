"""The vocabulary of questions: patterns by name."""

from __future__ import annotations

import pytest

from search_api.questions.operation import CUES
from search_api.questions.question import Language
from search_api.questions.words import pattern, says


def test_each_language_has_its_own() -> None:
    assert says("planned", "明年打算建桥", Language.ZH)
    assert not says("planned", "明年打算建桥", Language.EN)
    assert says("planned", "bridges to be built", Language.EN)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        pattern("no_such_name")
    with pytest.raises(KeyError):
        says("no_such_name", "桥", Language.ZH)


def test_every_cue_is_known_in_a_language() -> None:
    for cue in CUES:
        known = 0
        for language in Language:
            try:
                pattern(f"{language.value}_{cue}")
                known += 1
            except KeyError:
                continue
        assert known, cue


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("zh_planned", "主要任务", False),
        ("zh_planned", "要建成", True),
        ("zh_done", "为了", False),
        ("zh_done", "除了", False),
        ("zh_done", "了解", False),
        ("zh_done", "获得了表彰", True),
        ("zh_value", "几乎", False),
        ("zh_value", "几座", True),
        ("zh_words", "叫什么名字", False),
        ("zh_words", "什么时候", False),
        ("zh_words", "何时", False),
        ("zh_words", "为何", True),
        ("zh_rank", "排第几", True),
        ("several", "PM2.5年均浓度", False),
        ("several", "年均增长", True),
        ("this_year", "今年", True),
        ("en_done", "which town has a library", False),
        ("en_planned", "the five-year plan", False),
    ],
)
def test_words_that_look_alike(name: str, text: str, found: bool) -> None:
    assert (pattern(name).search(text) is not None) is found
