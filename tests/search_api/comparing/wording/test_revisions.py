"""What a place kept, changed, added and dropped from one report to the next."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.similarity import plain_of
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.wording.revisions import figure_changes, revision
from search_api.comparing.wording.wording_types import Revision
from tests.search_api.comparing.wording_support import places, report

CLAUSES = ["新建鱼塘{}座", "清理河道{}公里", "举办鱼灯节", "渔民人均增收{}元", "修缮古桥{}座"]
SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(CLAUSES), st.integers(1, 3), st.sampled_from(["", "，登记海滩贝类"])
    ).map(lambda drawn: drawn[0].format(drawn[1]) + drawn[2] + "。"),
    max_size=5,
)


def revised(earlier: list[Sentence], later: list[Sentence]) -> Revision | None:
    """What 苇塘县 says in 2025 otherwise than in 2024."""
    reports = report("苇塘县", ["一"], year=2024)[0].info, report("苇塘县", ["一"])[0].info
    return revision(reports, earlier, later, places)


def test_kept_changed_new_and_dropped() -> None:
    before = report(
        "苇塘县",
        [
            "坚持人水和谐，守护每一口鱼塘。",
            "新建鱼塘12座，惠及渔民300户。",
            "停办旧渔市。",
        ],
        year=2024,
    )
    after = report(
        "苇塘县",
        [
            "举办陶艺比赛。",
            "新建鱼塘15座，惠及渔民450户。",
            "坚持人水和谐,守护每一口鱼塘",
        ],
    )
    made = revised(before, after)
    assert made is not None
    assert (made.region, made.earlier, made.later) == ("苇塘县", "苇塘县-2024", "苇塘县-2025")
    assert (made.earlier_year, made.later_year, made.kept) == (2024, 2025, 1)
    assert [each.quote for each in made.new] == ["举办陶艺比赛。"]
    assert [each.quote for each in made.dropped] == ["停办旧渔市。"]
    (changed,) = made.changed
    assert (changed.before.report_id, changed.before.quote) == (
        "苇塘县-2024",
        "新建鱼塘12座，惠及渔民300户。",
    )
    assert changed.after.quote == "新建鱼塘15座，惠及渔民450户。"
    assert changed.likeness == Likeness(Relation.OTHER_FIGURE, 1.0)
    assert [each.text for each in changed.before_pieces if not each.common] == ["12座", "300户"]
    assert [each.text for each in changed.after_pieces if not each.common] == ["15座", "450户"]
    assert [(each.before, each.after, each.percent) for each in changed.figures] == [
        ("12座", "15座", Decimal(25)),
        ("300户", "450户", Decimal(50)),
    ]


def test_changes_are_in_the_order_of_the_later_report() -> None:
    texts = ["新建鱼塘{}座，惠及渔民。", "清理河道{}公里，水流畅通。", "修缮古桥{}座，拓宽道路。"]
    before = report("苇塘县", [text.format(2) for text in texts], year=2024)
    after = report("苇塘县", [text.format(5) for text in reversed(texts)])
    made = revised(before, after)
    assert made is not None
    assert [each.after.quote for each in made.changed] == [each.text for each in after]
    assert [each.before.quote for each in made.changed] == [each.text for each in before][::-1]


def test_the_same_words_are_kept_though_another_sentence_is_like_them() -> None:
    before = report("苇塘县", ["新建鱼塘12座。", "新建鱼塘30座。"], year=2024)
    after = report("苇塘县", ["新建鱼塘30座。"])
    made = revised(before, after)
    assert made is not None
    assert (made.kept, made.changed, made.new) == (1, (), ())
    assert [each.quote for each in made.dropped] == ["新建鱼塘12座。"]


def test_the_same_indicator_is_a_counterpart_whatever_its_figures() -> None:
    headings = ("工作回顾",)
    before = report(
        "苇塘县",
        ["地区生产总值超过126亿元，增长5.2%。", "城镇新增就业1244人，城镇调查失业率平均为5.2%。"],
        year=2024,
        headings=headings,
    )
    after = report(
        "苇塘县",
        [
            "就业平稳，城镇新增就业1256人、城镇调查失业率平均为5.1%，居民消费价格上涨0.2%。",
            "经济稳步扩大，地区生产总值达到134.9亿元、增长5%。",
        ],
        headings=headings,
    )
    made = revised(before, after)
    assert made is not None
    assert (made.kept, made.new, made.dropped) == (0, (), ())
    assert [[(f.before, f.after) for f in each.figures] for each in made.changed] == [
        [("1244人", "1256人"), ("5.2%", "5.1%")],
        [("超过126亿元", "134.9亿元"), ("5.2%", "5%")],
    ]
    assert [each.difference for each in made.changed[1].figures] == [
        Decimal(890_000_000),
        Decimal("-0.2"),
    ]


def test_growth_and_fall_of_one_figure_are_counterparts_but_no_change_of_a_figure() -> None:
    before = report("苇塘县", ["全县鱼苗产量增长3%。"], year=2024)
    after = report("苇塘县", ["全县鱼苗产量下降2%。"])
    made = revised(before, after)
    assert made is not None
    assert [each.figures for each in made.changed] == [()]


@pytest.mark.parametrize("heading", ["过去五年工作回顾", "过去一年和五年工作回顾"])
def test_figures_of_five_years_are_not_set_against_one_year(heading: str) -> None:
    before = report("苇塘县", ["新建鱼塘120座。"], year=2024, headings=(heading,))
    after = report("苇塘县", ["新建鱼塘30座。"], headings=("过去一年工作回顾",))
    made = revised(before, after)
    assert made is not None
    assert [each.figures for each in made.changed] == [()]
    again = revised(before, report("苇塘县", ["新建鱼塘30座。"], headings=(heading,)))
    assert again is not None
    assert [len(each.figures) for each in again.changed] == [1]


def test_most_of_all_pairs_counts_and_not_the_first() -> None:
    # 新建鱼塘 could be either of the two, 新建鱼塘2座 with its figure only the second.
    before = report("苇塘县", ["新建鱼塘7座。", "新建鱼塘2座。"], year=2024)
    after = report("苇塘县", ["新建鱼塘2座。", "新建鱼塘5座。"])
    made = revised(before, after)
    assert made is not None
    assert made.kept == 1
    assert [(each.before.quote, each.after.quote) for each in made.changed] == [
        ("新建鱼塘7座。", "新建鱼塘5座。")
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "kept"),
    [
        ("工作回顾", "工作回顾", 1),
        ("工作安排", "工作回顾", 0),
        ("工作回顾", "工作安排", 0),
        ("渔业", "工作安排", 1),
    ],
)
def test_what_was_done_is_no_counterpart_of_what_is_planned(
    earlier: str, later: str, kept: int
) -> None:
    before = report("苇塘县", ["新建鱼塘12座。"], year=2024, headings=("鱼", earlier))
    after = report("苇塘县", ["新建鱼塘12座。"], headings=("鱼", later))
    made = revised(before, after)
    assert made is not None
    assert (made.kept, len(made.new), len(made.dropped)) == (kept, 1 - kept, 1 - kept)


def test_reports_without_sentences() -> None:
    after = report("苇塘县", ["新建鱼塘12座。"])
    assert revised([], []) is None
    made = revised([], after)
    assert made is not None
    assert (made.earlier, made.later) == ("苇塘县-2024", "苇塘县-2025")
    assert (made.kept, made.changed, made.dropped, len(made.new)) == (0, (), (), 1)
    made = revised(report("苇塘县", ["新建鱼塘12座。"], year=2024), [])
    assert made is not None
    assert (made.earlier, made.later) == ("苇塘县-2024", "苇塘县-2025")
    assert (made.kept, made.changed, made.new, len(made.dropped)) == (0, (), (), 1)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        # Percentages differ by points, and not by per cent.
        ("水质合格率达到91.5%。", "水质合格率达到93%。", ("91.5%", "93%", "1.5", None, "个百分点")),
        ("合格率提高0.8个百分点", "合格率提高0.3个百分点", ("0.8个百分点", "0.3个百分点", "-0.5", None, "个百分点")),
        ("养殖损耗率5‰", "养殖损耗率6‰", ("5‰", "6‰", "0.1", None, "个百分点")),
        ("养殖损耗率5‰", "养殖损耗率1%", ("5‰", "1%", "0.5", None, "个百分点")),
        ("鱼塘占五成，鱼苗占5成", "鱼塘占五成，鱼苗占6成", ("5成", "6成", "10", None, "个百分点")),
        # 万 and 亿 are multiplied out.
        ("惠及渔民3万人。", "惠及渔民3.6万人。", ("3万人", "3.6万人", "6000", "20", "人")),
        ("惠及渔民5000人。", "惠及渔民1.2万人。", ("5000人", "1.2万人", "7000", "140", "人")),
        ("完成投资8000万元。", "完成投资1.2亿元。", ("8000万元", "1.2亿元", "40000000", "50", "元")),
        ("新建鱼塘15座。", "新建鱼塘5座。", ("15座", "5座", "-10", "-66.67", "座")),
        # Into the unit of the earlier one.
        ("清理鱼塘3000平方米", "清理鱼塘1公顷", ("3000平方米", "1公顷", "7000", "233.33", "平方米")),
        # Ranges have no difference.
        ("鱼苗增长5%—6%。", "鱼苗增长7%。", ("5%—6%", "7%", None, None, "个百分点")),
        ("新建鱼塘12座", "新建鱼塘12—15座", ("12座", "12—15座", None, None, "座")),
        # Nothing is no part of anything.
        ("新建鱼塘0座，清淤。", "新建鱼塘5座，清淤。", ("0座", "5座", "5", None, "座")),
        # The same figure, bounded otherwise.
        ("新建鱼塘12座。", "新建鱼塘12座以上。", ("12座", "12座以上", "0", "0", "座")),
    ],
)  # fmt: skip
def test_how_a_figure_changed(
    before: str, after: str, wanted: tuple[str, str, str | None, str | None, str]
) -> None:
    (found,) = figure_changes(before, after, places)
    difference, percent = (None if each is None else Decimal(each) for each in wanted[2:4])
    assert (found.before, found.after, found.unit) == (wanted[0], wanted[1], wanted[4])
    assert (found.difference, found.percent) == (difference, percent)
    assert found.before_quantity.about.of(before) == found.before
    assert found.after_quantity.about.of(after) == found.after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("新建鱼塘12座。", "新建鱼塘12座。"),
        ("清理鱼塘3000平方米。", "清理鱼塘0.3公顷。"),
        # Dates and ranks are no amounts, nor is what is spelled out.
        ("2024年3月建成鱼塘。", "2025年6月建成鱼塘。"),
        ("鱼苗产量居第3位。", "鱼苗产量居第2位。"),
        ("新建鱼塘十二座。", "新建鱼塘15座。"),
        # Of other units.
        ("惠及渔民300户。", "惠及渔民900人。"),
        ("合格率提高5%。", "合格率提高0.8个百分点。"),
        # Of several years, or what was added, in one of them only.
        ("鱼苗产量年均增长7.1%", "鱼苗产量增长6.6%"),
        ("三年累计新建鱼塘120座", "新建鱼塘50座"),
        ("增加渔业投资100亿元", "渔业投资804亿元"),
        ("鱼苗产量增长3%", "鱼苗产量下降2%"),
        # One figure of all, and one of a row.
        ("支出1168亿元", "支出774亿元和123亿元"),
        # The words behind are of the next clause.
        ("河道13公里，新建鱼塘", "古桥12公里，新建鱼塘"),
        # Nothing says that it is the same figure.
        ("新建鱼塘12座", "举办12场比赛"),
        ("鱼塘新增12座。", "古桥修缮15座。"),
        ("鱼塘干净。", "鱼塘干净。"),
    ],
)
def test_no_figure_changed(before: str, after: str) -> None:
    assert figure_changes(before, after, places) == []


def test_figures_are_found_by_the_words_beside_them() -> None:
    found = figure_changes(
        "完成投资8亿元，新建鱼塘12座，投放鱼苗30万尾。",
        "2025年，苇塘县新建鱼塘15座，投放鱼苗24万尾。",
        places,
    )
    assert [(each.before, each.after, each.difference) for each in found] == [
        ("12座", "15座", Decimal(3)),
        ("30万尾", "24万尾", Decimal(-60_000)),
    ]


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_accounted_for_once(earlier: list[str], later: list[str]) -> None:
    before, after = report("苇塘县", earlier, year=2024), report("苇塘县", later)
    made = revised(before, after)
    if made is None:
        assert not earlier
        assert not later
        return
    changed = len(made.changed)
    assert made.kept + changed + len(made.new) == len(later)
    assert made.kept + changed + len(made.dropped) == len(earlier)
    for side, sentences in (
        ([each.before for each in made.changed] + list(made.dropped), before),
        ([each.after for each in made.changed] + list(made.new), after),
    ):
        spans = [(each.start, each.end) for each in side]
        assert len(set(spans)) == len(spans)
        assert set(spans) <= {(each.span.start, each.span.end) for each in sentences}
        assert {each.report_id for each in side} <= {each.report_id for each in sentences}
    for each in made.changed:
        assert each.likeness.relation in (Relation.OTHER_FIGURE, Relation.REWORDED)
        assert plain_of(each.before.quote) != plain_of(each.after.quote)
        assert "".join(piece.text for piece in each.before_pieces) == each.before.quote
        assert "".join(piece.text for piece in each.after_pieces) == each.after.quote
    # What stands in both reports is never told as new in the one and dropped from the other.
    assert not {plain_of(each.quote) for each in made.new} & {
        plain_of(each.quote) for each in made.dropped
    }


@given(SENTENCES)
def test_a_report_given_again_is_kept_whole(texts: list[str]) -> None:
    made = revised(report("苇塘县", texts, year=2024), report("苇塘县", texts))
    if made is None:
        assert not texts
    else:
        assert (made.kept, made.changed, made.new, made.dropped) == (len(texts), (), (), ())
