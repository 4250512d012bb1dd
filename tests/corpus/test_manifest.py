"""Manifests: what they may say, and errors that name file, line and field."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import GovsearchError
from corpus.manifest import COLUMNS, ManifestEntry, ManifestError, read_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (tmp_path / name).write_text("正文", "utf-8")
    return tmp_path


def test_no_manifest(folder: Path) -> None:
    assert read_manifest(folder) == {}


def test_csv(folder: Path) -> None:
    (folder / "manifest.csv").write_text(
        "file,report_id,title,region,year,kind,issuer,date,url\n"
        "a.txt,linzhou-2021,标题,林周县,2021,rule_of_law,林周县人民政府,2022-01-05,https://x.org\n"
        "sub/c.txt,,,,,,,,\n",
        "utf-8-sig",
    )
    entries = read_manifest(folder)
    assert entries["a.txt"].overrides() == {
        "title": "标题", "region": "林周县", "year": "2021", "kind": "rule_of_law",
        "issuer": "林周县人民政府", "date": "2022-01-05", "url": "https://x.org",
    }  # fmt: skip
    assert entries["a.txt"].report_id == "linzhou-2021"
    assert entries["sub/c.txt"] == ManifestEntry(file="sub/c.txt")


def test_chinese_columns_in_the_encoding_of_a_spreadsheet(folder: Path) -> None:
    text = "文件名,标题,地区,年份\nb.txt,某县的报告标题在此,林周县,2020年\n"
    (folder / "manifest.csv").write_bytes(text.encode("gb18030"))
    entry = read_manifest(folder)["b.txt"]
    assert (entry.title, entry.region, entry.year) == ("某县的报告标题在此", "林周县", "2020年")


def test_jsonl(folder: Path) -> None:
    (folder / "manifest.jsonl").write_text(
        '{"file": "a.txt", "year": 2020, "url": null}\n\n{"file": "b.txt", "地区": "林周县"}\n',
        "utf-8",
    )
    entries = read_manifest(folder)
    assert entries["a.txt"].overrides() == {"year": "2020"}
    assert entries["b.txt"].overrides() == {"region": "林周县"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("file,colour\na.txt,red\n", ["line 1", "'colour'", "unknown column"]),
        ("title\nx\n", ["line 1", "no column `file`"]),
        ("file,标题,title\na.txt,x,y\n", ["line 1", "'title'", "second column"]),
        ("file\na.txt\nz.txt\n", ["line 3", "file", "z.txt does not exist"]),
        ("file\n../a.txt\n", ["line 2", "file", "not in the manifest's folder"]),
        ("file\na.txt\nb.txt\na.txt\n", ["line 4", "a.txt was already named on line 2"]),
        ("file,id\na.txt,x\nb.txt,x\n", ["line 3", "report_id", "x was already named on line 2"]),
        ("file,year\na.txt,26\n", ["line 2", "year", "'26' is no year"]),
        ("file,kind\na.txt,poem\n", ["line 2", "kind", "'poem' is no kind"]),
        ("file,date\na.txt,2026-13-01\n", ["line 2", "date", "is no date"]),
        ("file,title\n,x\n", ["line 2", "file", "empty"]),
        ("file\na.txt,b\n", ["line 2", "2 cells for 1 columns"]),
        ('file,title\n"a.txt,x\n', ["not a row of csv"]),
    ],
)
def test_errors_name_file_line_and_field(folder: Path, text: str, parts: list[str]) -> None:
    path = folder / "manifest.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ManifestError) as caught:
        read_manifest(folder)
    for part in (str(path), *parts):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"file": "a.txt", "title": [1]}', "line 1, title: wanted text, got list"),
        ('{"file": "a.txt", "nope": "1"}', "'nope': unknown column"),
    ],
)
def test_errors_in_jsonl(folder: Path, text: str, part: str) -> None:
    (folder / "manifest.jsonl").write_text(text, "utf-8")
    with pytest.raises(ManifestError, match=r"manifest\.jsonl, line 1") as caught:
        read_manifest(folder)
    assert part in str(caught.value)


def test_two_manifests(folder: Path) -> None:
    for name in ("manifest.csv", "manifest.jsonl"):
        (folder / name).write_text("file\n", "utf-8")
    with pytest.raises(GovsearchError, match="two manifests; keep one"):
        read_manifest(folder)


CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff"),
    max_size=15,
).map(str.strip)
ENTRIES = st.builds(
    ManifestEntry,
    file=st.just("a.txt"),
    report_id=CELLS,
    title=CELLS,
    region=CELLS,
    year=st.sampled_from(["", "2021", "1954"]),
    kind=st.sampled_from(["", "bulletin", "政府工作报告"]),
    issuer=CELLS,
    date=st.sampled_from(["", "2021-02-03", "2021年2月"]),
    url=CELLS,
)


@given(ENTRIES, st.booleans())
def test_what_is_written_is_read(entry: ManifestEntry, as_json: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_text("正文", "utf-8")
        if as_json:
            line = json.dumps(asdict(entry), ensure_ascii=False)
            (folder / "manifest.jsonl").write_text(line + "\n", "utf-8")
        else:
            with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([COLUMNS, tuple(asdict(entry).values())])
        assert read_manifest(folder) == {"a.txt": entry}
