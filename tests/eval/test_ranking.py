"""Measures of rankings: values by hand, and an independent computation on random runs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import GovsearchError
from eval.measures.ranking import (
    DEFAULT_MEASURES,
    judged_queries,
    per_query,
    recall_by_depth,
)
from eval.types import Qrels, Ranked, Run


def run(**rankings: str) -> Run:
    """Documents are letters, best first."""
    return Run("test", {q: [Ranked(doc, 1.0) for doc in docs] for q, docs in rankings.items()})


def test_every_measure_by_hand() -> None:
    # a and c are relevant; c is found second, a fourth.
    found = per_query({"q": {"a": 1, "b": 0, "c": 1}}, run(q="xcba"))["q"]
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    assert found == pytest.approx(
        {
            "nDCG@10": gain / (1 + 1 / math.log2(3)),
            "R@1": 0.0,
            "R@5": 1.0,
            "R@10": 1.0,
            "R@100": 1.0,
            "RR@10": 1 / 2,
            "AP": (1 / 2 + 2 / 4) / 2,
            "Success@1": 0.0,
            "Success@5": 1.0,
        }
    )


def test_grades_are_gains() -> None:
    found = per_query({"q": {"a": 3, "b": 1}}, run(q="ba"), ["nDCG@10"])["q"]["nDCG@10"]
    best = 3 + 1 / math.log2(3)
    assert found == pytest.approx((1 + 3 / math.log2(3)) / best)


def test_nothing_retrieved_is_zero_and_nothing_relevant_is_left_out() -> None:
    qrels: Qrels = {"asked": {"a": 1}, "empty": {"a": 0}, "found": {"a": 1}}
    assert judged_queries(qrels) == ["asked", "found"]
    found = per_query(qrels, run(found="a", empty="a", asked=""), ["AP", "R@5"])
    assert found == {"asked": {"AP": 0.0, "R@5": 0.0}, "found": {"AP": 1.0, "R@5": 1.0}}


def test_no_run_at_all() -> None:
    assert per_query({"q": {"a": 1}}, Run("none", {}), ["AP"]) == {"q": {"AP": 0.0}}
    assert per_query({}, run(q="a")) == {}
    assert recall_by_depth({}, run(q="a")) == {}


def test_ties_keep_the_order_of_the_ranking() -> None:
    # trec_eval alone would put z before a: equal scores by document id, backwards.
    for docs, expected in (("az", 1.0), ("za", 0.5)):
        assert per_query({"q": {"a": 1}}, run(q=docs), ["RR@10"])["q"]["RR@10"] == expected


def test_a_document_twice_counts_where_it_is_first() -> None:
    # x, a: the second x is no third hit, and the first doesn't make way for it.
    assert per_query({"q": {"a": 1}}, run(q="xax"), ["RR@10"])["q"]["RR@10"] == 0.5


def test_capped_recall_divides_by_what_could_be_found() -> None:
    qrels: Qrels = {"q": {"a": 1, "b": 1, "c": 1}}
    plain = per_query(qrels, run(q="abx"), ["R@1", "R@2", "R@5"])["q"]
    capped = per_query(qrels, run(q="abx"), ["R@1", "R@2", "R@5"], capped=True)["q"]
    assert plain == pytest.approx({"R@1": 1 / 3, "R@2": 2 / 3, "R@5": 2 / 3})
    assert capped == pytest.approx({"R@1": 1.0, "R@2": 1.0, "R@5": 2 / 3})


def test_recall_by_depth_is_a_mean() -> None:
    found = recall_by_depth({"q": {"a": 1}, "p": {"a": 1}}, run(q="a", p="xa"))
    assert (found[1], found[2], found[100]) == (0.5, 1.0, 1.0)


# R@0 would end the process; MRR@10 is RR@10 by another name; ERR@10 wants Perl.
@pytest.mark.parametrize(
    "name", ["nonsense@x", "", "R@0", "R@-1", "MRR@10", "ERR@10", "R(rel=2)@5"]
)
def test_unknown_measure(name: str) -> None:
    with pytest.raises(GovsearchError, match="is not known; use names such as nDCG@10") as error:
        per_query({"q": {"a": 1}}, run(q="a"), [name])
    assert repr(name) in str(error.value)


@pytest.mark.parametrize("name", ["nDCG", "RR", "AP", "AP@1", "P@1", "nDCG@1000", "R@100"])
def test_other_depths_are_measured(name: str) -> None:
    assert per_query({"q": {"a": 1}}, run(q="a"), [name]) == {"q": {name: 1.0}}


# An independent computation, straight from the definitions.


def _dcg(grades: list[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def reference(grades: dict[str, int], docs: list[str]) -> dict[str, float]:
    relevant = {doc for doc, grade in grades.items() if grade > 0}
    gains = [max(grades.get(doc, 0), 0) for doc in docs]
    hits = [rank for rank, doc in enumerate(docs, start=1) if doc in relevant]
    ideal = _dcg(sorted((g for g in grades.values() if g > 0), reverse=True)[:10])
    return {
        "nDCG@10": _dcg(gains[:10]) / ideal,
        "R@5": sum(rank <= 5 for rank in hits) / len(relevant),
        "RR@10": next((1 / rank for rank in hits if rank <= 10), 0.0),
        "AP": sum((i + 1) / rank for i, rank in enumerate(hits)) / len(relevant),
        "Success@5": float(any(rank <= 5 for rank in hits)),
    }


documents = st.sampled_from("abcdefghijklmnop")


@given(
    st.dictionaries(documents, st.integers(0, 3), min_size=1),
    st.lists(documents, unique=True, max_size=14),
)
def test_agrees_with_an_independent_computation(grades: dict[str, int], docs: list[str]) -> None:
    found = per_query(
        {"q": grades}, run(q="".join(docs)), ["nDCG@10", "R@5", "RR@10", "AP", "Success@5"]
    )
    if not any(grade > 0 for grade in grades.values()):
        assert found == {}
    else:
        assert found["q"] == pytest.approx(reference(grades, docs), abs=1e-9)


@given(
    st.dictionaries(documents, st.integers(1, 3), min_size=1),
    st.lists(documents, max_size=14),
    st.booleans(),
)
def test_dropping_a_repeated_hit_never_lowers_a_score(
    grades: dict[str, int], docs: list[str], capped: bool
) -> None:
    def scores(ranking: list[str]) -> dict[str, float]:
        return per_query({"q": grades}, run(q="".join(ranking)), capped=capped)["q"]

    before = scores(docs)
    for place, doc in enumerate(docs):
        if doc in docs[:place]:
            after = scores(docs[:place] + docs[place + 1 :])
            assert all(after[name] >= before[name] - 1e-12 for name in DEFAULT_MEASURES)
