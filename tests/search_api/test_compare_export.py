"""A comparison as CSV and Markdown, outlines as both, and which file is wanted."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from search_api.comparing.export.amounts import change_text, plain, short, signed
from search_api.comparing.export.as_csv import comparison_csv, comparison_csv_bytes
from search_api.comparing.export.as_markdown import comparison_markdown, escaped
from search_api.comparing.export.as_outline import outline_csv, outline_markdown
from search_api.comparing.export.files import Format, format_of, rendered
from search_api.comparing.export.labels import coverage, relation_label
from search_api.comparing.export.parts import Segment, phrase_pieces, segments
from search_api.comparing.types import Bound, Comparison, Piece, Relation, TopicKind
from search_api.errors import BadRequestError
from search_api.retrieval.question import Language
from tests.search_api.compare_export_support import (
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


def test_csv_has_every_field_of_a_row() -> None:
    stated, *_ = read(comparison_csv(usual()))
    assert stated == {
        "report_id": "云溪县-2025",
        "title": "云溪县工作报告",
        "region": "云溪县",
        "year": "2025",
        "status": "stated",
        "value": "12—15吨",
        "announced": "false",
        "low": "12",
        "high": "15",
        "unit": "吨",
        "bound": "range",
        "comparable": "true",
        "outlier": "false",
        "quote": "松露产量12—15吨。",
        "heading_path": "一、回顾 › （二）山货",
        "start": "100",
        "end": "111",
        "page": "",
        "source": "reports/云溪县.txt",
        "confidence": "0.813",
        "reason": "",
        "nearest_quote": "",
        "nearest_start": "",
        "nearest_end": "",
        "mentions": "",
        "relation": "",
        "similarity": "",
    }


def test_csv_of_a_report_that_does_not_state_it_says_why_and_what_is_nearest() -> None:
    last = read(comparison_csv(usual()))[-1]
    told = {name: value for name, value in last.items() if value}
    assert told == {
        "report_id": "白塔县-2025",
        "title": "白塔县工作报告",
        "region": "白塔县",
        "year": "2025",
        "status": "not_stated",
        "reason": "报告没有说明。",
        "nearest_quote": "种植松露的农户增多。",
        "nearest_start": "40",
        "nearest_end": "50",
    }


def test_a_target_is_told_from_a_result() -> None:
    target = replace(row("云溪县", "5吨", "5", outlier=True), announced=True)
    theme = replace(row("石桥县", "", "0"), value=None, measured=None, quantity=None)
    asked = comparison(target, row("青禾县", "6吨", "6"), theme, silent())
    assert [each["announced"] for each in read(comparison_csv(asked))] == ["true", "false", "", ""]
    assert "| 5吨（目标; 与其他报告相差很大） |" in comparison_markdown(asked)
    assert "| 6吨 |" in comparison_markdown(asked)
    english = replace(asked, topic=topic("truffles", language=Language.EN))
    assert "| 5吨 (target; far from the others) |" in comparison_markdown(english)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_csv_text_that_begins_like_a_formula_is_no_formula(begin: str) -> None:
    given_row = row("云溪县", "5吨", "5", quote=f'{begin}HYPERLINK("http://x.example")')
    (found,) = read(comparison_csv(comparison(given_row)))
    assert found["quote"] == f'\'{begin}HYPERLINK("http://x.example")'


def test_csv_numbers_of_our_own_stay_numbers() -> None:
    (found,) = read(comparison_csv(comparison(row("云溪县", "-3.50%", "-3.50", unit="%"))))
    assert (found["low"], found["high"]) == ("-3.5", "-3.5")
    assert found["value"] == "'-3.50%"


def test_csv_keeps_line_ends_commas_and_quotation_marks() -> None:
    quote = '第一行,\n第二行"引"，\r\n末'
    (found,) = read(comparison_csv(comparison(row("云溪县", "5吨", "5", quote=quote))))
    assert found["quote"] == quote


@given(st.text(min_size=1), st.text(), st.text())
def test_csv_is_read_back_as_it_was(quote: str, title: str, reason: str) -> None:
    stated = replace(row("云溪县", "5吨", "5", quote=quote), title=title)
    file = comparison_csv(comparison(stated, replace(silent(), reason=reason)))
    first, second = read(file)
    for found, said in (
        (first["quote"], quote),
        (first["title"], title),
        (second["reason"], reason),
    ):
        assert found in (said, f"'{said}")
        assert not found.startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_csv_file_has_one_byte_order_mark() -> None:
    file = comparison_csv_bytes(usual())
    assert file[:3] == b"\xef\xbb\xbf"
    assert file[3:].decode() == comparison_csv(usual())


def text_of(markdown: str, rule: str = "paragraph") -> tuple[list[str], str]:
    """The tags that Markdown makes of a text, and the text in them."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made = {"paragraph": "{}", "heading": "# {}", "quote": "> {}", "cell": "| x |\n| --- |\n| {} |"}
    tokens = reader.parse(made[rule].format(markdown))
    inline = [token for token in tokens if token.type == "inline"][-1]
    children = inline.children or []
    return (
        [each.type for each in children if each.type != "text"],
        "".join(each.content for each in children),
    )


@pytest.mark.parametrize("rule", ["paragraph", "heading", "quote", "cell"])
@pytest.mark.parametrize(
    "text",
    [
        "a|b \\| c",
        "**粗** _斜_ `码` ~~删~~",
        "<script>alert(1)</script> &lt; &#35;",
        "[链](http://x.example) ![图](y.png)",
        "# 标题 #",
        "- 项",
        "+ 项",
        "1. 项",
        "12) 项",
        "---",
        "===",
        "> 引",
        "末尾\\",
        "71%-71.5%",
    ],
)
def test_markdown_text_stays_text(text: str, rule: str) -> None:
    assert text_of(escaped(text), rule) == ([], text)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), st.data())
def test_any_text_stays_text_in_markdown(text: str, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(["paragraph", "heading", "quote", "cell"]))
    line = f"松{text}露"
    tags, found = text_of(escaped(line), rule)
    assert tags == []
    # What ends a line or is white space twice can't be one line's text.
    assert "".join(found.split()) == "".join(line.split())


@given(st.lists(st.sampled_from(list("#-+=*_`>|<&!~[]() 1.\\a松")), max_size=12).map("".join))
def test_signs_in_any_order_stay_text_in_markdown(text: str) -> None:
    line = " ".join(text.split())
    if line:
        assert text_of(escaped(text)) == ([], line)


def test_short_figures_are_not_cluttered_with_backslashes() -> None:
    assert escaped("71.5%—72%") == "71.5%—72%"
    assert escaped("-5%") == "-5%"


def test_markdown_has_coverage_table_quotes_and_places() -> None:
    blocks = comparison_markdown(usual()).split("\n\n")
    assert blocks[:3] == [
        "# 松露产量",
        "5份报告，4份说明，1份未说明",
        "> 没有收录2024年的报告。",
    ]
    assert blocks[3].splitlines() == [
        "| 报告 | 是否说明 | 数值 | 原文 | 章节 |",
        "| --- | --- | --- | --- | --- |",
        "| 云溪县 2025 | 已说明 | 12—15吨 | 松露产量12—15吨。 | 一、回顾 › （二）山货 |",
        "| 石桥县 2025 | 已说明 | 20吨以上 | 松露产量20吨以上。 | 一、回顾 › （二）山货 |",
        "| 青禾县 2025 | 已说明 | 90吨（与其他报告相差很大） | 松露产量90吨。 | 一、回顾 › （二）山货 |",
        "| 双河县 2025 | 已说明 | 3户（单位不同） | 松露产量3户。 | 一、回顾 › （二）山货 |",
        "| 白塔县 2025 | **未说明** |  | 报告没有说明。 |  |",
    ]
    at = blocks.index("### 云溪县 2025")
    assert blocks[at + 1 : at + 3] == [
        "> 松露产量12—15吨。",
        "— 一、回顾 › （二）山货 · 字符 100–111 · reports/云溪县.txt",
    ]
    at = blocks.index("### 白塔县 2025")
    assert blocks[at + 1 : at + 4] == [
        "**未说明** 报告没有说明。",
        "最接近的句子：",
        "> 种植松露的农户增多。",
    ]


def test_markdown_quote_of_two_lines_keeps_them() -> None:
    text = comparison_markdown(comparison(row("云溪县", "5吨", "5", quote="# 甲\n- 乙5吨")))
    assert "> \\# 甲\\\n> \\- 乙5吨\n" in text
    assert "| \\# 甲 - 乙5吨 |" in text


def test_markdown_tells_of_the_wording() -> None:
    text = comparison_markdown(usual(), wording())
    blocks = text[text.index("## 措辞") :].rstrip("\n").split("\n\n")
    assert blocks[2:4] == [
        "### 共用词语",
        "- **松露节**（4份中2份使用）：云溪县 2025, 石桥县 2025\n"
        "- **办好松露节会**（4份中1份使用）：青禾县 2025",
    ]
    del blocks[2:4]
    assert blocks[:5] == [
        "## 措辞",
        "**没有相关句子**：白塔县 2025",
        "### 共同表述",
        "**4份报告中有3份使用**",
        "> 办好松露节。",
    ]
    assert [line.split(" · ")[0] for line in blocks[5].splitlines()] == [
        "- 典型写法 — 云溪县 2025",
        "- 逐字相同 — 石桥县 2025",
        "- 改写 — 青禾县 2025",
    ]
    assert blocks[5].endswith("办好松露节会。")
    assert "独有词语：松露指数; 松露地图" in blocks
    assert "6句未变，1句改动，1句新增，1句删去" in blocks
    assert "- 8亿元 → 10亿元：+2亿元（+25%）" in blocks
    assert blocks[-5:-3] == [
        "> 新建菌房。",
        "— 一、回顾 › （二）山货 · 字符 70–75 · reports/云溪县.txt",
    ]
    assert blocks[-3:-1] == ["**删去**", "> 停办旧集市。"]


def test_markdown_tells_in_english_how_many_use_a_phrase() -> None:
    asked = comparison(row("云溪县", "5吨", "5"), asked=topic("truffles", language=Language.EN))
    text = comparison_markdown(asked, wording())
    assert (
        "### Shared phrases\n\n"
        "- **松露节** (2 of 4 use it): 云溪县 2025, 石桥县 2025\n"
        "- **办好松露节会** (1 of 4 uses it): 青禾县 2025\n\n"
        "### Shared wording\n"
    ) in text


def test_a_phrase_stays_text_in_markdown() -> None:
    (first, _) = wording().phrases
    asked = replace(wording(), phrases=(replace(first, phrase="**松|露**\n# 节"),))
    assert "- **\\*\\*松\\|露\\*\\* \\# 节**（" in comparison_markdown(usual(), asked)


def test_without_phrases_there_is_no_part_of_them() -> None:
    text = comparison_markdown(usual(), replace(wording(), phrases=()))
    assert "共用词语" not in text
    assert "共同表述" in text


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
        Segment("。", False, False),
    )


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
