"""How much of a question a text says."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.answering.reading.wording import wording
from search_api.retrieval.characters import characters

GROUPS = [{"公路": 1.0}, {"桥梁": 1.0}]


def test_all_of_it_and_nothing_of_it() -> None:
    asked = wording(GROUPS, ["修建公路", "修建桥梁"])
    assert asked.share("公路和桥梁") == pytest.approx(1.0)
    assert asked.share("植树") == 0.0


def test_half_of_it_when_both_are_as_rare() -> None:
    assert wording(GROUPS, ["公路", "桥梁"]).share("公路") == pytest.approx(0.5)


def test_rare_characters_count_more() -> None:
    # 公路 is in both sentences, 桥梁 in one: ln(1 + 2/3) against ln(1 + 2/2), two characters each.
    asked = wording(GROUPS, ["公路", "公路桥梁"])
    common, rare = math.log(1 + 2 / 3), math.log(1 + 2 / 2)
    assert asked.share("桥梁") == pytest.approx(rare / (common + rare))


def test_another_way_to_write_it_counts_with_its_weight() -> None:
    asked = wording([{"财政收入": 1.0, "预算": 0.5}], ["财政收入", "预算"])
    assert asked.share("财政收入") == pytest.approx(1.0)
    assert asked.share("预算") == pytest.approx(0.5)
    # Half of its characters count half of that.
    assert asked.share("预") == pytest.approx(0.25)


def test_a_longer_way_to_write_it_takes_nothing_from_the_word_itself() -> None:
    asked = wording([{"赤字率": 1.0, "财政赤字率": 0.9}], ["赤字率", "财政赤字率"])
    assert asked.share("赤字率") == pytest.approx(1.0)


def test_a_word_that_a_text_lacks_unless_it_only_measures() -> None:
    asked = wording(GROUPS, ["公路", "桥梁"])
    none = re.compile("里程")
    assert not asked.lacks_word(characters("公路桥"), none)  # half of a word is there
    assert asked.lacks_word(characters("公路"), none)
    assert not asked.lacks_word(characters("公路"), re.compile("桥梁"))


def test_only_what_another_sentence_has_is_missing() -> None:
    asked = wording(GROUPS, ["修建公路", "植树造林"])
    # No sentence has 桥梁: it is asked for in other words than the reports'.
    assert asked.missing(characters("植树造林")) > 0
    assert asked.missing(characters("修建公路")) == 0.0


def test_a_question_without_words_shares_nothing() -> None:
    asked = wording([], ["公路"])
    assert asked.share("公路") == 0.0
    assert asked.missing(frozenset()) == 0.0


@given(st.text(alphabet="公路桥梁植树甲乙", max_size=8))
def test_shares_lie_between_0_and_1(text: str) -> None:
    asked = wording(GROUPS, ["公路", "桥梁植树"])
    assert 0.0 <= asked.share(text) <= 1.0 + 1e-9
    assert 0.0 <= asked.missing(characters(text)) <= 1.0 + 1e-9
