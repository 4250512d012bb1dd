"""The table: a row for every report, each on its own, figures in one unit, wording in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from corpus.statements.statement import Bound
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.comparing.comparison_types import (
    Comparison,
    Measured,
    Piece,
    Relation,
    Row,
    Sort,
    Status,
    TopicKind,
)
from search_api.comparing.table.comparison import compare, in_order
from search_api.comparing.table.selection import choose
from search_api.engine import Engine
from search_api.errors import BadRequestError
from tests.search_api.comparing.compare_reports import (
    ALL,
    CHENGXI,
    LUMING,
    SHIBU,
    SHUANGLING,
    SHUANGLING_BEFORE,
    WEITANG,
    ZHUYU,
    opened,
)

WORDING = "全年改造老旧泵站18座，惠及群众3.5万人。"
TOPICS = [
    "茶叶产量",
    "古桥修缮",
    WORDING,
    "茶叶产量或新建滨河步道长度",
    "tea output",
    "2024年茶叶产量",
]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the invented reports. Not to be changed."""
    with opened(tmp_path_factory.mktemp("towns")) as engine:
        yield engine


def compared(engine: Engine, topic: str, report_ids: Sequence[str] | None = None) -> Comparison:
    return compare(engine, topic, choose(engine, report_ids))


def ids(comparison: Comparison) -> list[str]:
    return [row.report_id for row in comparison.rows]


def row_of(comparison: Comparison, report_id: str) -> Row:
    (row,) = [each for each in comparison.rows if each.report_id == report_id]
    return row


@pytest.mark.parametrize("topic", TOPICS)
def test_every_report_has_one_row_and_every_row_its_source(towns: Engine, topic: str) -> None:
    comparison = compared(towns, topic)
    assert tuple(ids(comparison)) == ALL
    assert comparison.topic.text == topic
    stated = 0
    for row in comparison.rows:
        text = towns.text(row.report_id)
        for citation in (row.citation, row.nearest):
            assert citation is None or citation.quote == text[citation.start : citation.end]
        info = towns.report(row.report_id)
        assert info.metadata.region is not None
        assert (row.title, row.region, row.year) == (
            info.metadata.title,
            info.metadata.region.name,
            info.metadata.year,
        )
        if row.status is Status.STATED:
            stated += 1
            assert row.citation is not None
            assert row.reason == ""
            assert "".join(piece.text for piece in row.wording) == row.quote != ""
        else:
            blank = (row.citation, row.value, row.statement, row.measured)
            assert blank == (None, None, None, None)
            assert row.wording == ()
            assert row.reason
            assert row.nearest is not None
    assert comparison.stated == stated > 0


def test_the_table_of_a_figure(towns: Engine) -> None:
    comparison = compared(towns, "茶叶产量")
    assert comparison.topic.kind is TopicKind.FIGURE
    assert [(row.report_id, row.value, row.announced) for row in comparison.rows] == [
        (CHENGXI, None, False),
        (SHIBU, None, False),
        (ZHUYU, None, False),
        (WEITANG, "8000吨以上", True),
        (SHUANGLING_BEFORE, "2.9万吨", False),
        (SHUANGLING, "3.2万吨", False),
        (LUMING, None, False),
    ]
    assert comparison.stated == 3
    assert comparison.notices == ()
    assert row_of(comparison, WEITANG).measured == Measured(
        Decimal(8000), Decimal(8000), "吨", Bound.AT_LEAST
    )
    assert row_of(comparison, SHUANGLING).measured == Measured(
        Decimal(32000), Decimal(32000), "吨", Bound.EXACT
    )


def test_sorted_by_figure(towns: Engine) -> None:
    comparison = compared(towns, "茶叶产量")
    silent = [CHENGXI, SHIBU, ZHUYU, LUMING]
    assert ids(in_order(comparison, Sort.HIGHEST)) == [
        SHUANGLING,
        SHUANGLING_BEFORE,
        WEITANG,
        *silent,
    ]
    assert ids(in_order(comparison, Sort.LOWEST)) == [
        WEITANG,
        SHUANGLING_BEFORE,
        SHUANGLING,
        *silent,
    ]
    assert in_order(comparison, Sort.REPORT) == comparison
    # Nothing else of it changes.
    highest = in_order(comparison, Sort.HIGHEST)
    assert replace(highest, rows=comparison.rows) == comparison


def test_a_figure_in_a_unit_of_its_own(towns: Engine) -> None:
    comparison = compared(towns, "茶叶产量或新建滨河步道长度")
    walks = row_of(comparison, CHENGXI)
    assert walks.value == "26公里"
    assert walks.measured is not None
    assert (walks.measured.unit, walks.measured.comparable) == ("公里", False)
    # It stands behind those that compare, before or after the silent ones as it was.
    assert ids(in_order(comparison, Sort.HIGHEST))[:4] == [
        SHUANGLING,
        SHUANGLING_BEFORE,
        WEITANG,
        CHENGXI,
    ]


def test_wording_against_the_most_usual_one(towns: Engine) -> None:
    comparison = compared(towns, "茶叶产量", [SHUANGLING, SHUANGLING_BEFORE])
    # Of two the first is the usual one.
    assert row_of(comparison, SHUANGLING).wording == (
        Piece("2024年茶叶产量达到3.2万吨，游船码头增加到14座。", common=True),
    )
    assert row_of(comparison, SHUANGLING_BEFORE).wording == (
        Piece("2023年", common=False),
        Piece("茶叶产量达到", common=True),
        Piece("2.9万吨", common=False),
        Piece("，游船码头增加到", common=True),
        Piece("11座", common=False),
        Piece("。", common=True),
    )


def test_the_table_of_a_theme(towns: Engine) -> None:
    comparison = compared(towns, "古桥修缮")
    assert comparison.topic.kind is TopicKind.THEME
    assert [row.report_id for row in comparison.rows if row.stated] == [WEITANG, SHUANGLING]
    assert [row.mentions for row in comparison.rows if row.stated] == [0, 2]
    assert all(row.measured is None and row.value is None for row in comparison.rows)


def test_the_table_of_a_wording(towns: Engine) -> None:
    comparison = compared(towns, WORDING)
    assert comparison.topic.kind is TopicKind.PASSAGE
    assert [(row.report_id, row.relation) for row in comparison.rows if row.stated] == [
        (WEITANG, Relation.OTHER_FIGURE),
        (SHUANGLING_BEFORE, Relation.OTHER_FIGURE),
        (SHUANGLING, Relation.IDENTICAL),
    ]
    # Marked against what was given, not against the other rows.
    assert row_of(comparison, SHUANGLING).wording == (Piece(WORDING, common=True),)
    assert row_of(comparison, WEITANG).wording == (
        Piece("全年改造老旧泵站", common=True),
        Piece("7座", common=False),
        Piece("，惠及群众", common=True),
        Piece("1.2万人", common=False),
        Piece("。", common=True),
    )
    assert row_of(comparison, CHENGXI).reason == "报告中没有这样的表述。"


def alone(row: Row) -> Row:
    """A row without what it has by the others of its table."""
    return replace(row, wording=(), measured=None)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_row_doesnt_depend_on_the_others(towns: Engine, topic: str) -> None:
    whole = {row.report_id: alone(row) for row in compared(towns, topic).rows}
    some = [SHUANGLING, WEITANG, LUMING, CHENGXI]
    choices = [*([each] for each in some), *combinations(some, 2), tuple(reversed(ALL))]
    for choice in choices:
        rows = compared(towns, topic, choice).rows
        assert [alone(row) for row in rows] == [whole[each] for each in choice]


def test_rows_come_in_the_order_of_the_choice(towns: Engine) -> None:
    asked = [LUMING, SHUANGLING, CHENGXI]
    assert ids(compared(towns, "茶叶产量", asked)) == asked


def test_nothing_stated_anywhere(towns: Engine) -> None:
    comparison = compared(towns, "茶叶产量", [SHIBU, LUMING])
    assert comparison.stated == 0
    assert [row.status for row in comparison.rows] == [Status.NOT_STATED] * 2
    assert in_order(comparison, Sort.HIGHEST) == comparison


def test_notices_in_the_language_of_the_topic(towns: Engine) -> None:
    chosen = choose(towns, regions=["霜岭县"], years=[2025, 2031])
    assert compare(towns, "茶叶产量", chosen).notices == (
        "没有收录2031年的报告。",
        "只选了一份报告，没有可比较的对象。",
    )
    *of_topic, missing, only = compare(towns, "tea output", chosen).notices
    assert len(of_topic) == 1
    assert of_topic[0].startswith("No official term was recognised in this topic")
    assert (missing, only) == (
        "No report of 2031 is indexed.",
        "Only one report: nothing to compare it with.",
    )


def test_settings_are_those_of_answers(towns: Engine) -> None:
    nothing_read = replace(DEFAULT_ANSWERS, read=0)
    assert compare(towns, "茶叶产量", choose(towns), nothing_read).stated == 0


@pytest.mark.parametrize("topic", ["", "？！", "茶" * 5000])
def test_a_topic_that_cant_be_used(towns: Engine, topic: str) -> None:
    with pytest.raises(BadRequestError) as raised:
        compared(towns, topic)
    assert raised.value.field == "topic"
