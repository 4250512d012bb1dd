"""The same question in Chinese and in English is the same plan, pair by pair (`plan_pairs.tsv`)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.statements.statement import Aspect
from search_api.questions.plan import Operation, Plan
from search_api.questions.question import Language, language_of
from tests.search_api.plan_support import plan

LINES = (Path(__file__).parent / "plan_pairs.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(line.split("\t")) for line in LINES if line and not line.startswith("#")]


def asked(of: Plan) -> dict[str, object]:
    """What both of a pair must ask alike: only how it is said differs."""
    when = of.when
    return {
        "operation": of.operation,
        "aspect": of.aspect,
        "indicators": {each.name for each in of.indicators},
        "years": when.years,
        "relative": when.relative,
        "several": when.several,
        "end": when.end,
        "before": when.before,
        "sense": of.sense,
        "scope": of.scope,
        "items": of.items,
    }


@pytest.mark.parametrize(("chinese", "english"), PAIRS)
def test_both_ask_for_the_same(chinese: str, english: str) -> None:
    assert (language_of(chinese), language_of(english)) == (Language.ZH, Language.EN)
    assert asked(plan(english)) == asked(plan(chinese))


def test_the_pairs_are_of_all_kinds() -> None:
    assert len(PAIRS) == len(set(PAIRS)) == 80
    plans = [plan(chinese) for chinese, _ in PAIRS]
    assert set(Counter(each.operation for each in plans)) == set(Operation)
    assert {each.aspect for each in plans} >= {
        Aspect.LEVEL,
        Aspect.CHANGE,
        Aspect.SHARE,
        Aspect.DIFFERENCE,
    }
