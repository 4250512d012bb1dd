"""What one report says on a topic: what was reached before what is planned, and what comes nearest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from corpus.statements.statement import Bound
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.comparing.comparison_types import Relation, Row, Status
from search_api.comparing.table.elsewhere import passage_rows
from search_api.comparing.table.rows import blank_row, figure_row, theme_row
from search_api.comparing.table.topic import topic_of
from search_api.engine import Engine
from tests.search_api.comparing.compare_reports import (
    CHENGXI,
    LUMING,
    SHIBU,
    SHUANGLING,
    SHUANGLING_BEFORE,
    WEITANG,
    ZHUYU,
    opened,
)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the invented reports. Not to be changed."""
    with opened(tmp_path_factory.mktemp("towns")) as engine:
        yield engine


def figure(engine: Engine, topic: str, report_id: str) -> Row:
    return figure_row(engine, topic_of(topic), engine.report(report_id), DEFAULT_ANSWERS)


def theme(engine: Engine, topic: str, report_id: str) -> Row:
    return theme_row(engine, topic_of(topic), engine.report(report_id))


def passage(engine: Engine, topic: str, report_id: str) -> Row:
    (row,) = passage_rows(engine, topic_of(topic), [engine.report(report_id)])
    return row


def check_sources(engine: Engine, row: Row) -> None:
    """Both citations are what stands in the report."""
    text = engine.text(row.report_id)
    for citation in (row.citation, row.nearest):
        if citation is not None:
            assert citation.report_id == row.report_id
            assert citation.quote == text[citation.start : citation.end]
            assert citation.quote.strip()


def test_a_row_says_whose_it_is(towns: Engine) -> None:
    row = blank_row(towns.report(SHUANGLING_BEFORE))
    assert row == Row(
        report_id="霜岭县-2024",
        title="霜岭县2024年政府工作报告",
        region="霜岭县",
        year=2024,
        status=Status.NOT_STATED,
    )
    assert row.name == "霜岭县 2024"
    assert not row.stated
    assert row.quote == ""


def test_what_was_reached_comes_before_what_is_planned(towns: Engine) -> None:
    row = figure(towns, "茶叶产量", SHUANGLING)
    assert (row.status, row.value, row.announced) == (Status.STATED, "3.2万吨", False)
    assert row.quote == "2024年茶叶产量达到3.2万吨，游船码头增加到14座。"
    assert row.citation is not None
    assert row.citation.heading_path[-1] == "一、2024年工作回顾"
    assert 0 < row.confidence <= 1
    assert row.reason == ""
    assert row.nearest is None
    check_sources(towns, row)


def test_the_figure_stands_where_it_is_said_to(towns: Engine) -> None:
    row = figure(towns, "茶叶产量", WEITANG)
    assert row.statement is not None
    text = towns.text(WEITANG)
    quantity = row.statement.quantity
    assert quantity.span.of(text) == "8000吨"
    assert quantity.about.of(text) == row.value == "8000吨以上"
    assert (quantity.low, quantity.unit) == (Decimal(8000), "吨")
    assert row.statement.bound is Bound.AT_LEAST


def test_a_target_if_that_is_all_there_is(towns: Engine) -> None:
    row = figure(towns, "茶叶产量", WEITANG)
    assert (row.status, row.value, row.announced) == (Status.STATED, "8000吨以上", True)
    assert row.quote == "2025年茶叶产量达到8000吨以上，新建乡村书屋30间。"
    check_sources(towns, row)


def test_a_target_that_was_asked_for(towns: Engine) -> None:
    row = figure(towns, "茶叶产量目标", SHUANGLING)
    assert (row.value, row.announced) == ("3.5万吨", True)


def test_the_year_asked_for_is_the_year_told(towns: Engine) -> None:
    assert figure(towns, "2024年茶叶产量", SHUANGLING).value == "3.2万吨"
    assert figure(towns, "2025年茶叶产量", SHUANGLING).value == "3.5万吨"
    assert figure(towns, "2023年茶叶产量", SHUANGLING_BEFORE).value == "2.9万吨"


@pytest.mark.parametrize(
    ("report_id", "nearest"),
    [
        # Of a year long past, a total of five years, a target for 2030.
        (LUMING, "2019年茶叶产量仅为1.1万吨，茶农收入不高。"),
        (CHENGXI, "五年来，茶叶产量累计达到20万吨。"),
        (ZHUYU, "到2030年，茶叶产量达到6万吨。"),
    ],
)
def test_another_years_figure_is_none(towns: Engine, report_id: str, nearest: str) -> None:
    row = figure(towns, "茶叶产量", report_id)
    assert row.status is Status.NOT_STATED
    assert (row.value, row.statement, row.citation) == (None, None, None)
    assert not row.announced
    assert row.confidence == 0
    assert row.reason == "只写了其他时间的数据。"
    assert row.nearest is not None
    assert row.nearest.quote == nearest
    check_sources(towns, row)


def test_what_a_report_never_tells_of(towns: Engine) -> None:
    row = figure(towns, "茶叶产量", SHIBU)
    assert (row.status, row.value, row.reason) == (Status.NOT_STATED, None, "报告没有说明。")
    check_sources(towns, row)


def test_a_year_that_a_report_is_not_of(towns: Engine) -> None:
    row = figure(towns, "2025年茶叶产量", SHUANGLING_BEFORE)
    assert row.status is Status.NOT_STATED
    # Which year was asked for, and which the report tells of.
    assert "2025" in row.reason
    assert "2023、2024" in row.reason
    check_sources(towns, row)
    english = figure(towns, "tea output in 2025", SHUANGLING_BEFORE)
    assert "2025" in english.reason
    assert "报告" not in english.reason


def test_the_first_alternative_that_is_answered_counts(towns: Engine) -> None:
    topic = "茶叶产量或新建滨河步道长度"
    assert figure(towns, topic, SHUANGLING).value == "3.2万吨"
    other = figure(towns, topic, CHENGXI)
    assert (other.value, other.announced) == ("26公里", False)
    # The first question says what comes nearest where none is answered.
    assert figure(towns, topic, SHIBU).nearest == figure(towns, "茶叶产量", SHIBU).nearest


def test_english_topics_find_chinese_sentences(towns: Engine) -> None:
    row = figure(towns, "tea output", SHUANGLING)
    assert row.value == "3.2万吨"
    silent = figure(towns, "tea output", LUMING)
    assert silent.reason == "Only stated for another time."


@pytest.mark.parametrize(
    ("topic", "report_id", "reason"),
    [
        ("2024年茶叶产量", WEITANG, "只写了计划，没有写结果。"),
        ("2024年茶叶产量增速", SHUANGLING, "只写了总量，没有写增幅。"),
        ("2024年茶叶产量", LUMING, "只写了其他时间的数据。"),
    ],
)
def test_how_a_report_is_silent(towns: Engine, topic: str, report_id: str, reason: str) -> None:
    row = figure(towns, topic, report_id)
    assert (row.status, row.reason) == (Status.NOT_STATED, reason)
    assert row.nearest is not None
    check_sources(towns, row)


def test_a_theme_with_sentences_of_its_own(towns: Engine) -> None:
    row = theme(towns, "古桥修缮", SHUANGLING)
    assert row.status is Status.STATED
    assert row.quote in ("扎实推进古桥修缮，完成古桥修缮9座。", "继续开展古桥修缮。")
    assert row.mentions == 2
    assert (row.value, row.statement) == (None, None)
    check_sources(towns, row)


def test_a_theme_that_only_a_heading_names(towns: Engine) -> None:
    row = theme(towns, "古桥修缮", WEITANG)
    assert row.status is Status.STATED
    # What is said under the heading, not the heading.
    assert row.quote == "聘请石匠12名，编制图册3卷。"
    assert row.mentions == 0
    check_sources(towns, row)


def test_a_sentence_with_the_words_says_more_than_one_under_them(towns: Engine) -> None:
    row = theme(towns, "梯田养护", SHUANGLING_BEFORE)
    assert row.quote == "推进梯田养护立法。"
    assert row.mentions == 1


def test_a_heading_with_nothing_under_it(towns: Engine) -> None:
    row = theme(towns, "窑炉改造", SHIBU)
    assert row.status is Status.STATED
    assert row.quote == "（一）窑炉改造"
    assert row.mentions == 0
    check_sources(towns, row)


def test_a_theme_that_is_not_there(towns: Engine) -> None:
    row = theme(towns, "古桥修缮", ZHUYU)
    assert row.status is Status.NOT_STATED
    assert (row.citation, row.mentions) == (None, None)
    assert row.reason == "报告没有说明。"
    assert row.nearest is not None
    check_sources(towns, row)
    # 古桥 or 修缮 alone is not the theme: all its words are wanted.
    assert theme(towns, "古桥拆除", SHUANGLING).status is Status.NOT_STATED


def test_a_theme_of_a_year_the_report_is_not_of(towns: Engine) -> None:
    row = theme(towns, "2031年古桥修缮", SHUANGLING)
    assert row.status is Status.NOT_STATED
    assert "2031" in row.reason
    assert theme(towns, "2024年古桥修缮", SHUANGLING).status is Status.STATED


WORDING = "全年改造老旧泵站18座，惠及群众3.5万人。"


@pytest.mark.parametrize(
    ("report_id", "quote", "relation"),
    [
        (SHUANGLING, WORDING, Relation.IDENTICAL),
        (
            SHUANGLING_BEFORE,
            "全年改造老旧泵站12座，惠及群众2万人。",
            Relation.OTHER_FIGURE,
        ),
        (WEITANG, "全年改造老旧泵站7座，惠及群众1.2万人。", Relation.OTHER_FIGURE),
    ],
)
def test_a_wording_found_elsewhere(
    towns: Engine, report_id: str, quote: str, relation: Relation
) -> None:
    row = passage(towns, WORDING, report_id)
    assert (row.status, row.quote, row.relation) == (Status.STATED, quote, relation)
    assert row.similarity is not None
    assert 0.8 < row.similarity <= 1
    assert row.confidence == row.similarity
    check_sources(towns, row)


def test_a_wording_that_is_not_there(towns: Engine) -> None:
    row = passage(towns, WORDING, ZHUYU)
    assert row.status is Status.NOT_STATED
    assert row.reason == "报告中没有这样的表述。"
    assert (row.citation, row.relation) == (None, None)
    assert row.nearest is not None
    assert row.similarity is not None
    assert row.similarity < 0.4
    check_sources(towns, row)
    english = passage(towns, "Pumping stations were rebuilt.\nPeople were glad.", ZHUYU)
    assert english.reason == "No such wording in the report."


def test_a_wording_in_traditional_full_width_characters(towns: Engine) -> None:
    row = passage(towns, "全年改造老舊泵站１８座，惠及群眾3.5萬人。", SHUANGLING)
    assert (row.quote, row.relation, row.similarity) == (WORDING, Relation.IDENTICAL, 1.0)


def test_any_of_several_sentences_is_enough(towns: Engine) -> None:
    pasted = f"悬挂彩灯迎接八方来客。\n{WORDING}修筑山间栈道供人行走。"
    assert passage(towns, pasted, SHUANGLING).quote == WORDING
    assert passage(towns, pasted, WEITANG).relation is Relation.OTHER_FIGURE
    assert passage(towns, pasted, ZHUYU).status is Status.NOT_STATED


def test_each_report_has_its_row_in_the_order_asked(towns: Engine) -> None:
    asked = [SHIBU, SHUANGLING, CHENGXI]
    rows = passage_rows(towns, topic_of(WORDING), [towns.report(each) for each in asked])
    assert [row.report_id for row in rows] == asked
