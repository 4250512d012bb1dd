"""Finding files, their fingerprints, and reading them into parsed reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.errors import GovsearchError, UnreadableFileError
from corpus.load import SourceFile, discover, fingerprint, read

TEXT = "林周县2021年度法治政府建设情况报告\n一、主要工作\n开展了工作。\n二、下一步\n继续工作。\n"


def put(folder: Path, *names: str, text: str = TEXT) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def names(folder: Path, *paths: Path) -> list[str]:
    found = discover(paths or [folder]).files
    return [str(source.path.relative_to(folder)) for source in found]


def test_folders_are_read_to_the_bottom(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a.md", "sub/deep/c.html")
    put(
        tmp_path,
        ".hidden.txt",
        ".git/x.txt",
        "~$b.docx",
        ".~lock.b.txt#",
        "manifest.csv",
        text="file\n",
    )
    put(tmp_path, "picture.png", "notes")
    discovery = discover([tmp_path])
    assert names(tmp_path) == ["a.md", "b.txt", "sub/deep/c.html"]
    skipped = {Path(item.name).name: item.reason for item in discovery.skipped}
    assert sorted(skipped) == ["notes", "picture.png"]
    assert skipped["picture.png"].startswith(".png is not read; known formats are .csv, .docx")
    assert skipped["notes"].startswith("a file without a suffix is not read")


def test_names_are_as_the_user_gave_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "reports/a.txt")
    monkeypatch.chdir(tmp_path)
    (source,) = discover([Path("reports")]).files
    assert source.name == str(Path("reports/a.txt"))


def test_a_file_given_twice_is_one_file(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    assert len(discover([tmp_path, tmp_path / "a.txt"]).files) == 1


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert len(discover([tmp_path]).files) == 1


def test_two_files_with_one_id_are_both_left_out(tmp_path: Path) -> None:
    put(tmp_path, "x/same.txt", "y/same.md", "other.txt")
    discovery = discover([tmp_path])
    assert names(tmp_path) == ["other.txt"]
    first, second = discovery.skipped
    assert first.name.endswith("same.txt") and str(tmp_path / "y/same.md") in first.reason
    assert second.name.endswith("same.md") and str(tmp_path / "x/same.txt") in second.reason
    assert "rename one of the files" in first.reason and "manifest.csv" in first.reason


def test_a_manifest_mends_a_collision(tmp_path: Path) -> None:
    put(tmp_path, "x/same.txt", "y/same.txt")
    put(tmp_path, "manifest.csv", text="file,report_id\ny/same.txt,other\n")
    assert [source.report_id for source in discover([tmp_path]).files] == ["same", "other"]


def test_a_manifest_can_also_make_one(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt", "c.txt")
    put(tmp_path, "manifest.csv", text="file,report_id\na.txt,b\n")
    assert names(tmp_path) == ["c.txt"]


def test_the_nearest_manifest_wins(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    put(tmp_path, "manifest.csv", text="file,title\nsub/a.txt,上\n")
    assert discover([tmp_path]).files[0].override is not None
    put(tmp_path / "sub", "manifest.csv", text="file,title\na.txt,下\n")
    entry = discover([tmp_path]).files[0].override
    assert entry is not None
    assert entry.title == "下"
    # a single file is read with the manifest beside it
    entry = discover([tmp_path / "sub" / "a.txt"]).files[0].override
    assert entry is not None
    assert entry.title == "下"


@pytest.mark.parametrize("content", [[], ["a.png"], [".hidden.txt"]])
def test_a_folder_without_reports(tmp_path: Path, content: list[str]) -> None:
    put(tmp_path, *content)
    with pytest.raises(GovsearchError, match=f"{re.escape(str(tmp_path))}: no reports found"):
        discover([tmp_path])


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(GovsearchError, match="no such file or folder"):
        discover([tmp_path / "nowhere"])


def test_fingerprint_follows_bytes_and_manifest_only(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "sub/a.txt")
    one, two = (SourceFile(tmp_path / name, name) for name in ("a.txt", "sub/a.txt"))
    before = fingerprint(one)
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert fingerprint(two) == before
    put(tmp_path, "manifest.csv", text="file,title\na.txt,新标题\n")
    (changed, _) = sorted(
        (SourceFile(f.path, f.name, f.override) for f in _both(tmp_path)), key=lambda f: f.name
    )
    assert fingerprint(changed) != before
    put(tmp_path, "a.txt", text=TEXT + "。")
    assert fingerprint(one) != before


def _both(folder: Path) -> list[SourceFile]:
    put(folder, "manifest.csv", text="file,title,report_id\na.txt,新标题,x\n")
    return list(discover([folder]).files)


def test_fingerprint_of_a_vanished_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="can't be read"):
        fingerprint(SourceFile(tmp_path / "gone.txt", "gone.txt"))


def test_read_one_report(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "manifest.csv", text="file,url,year\na.txt,https://x.org,2020\n")
    (parsed,) = read(discover([tmp_path]).files[0])
    report = parsed.report
    assert (report.report_id, report.source) == ("a", str(tmp_path / "a.txt"))
    assert report.text.rstrip("\n") == TEXT.rstrip("\n")
    assert (report.metadata.url, report.metadata.year) == ("https://x.org", 2020)
    assert report.metadata.region is not None
    assert report.metadata.region.code == "540121"
    assert parsed.passages and all(p.report_id == "a" for p in parsed.passages)


def test_read_a_table(tmp_path: Path) -> None:
    rows = "id,title,region,year,text\nfirst,某县报告,林周县,2020,正文一。\n,,,,正文二。\n"
    put(tmp_path, "table.csv", text=rows)
    first, second = read(discover([tmp_path]).files[0])
    assert [p.report.report_id for p in (first, second)] == ["first", "table-2"]
    assert (first.report.metadata.title, first.report.metadata.year) == ("某县报告", 2020)
    put(tmp_path, "manifest.csv", text="file,report_id,issuer\ntable.csv,county,某局\n")
    first, second = read(discover([tmp_path]).files[0])
    assert [p.report.report_id for p in (first, second)] == ["first", "county-2"]
    assert second.report.metadata.issuer == "某局"


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (source,) = discover([tmp_path]).files
    source.path.unlink()
    with pytest.raises(UnreadableFileError, match=re.escape(source.name)):
        read(source)


def test_files_that_explain_a_folder_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 说明", encoding="utf-8")
    (tmp_path / "甲县-2025.txt").write_text("甲县工作报告", encoding="utf-8")
    assert [source.path.name for source in discover([tmp_path]).files] == ["甲县-2025.txt"]
    assert [source.path.name for source in discover([tmp_path / "README.md"]).files] == [
        "README.md"
    ]
