"""How two wordings stand to each other: on the tables of pairs, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from search_api.comparing.similarity import (
    bones_shared,
    centred,
    dice,
    likeness,
    most_usual,
    pairs_of,
    plain_of,
    prepare,
    share_of_words,
    usual_sentences,
)
from search_api.comparing.types import Likeness, Relation
from tests.search_api.wording_support import (
    TABLES,
    both_sides,
    bundled,
    hashed,
    one,
    places,
    read_pairs,
)

SENTENCES = sorted(
    {text for table in TABLES for _, left, right in read_pairs(table) for text in (left, right)}
)
sentences = st.sampled_from(SENTENCES)
RIGHT_AT_LEAST = 0.9


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_relation_is_the_one_people_see(table: Path) -> None:
    pairs = read_pairs(table)
    assert {relation for relation, *_ in pairs} == set(Relation) - {Relation.CONTAINED}
    wrong = [
        f"{relation} taken for {found}: {left} | {right}"
        for (relation, left, right), ours, theirs in zip(
            pairs, *both_sides(pairs, bundled()), strict=True
        )
        if (found := likeness(ours, theirs).relation) is not relation
    ]
    assert len(wrong) <= (1 - RIGHT_AT_LEAST) * len(pairs), "\n".join(wrong)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_nearer_relations_are_more_similar(table: Path) -> None:
    pairs = read_pairs(table)
    similarities = [
        (relation, likeness(ours, theirs).similarity)
        for (relation, *_), ours, theirs in zip(pairs, *both_sides(pairs, bundled()), strict=True)
    ]
    means = [
        np.mean([similar for relation, similar in similarities if relation is wanted])
        for wanted in (
            Relation.IDENTICAL,
            Relation.OTHER_FIGURE,
            Relation.REWORDED,
            Relation.DIFFERENT,
        )
    ]
    assert means == sorted(means, reverse=True)
    assert means[0] == 1.0


@given(sentences, sentences)
def test_likeness_is_symmetric_and_in_bounds(left: str, right: str) -> None:
    ours, theirs = prepare([left, right], hashed, places)
    like = likeness(ours, theirs)
    back = likeness(theirs, ours)
    assert like.relation is back.relation
    assert like.similarity == pytest.approx(back.similarity, abs=1e-6)
    assert 0 <= like.similarity <= 1
    same = plain_of(left) == plain_of(right)
    assert (like.relation is Relation.IDENTICAL) == same
    assert like.similarity < 1 or same or bones_shared(ours, theirs) == 1


@given(sentences)
def test_every_wording_is_itself(text: str) -> None:
    ours, theirs = prepare([text, text], hashed, places)
    assert likeness(ours, theirs) == Likeness(Relation.IDENTICAL, 1.0)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("新建鱼塘12座，惠及3万人。", "新建鱼塘１２座,惠及３万人"),
        ("修繕古橋，整治河道。", "修缮古桥，整治河道。"),
        ("推行「魚塘管家」制度", "推行“鱼塘管家”制度。"),
        ("——守护鱼塘；", "守护鱼塘"),
        ("ＰＨ值达标", "pH 值达标"),
        ("鱼苗产量 1.2 万吨\n", "鱼苗产量1.2万吨"),
    ],
)
def test_width_tradition_signs_and_space_are_no_difference(left: str, right: str) -> None:
    assert likeness(one(left), one(right)) == Likeness(Relation.IDENTICAL, 1.0)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("鱼苗产量1.2万吨", "鱼苗产量12万吨"),  # the point counts
        ("合格率提高5%", "合格率提高5"),  # so does the sign
    ],
)
def test_signs_of_a_figure_are_a_difference(left: str, right: str) -> None:
    assert likeness(one(left), one(right)).relation is Relation.OTHER_FIGURE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("苇塘县新建鱼塘12座。", "石桥县新建鱼塘30座以上。"),
        ("2024年，全县清理鱼塘3万亩。", "2025年，全市清理鱼塘8000亩。"),
    ],
)
def test_other_figures_and_places_only(left: str, right: str) -> None:
    assert likeness(one(left), one(right)) == Likeness(Relation.OTHER_FIGURE, 1.0)


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        # One has a figure, the other none; or both have the same one.
        ("清理河道淤泥并修整鱼塘12座", "鱼塘修整并清理河道淤泥", Relation.REWORDED),
        ("清理河道淤泥并修整鱼塘12座", "鱼塘修整12座并清理河道淤泥", Relation.REWORDED),
        ("清理河道淤泥并修整鱼塘12座", "鱼塘修整30座并清理河道淤泥", Relation.DIFFERENT),
        # A date is no figure of what they tell.
        ("2024年清理河道淤泥并修整鱼塘", "鱼塘修整2025年并清理河道淤泥", Relation.REWORDED),
        # Other indicators, one figure.
        ("森林覆盖率比上年有提高", "地区生产总值比上年有提高", Relation.DIFFERENT),
    ],
)
def test_other_figures_in_other_words_say_something_else(
    left: str, right: str, wanted: Relation
) -> None:
    # Of one direction, so that only words and figures count.
    direction = np.eye(1, 512, dtype=np.float32)[0]
    ours, theirs = (replace(one(text), vector=direction) for text in (left, right))
    assert likeness(ours, theirs).relation is wanted


def test_like_vectors_are_not_enough_without_like_words() -> None:
    left, right = one("清理河道淤泥并修整鱼塘"), one("鱼塘修整并清理河道淤泥")
    shared = dice(left.pairs, right.pairs)
    needed = 0.74 - 0.3 * shared  # the threshold less what the words add
    for cosine, wanted in ((needed + 0.01, Relation.REWORDED), (needed - 0.01, Relation.DIFFERENT)):
        across = (1 - cosine**2) ** 0.5
        ours = replace(left, vector=np.array([1, 0], dtype=np.float32))
        theirs = replace(right, vector=np.array([cosine, across], dtype=np.float32))
        assert likeness(ours, theirs).relation is wanted


@pytest.mark.parametrize(
    ("more", "relation", "similarity"),
    [
        # 16 characters and two masks against 4 more: 36 of 40. Against 6 more 36 of 42 are too little.
        ("，登记贝类", Relation.OTHER_FIGURE, 36 / 40),
        ("，登记海滩贝类", Relation.DIFFERENT, 0.05),
    ],
)
def test_nearly_all_of_the_boilerplate_must_be_the_same(
    more: str, relation: Relation, similarity: float
) -> None:
    text = "新建鱼塘12座，清理河道3公里，修缮古桥，投放鱼苗"
    # Of vectors that have nothing in common.
    ours, theirs = (
        replace(one(wording), vector=vector)
        for wording, vector in zip((text, text + more), np.eye(2, dtype=np.float32), strict=True)
    )
    like = likeness(ours, theirs)
    assert like.relation is relation
    assert like.similarity == pytest.approx(similarity, abs=0.02)


def test_vectors_are_seen_from_the_usual_style() -> None:
    vectors = np.array([[3, 4], [3, 1], [0, 0]], dtype=np.float32)
    found = centred(vectors, np.array([3, 0], dtype=np.float32))
    assert found.tolist() == [[0, 1], [0, 1], [-1, 0]]
    # What is the centre itself has no direction.
    assert centred(vectors[:1], vectors[0]).tolist() == [[0, 0]]


def test_no_text_is_not_encoded() -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(texts)

    assert prepare([], encode, places) == []


def test_usual_sentences_are_sentences() -> None:
    usual = usual_sentences()
    assert len(usual) > 40
    assert len(set(usual)) == len(usual)
    assert not any(text.startswith("#") or not text.endswith("。") for text in usual)


def test_usual_sentences_are_none_of_the_pairs() -> None:
    assert not {plain_of(text) for text in usual_sentences()} & {
        plain_of(text) for text in SENTENCES
    }


def test_dice_is_the_share_of_what_both_have() -> None:
    # 鱼塘, 塘新, 新建 and 鱼塘, 塘清, 清理: one of three on both sides.
    assert dice(pairs_of("鱼塘新建"), pairs_of("鱼塘清理")) == pytest.approx(2 / 6)
    assert dice(pairs_of("鱼塘"), pairs_of("鱼塘")) == 1
    assert dice(pairs_of(""), pairs_of("12座")) == 0


def test_words_in_the_same_order_are_shared() -> None:
    # 新建 and 鱼塘 of 4 and 6 characters.
    assert share_of_words(["新建", "鱼塘"], ["新建", "大型", "鱼塘"]) == pytest.approx(8 / 10)
    # In another order only one of them counts.
    assert share_of_words(["新建", "鱼塘"], ["鱼塘", "新建"]) == pytest.approx(4 / 8)
    assert share_of_words([], []) == 0


@given(*(2 * [st.lists(st.sampled_from(["新建", "鱼塘", "#", "@", "的"]), max_size=8)]))
def test_shared_words_are_a_symmetric_share(left: list[str], right: list[str]) -> None:
    shared = share_of_words(left, right)
    assert shared == share_of_words(right, left)
    assert 0 <= shared <= 1
    assert (shared == 1) == (left == right != [])


def test_most_usual_shares_most_with_the_others() -> None:
    texts = ["加强执法", "新建鱼塘3座", "新建鱼塘", "新建大型鱼塘"]
    # 新建鱼塘3座 and 新建鱼塘 have the same pairs: the first of equals.
    assert most_usual(texts) == 1
    with pytest.raises(ValueError, match="empty"):
        most_usual([])


def test_pairs_are_between_neighbouring_words_figures_left_out() -> None:
    assert sorted(pairs_of("新建鱼塘12座").elements()) == sorted(["新建", "建鱼", "鱼塘"])
    assert not pairs_of("鱼")
