"""Folders that are no index, and what is said about them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from indexer.build import remove
from indexer.errors import (
    DamagedIndexError,
    FolderPermissionError,
    ForeignFolderError,
    IndexNotFoundError,
    IndexVersionError,
)
from indexer.index import Index
from indexer.storage.store import (
    FILE_NAME,
    make_folder,
    open_for_reading,
    open_for_writing,
    open_or_create,
)
from tests.indexer.conftest import Add
from tests.indexer.support import write_reports


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match=r"no such folder.*govsearch index PATH --data"):
        Index.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="the folder is empty"):
        Index.open(tmp_path)


def test_store_in_which_nothing_is(data: Path) -> None:
    make_folder(data)
    open_or_create(data).close()
    with pytest.raises(IndexNotFoundError, match="nothing was indexed into it yet"):
        Index.open(data)


def test_folder_of_other_files_is_neither_opened_nor_written_to(tmp_path: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", {"甲": "甲报告\n内容。\n"})
    with pytest.raises(ForeignFolderError, match="other files"):
        Index.open(tmp_path / "reports")
    with pytest.raises(ForeignFolderError, match=r"甲\.txt"):
        add(tmp_path / "reports", data=tmp_path / "reports")
    with pytest.raises(ForeignFolderError):
        remove(["甲"], tmp_path / "reports")
    assert [file.name for file in (tmp_path / "reports").iterdir()] == ["甲.txt"]


def test_file_in_place_of_the_folder(tmp_path: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", {"甲": "甲报告\n内容。\n"})
    file = tmp_path / "reports" / "甲.txt"
    with pytest.raises(ForeignFolderError, match="it is a file"):
        Index.open(file)
    with pytest.raises(ForeignFolderError, match="it is a file"):
        add(tmp_path / "reports", data=file)


def test_database_of_another_program(data: Path) -> None:
    data.mkdir()
    with sqlite3.connect(data / FILE_NAME) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    other.close()
    with pytest.raises(ForeignFolderError, match="another program"):
        Index.open(data)
    with pytest.raises(ForeignFolderError, match="another program"):
        open_or_create(data)


def test_file_that_is_no_database(data: Path) -> None:
    data.mkdir()
    (data / FILE_NAME).write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(ForeignFolderError, match="no database"):
        Index.open(data)


def test_store_cut_short(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", {"甲": "甲报告\n内容。\n"})
    add(tmp_path / "reports")
    file = data / FILE_NAME
    file.write_bytes(file.read_bytes()[:8192])
    with pytest.raises(DamagedIndexError, match=FILE_NAME):
        Index.open(data)


def test_newer_format(data: Path) -> None:
    make_folder(data)
    store = open_or_create(data)
    store.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(IndexVersionError, match=r"format 99.*Upgrade govsearch"):
        Index.open(data)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(data: Path) -> None:
    make_folder(data)
    open_or_create(data).close()
    data.chmod(0)
    try:
        with pytest.raises(FolderPermissionError, match="no permission to read"):
            Index.open(data)
    finally:
        data.chmod(0o700)


def test_permission_refused_by_the_system(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_folder(data)
    open_or_create(data).close()

    def refused(folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(FolderPermissionError, match="no permission to read"):
        Index.open(data)
    with pytest.raises(FolderPermissionError, match="no permission to read or make"):
        make_folder(data)


def test_folder_that_can_only_be_read(
    tmp_path: Path, data: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path / "reports", {"甲": "甲报告\n内容。\n"})
    add(tmp_path / "reports")
    before = {file.name for file in data.iterdir()}
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    with Index.open(data) as index:
        assert index.text("甲") == "甲报告\n内容。\n"
        assert {file.name for file in data.iterdir()} == before
    with pytest.raises(FolderPermissionError, match="no permission to write to"):
        add(tmp_path / "reports")


def test_readers_see_one_state(data: Path) -> None:
    make_folder(data)
    writer = open_or_create(data)
    reader = open_for_reading(data)
    writer.set("generation", "5")
    assert reader.generation == 0
    assert open_for_writing(data).generation == 5
    reader.close()
    writer.close()


def test_failed_transaction_changes_nothing(data: Path) -> None:
    make_folder(data)
    store = open_or_create(data)
    with pytest.raises(RuntimeError), store.transaction():
        store.set("generation", "5")
        raise RuntimeError
    assert store.generation == 0
    store.close()
