"""Tables of reports."""

from __future__ import annotations

import json

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers.table import read


def test_csv_chinese_names() -> None:
    table = (
        '编号,标题,地区,年份,正文,备注\nj1,甲县报告,甲县,2025,"一、情况\r\n很好，""真的""。",x\n'
    )
    [document] = read(table.encode("gb18030"), "a.csv")
    assert document.text == '一、情况\n很好，"真的"。'
    assert document.fields == {
        "report_id": "j1",
        "title": "甲县报告",
        "region": "甲县",
        "year": "2025",
    }


def test_csv_english_names_tabs_and_ids_by_row() -> None:
    table = "Title\tContent\turl\n甲\t甲的正文\thttp://a.cn\n\n乙\t乙的正文\t\n"
    first, second = read(table.encode("utf-8-sig"), "in/reports.csv")
    assert first.fields == {"title": "甲", "url": "http://a.cn", "report_id": "reports-1"}
    assert second.fields == {"title": "乙", "report_id": "reports-2"}


def test_csv_large_field() -> None:
    text = "法治政府建设。" * 40_000  # 280,000 characters; the csv module's own limit is 131,072
    [document] = read(f"id,text\n1,{text}\n".encode(), "a.csv")
    assert document.text == text


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("标题,年份\n甲,2025\n", "a.csv: no column holds the text.*found: 标题, 年份"),
        ("text,正文\n甲,乙\n", "text and 正文 both mean text"),
        ("id,text\n", "no rows"),
        ("id,text\n1,甲\n2, \n", "line 3: the text of the report is empty"),
        ('id,text\n1,"甲\n乙"\n2,丙,丁\n', "line 4: 3 cells where the header has 2 columns"),
        ("id,text\n1\n", "line 2: 1 cells.*at 'text'"),
        ('id,text\n1,"甲"乙\n', "line 2: not a valid csv row"),
        ("id,text\n1,甲\n1,乙\n", "line 3: the id 1 is already that of line 2"),
    ],
)
def test_csv_errors(table: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(table.encode(), "a.csv")


def test_jsonl() -> None:
    rows = [
        {"id": 7, "content": "一、甲\r\n二、乙", "发布日期": "2026-01-02", "extra": [1]},
        {"id": 8, "content": "丙", "来源": None},
    ]
    data = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    first, second = read(data, "a.jsonl")
    assert first.text == "一、甲\n二、乙"
    assert first.fields == {"report_id": "7", "date": "2026-01-02"}
    assert second.fields == {"report_id": "8"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "甲",}', "line 2, column 14: not valid JSON"),
        ('["甲"]', "line 2: not an object"),
        ('{"text": ["甲"]}', "line 2, column text: wanted text, found list"),
        ('{"title": "甲"}', r"line 2: no column holds the text.*\(found: title\)"),
        ('{"text": ""}', "line 2: the text of the report is empty"),
        ("[" * 100_000, "line 2.*JSON"),
    ],
)
def test_jsonl_errors(line: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(f'{{"text": "好"}}\n{line}\n'.encode(), "a.jsonl")


def test_jsonl_lone_surrogate() -> None:
    [document] = read(b'{"text": "a\\ud800b"}', "a.jsonl")
    assert document.text == "a\ufffdb"
