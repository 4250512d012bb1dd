"""How well a statement fits a plan: what single features say. All sentences are invented."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.report import ReportKind
from corpus.statements.period import told_by
from corpus.statements.statement import Sense
from search_api.answering.reading.time_features import sense_wanted
from search_api.answering.reading.value_features import (
    AGAINST,
    FEATURES,
    RELATIVE,
    content,
    of_another,
    value_features,
)
from search_api.questions.plan import Operation
from search_api.questions.question import Language
from search_api.questions.terms import Term, terms_in
from tests.search_api.plan_support import TOLD, candidates_of, compared, hit, plan

DONE = "一、2025年工作回顾"


def features(question: str, sentence: str, *headings: str) -> dict[str, dict[str, float]]:
    """Per figure of the sentence, as it is written, its features."""
    found = hit((sentence,), *(headings or (DONE,)))
    candidates = candidates_of(found)
    rows = value_features(candidates, compared(plan(question, Operation.VALUE), found))
    return {
        each.statement.quantity.span.of(sentence): dict(zip(FEATURES, row, strict=True))
        for each, row in zip(candidates, rows, strict=True)
    }


def test_what_it_says_of_the_thing() -> None:
    found = features("茶叶产值是多少？", "茶叶产值12亿元，增长8%，占农业产值的9%。")
    assert [found[each]["change_for_level"] for each in ("12亿元", "8%", "9%")] == [0, 1, 0]
    assert [found[each]["share_for_other"] for each in ("12亿元", "8%", "9%")] == [0, 0, 1]
    growth = features("茶叶产值增速是多少？", "茶叶产值12亿元，增长8%。")
    assert growth["12亿元"]["level_for_change"] == 1.0
    assert growth["8%"]["level_for_change"] == 0.0


def test_the_way_it_went() -> None:
    found = features("浓度下降了多少？", "臭氧浓度下降5%，颗粒物浓度增长3%。")
    assert (found["5%"]["wrong_sign"], found["3%"]["wrong_sign"]) == (0.0, 1.0)


def test_units() -> None:
    found = features("修路花了多少钱？", "修路花费3亿元，修路40公里，修路5条。")
    assert [found[each]["unit"] for each in ("3亿元", "40公里", "5条")] == [1, 0, 0]
    assert [found[each]["wrong_unit"] for each in ("3亿元", "40公里", "5条")] == [0, 1, 1]
    people = features("培训多少人？", "培训教师30名、家长20人，发放手册9册。")
    assert people["20人"]["counter"] == 1.0
    # Counted by another word: nearer than any measure.
    assert (people["9册"]["wrong_unit"], people["9册"]["other_counter"]) == (0.0, 1.0)


def test_new_ones_and_all_there_are() -> None:
    sentence = "新增公路40公里，公路里程达到900公里。"
    assert features("公路里程是多少？", sentence)["40公里"]["added"] == 1.0
    assert features("新增公路里程是多少？", sentence)["40公里"]["added"] == 0.0
    assert features("新增公路里程是多少？", sentence)["900公里"]["not_added"] == 1.0


def test_a_mark_on_the_way_and_what_it_came_from() -> None:
    found = features("茶厂有多少家？", "茶厂从48家增加到63家。")
    assert (found["48家"]["origin"], found["63家"]["origin"]) == (1.0, 0.0)
    # What there was before is asked for.
    assert features("五年前茶厂有多少家？", "茶厂从48家增加到63家。")["48家"]["origin"] == 0.0
    passed = features("全县收入是多少？", "全县收入突破3000万元、达到3212万元。")
    assert (passed["3000万元"]["passed"], passed["3212万元"]["passed"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("question", "sentence", "heading", "feature"),
    [
        ("2025年新增就业多少人？", "2025年新增就业3万人。", DONE, "right_said"),
        ("2025年新增就业多少人？", "新增就业3万人。", "二、2026年工作安排", "wrong_headed"),
        ("2025年新增就业多少人？", "五年来新增就业3万人。", DONE, "several_said"),
        # What it came to after several years is what it is in the last one.
        ("2025年城镇化率是多少？", "五年来城镇化率达到57%。", DONE, "several_level"),
        ("2025年新增就业多少人？", "2025年一季度新增就业3万人。", DONE, "part_of_year"),
        ("五年来新增就业多少人？", "2025年新增就业3万人。", DONE, "single_for_several"),
        ("新增就业多少人？", "五年来新增就业3万人。", DONE, "unasked_several"),
        ("新增就业多少人？", "2026年新增就业3万人。", "二、2026年工作安排", "unasked_planned"),
        ("新增就业多少人？", "2025年新增就业3万人。", DONE, "unasked_right"),
        ("新增就业多少人？", "2019年新增就业3万人。", DONE, "unasked_other"),
    ],
)
def test_times(question: str, sentence: str, heading: str, feature: str) -> None:
    (found,) = features(question, sentence, heading).values()
    assert found[feature] == 1.0


def test_another_span_of_years() -> None:
    (found,) = features("2016—2020年新增就业多少人？", "“十四五”期间新增就业3万人。").values()
    assert found["other_span"] == 1.0
    (same,) = features("2021—2025年新增就业多少人？", "“十四五”期间新增就业3万人。").values()
    assert same["other_span"] == 0.0


def test_plan_and_result() -> None:
    planned, done = "二、2026年工作安排", DONE
    (right,) = features("2026年要建几座桥？", "建桥5座。", planned).values()
    assert right["sense_right"] == 1.0
    (wrong,) = features("今年要建几座桥？", "建桥5座。", done).values()
    assert wrong["sense_wrong_sure"] == 1.0


@pytest.mark.parametrize(
    ("question", "sense"),
    [
        ("新增就业多少人？", None),
        ("2025年新增就业多少人？", Sense.DONE),
        ("2026年新增就业多少人？", Sense.PLANNED),
        ("2025年要新增就业多少人？", Sense.PLANNED),
    ],
)
def test_the_years_say_whether_a_plan_is_asked_for(question: str, sense: Sense | None) -> None:
    """A work report of 2026 reviews 2025 and plans 2026."""
    assert sense_wanted(plan(question, Operation.VALUE), TOLD) is sense


def test_a_report_of_no_known_year_says_nothing_of_it() -> None:
    nowhere = told_by(ReportKind.OTHER, None)
    assert sense_wanted(plan("2025年新增就业多少人？", Operation.VALUE), nowhere) is None


def test_what_fits_best_is_zero_in_what_is_compared() -> None:
    found = hit(("修路40公里。", "栽树900棵。"), DONE, likeness=(0.9, 0.2))
    candidates = candidates_of(found)
    rows = value_features(candidates, compared(plan("修路多少公里？"), found))
    for name in RELATIVE:
        column = rows[:, FEATURES.index(name)]
        assert column.max() == 0.0
    assert rows[0, FEATURES.index("likeness")] > rows[1, FEATURES.index("likeness")]
    assert value_features([], compared(plan("修路多少公里？"), found)).shape == (0, len(FEATURES))


def test_places_inside_the_reports_own() -> None:
    found = hit(("新增就业3万人。",), DONE)
    asked = plan("清河市新增就业多少人？", Operation.VALUE)
    missing, there = (
        value_features(candidates_of(found), compared(asked, found, places=places))
        for places in (("清河市",), ("新增",))
    )
    column = FEATURES.index("no_place")
    assert (missing[0, column], there[0, column]) == (1.0, 0.0)


def test_content_leaves_out_how_much_and_when() -> None:
    assert content("全县茶叶产量同比增长") == frozenset("茶叶产量")


def test_all_features_are_finite_and_named_once() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    assert set(FEATURES) >= AGAINST
    (row,) = features("修路多少公里？", "修路40公里。").values()
    assert np.isfinite(list(row.values())).all()


def asked(text: str) -> list[Term]:
    return [term for term, _ in terms_in(text, Language.ZH)]


@pytest.mark.parametrize(
    ("words", "another"),
    [
        ("规模以上工业增加值增长", True),
        ("经济增长", False),  # another name of it
        ("同比增长", False),  # names no indicator
    ],
)
def test_words_that_name_another_indicator_tell_of_that(words: str, another: bool) -> None:
    assert of_another(words, asked("地区生产总值"), share=False) is another
    assert not of_another(words, [], share=False)


@pytest.mark.parametrize(("share", "another"), [(False, True), (True, False)])
def test_the_whole_of_a_share_is_only_asked_about_where_shares_are(
    share: bool, another: bool
) -> None:
    words = "工业增加值占地区生产总值比重提高到"
    assert of_another(words, asked("地区生产总值"), share=share) is another
