"""References to passages in words, and links into their sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Metadata, Span
from search_api.questions.question import Language
from search_api.web.pages.language import say_in
from search_api.web.reader.references import (
    Cited,
    file_name,
    heading_path,
    reference,
    text_fragment,
)
from tests.search_api.web.reader.reader_support import section

CITED = Cited(
    Metadata("某县2021年报告", None, 2021, issuer="某县人民政府", date="2022-01-10"),
    ("一、工作", "（一）执法"),
    Span(9, 14),
    "办班3期。",
    "某县.txt",
    "https://example.gov.cn/a",
)


def test_a_reference_in_chinese() -> None:
    made = reference(CITED, say_in(Language.ZH), date(2026, 3, 1))
    assert made.cited == (
        "某县人民政府：《某县2021年报告》，2022-01-10，“一、工作 › （一）执法”，第10–14字："
        "“办班3期。”来源：https://example.gov.cn/a"
    )
    assert made.entry == (
        "某县人民政府. 某县2021年报告[R/OL]. (2022-01-10)[2026-03-01]. https://example.gov.cn/a."
    )


def test_a_reference_in_english_without_what_is_unknown() -> None:
    cited = replace(
        CITED,
        metadata=Metadata("某县2021年报告"),
        heading_path=(),
        quote="办班3期",
        address="",
        page=4,
    )
    made = reference(cited, say_in(Language.EN), date(2026, 3, 1))
    assert made.cited == "“某县2021年报告”, p. 4, characters 10–14: “办班3期”. Source: 某县.txt"
    assert made.entry == "某县2021年报告[R]."


def test_marks_of_direction_and_line_ends_stay_out_of_references() -> None:
    cited = replace(CITED, quote="共\u202e3件\n  \u2067完。", heading_path=("\u2066题",))
    made = reference(cited, say_in(Language.ZH), date(2026, 3, 1)).cited
    assert "“共3件完。”" in made
    assert "“题”" in made
    assert not set(made) & set("\u202e\u2066\u2067\n")


def test_long_quotes_are_shortened() -> None:
    made = reference(replace(CITED, quote="甲" * 900), say_in(Language.ZH), date(2026, 3, 1)).cited
    assert "甲" * 240 + "……" + "甲" * 120 + "”" in made
    assert "甲" * 241 not in made


def test_heading_path_is_of_the_sections_that_hold_all_of_a_span() -> None:
    sections = [
        section("a", 0, 2, 20),
        section("b", 2, 4, 10, "a"),
        section("c", 10, 12, 20, "a"),
    ]
    named = [replace(each, heading=each.section_id) for each in sections]
    assert heading_path(named, Span(5, 8)) == ("a", "b")
    assert heading_path(named, Span(8, 12)) == ("a",)
    assert heading_path(named, Span(18, 25)) == ()


@pytest.mark.parametrize(
    ("address", "quoted", "expected"),
    [
        ("https://a.cn/b", "a-b, c&d", "https://a.cn/b#:~:text=a%2Db%2C%20c%26d"),
        ("https://a.cn/b#part", "增长", "https://a.cn/b#part:~:text=%E5%A2%9E%E9%95%BF"),
        ("https://a.cn/b#:~:text=x", "y", "https://a.cn/b#:~:text=y"),
        ("https://a.cn/b", "ab\n\n cd ", "https://a.cn/b#:~:text=ab,cd"),
        ("https://a.cn/b", " \n", "https://a.cn/b"),
    ],
)
def test_text_fragments(address: str, quoted: str, expected: str) -> None:
    assert text_fragment(address, quoted) == expected


def test_a_long_quote_is_given_by_whole_clauses_at_its_ends() -> None:
    quoted = "一二三四五六七八九十一二三，" + "中" * 40 + "。" + "末" * 12 + "尾。"
    link = text_fragment("https://a.cn/", quoted)
    first, last = link.removeprefix("https://a.cn/#:~:text=").split(",")
    assert unquote(first) == "一二三四五六七八九十一二三，"
    assert unquote(last) == "末" * 12 + "尾。"


@given(st.text(max_size=120))
def test_a_fragment_holds_words_of_the_quote(quoted: str) -> None:
    link = text_fragment("https://a.cn/", quoted)
    directive = link.removeprefix("https://a.cn/").removeprefix("#:~:text=")
    assert "-" not in directive
    assert "&" not in directive
    for part in directive.split(","):
        assert unquote(part) in quoted


def test_files_are_named_without_their_folders() -> None:
    names = {"../a/某县.txt": "某县.txt", "C:\\x\\b.docx": "b.docx", "a.md": "a.md", "/": "/"}
    assert {source: file_name(source) for source in names} == names
