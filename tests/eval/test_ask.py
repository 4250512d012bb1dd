"""Our own answers, measured; the weights of the reader, learned."""

from __future__ import annotations

import numpy as np
import pytest

from eval.ask import ASK, PROVEN, judge_ask
from eval.errors import JudgementError
from eval.train.__main__ import summary
from eval.train.figures import AGAINST, Example, examples, fit, judged, left_out
from eval.types import JudgedSet, Query, Unit
from search_api.answering.match import FEATURES
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.engine import Engine

SENTENCE = "全年调整充实了31个人民调解组织的调解员。"


def number(query_id: str, text: str, *answers: str, quote: str = SENTENCE) -> Query:
    return Query(
        query_id,
        text,
        language="zh",
        kind="number" if answers else "unanswerable",
        report_id="云溪县-2025",
        answers=answers,
        quotes=(quote,) if answers else (),
    )


RIGHT = number("q1", "云溪县调整了多少个人民调解组织？", "31个")
WRONG = number("q2", "云溪县新设流动调解室几个？", "3个", quote="新设流动调解室2个。")
NONE = number("q3", "云溪县2019年调整了多少个人民调解组织？")


def test_answers_are_measured_by_quotes(asked_engine: Engine) -> None:
    told: list[str] = []
    result = judge_ask(
        asked_engine,
        JudgedSet("set", "set", "", Unit.EVIDENCE, (RIGHT, WRONG, NONE)),
        {},
        lambda done, total, name: told.append(name),
    )
    assert result.system == ASK
    values = {each.query_id: each.measures for each in result.queries}
    assert values["q1"] == {"answered": 1.0, "cited": 1.0, "exact": 1.0, PROVEN: 1.0}
    assert values["q2"] == {"answered": 1.0, "cited": 1.0, "exact": 0.0, PROVEN: 1.0}
    assert values["q3"] == {"refusal precision": 1.0, "refusal recall": 1.0}
    assert result.measures["exact"].mean == 0.5
    assert told == ["q1", "q2", "q3", ""]


def test_a_reader_is_given_the_paragraph(asked_engine: Engine) -> None:
    query = Query("s1", "新设流动调解室几个？", answers=("9个", "九个"))
    paragraphs = JudgedSet("squad", "f.json", "", Unit.REPORT, (query,), {"s1": {"d": 1}})
    result = judge_ask(asked_engine, paragraphs, {"石桥县/2025 甲.乙": "d"})
    assert result.queries[0].measures == {"EM": 1.0, "F1": 1.0, "answered": 1.0}


def test_sets_without_answers_are_refused(asked_engine: Engine) -> None:
    query = Query("t1", "新设流动调解室几个？")
    with pytest.raises(JudgementError, match="t1"):
        judge_ask(
            asked_engine, JudgedSet("trec", "q", "", Unit.REPORT, (query,), {"t1": {"d": 1}}), {}
        )


def test_examples_know_which_figure_is_right(asked_engine: Engine) -> None:
    (found,) = examples(asked_engine, [RIGHT], DEFAULT_ANSWERS)
    assert found.answerable
    assert {said for said, right in zip(found.said, found.right, strict=True) if right} == {"31个"}
    assert found.rows.shape == (len(found.said), len(FEATURES))


def made(query: Query, fits: list[float], right: int | None) -> Example:
    """Candidates that differ in how well their words fit, and nothing else."""
    rows = np.zeros((len(fits), len(FEATURES)))
    rows[:, FEATURES.index("share_back")] = fits
    rows[:, FEATURES.index("wrong_unit")] = [0.0 if fit > 0.5 else 1.0 for fit in fits]
    return Example(
        query=query,
        rows=rows,
        right=np.array([index == right for index in range(len(fits))]),
        said=tuple(f"{index}个" for index in range(len(fits))),
        sentences=tuple(("r", index) for index in range(len(fits))),
        answerable=right is not None,
    )


GIVEN = [
    *(made(number(f"a{n}", "问", "0个"), [1.0, 0.2, 0.1, 0.0], 0) for n in range(8)),
    *(made(number(f"u{n}", "问"), [0.2, 0.1, 0.0], None) for n in range(8)),
]


def test_what_fits_is_learned_and_signs_are_kept() -> None:
    model = fit(GIVEN)
    weights = dict(zip(FEATURES, model.weights, strict=True))
    assert weights["share_back"] > 0 > weights["wrong_unit"]
    assert all(weights[name] <= 0 for name in AGAINST)
    assert all(weights[name] >= 0 for name in FEATURES if name not in AGAINST)


def test_a_learned_model_answers_and_refuses() -> None:
    model = fit(GIVEN)
    outcomes = [judged(model, each, 0.5) for each in GIVEN]
    assert all(each.answered and each.right for each in outcomes[:8])
    assert not any(each.answered for each in outcomes[8:])


def test_a_report_is_judged_without_its_own_questions() -> None:
    outcomes = left_out(GIVEN[:2] + GIVEN[8:10], 0.5)
    # All are of one report: nothing is left to learn from, and nothing can be known.
    assert [each.query.query_id for each in outcomes] == ["a0", "a1", "u0", "u1"]
    assert summary(outcomes)[0].startswith("zh number")
