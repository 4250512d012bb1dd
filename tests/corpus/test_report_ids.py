"""Ids that can't be: refused where they are read, with the file and the row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import GovsearchError, UnreadableFileError
from corpus.load import MAX_TITLE, discover, read
from corpus.report_ids import MAX_ID, id_problem

UNUSABLE = {
    "甲\n乙": "control characters",
    "甲\t乙": "control characters",
    "甲\x7f": "control characters",
    "甲\u2028乙": "control characters",
    "\ud800": "control characters",
    ".": "can't stand in an address",
    "..": "can't stand in an address",
    "a/./b": "can't stand in an address",
    "a/..": "can't stand in an address",
    "..\\a": "can't stand in an address",
    "县" * (MAX_ID + 1): "has 201 characters; 200 is the limit",
}


@pytest.mark.parametrize(("report_id", "problem"), UNUSABLE.items())
def test_unusable_ids(report_id: str, problem: str) -> None:
    told = id_problem(report_id)
    assert problem in told
    assert "\n" not in told
    assert len(told) < 1200


@pytest.mark.parametrize(
    "report_id", ["松果县-2025", "a b/c.d", "...", ".a", "县" * MAX_ID, "a..b"]
)
def test_usable_ids(report_id: str) -> None:
    assert id_problem(report_id) == ""


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=MAX_ID))
def test_letters_and_numbers_are_always_usable(report_id: str) -> None:
    assert id_problem(report_id) == ""


@pytest.mark.parametrize("report_id", ["甲\n乙", "a/../b", "县" * (MAX_ID + 1)])
def test_a_row_with_such_an_id_is_named(tmp_path: Path, report_id: str) -> None:
    file = tmp_path / "a.jsonl"
    rows = ({"report_id": each, "text": "全年调整。"} for each in ("good", report_id))
    file.write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(UnreadableFileError, match=r"a\.jsonl: line 2: the id "):
        read(discover([file]).files[0])


def test_a_manifest_with_such_an_id_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全年调整。")
    row = {"file": "a.txt", "report_id": "甲\u2028乙"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row))
    with pytest.raises(GovsearchError, match=r"manifest\.jsonl, line 1, report_id: the id "):
        discover([tmp_path])


def test_a_file_whose_name_is_no_id(tmp_path: Path) -> None:
    file = tmp_path / "甲\n乙.txt"
    file.write_text("全年调整。")
    with pytest.raises(UnreadableFileError, match=r"the id .* has control characters"):
        read(discover([file]).files[0])


def test_a_manifest_of_a_table_makes_no_such_ids(tmp_path: Path) -> None:
    """The rows are numbered from the manifest's id, which is usable by itself."""
    (tmp_path / "a.csv").write_text("text\n全年调整。\n")
    row = {"file": "a.csv", "report_id": "县" * MAX_ID}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row))
    with pytest.raises(UnreadableFileError, match=r"row 1: the id .* has 202 characters"):
        read(discover([tmp_path]).files[0])


def test_rows_that_a_manifest_gives_one_id(tmp_path: Path) -> None:
    """The second row's own id is what the first one is numbered as."""
    (tmp_path / "a.csv").write_text("report_id,text\n,全年调整。\nb-1,全年新增。\nc,全年完成。\n")
    (tmp_path / "manifest.csv").write_text("file,report_id\na.csv,b\n")
    with pytest.raises(UnreadableFileError, match="rows 1 and 2 have one report_id, b-1;"):
        read(discover([tmp_path]).files[0])


@pytest.mark.parametrize(
    ("length", "title"),
    [(MAX_TITLE, "题" * MAX_TITLE), (MAX_TITLE + 1, "题" * (MAX_TITLE - 1) + "…")],
)
def test_long_titles_are_cut(tmp_path: Path, length: int, title: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "题" * length, "text": "全年调整。"}))
    (parsed,) = read(discover([file]).files[0])
    assert parsed.report.metadata.title == title
