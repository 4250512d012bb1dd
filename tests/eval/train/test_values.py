"""The weights of the figure reader, learned from judged questions. All reports are invented."""

from __future__ import annotations

import numpy as np

from eval.train.__main__ import summary
from eval.train.choices import Example
from eval.train.values import Outcome, examples, fit, judged, left_out, limits_of
from eval.types import UNANSWERABLE, Query
from search_api.answering.reading.value_features import AGAINST, FEATURES
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.engine import Engine

SENTENCE = "全年调整充实了31个人民调解组织的调解员。"


def number(query_id: str, text: str, *answers: str, report_id: str = "云溪县-2025") -> Query:
    return Query(
        query_id,
        text,
        language="zh",
        kind="number" if answers else "unanswerable",
        report_id=report_id,
        answers=answers,
        quotes=(SENTENCE,) if answers else (),
    )


def test_examples_know_which_figure_is_right(asked_engine: Engine) -> None:
    right = number("q1", "云溪县调整了多少个人民调解组织？", "31个")
    elsewhere = number("q2", "新设流动调解室几个？", "2个", report_id="不存在县-2025")
    told = Query("q3", "怎样调解？", kind="wording", report_id="云溪县-2025")
    (found,) = examples(asked_engine, [right, elsewhere, told], DEFAULT_ANSWERS)
    assert found.right.any()
    assert {said for said, is_right in zip(found.said, found.right, strict=True) if is_right} == {
        "31个"
    }
    assert found.rows.shape == (len(found.said), len(FEATURES))
    (none,) = examples(asked_engine, [number("q4", "新设流动调解室几个？")], DEFAULT_ANSWERS)
    assert not none.right.any()


def made(query: Query, fits: list[float], right: int | None) -> Example:
    """Candidates that differ in how well their words fit, and nothing else."""
    rows = np.zeros((len(fits), len(FEATURES)))
    rows[:, FEATURES.index("own_back")] = fits
    rows[:, FEATURES.index("wrong_unit")] = [0.0 if fit > 0.5 else 1.0 for fit in fits]
    return Example(
        query=query,
        rows=rows,
        right=np.array([index == right for index in range(len(fits))]),
        said=tuple(f"{index}个" for index in range(len(fits))),
        sentences=tuple(range(len(fits))),
    )


GIVEN = [
    *(made(number(f"a{n}", "问", "0个"), [1.0, 0.2, 0.1, 0.0], 0) for n in range(8)),
    *(made(number(f"u{n}", "问"), [0.2, 0.1, 0.0], None) for n in range(8)),
]


def test_what_fits_is_learned_and_signs_are_kept() -> None:
    model = fit(GIVEN)
    weights = dict(zip(FEATURES, model.weights, strict=True))
    assert weights["own_back"] > 0 > weights["wrong_unit"]
    assert all(weights[name] <= 0 for name in AGAINST)
    assert all(weights[name] >= 0 for name in FEATURES if name not in AGAINST)


def test_a_learned_model_answers_and_refuses() -> None:
    model = fit(GIVEN)
    outcomes = [judged(model, each) for each in GIVEN]
    assert all(each.right and each.silence < 0.5 for each in outcomes[:8])
    assert all(each.silence > 0.5 for each in outcomes[8:])


def test_a_report_is_judged_without_its_own_questions() -> None:
    given = [
        made(number(f"{report}{n}", "问", "0个", report_id=report), [1.0, 0.2, 0.1], 0)
        for report in "abcde"
        for n in range(2)
    ]
    outcomes = left_out(given)
    assert sorted(each.query.query_id for each in outcomes) == [
        f"{report}{n}" for report in "abcde" for n in range(2)
    ]
    assert all(each.right for each in outcomes)
    (line,) = summary(outcomes, {False: 1.0, True: 1.0})
    assert line.split() == [
        "number",
        "10",
        "asked,",
        "10",
        "right",
        "figure",
        "first,",
        "10",
        "answered,",
        "10",
        "rightly",
    ]


def outcome(kind: str, silence: float, *, outright: bool = False, right: bool = True) -> Outcome:
    query = Query("q", "多少？", kind=kind)
    return Outcome(query, right, silence, outright)


def test_limits_are_chosen_together() -> None:
    # Bare phrases: answers lie below .1, what can't be answered above .2. Questions in words: the unanswerable one
    # lies at .3, and two of three answers above it.
    bare = [outcome("number", 0.05), outcome("number", 0.1), outcome(UNANSWERABLE, 0.2)]
    words = [
        *(outcome("number", silence, outright=True) for silence in (0.1, 0.35, 0.4)),
        outcome(UNANSWERABLE, 0.3, outright=True),
    ]
    # One of the two may be answered: that of the questions that gain by it.
    assert limits_of([*bare, *words], 0.5) == {False: 0.1, True: 0.4}
    assert limits_of([*bare, *words], 1.0) == {False: 0.1, True: 0.1}


def test_what_is_likelier_silent_is_never_answered() -> None:
    assert limits_of([outcome("number", 0.9)], 0.0)[False] <= 0.5
