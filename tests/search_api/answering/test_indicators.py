"""Whether a figure tells of the indicator that is asked about."""

from __future__ import annotations

import pytest

from search_api.answering.indicators import of_another
from search_api.questions.question import Language
from search_api.questions.terms import Term, terms_in


def asked(text: str) -> list[Term]:
    return [term for term, _ in terms_in(text, Language.ZH)]


def test_words_that_name_another_indicator_tell_of_that() -> None:
    assert of_another("规模以上工业增加值增长", asked("地区生产总值"), share=False)


def test_words_that_name_it_in_another_way_tell_of_it() -> None:
    assert not of_another("经济增长", asked("地区生产总值"), share=False)


def test_words_that_name_no_indicator_may_tell_of_any() -> None:
    assert not of_another("同比增长", asked("地区生产总值"), share=False)


@pytest.mark.parametrize(("share", "another"), [(False, True), (True, False)])
def test_the_whole_of_a_share_is_only_asked_about_where_shares_are(
    share: bool, another: bool
) -> None:
    words = "工业增加值占地区生产总值比重提高到"
    assert of_another(words, asked("地区生产总值"), share=share) is another


def test_nothing_is_of_another_where_no_indicator_is_asked_about() -> None:
    assert not of_another("规模以上工业增加值增长", [], share=False)
