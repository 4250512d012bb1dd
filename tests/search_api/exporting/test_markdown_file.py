"""A comparison as Markdown, in which the text of reports stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from search_api.exporting.markdown_file import comparison_markdown, escaped
from search_api.questions.question import Language
from tests.search_api.exporting.export_support import (
    comparison,
    row,
    topic,
    usual,
    wording,
)


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
