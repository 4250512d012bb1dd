"""Which words of a sentence may be the name or the date that is asked for. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.answering.reading.sentence_features import sentence_candidates
from search_api.answering.reading.span_candidates import LONGEST, SIGNED, span_candidates
from search_api.questions.plan import Operation
from tests.search_api.plan_support import hit


def spans(sentence: str, operation: Operation = Operation.NAME) -> dict[str, str]:
    """The candidates of a sentence, each with the form it was first found in."""
    found: dict[str, str] = {}
    for each in span_candidates(sentence_candidates([hit((sentence,))]), operation):
        found.setdefault(each.text, each.form)
    return found


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("雾岭茶厂荣获省质量奖。", "雾岭茶厂"),
        # What a stretch of nouns begins with, and what it ends with.
        ("雾岭保税区药品进口额居全国首位。", "雾岭保税区"),
        ("建成全县雾岭茶叶市场。", "雾岭茶叶市场"),
        ("“雾岭号”科考船下水。", "“雾岭号”"),
        ("举办第三届茶博会。", "第三届"),
    ],
)
def test_a_name_is_among_them(sentence: str, name: str) -> None:
    assert name in spans(sentence)


def test_who_signs() -> None:
    found = spans("县长　苏景澄")
    assert found["苏景澄"] == SIGNED


def test_dates() -> None:
    assert set(spans("2025年3月8日开工，2027年底建成。", Operation.DATE)) == {
        "2025年3月8日",
        "2027年底",
    }


@given(st.text(alphabet="雾岭茶厂荣获省奖的和、，：“”《》第三届 0123年月日", max_size=60))
def test_candidates_are_slices_of_their_sentence(text: str) -> None:
    found = span_candidates(sentence_candidates([hit((text,), start=7)]), Operation.NAME)
    for each in found:
        assert each.span.of("." * 7 + text) == each.text
        assert 0 < len(each.text) <= LONGEST
