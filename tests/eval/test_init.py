"""From a table of questions to a judged set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import JudgementError
from eval.judgements.init import init, nearest_sentence
from eval.judgements.read import read_judgements

TEXTS = {"r-2025": "全县新建图书室12个。\n借阅图书3万册。设有分馆、书屋。", "s": "另一份报告。"}
PLACES = {"r-2025": ("云溪县", "云溪")}
HEAD = "question,report,quote,question_en,kind,answers,id,named"


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "q.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_table_becomes_a_judged_set(tmp_path: Path) -> None:
    csv = table(
        tmp_path,
        "云溪县建了多少图书室？,r-2025,新建图书室１２个,How many?,,12个,,",
        "有哪些阅读点？,r-2025,设有分馆、书屋,,,分馆、书屋,,",
        "借阅怎样？,r-2025,借阅图书3万册,,,,w,no",
        "借阅怎样？,r-2025,新建图书室12个,,,,w,no",
        "有多少读者？,s,,,,,,",
    )
    summary = init(csv, tmp_path / "out", TEXTS, places=PLACES)
    assert (summary.written, summary.not_found) == (4, ())
    rows = [
        json.loads(x) for x in (tmp_path / "out/questions.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(r["id"], r["kind"], r["named"]) for r in rows] == [
        ("q001", "number", True),
        ("q002", "list", False),
        ("w", "wording", False),
        ("q004", "unanswerable", False),
    ]
    assert rows[1]["answers"] == ["分馆", "书屋"]
    assert rows[2]["quotes"] == ["借阅图书3万册", "新建图书室12个"]
    assert len(read_judgements(tmp_path / "out").queries) == 5


def test_quotes_that_are_not_there_are_named_with_the_nearest(tmp_path: Path) -> None:
    csv = table(
        tmp_path,
        "借了多少？,r-2025,借阅图书5万册。,,,5万册,,",
        "建了多少？,r-2025,新建图书室12个,,,12个,,",
    )
    summary = init(csv, tmp_path / "out", TEXTS, places=PLACES)
    assert summary.written == 1
    (missing,) = summary.not_found
    assert (missing.line, missing.quote) == (2, "借阅图书5万册。")
    assert missing.reason == "the quote is not in r-2025; nearest there: '借阅图书3万册。'"


def test_an_english_question_needs_no_chinese_one(tmp_path: Path) -> None:
    init(
        table(tmp_path, "How many?,r-2025,新建图书室12个,,,12个,,"),
        tmp_path / "o",
        TEXTS,
        places={},
    )
    (query,) = read_judgements(tmp_path / "o").queries
    assert (query.language, query.text) == ("en", "How many?")


@pytest.mark.parametrize(
    ("question", "english", "asked"),
    [
        ("How many?", "", {"en": "How many?"}),
        ("How many?", "How many?", {"en": "How many?"}),
        ("What’s the county’s plan?", "", {"en": "What’s the county’s plan?"}),  # no ASCII
        ("多少个？", "How many?", {"zh": "多少个？", "en": "How many?"}),
        ("How many 图书室?", "", {"zh": "How many 图书室?"}),
    ],
)
def test_the_language_of_a_question(
    tmp_path: Path, question: str, english: str, asked: dict[str, str]
) -> None:
    csv = table(tmp_path, f"{question},r-2025,新建图书室12个,{english},,12个,,")
    init(csv, tmp_path / "o", TEXTS, places={})
    assert {q.language: q.text for q in read_judgements(tmp_path / "o").queries} == asked


def test_rows_of_one_question_are_joined(tmp_path: Path) -> None:
    csv = table(
        tmp_path,
        "有什么？,r-2025,新建图书室12个,,,12个、3万册,,",
        "有什么？,r-2025,借阅图书3万册,What is there?,,3万册,,",
        "有什么？,r-2025,设有分馆、书屋,,,分馆;12个,,",
    )
    init(csv, tmp_path / "o", TEXTS, places={})
    zh, en = read_judgements(tmp_path / "o").queries
    assert zh.answers == ("12个", "3万册", "分馆")
    assert (zh.kind, len(zh.quotes), en.text) == ("list", 3, "What is there?")


def test_an_unknown_report_does_not_stop_the_others(tmp_path: Path) -> None:
    csv = table(
        tmp_path,
        "借了多少？,r-2026,借阅图书3万册,,,3万册,,",
        "借了多少？,r-2025,借阅图书3万册,,,3万册,,",
    )
    summary = init(csv, tmp_path / "o", TEXTS, places={})
    assert summary.written == 1
    (missing,) = summary.not_found
    assert str(missing) == (
        "line 2: no report 'r-2026' is in the index; did you mean r-2025?: '借阅图书3万册'"
    )


def test_no_empty_set_is_written(tmp_path: Path) -> None:
    csv = table(tmp_path, "?,zzz,,,,,,", "?,s,没有这句话,,,,,")
    with pytest.raises(JudgementError) as caught:
        init(csv, tmp_path / "o", TEXTS, places={}, force=True)
    assert str(caught.value) == (
        f"{csv}: has no question that can be used:\n"
        "line 2: no report 'zzz' is in the index\n"
        "line 3: the quote is not in s: '没有这句话'"
    )
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",r-2025,x,,,,,", "line 2: the question is empty"),
        ("?,r-2025", "line 2: has 2 cells; the header has 8"),
        (
            "How many?,r-2025,新建图书室12个,How many rooms?,,,,",
            "line 2: 'question' is English already, and 'question_en' is another",
        ),
        ("?,r-2025,借阅图书3万册,,,,,perhaps", "line 2: named is yes or no, not 'perhaps'"),
        ("?,r-2025,借阅图书3万册,,unanswerable,,,", "line 2: 'unanswerable' with 1 quotes"),
        ("?,r-2025,,,number,,,", "line 2: 'number' with 0 quotes"),
        ("?,r-2025,借阅图书3万册,,,,a b,", "line 2: the id 'a b' is empty or has white space"),
    ],
)
def test_bad_rows(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(JudgementError) as caught:
        init(table(tmp_path, row), tmp_path / "out", TEXTS, places=PLACES)
    assert message in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_bad_tables(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match="has no column 'quote'"):
        init(table(tmp_path, head="question,report"), tmp_path / "o", TEXTS, places={})
    with pytest.raises(JudgementError, match="the column 'colour' is none of"):
        init(table(tmp_path, head="question,report,quote,colour"), tmp_path / "o", TEXTS, places={})
    with pytest.raises(JudgementError, match="has no questions"):
        init(table(tmp_path), tmp_path / "o", TEXTS, places={})
    head = "question,report,quote,Quote"
    with pytest.raises(JudgementError, match=r"q\.csv: line 1: the column 'quote' is there twice"):
        init(table(tmp_path, "甲？,s,,x", head=head), tmp_path / "o", TEXTS, places={})


def test_two_questions_with_one_id(tmp_path: Path) -> None:
    csv = table(tmp_path, "甲？,s,,,,,x,", "乙？,s,,,,,x,")
    with pytest.raises(JudgementError, match="line 3: the id 'x' is that of line 2 too"):
        init(csv, tmp_path / "o", TEXTS, places={})


def test_a_judged_set_is_not_overwritten_unasked(tmp_path: Path) -> None:
    csv = table(tmp_path, "甲？,s,,,,,,")
    init(csv, tmp_path / "o", TEXTS, places={})
    with pytest.raises(JudgementError, match="is there already; --force replaces it"):
        init(csv, tmp_path / "o", TEXTS, places={})
    assert init(csv, tmp_path / "o", TEXTS, places={}, force=True).written == 1


def test_nothing_is_near() -> None:
    assert nearest_sentence("完全不同。", "abc") == ""
