"""Where inside a longer sentence a wording stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.similarity import SAME
from search_api.comparing.table.windows import inside, letter_pairs, may_hold, sought
from tests.search_api.comparing.wording_support import one, places

# A sentence of many targets.
TARGETS = (
    "今年的主要目标是：鱼苗产量增长6%左右；新建鱼塘120座以上，清理河道90公里；"
    "渔民人均收入增长8%，水质合格率达到98%，鱼市交易额突破3亿元。"
)
CLAUSES = st.lists(
    st.sampled_from(
        ["新建鱼塘12座", "清理河道3公里", "举办鱼灯节", "渔民增收", "水质达标", "修缮古桥5座"]
    ),
    min_size=1,
    max_size=5,
)


def found(text: str, wording: str) -> Likeness | None:
    """How a stretch of the text stands to the wording."""
    looked_for = sought(one(wording))
    return inside(text, looked_for, places) if may_hold(letter_pairs(text), looked_for) else None


@pytest.mark.parametrize(
    "wording",
    [
        "清理河道90公里。",
        "新建鱼塘120座以上",
        "水质合格率达到９８％",
        "新建鱼塘120座以上，清理河道90公里。",  # over a pause
        "鱼市交易额突破3亿元",
        "今年的主要目标是",
    ],
)
def test_word_for_word_inside(wording: str) -> None:
    assert found(TARGETS, wording) == Likeness(Relation.CONTAINED, 1.0)


@pytest.mark.parametrize(
    "wording",
    [
        "清理河道15公里。",
        "新建鱼塘30座",
        "水质合格率95%以上",
        "新建鱼塘30座，清理河道15公里。",
        "鱼苗产量增长5%",
    ],
)
def test_with_other_figures_inside(wording: str) -> None:
    assert found(TARGETS, wording) == Likeness(Relation.OTHER_FIGURE, 1.0)


def test_with_nearly_the_same_words_inside() -> None:
    # 清理 河道 淤泥 # against 清理 河道 淤泥 和 #: 2 x 7 of 7 + 8 characters.
    like = found("新建鱼塘3座，清理河道淤泥和5公里，鱼苗增产。", "清理河道淤泥9公里")
    assert like is not None
    assert like.relation is Relation.OTHER_FIGURE
    assert like.similarity == pytest.approx(14 / 15)
    # With the same figure it is another wording of it.
    like = found("新建鱼塘3座，清理河道淤泥和5公里，鱼苗增产。", "清理河道淤泥5公里")
    assert like is not None
    assert like.relation is Relation.REWORDED


@pytest.mark.parametrize(
    "wording",
    [
        "修缮古桥5座",
        "渔民人均支出下降8%",
        "新建鱼市120座以上的方案已经提交审议",
        "鱼塘",  # half a stretch is none
        "河道90公里渔民人均收入",  # as long as one, over a pause in other words
        "12座",
        "。",
    ],
)
def test_not_inside(wording: str) -> None:
    assert found(TARGETS, wording) is None


def test_only_stretches_between_pauses_count() -> None:
    assert found("今后继续大力推广鱼塘管家制度", "推广鱼塘管家制度") is None
    assert found("今后，推广鱼塘管家制度", "推广鱼塘管家制度") == Likeness(Relation.CONTAINED, 1.0)


def test_the_same_words_come_before_other_figures() -> None:
    like = found("新建鱼塘30座，修缮古桥2座，新建鱼塘12座。", "新建鱼塘12座")
    assert like == Likeness(Relation.CONTAINED, 1.0)


def test_the_nearest_of_several_counts() -> None:
    # Of 16 and 14 characters 14 are the same; of the second all are.
    text = "清理大小河道内的淤泥5公里，清理河道内的淤泥6公里。"
    assert found(text, "清理河道内的淤泥9公里") == Likeness(Relation.OTHER_FIGURE, 1.0)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        # 新建, 建鱼, 鱼塘, 塘座: three, two, one of four.
        ("新建鱼塘", True),
        ("新建鱼市", True),
        ("新建渔港", False),
        ("", False),
    ],
)
def test_half_of_the_characters_must_be_there(text: str, holds: bool) -> None:
    assert may_hold(letter_pairs(text), sought(one("新建鱼塘12座"))) is holds


def test_what_has_no_words_is_nowhere() -> None:
    assert not may_hold(letter_pairs("共12345678"), sought(one("12345678")))


@given(CLAUSES, st.data())
def test_every_stretch_of_a_sentence_is_found(clauses: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(clauses) - 1))
    end = data.draw(st.integers(start + 1, len(clauses)))
    wording = "，".join(clauses[start:end])
    assert found("，".join(clauses) + "。", wording) == Likeness(Relation.CONTAINED, 1.0)


@given(CLAUSES, CLAUSES)
def test_what_is_found_says_how_alike(clauses: list[str], wording: list[str]) -> None:
    like = found("，".join(clauses), "；".join(wording))
    if like is not None:
        assert like.relation in set(Relation) - {Relation.IDENTICAL, Relation.DIFFERENT}
        assert SAME <= like.similarity <= 1
