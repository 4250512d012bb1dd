"""Sentences of one wording, and what one report says alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.marking import folded
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.wording.grouping import (
    MOST_PARTICULAR,
    groups_of,
    linked,
    own_phrases,
    particular_of,
)
from search_api.comparing.wording.wording_types import Group, Particular
from tests.search_api.comparing.wording_support import places, report

WEITANG = report(
    "苇塘县", ["全县新建鱼塘12座，惠及渔民300户。", "修缮石栏。", "推行“鱼塘管家”制度。"]
)
ZHUYU = report("竹屿县", ["全县新建鱼塘30座，惠及渔民900户。", "登记海滩上的贝类。"])
SHIBU = report("石埠县", ["举办陶艺比赛。", "2025年全县新建鱼塘7座，惠及渔民150户。"])
LUMING = report("鹿鸣县", ["鹿群迁徙通道已经打通。"])
ALL = [*WEITANG, *ZHUYU, *SHIBU, *LUMING]

CLAUSES = ["新建鱼塘12座", "清理河道3公里", "举办鱼灯节", "渔民增收", "修缮古桥5座", "鱼苗投放"]
REPORTS = st.lists(
    st.lists(
        st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=3).map("，".join),
        max_size=3,
        unique=True,
    ),
    min_size=2,
    max_size=4,
)


def grouped(sentences: Sequence[Sentence], reports: int) -> list[Group]:
    return groups_of(sentences, linked(sentences), reports)


def particular(sentences: Sequence[Sentence]) -> list[Particular]:
    texts: dict[str, str] = {}
    for each in sentences:
        texts[each.report_id] = texts.get(each.report_id, "") + each.text
    return particular_of(sentences, linked(sentences), texts, places)


def test_three_of_four_reports_share_a_sentence_with_other_figures() -> None:
    (group,) = grouped(ALL, 4)
    assert (group.reports, group.of) == (3, 4)
    assert [each.citation.report_id for each in group.members] == [
        "苇塘县-2025",
        "竹屿县-2025",
        "石埠县-2025",
    ]
    # The first two are the same boilerplate; the third has a date more.
    assert group.typical == 0
    assert group.wording == "全县新建鱼塘12座，惠及渔民300户。"
    typical, second, third = group.members
    assert typical.likeness == Likeness(Relation.IDENTICAL, 1.0)
    assert second.likeness == Likeness(Relation.OTHER_FIGURE, 1.0)
    assert third.likeness.relation is Relation.OTHER_FIGURE
    assert [piece.text for piece in second.pieces if not piece.common] == ["30座", "900户"]
    assert all(piece.common for piece in typical.pieces)
    for member in group.members:
        assert "".join(piece.text for piece in member.pieces) == member.citation.quote


def across(place: str, texts: Sequence[str], first: int) -> list[Sentence]:
    """A report's sentences with vectors that have nothing in common, from that direction on."""
    directions = np.eye(16, dtype=np.float32)[first:]
    return [
        replace(each, prepared=replace(each.prepared, vector=direction))
        for each, direction in zip(report(place, texts), directions, strict=False)
    ]


def test_a_report_counts_once_with_its_nearest_sentence() -> None:
    # 16 characters, of which 4 or 2 are added to: 32 of 36, 32 of 34; of 石埠县 and 竹屿县 only 32 of 40 or 38.
    middle = "修缮古桥，投放鱼苗，新建鱼塘，登记贝类"
    sentences = [
        *across("苇塘县", [middle], 0),
        *across("竹屿县", [f"举办鱼市，{middle}", f"清淤，{middle}"], 1),
        *across("石埠县", [f"{middle}，清理河道"], 3),
    ]
    (group,) = grouped(sentences, 3)
    assert group.reports == 3
    assert [each.citation.quote for each in group.members] == [
        middle,
        f"清淤，{middle}",
        f"{middle}，清理河道",
    ]


def test_sentences_of_one_report_are_no_group() -> None:
    assert grouped(report("苇塘县", ["新建鱼塘12座。", "新建鱼塘30座。"]), 1) == []
    assert grouped([], 0) == []


def test_the_one_in_the_middle_of_a_star_is_typical() -> None:
    # Each end has the 16 characters of the middle one and 4 of its own: 32 of 36, but 32 of 40 of both ends.
    middle = "修缮古桥，投放鱼苗，新建鱼塘，登记贝类"
    sentences = [
        *across("苇塘县", [f"{middle}，清理河道"], 0),
        *across("竹屿县", [middle], 1),
        *across("石埠县", [f"举办鱼市，{middle}"], 2),
    ]
    links = linked(sentences)
    assert set(links.near[1]) == {0, 2}
    assert set(links.near[0]) == set(links.near[2]) == {1}
    (group,) = groups_of(sentences, links, 3)
    assert (group.typical, group.wording, group.reports) == (1, middle, 3)
    assert [each.likeness.similarity for each in group.members] == pytest.approx(
        [32 / 36, 1, 32 / 36]
    )


def test_what_is_left_of_a_star_makes_the_next_group() -> None:
    pond, bridge = "全县新建鱼塘{}座，惠及渔民{}户。", "全县修缮古桥{}座，拓宽道路{}公里。"
    first = report("苇塘县", [bridge.format(1, 2), pond.format(1, 2)])
    second = report("竹屿县", [pond.format(3, 4), bridge.format(3, 4)])
    third = report("石埠县", [pond.format(5, 6)])
    groups = grouped([*first, *second, *third], 3)
    assert [(each.reports, each.wording) for each in groups] == [
        (3, "全县新建鱼塘1座，惠及渔民2户。"),
        (2, "全县修缮古桥1座，拓宽道路2公里。"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("工作回顾", "工作安排", False),
        ("工作回顾", "工作回顾", True),
        ("工作安排", "工作安排", True),
        ("工作回顾", "渔业", True),  # of that nothing is known
    ],
)
def test_what_is_done_is_not_like_what_is_planned(left: str, right: str, alike: bool) -> None:
    done = report("苇塘县", ["新建鱼塘12座。"], headings=(left,))
    planned = report("竹屿县", ["新建鱼塘30座。"], headings=(right,))
    assert bool(grouped([*done, *planned], 2)) is alike
    assert bool(particular([*done, *planned])) is not alike


def test_what_no_other_report_says_is_particular() -> None:
    found = particular(ALL)
    assert [(each.citation.report_id, each.citation.quote) for each in found] == [
        # Two phrases of its own, then one.
        ("苇塘县-2025", "推行“鱼塘管家”制度。"),
        ("苇塘县-2025", "修缮石栏。"),
        ("竹屿县-2025", "登记海滩上的贝类。"),
        ("石埠县-2025", "举办陶艺比赛。"),
        ("鹿鸣县-2025", "鹿群迁徙通道已经打通。"),
    ]
    assert found[0].phrases == ("鱼塘管家", "制度")
    assert found[1].phrases == ("石栏",)
    for each in found:
        assert 0 <= each.similarity < 0.6
        assert all(phrase in each.citation.quote for phrase in each.phrases)


def test_what_another_report_says_anywhere_is_not_ones_own_phrase() -> None:
    texts = {"苇塘县-2025": "", "竹屿县-2025": "学习鄰縣的魚塘管家，完善制度。"}
    sentences = WEITANG[2:]
    (found,) = particular_of(sentences, linked(sentences), texts, places)
    assert found.phrases == ()
    assert found.similarity == 0


def test_most_particular_ones_of_a_report_come_first_and_not_too_many() -> None:
    many = [f"“{letter}号鱼灯”亮相。" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"]
    assert len(many) > MOST_PARTICULAR
    sentences = report("苇塘县", ["渔民很高兴，也很快乐。", *many])
    found = particular([*sentences, *LUMING])
    mine = [each for each in found if each.citation.report_id == "苇塘县-2025"]
    assert len(mine) == MOST_PARTICULAR
    assert "渔民很高兴，也很快乐。" not in [each.citation.quote for each in mine]
    assert [len(each.phrases) for each in mine] == sorted(
        (len(each.phrases) for each in mine), reverse=True
    )


@pytest.mark.parametrize(
    ("text", "others", "wanted"),
    [
        ("推行“鱼塘管家”服务。", ["服务渔民"], ("鱼塘管家",)),
        # A name that another one has, also without its marks or in traditional characters.
        ("推行“鱼塘管家”服务。", ["服务渔民，鱼塘管家"], ()),
        ("推行“鱼塘管家”服务。", ["魚塘管家服務"], ()),
        # Words side by side are one phrase.
        ("拓宽贝类海滩。", [], ("贝类海滩",)),
        ("拓宽贝类海滩。", ["海滩"], ("贝类",)),
        # Verbs and short words say nothing of their own.
        ("拓宽了很多。", [], ()),
        # Names of places are always one's own.
        ("学习杭州，保护贝类。", [], ("贝类",)),
        # Figures are no names.
        ("开通“12345”热线。", [], ("热线",)),
        ("", [], ()),
    ],
)
def test_own_phrases(text: str, others: list[str], wanted: tuple[str, ...]) -> None:
    assert own_phrases(text, [folded(each) for each in others], places) == wanted


@given(st.text("推行“鱼塘管家”服务贝类海滩，。123杭州「」 ", max_size=40), st.sampled_from(CLAUSES))
def test_own_phrases_are_slices_in_order(text: str, other: str) -> None:
    end = 0
    for phrase in own_phrases(text, [folded(other)], places):
        start = text.find(phrase, end)
        assert start >= end
        end = start + len(phrase)
        assert folded(phrase) not in other


@given(REPORTS)
def test_groups_and_particular_sentences(texts: list[list[str]]) -> None:
    sentences = [
        each
        for number, lines in enumerate(texts)
        for each in report(f"{'甲乙丙丁'[number]}溪县", lines)
    ]
    links = linked(sentences)
    groups = groups_of(sentences, links, len(texts))
    seen = [member.citation for group in groups for member in group.members]
    assert len({(each.report_id, each.start) for each in seen}) == len(seen)
    assert [group.reports for group in groups] == sorted(
        (group.reports for group in groups), reverse=True
    )
    for group in groups:
        ids = [member.citation.report_id for member in group.members]
        assert 2 <= group.reports == len(ids) == len(set(ids)) <= len(texts)
        assert ids == sorted(ids, key=[each.report_id for each in sentences].index)
        assert group.members[group.typical].likeness == Likeness(Relation.IDENTICAL, 1.0)
        for member in group.members:
            assert member.likeness.relation is not Relation.DIFFERENT
            assert "".join(piece.text for piece in member.pieces) == member.citation.quote
        # No other member that all are like is more like them all.
        numbers = [[each.citation for each in sentences].index(m.citation) for m in group.members]
        sums = {
            i: sum(links.near[i][j].similarity for j in numbers if j != i)
            for i in numbers
            if all(j in links.near[i] for j in numbers if j != i)
        }
        assert sums[numbers[group.typical]] == pytest.approx(max(sums.values()))
    # Every sentence is like one of another report or it is particular, never both.
    alone = particular_of(sentences, links, {each.report_id: "" for each in sentences}, places)
    assert len(alone) + len(links.near) == len(sentences)
    assert not {each.citation for each in alone} & set(seen)
