"""Dispatch by suffix and the refusals every format shares; plain text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus import readers
from corpus.errors import UnreadableFileError
from corpus.readers import SUFFIXES, read_documents
from corpus.report import Document

SHARED = Path(__file__).parents[3].parent / "shared" / "reports"


def test_txt_is_untouched(tmp_path: Path) -> None:
    file = tmp_path / "甲县-2025.TXT"
    file.write_bytes("\ufeff  标题\r\n\r\n　　一、情况  \r\n".encode())
    assert read_documents(file) == [Document("  标题\n\n　　一、情况  \n")]


def test_real_reports_are_untouched() -> None:
    files = sorted(SHARED.rglob("*.txt"))
    if not files:
        pytest.skip("the folder of real reports (../shared/reports) is not there")
    for file in files:
        wanted = file.read_bytes().decode("utf-8-sig")
        wanted = wanted.replace("\r\n", "\n").replace("\r", "\n")
        [document] = read_documents(file)
        assert document.text == wanted, file.name


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_empty_file(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.touch()
    with pytest.raises(UnreadableFileError, match=r"the file is empty; .*remove it") as caught:
        read_documents(file)
    assert caught.value.path == str(file)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_noise(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(bytes((i * i * 31 + i * 7) % 256 for i in range(5000)))
    with pytest.raises(UnreadableFileError):
        read_documents(file)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 3 * 2**20)
    file = tmp_path / "a.txt"
    with file.open("wb") as stream:
        stream.truncate(3 * 2**20 + 1)
    with pytest.raises(UnreadableFileError, match="larger than the limit of 3 MB"):
        read_documents(file)


def test_vanished(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="gone"):
        read_documents(tmp_path / "a.txt")


def test_vanishes_between_stat_and_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("一", encoding="utf-8")

    def gone(*_args: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "open", gone)
    with pytest.raises(UnreadableFileError, match="gone"):
        read_documents(file)


def test_disk_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("一", encoding="utf-8")

    def broken(*_args: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(UnreadableFileError, match=r"Input/output error"):
        read_documents(file)


def test_text_files_load_no_heavy_library(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("一、情况", encoding="utf-8")
    code = (
        "import sys, pathlib, corpus.readers as r; r.read_documents(pathlib.Path(sys.argv[1]));"
        "print(sorted({'pdfplumber', 'pypdfium2', 'lxml', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_folder_and_unknown_format(tmp_path: Path) -> None:
    folder = tmp_path / "a.txt"
    folder.mkdir()
    with pytest.raises(UnreadableFileError, match="not a file"):
        read_documents(folder)
    with pytest.raises(UnreadableFileError, match=r"\.xlsx is not read; known are .*\.docx"):
        read_documents(tmp_path / "a.xlsx")
