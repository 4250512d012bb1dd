"""From quotes to evidence: the rules of `eval.judgements.credit`, and what they promise."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Span
from eval.judgements.credit import (
    Evidence,
    Place,
    credited,
    evidence_of,
    shown_pieces,
)
from eval.judgements.quotes import QuotedText
from eval.measures.ranking import DEFAULT_MEASURES, per_query
from eval.types import Query, Run

TEXT = "甲" * 50 + "乙" * 50 + "丙" * 20 + "甲" * 50


def query(*quotes: str) -> Query:
    return Query("q", "?", report_id="r", kind="number", quotes=quotes)


def evidence(passages: list[tuple[int, int]], *quotes: str, text: str = TEXT) -> Evidence:
    return evidence_of(query(*quotes), QuotedText(text), [Span(*each) for each in passages])


def found(*places: tuple[int, int], report: str = "r") -> list[tuple[str, Span, float]]:
    return [(report, Span(*place), 1.0 - n / 10) for n, place in enumerate(places)]


def test_quotes_are_found_whatever_the_blanks_and_widths() -> None:
    text = QuotedText("全县有 ５４ 个\n组织，ＡＢ。全县有54个组织")
    assert text.find("全县有54个组织") == [Span(0, 11), Span(15, 23)]
    assert text.find("ab。") == [Span(12, 15)]
    assert text.find(" ") == []
    assert text.find("没有") == []


def test_a_quote_may_stand_in_several_places() -> None:
    one = evidence([(0, 170)], "甲" * 50)
    assert one.pieces == ((Place(Span(0, 50), 40), Place(Span(120, 170), 40)),)


def test_a_quote_that_is_cut_up_is_shown_by_those_who_hold_most_of_it() -> None:
    one = evidence([(0, 112), (112, 170)], "丙" * 20)
    assert shown_pieces("r", Span(0, 112), one)
    assert not shown_pieces("r", Span(112, 170), one)


@pytest.mark.parametrize(
    ("passage", "shows"),
    [
        ((50, 90), True),  # 40 characters of the 50
        ((50, 89), True),  # lies inside the quote, more than 15
        ((20, 89), False),  # 39 of them, and others
        ((60, 74), False),  # inside, but less than 15
        ((60, 75), True),
        ((0, 50), False),  # ends where the quote begins
    ],
)
def test_how_much_of_a_quote_is_enough(passage: tuple[int, int], shows: bool) -> None:
    one = evidence([(0, 170)], "乙" * 50)
    assert bool(shown_pieces("r", Span(*passage), one)) is shows
    assert not shown_pieces("another", Span(*passage), one)


@pytest.mark.parametrize(
    ("passage", "shows"),
    [
        ((20, 36), True),  # 14 characters, a blank between, 1 character
        ((20, 35), False),  # 14 characters and a blank at the end: not 15
        ((34, 49), False),  # a blank at the start, 14 characters
        ((34, 50), True),  # a blank at the start, 15 characters
        ((40, 62), True),  # the quote's last 20 characters, and the line break behind it
        ((40, 63), False),  # the same, and a character of others
        ((60, 62), False),  # blanks only
    ],
)
def test_blanks_at_the_edges_do_not_count(passage: tuple[int, int], shows: bool) -> None:
    # The quote is 0 to 60, its character 34 is a blank; two line breaks behind it.
    quote = "甲" * 34 + "\u3000" + "乙" * 25
    one = evidence([(0, 70)], quote, text=quote + "\n\n" + "丙" * 8)
    assert bool(shown_pieces("r", Span(*passage), one)) is shows


def test_a_short_quote_must_be_held_whole() -> None:
    one = evidence([(0, 170)], "丙" * 20)
    assert shown_pieces("r", Span(90, 120), one)
    assert not shown_pieces("r", Span(90, 119), one)


def test_quotes_in_one_passage_are_one_piece() -> None:
    together = evidence([(0, 100), (100, 170)], "甲" * 50 + "乙" * 10, "乙" * 40)
    assert len(together.pieces) == 1
    apart = evidence([(0, 100), (100, 120), (120, 170)], "乙" * 50, "丙" * 20)
    assert len(apart.pieces) == 2


def test_a_repeated_hit_is_neither_an_answer_nor_a_mistake() -> None:
    one = evidence([(0, 170)], "甲" * 50)
    ranking = credited(found((0, 60), (120, 170), (60, 100)), one)
    assert [each.doc_id for each in ranking] == ["evidence-0", "r:60-100"]


def test_other_reports_earn_nothing() -> None:
    one = evidence([(0, 170)], "甲" * 50)
    assert [each.doc_id for each in credited(found((0, 60), report="s"), one)] == ["s:0-60"]


# What the rules promise, for any text, quotes and way of cutting passages.

cuts = st.lists(st.integers(1, 399), unique=True, max_size=12).map(sorted)
quoted = st.lists(
    st.tuples(st.integers(0, 380), st.integers(1, 120)).map(
        lambda at: (at[0], min(400, at[0] + at[1]))
    ),
    min_size=1,
    max_size=3,
)
# Every character is its own, so that a quote stands in one place.
UNIQUE = "".join(chr(0x4E00 + n) for n in range(400))


@given(cuts, quoted, st.randoms(use_true_random=False))
def test_a_perfect_ranking_has_one_and_an_empty_one_zero(
    ends: list[int], quotes: list[tuple[int, int]], random: object
) -> None:
    borders = [0, *ends, 400]
    passages = [Span(a, b) for a, b in itertools.pairwise(borders)]
    one = evidence(
        [(s.start, s.end) for s in passages], *[UNIQUE[a:b] for a, b in quotes], text=UNIQUE
    )
    showing = [p for p in passages if shown_pieces("r", p, one)]
    others = [p for p in passages if p not in showing]
    best = credited([("r", p, 1.0) for p in [*showing, *others]], one)
    measures = ["nDCG@10", "AP", "RR@10", "R@1", "R@5"]
    values = per_query({"q": one.grades}, Run("s", {"q": best}), measures, capped=True)["q"]
    assert values == pytest.approx(dict.fromkeys(measures, 1.0))
    none = credited([("r", p, 1.0) for p in others], one)
    assert set(per_query({"q": one.grades}, Run("s", {"q": none}), measures)["q"].values()) == {0.0}


@given(cuts, quoted)
def test_no_passage_earns_twice(ends: list[int], quotes: list[tuple[int, int]]) -> None:
    borders = [0, *ends, 400]
    passages = [Span(a, b) for a, b in itertools.pairwise(borders)]
    one = evidence(
        [(s.start, s.end) for s in passages], *[UNIQUE[a:b] for a, b in quotes], text=UNIQUE
    )
    assert all(len(shown_pieces("r", p, one)) <= 1 for p in passages)


places = st.tuples(st.integers(0, 390), st.integers(1, 150)).map(
    lambda at: Span(at[0], min(400, at[0] + at[1]))
)


@given(cuts, quoted, st.lists(places, max_size=8), st.data())
def test_dropping_a_repeated_hit_never_lowers_a_score(
    ends: list[int], quotes: list[tuple[int, int]], drawn: list[Span], data: st.DataObject
) -> None:
    """Repeated: a passage that was there before, or one that shows only what was shown before."""
    own = list(itertools.pairwise([0, *ends, 400]))
    one = evidence(own, *[UNIQUE[a:b] for a, b in quotes], text=UNIQUE)
    # Passages of the index and of others, so that some overlap and some come again.
    some = st.sampled_from([*drawn, *(Span(*each) for each in own)])
    hits = data.draw(st.lists(some, max_size=10))

    def scores(ranking: list[Span]) -> dict[str, float]:
        run = Run("s", {"q": credited([("r", hit, 1.0) for hit in ranking], one)})
        return per_query({"q": one.grades}, run, capped=True)["q"]

    before = scores(hits)
    seen: set[int] = set()
    for number, hit in enumerate(hits):
        shown = shown_pieces("r", hit, one)
        if hit in hits[:number] or (shown and shown <= seen):
            after = scores(hits[:number] + hits[number + 1 :])
            assert all(after[name] >= before[name] - 1e-12 for name in DEFAULT_MEASURES)
        seen |= shown
