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

from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.opposites import load_opposites, opposed
from search_api.comparing.likeness.similarity import (
    bones_shared,
    centred,
    dice,
    likeness,
    most_usual,
    of_one_indicator,
    pairs_of,
    plain_of,
    prepare,
    share_of_words,
    usual_sentences,
)
from search_api.comparing.likeness.subjects import of_other_subjects
from tests.search_api.comparing.wording_support import (
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
        ("，登记贝类", Relation.REWORDED, 36 / 40),
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


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        # No figure and no place, or none that differs: a word more or less.
        ("持续守护一流鱼塘水质环境。", "守护一流鱼塘水质环境。", Relation.REWORDED),
        (
            "持续守护12口一流鱼塘水质环境。",
            "守护12口一流鱼塘水质环境。",
            Relation.REWORDED,
        ),
        (
            "持续守护12口一流鱼塘水质环境。",
            "守护30口一流鱼塘水质环境。",
            Relation.OTHER_FIGURE,
        ),
        (
            "苇塘县持续守护一流鱼塘水质环境。",
            "石桥县守护一流鱼塘水质环境。",
            Relation.OTHER_FIGURE,
        ),
        (
            "持续守护12口以上一流鱼塘水质环境。",
            "守护12口一流鱼塘水质环境。",
            Relation.OTHER_FIGURE,
        ),
    ],
)
def test_other_figures_need_figures_or_places(left: str, right: str, wanted: Relation) -> None:
    assert likeness(one(left), one(right)).relation is wanted


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("鱼苗产量增长2%。", "鱼苗产量下降2%。"),
        ("取消渔船柴油补贴。", "提高渔船柴油补贴。"),
        ("渔业合作社收入增长4%。", "渔业合作社支出增长4%。"),
        ("鱼苗进口额达到3亿元。", "鱼苗出口额达到3亿元。"),
        ("女渔民培训班覆盖率达到90%。", "男渔民培训班覆盖率达到90%。"),
        ("东部地区新建鱼塘12座。", "西部地区新建鱼塘12座。"),
        ("扩大渔民医保报销范围。", "缩小渔民医保报销范围。"),
        # Both words in both, the other way round.
        ("鱼苗产量增长2%，贝类产量下降3%。", "鱼苗产量下降2%，贝类产量增长3%。"),
        # Even with other figures.
        ("全县鱼苗产量增长2%，新建鱼塘12座，清理河道3公里", "全县鱼苗产量下降5%，新建鱼塘9座，清理河道8公里"),
    ],
)  # fmt: skip
def test_opposites_at_one_place_say_something_else(left: str, right: str) -> None:
    direction = np.eye(1, 512, dtype=np.float32)[0]
    ours, theirs = (replace(one(text), vector=direction) for text in (left, right))
    assert likeness(ours, theirs).relation is Relation.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # In another order, or each of another thing.
        ("提高办事效率，压缩审批时限。", "压缩审批时限，办事效率提高。"),
        ("鱼苗产量增长，损耗下降。", "损耗下降，鱼苗产量增长。"),
        ("鱼苗产量增长，损耗下降。", "鱼苗产量上升，损耗回落。"),
    ],
)
def test_opposites_at_other_places_are_none(left: str, right: str) -> None:
    ours, theirs = ([bone.word for bone in one(text).bones] for text in (left, right))
    assert not opposed(ours, theirs)
    assert not opposed(theirs, ours)


def test_the_course_of_a_figure_may_turn_over_the_years() -> None:
    ours, theirs = one("鱼苗产量增长2%。"), one("鱼苗产量下降3%。")
    assert opposed(ours.words, theirs.words)
    assert not opposed(ours.words, theirs.words, over_years=True)
    ours, theirs = one("鱼苗进口3亿元。"), one("鱼苗出口3亿元。")
    assert opposed(ours.words, theirs.words, over_years=True)


def test_opposites_are_opposed_both_ways() -> None:
    table = load_opposites()
    for side in (table.matter, table.course):
        for word, others in side.items():
            assert word not in others
            assert all(word in side[other] for other in others)


@given(sentences, sentences)
def test_opposites_and_subjects_are_symmetric(left: str, right: str) -> None:
    ours, theirs = one(left), one(right)
    assert opposed(ours.words, theirs.words) is opposed(theirs.words, ours.words)
    assert of_other_subjects(ours.bones, theirs.bones) is of_other_subjects(
        theirs.bones, ours.bones
    )


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        # 产量 增长 on both sides; 鱼苗 and 茶叶 are two things.
        ("鱼苗产量增长12%。", "茶叶产量增长12%。", True),
        ("新建鱼塘12座。", "新建书院12座。", True),
        # Words that share a character may be two names of one thing.
        ("新建鱼塘12座。", "新建池塘12座。", False),
        # So may those of an official term.
        ("财政收入增长4%。", "一般公共预算收入增长4%。", False),
        # Whoever has the benefit.
        ("惠及群众3万人。", "惠及居民3万人。", False),
        # Without a figure anything may be told in other words.
        ("新建鱼塘。", "新建书院。", False),
        # Most figures are of the same things.
        ("新建鱼塘12座，修缮古桥3座，清理河道9公里。", "新建书院12座，修缮古桥3座，清理河道9公里。", False),
        # No pattern in common.
        ("改造鱼塘12座。", "建成书院12座。", False),
    ],
)  # fmt: skip
def test_figures_of_other_things(left: str, right: str, other: bool) -> None:
    ours, theirs = one(left), one(right)
    assert of_other_subjects(ours.bones, theirs.bones) is other


def test_over_the_years_figures_differ_and_indicators_count() -> None:
    earlier = one("地区生产总值超过126亿元，增长5.2%，好于预期")
    later = one("经济运行平稳，地区生产总值达到134.9亿元、增长5%")
    # Two thirds of the cosine and some words in common: near enough for one indicator, not for others.
    shared = dice(earlier.pairs, later.pairs)
    cosine = 0.65 - 0.3 * shared
    across = (1 - cosine**2) ** 0.5
    ours = replace(earlier, vector=np.array([1, 0], dtype=np.float32))
    theirs = replace(later, vector=np.array([cosine, across], dtype=np.float32))
    assert likeness(ours, theirs).relation is Relation.DIFFERENT
    assert likeness(ours, theirs, over_years=True).relation is Relation.REWORDED
    assert likeness(theirs, ours, over_years=True).relation is Relation.REWORDED
    # Other indicators, or none: as near as any other reworded sentence.
    for name in (frozenset({"鱼苗产量"}), frozenset[str]()):
        apart = replace(theirs, indicators=name)
        assert likeness(ours, apart, over_years=True).relation is Relation.DIFFERENT


def test_most_indicators_and_figures_on_both_sides_make_one_indicator() -> None:
    two = one("城镇新增就业3万人，城镇调查失业率5%")
    three = one("城镇新增就业2万人，城镇调查失业率6%，居民消费价格上涨1%")
    assert len(two.indicators) == 2
    assert len(three.indicators) == 3
    assert of_one_indicator(two, three)  # two of three
    assert not of_one_indicator(one("城镇新增就业3万人"), three)  # one of three
    assert not of_one_indicator(two, one("城镇新增就业和城镇调查失业率"))  # without a figure


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
