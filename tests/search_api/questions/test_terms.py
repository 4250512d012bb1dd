"""Official terms in whatever words."""

from __future__ import annotations

import pytest

from search_api.questions.question import Language
from search_api.questions.terms import load_terms, official_spelling, terms_in


def names(text: str, language: Language) -> list[str]:
    return [term.name for term, _ in terms_in(text, language)]


def test_everyday_words_lead_to_the_official_term() -> None:
    assert names("财政收入涨了多少", Language.ZH) == ["一般公共预算收入"]
    assert names("gdp目标", Language.ZH)[0] == "地区生产总值"


def test_the_longest_term_wins() -> None:
    assert names("城镇调查失业率", Language.ZH) == ["城镇调查失业率"]


def test_english_terms_are_whole_words() -> None:
    assert names("What is the unemployment rate?", Language.EN) == ["城镇调查失业率"]
    assert names("exportable", Language.EN) == []


def test_a_term_stands_in_a_text_by_any_of_its_words() -> None:
    (term, _), *_ = terms_in("CPI", Language.ZH)
    assert term.stands_in("居民消费价格上涨2%")
    assert not term.stands_in("粮食丰收")


def test_no_word_belongs_to_two_terms() -> None:
    words = [word for term in load_terms() for word in term.chinese]
    assert len(words) == len(set(words))


def test_spans_are_where_the_words_stand() -> None:
    text = "今年财政收入目标"
    ((term, span), *_) = terms_in(text, Language.ZH)
    assert term.indicator
    assert span.of(text) == "财政收入"


@pytest.mark.parametrize(
    ("asked", "spelled"),
    [
        ("云溪县gdp", "云溪县GDP"),
        ("云溪县的Gdp和cpi", "云溪县的GDP和CPI"),
        ("ｒ＆ｄ经费", "R&D经费"),
        ("pm2.5浓度，5g基站", "PM2.5浓度,5G基站"),
        ("云溪县app有几个", "云溪县app有几个"),  # no official term
        ("What is the gdp of Yunxi?", "What is the gdp of Yunxi?"),
    ],
)
def test_latin_words_are_spelled_as_reports_do(asked: str, spelled: str) -> None:
    assert official_spelling(asked) == spelled
