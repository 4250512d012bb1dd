"""The words and amounts of all exports, outlines as files, and which file is wanted."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Comparison, Piece, Relation, TopicKind
from search_api.errors import BadRequestError
from search_api.exporting.amounts import change_text, plain, short, signed
from search_api.exporting.files import Format, format_of, rendered
from search_api.exporting.labels import coverage, relation_label
from search_api.exporting.markdown_file import comparison_markdown
from search_api.exporting.outline_file import outline_csv, outline_markdown
from search_api.exporting.parts import Segment, phrase_pieces, segments
from search_api.questions.question import Language
from tests.search_api.exporting.export_support import (
    comparison,
    outlines,
    row,
    silent,
    topic,
    usual,
    wording,
)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_relation_has_a_label() -> None:
    for language in Language:
        told = [relation_label(relation, language) for relation in Relation]
        assert len(set(told)) == len(told)
    assert relation_label(Relation.CONTAINED, Language.ZH) == "逐字包含于较长句中"


@pytest.mark.parametrize(
    ("stated", "silent_ones", "kind", "language", "said"),
    [
        (14, 2, TopicKind.FIGURE, Language.EN, "16 reports, 14 state it, 2 don’t"),
        (1, 1, TopicKind.THEME, Language.EN, "2 reports, 1 states it, 1 doesn’t"),
        (1, 0, TopicKind.PASSAGE, Language.EN, "1 report, 1 has it, 0 don’t"),
        (2, 1, TopicKind.PASSAGE, Language.ZH, "3份报告，2份有此表述，1份没有"),
    ],
)
def test_coverage_counts(
    stated: int, silent_ones: int, kind: TopicKind, language: Language, said: str
) -> None:
    rows = [row("云溪县", "5吨", "5")] * stated + [silent()] * silent_ones
    assert coverage(comparison(*rows, asked=topic("truffles", kind, language))) == said


def test_amounts_are_written_for_people() -> None:
    (change,) = wording().revisions[0].changed[0].figures
    assert change_text(change, Language.EN) == "8亿元 → 10亿元: +200 million 元 (+25%)"
    assert change_text(replace(change, difference=None), Language.ZH) == "8亿元 → 10亿元"
    points = replace(change, before="71%", after="70.5%", percent=None, unit="个百分点")
    points = replace(points, difference=change.difference and -change.difference / 400_000_000)
    assert change_text(points, Language.ZH) == "71% → 70.5%：−0.5个百分点"
    assert change_text(points, Language.EN) == "71% → 70.5%: −0.5 percentage points"
    assert signed(change.percent or zero(), "%", Language.EN) == "+25%"
    assert signed(zero(), "吨", Language.ZH) == "±0吨"
    assert plain((change.difference or zero()).normalize()) == "200000000"
    assert short((change.difference or zero()) / 3) == "66,666,666.6667"


def zero() -> Decimal:
    return Decimal(0)


def test_segments_tell_the_figure_and_together_are_the_quote() -> None:
    first = usual().rows[0]
    assert segments(first) == (
        Segment("松露产量", True, False),
        Segment("12—15吨", False, True),
        Segment("。", True, False),
    )
    bounded = row(
        "石桥县",
        "20吨以上",
        "20",
        bound=Bound.AT_LEAST,
        wording=(Piece("松露产量", True), Piece("20吨以上。", False)),
    )
    assert segments(bounded) == (
        Segment("松露产量", True, False),
        Segment("20吨以上", False, True),
        Segment("。", True, False),
    )


def test_signs_alone_are_no_difference() -> None:
    quote = "松露产量 5吨、（约），增产。"
    pieces = (
        Piece("松露", True),
        Piece("产量", False),
        Piece(" ", False),
        Piece("5吨", True),
        Piece("、（", False),
        Piece("约", True),
        Piece("），", False),
        Piece("增产。", False),
    )
    found = segments(row("云溪县", "5吨", "5", quote=quote, wording=pieces))
    assert "".join(each.text for each in found) == quote
    assert [each.text for each in found if not each.common] == ["产量", "增产。"]


@pytest.mark.parametrize(("common", "marked"), [(3, False), (4, True)])
def test_a_quote_with_less_than_a_third_in_common_is_not_marked(common: int, marked: bool) -> None:
    quote = "松露产量为20吨以上。"  # 11 characters
    pieces = (Piece(quote[:common], True), Piece(quote[common:], False))
    other = row("石桥县", "20吨以上", "20", bound=Bound.AT_LEAST, quote=quote, wording=pieces)
    assert "".join(each.text for each in segments(other)) == quote
    assert any(not each.common for each in segments(other)) is marked
    assert [each.text for each in segments(other) if each.figure] == ["20吨以上"]


def test_phrases_are_marked_in_order_where_they_stand() -> None:
    pieces = phrase_pieces("新松露新菌", ("新", "新菌"))
    assert pieces == (Piece("新", False), Piece("松露", True), Piece("新菌", False))
    assert phrase_pieces("松露", ("没有的", "")) == (Piece("松露", True),)


def test_outline_markdown_has_both_trees() -> None:
    text = outline_markdown(outlines(), names={"云溪县-2024": "云溪县 2024"})
    heading, counts, table = text.rstrip("\n").split("\n\n")
    assert heading == "# 章节对照：云溪县 2024 · 云溪县-2025"
    assert counts == "对应：1 · 移动：1 · 仅左：1 · 仅右：1"
    assert table.splitlines() == [
        "| 云溪县 2024 | 对应 | 相似度 | 云溪县-2025 |",
        "| --- | --- | --- | --- |",
        "| 一、回顾 | 对应 | 1.00 | 一、回顾 |",
        "| &emsp;（一）山货\\|菌类 | 移动 | 0.81 | &emsp;（二）山货 |",
        "| &emsp;（二）旧集市 | 仅左 |  |  |",
        "|  | 仅右 |  | 二、安排 |",
    ]


def test_outline_csv_has_offsets_of_both() -> None:
    matched, moved, left_only, right_only = read(outline_csv(outlines()))
    assert (matched["left_start"], matched["right_end"]) == ("10", "80")
    assert (moved["place"], moved["similarity"], moved["left_title"]) == (
        "moved",
        "0.812",
        "（一）山货|菌类",
    )
    assert {name for name, value in left_only.items() if not value} == {
        "similarity",
        *(name for name in left_only if name.startswith("right_")),
    }
    assert (right_only["left_title"], right_only["right_title"]) == ("", "二、安排")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.csv", Format.CSV),
        ("a.b.XLSX", Format.XLSX),
        ("对比.md", Format.MARKDOWN),
        ("a.markdown", Format.MARKDOWN),
        ("a.html", Format.HTML),
        ("a.htm", Format.HTML),
    ],
)
def test_format_is_that_of_the_ending(name: str, wanted: Format) -> None:
    assert format_of(Path("out.csv") / name) is wanted


@pytest.mark.parametrize("name", ["a.xls", "a", ".csv", "a.csv.gz"])
def test_unknown_ending_names_those_there_are(name: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        format_of(Path(name))
    assert caught.value.field == "out"
    assert str(caught.value) == (
        f"out: {name!r} ends in none of .csv, .xlsx, .md, .markdown, .html, .htm"
    )
    with pytest.raises(BadRequestError, match=r"\.htm, \.json$"):
        format_of(Path(name), [".json"])


@pytest.mark.parametrize(
    ("format", "begin"),
    [
        (Format.CSV, b"\xef\xbb\xbfreport_id,"),
        (Format.XLSX, b"PK\x03\x04"),
        (Format.MARKDOWN, "# 松露产量\n".encode()),
        (Format.HTML, b'<!doctype html>\n<html lang="zh">'),
    ],
)
def test_every_format_is_written(format: Format, begin: bytes) -> None:
    assert rendered(usual(), format, wording()).startswith(begin)


@pytest.mark.parametrize("format", [Format.MARKDOWN, Format.HTML, Format.XLSX])
def test_a_topic_that_is_no_utf_8_is_written_all_the_same(format: Format) -> None:
    broken: Comparison = comparison(*usual().rows, asked=topic("松露\udcff产量"))
    assert rendered(broken, format)


def test_reports_that_are_in_no_row_are_named_by_their_citations() -> None:
    text = comparison_markdown(comparison(silent("云溪县", 2026)), wording())
    assert "### 云溪县 2024 → 云溪县 2025" in text
