"""A comparison as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.statements.statement import Bound
from search_api.exporting.csv_file import comparison_csv, comparison_csv_bytes
from search_api.exporting.markdown_file import comparison_markdown
from search_api.questions.question import Language
from tests.search_api.exporting.export_support import (
    comparison,
    row,
    silent,
    topic,
    usual,
)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_figure_bounded_on_one_side_has_no_other_end() -> None:
    least = row("云溪县", "7%以上", "7", unit="%", bound=Bound.AT_LEAST)
    most = row("石桥县", "6%以内", "6", unit="%", bound=Bound.AT_MOST)
    first, second = read(comparison_csv(comparison(least, most)))
    assert (first["low"], first["high"], first["bound"]) == ("7", "", "at_least")
    assert (second["low"], second["high"], second["bound"]) == ("", "6", "at_most")


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
    theme = replace(row("石桥县", "", "0"), value=None, measured=None, statement=None)
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
