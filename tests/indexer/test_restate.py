"""Statements are stored with their report, made for indexes that lack them, and removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.errors import UnreadableFileError
from corpus.load import SourceFile
from corpus.report import ParsedReport, Span
from corpus.statements.report_statements import report_statements
from corpus.statements.statement import Aspect, Sense, Statement
from indexer import index as index_module
from indexer import ingest, restate
from indexer.build import rebuild, remove, verify, withdraw
from indexer.errors import UnknownReportError
from indexer.index import Index
from indexer.storage import stated
from tests.indexer.conftest import Add
from tests.indexer.support import HashingEncoder, write_reports
from tests.indexer.test_build import whole_folder
from tests.indexer.version_1 import make_version_1, version_of


class Said(NamedTuple):
    """What is expected of a statement; `thing`: a part of its words."""

    thing: str
    value: str
    unit: str
    figure: Span
    sentence: Span
    aspect: Aspect
    sense: Sense
    year: int


# Each says its time and whether it is done, so that there is one way to read it.
COUNTIES = {
    "甲县-2025": "甲县报告\n# 一、财政\n2024年收入增长5.5%。2025年力争新建水库3座。\n2024年调解案件62件。\n",
    "乙县-2025": "乙县报告\n# 一、农业\n2024年粮食产量达到100吨。\n",
}
# Derived by hand from these texts.
EXPECTED = {
    "甲县-2025": [
        Said("收入", "5.5", "%", Span(21, 25), Span(12, 26), Aspect.CHANGE, Sense.DONE, 2024),
        Said("水库", "3", "座", Span(37, 39), Span(26, 40), Aspect.LEVEL, Sense.PLANNED, 2025),
        Said("调解案件", "62", "件", Span(50, 53), Span(41, 54), Aspect.LEVEL, Sense.DONE, 2024),
    ],
    "乙县-2025": [
        Said("粮食产量", "100", "吨", Span(23, 27), Span(12, 28), Aspect.LEVEL, Sense.DONE, 2024)
    ],
}
_OF_2024 = (2024, 2024)
FORTY = {
    f"县{number}-2025": f"一县报告\n# 一、农业\n粮食产量{number}吨。\n"
    for number in range(101, 141)
}


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    store = sqlite3.connect(data / "store.sqlite3")
    found: list[tuple[object, ...]] = store.execute(sql).fetchall()
    store.close()
    return found


def count(data: Path) -> int:
    return int(str(rows(data, "SELECT count(*) FROM statement")[0][0]))


def check_statements(data: Path) -> None:
    """Raise AssertionError unless an index of COUNTIES gives what they state."""
    with Index.open(data) as index:
        for report_id, expected in EXPECTED.items():
            found = index.statements(report_id)
            assert len(found) == len(expected)
            for statement, said in zip(found, expected, strict=True):
                assert said.thing in statement.words
                quantity = statement.quantity
                assert (str(quantity.low), str(quantity.high)) == (said.value, said.value)
                assert (quantity.unit, quantity.span) == (said.unit, said.figure)
                assert (statement.sentence, statement.aspect) == (said.sentence, said.aspect)
                assert statement.sense == said.sense
                assert statement.period is not None
                assert statement.period.years() == {said.year}


@pytest.fixture
def made(tmp_path: Path, add: Add, encoder: HashingEncoder) -> Path:
    """An index of COUNTIES; what the encoder was given for it is forgotten."""
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    encoder.texts.clear()
    return tmp_path / "index"


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file can be read."""

    def unreadable(source: SourceFile) -> tuple[ParsedReport, ...]:
        raise UnreadableFileError(source.name, "nobody may read it")

    monkeypatch.setattr(ingest, "read", unreadable)


@pytest.fixture
def only_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """An opened index makes no statements itself."""

    def made_again(store: object, row: int) -> Iterator[Statement]:
        raise AssertionError("statements are made, not read from the store")

    monkeypatch.setattr(index_module, "made_again", made_again)


def test_statements_are_stored(made: Path, only_stored: None) -> None:
    check_statements(made)
    assert count(made) == 4
    assert rows(
        made,
        "SELECT ordinal, sentence_start, sentence_end, quantity_span_start, quantity_span_end,"
        " quantity_low, quantity_high, quantity_unit, quantity_kind, aspect, bound, sense,"
        " period_first, period_last FROM statement JOIN report ON id = report"
        " WHERE report_id = '甲县-2025' ORDER BY ordinal LIMIT 1",
    ) == [(0, 12, 26, 21, 25, "5.5", "5.5", "%", "percent", "change", "exact", "done", *_OF_2024)]
    summary = verify(made)
    assert (summary.statements, summary.problems) == (4, ())


def test_an_unknown_report_is_refused(made: Path) -> None:
    with Index.open(made) as index, pytest.raises(UnknownReportError, match="甲县-2025"):
        index.statements("甲县-2026")


def test_a_report_that_states_nothing_is_stored_too(
    tmp_path: Path, data: Path, add: Add, only_stored: None
) -> None:
    write_reports(tmp_path / "reports", {"丙县-2025": "丙县报告\n# 一、农业\n工作平稳。\n"})
    add(tmp_path / "reports")
    with Index.open(data) as index:
        assert index.statements("丙县-2025") == ()
    assert verify(data).problems == ()


def test_updated_and_removed_reports_leave_no_statements(
    tmp_path: Path, made: Path, add: Add, only_stored: None
) -> None:
    changed = COUNTIES["甲县-2025"].replace("62件", "63件")
    write_reports(tmp_path / "reports", {"甲县-2025": changed})
    add(tmp_path / "reports")
    assert count(made) == 4
    with Index.open(made) as index:
        assert index.statements("甲县-2025")[2].quantity.low == 63
    assert "调解案件62".encode() not in whole_folder(made)
    assert remove(["甲县-2025"], made).erased
    assert count(made) == 1
    assert rows(made, "SELECT count(*) FROM stated") == [(1,)]
    assert "调解案件".encode() not in whole_folder(made)
    assert verify(made).problems == ()


def test_an_index_of_version_1_is_read(made: Path) -> None:
    make_version_1(made)
    check_statements(made)
    problems = verify(made).problems
    assert len(problems) == 1
    assert "2 reports have no statements" in problems[0]
    assert "govsearch rebuild" in problems[0]
    assert version_of(made) == 1  # reading changes nothing


def test_an_index_of_version_1_is_migrated_by_the_next_build(
    tmp_path: Path,
    made: Path,
    add: Add,
    encoder: HashingEncoder,
    unread: None,
    only_stored: None,
) -> None:
    make_version_1(made)
    summary = add(tmp_path / "reports")
    assert set(summary.unchanged) == set(COUNTIES)
    assert encoder.texts == []
    assert version_of(made) == 2
    check_statements(made)
    assert verify(made).problems == ()
    with Index.open(made) as index:
        assert index.generation == 2  # readers open it again, and find them
    add(tmp_path / "reports")
    with Index.open(made) as index:
        assert index.generation == 2
    assert encoder.texts == []


def test_a_rebuild_migrates(made: Path, unread: None, only_stored: None) -> None:
    make_version_1(made)
    assert rebuild(made).embedded == 0
    check_statements(made)
    assert verify(made).problems == ()


def test_removing_from_an_index_of_version_1_migrates_nothing(made: Path) -> None:
    make_version_1(made)
    assert withdraw(made) == 0
    assert remove(["甲县-2025"], made).passages == 2
    assert version_of(made) == 1
    with Index.open(made) as index:
        assert len(index.statements("乙县-2025")) == 1


def test_readers_of_version_1_go_on_while_it_is_migrated(
    tmp_path: Path, made: Path, add: Add
) -> None:
    make_version_1(made)
    with Index.open(made) as before:
        add(tmp_path / "reports")
        assert not before.is_current()
        assert len(before.statements("甲县-2025")) == 3
        with Index.open(made) as after:
            assert after.statements("甲县-2025") == before.statements("甲县-2025")


def test_another_reading_makes_all_anew(
    tmp_path: Path,
    made: Path,
    add: Add,
    encoder: HashingEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sqlite3.connect(made / "store.sqlite3", isolation_level=None).execute(
        "UPDATE statement SET words = '不对'"
    ).connection.close()
    monkeypatch.setattr(stated, "READING", "another")
    check_statements(made)  # not those stored
    add(tmp_path / "reports")
    assert encoder.texts == []
    assert rows(made, "SELECT value FROM setting WHERE name = 'statements'") == [("another",)]
    monkeypatch.setattr(index_module, "made_again", None)
    check_statements(made)
    assert verify(made).problems == ()


def test_interrupted_migration_goes_on(
    tmp_path: Path, made: Path, add: Add, encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_version_1(made)
    read: list[str] = []

    def counted(text: str, *others: object) -> Iterator[Statement]:
        read.append(text)
        if len(read) == 2:
            raise KeyboardInterrupt
        yield from report_statements(text, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(restate, "report_statements", counted)
    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "reports")
    assert rows(made, "SELECT count(*) FROM stated") == [(1,)]
    # A reader sees none of it and makes what it is asked for.
    assert "2 reports have no statements" in verify(made).problems[0]
    check_statements(made)
    read[:] = ["before"] * 2
    add(tmp_path / "reports")
    assert len(read) == 3  # only the one that was missing
    assert encoder.texts == []
    check_statements(made)
    assert verify(made).problems == ()


def test_interrupted_build_has_its_statements(
    tmp_path: Path, made: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_BATCH_TEXTS", 1)
    write_reports(tmp_path / "more", FORTY)

    class Interrupted(HashingEncoder):
        def encode_passages(self, texts, progress=None):  # type: ignore[no-untyped-def]
            if len(self.texts) >= 40:  # 20 reports of a passage and a sentence
                raise KeyboardInterrupt
            return super().encode_passages(texts, progress)

    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "more", encoder=Interrupted())
    assert count(made) == 24
    assert verify(made).statements == 4
    assert withdraw(made) == 20
    assert count(made) == 4
    add(tmp_path / "more")
    assert verify(made).statements == 44
    assert verify(made).problems == ()


def test_verify_finds_statements_that_are_not_those_of_the_text(made: Path) -> None:
    store = sqlite3.connect(made / "store.sqlite3", isolation_level=None)
    store.execute("UPDATE statement SET quantity_low = '55' WHERE quantity_low = '62'")
    store.close()
    assert verify(made).problems == ("甲县-2025: the statements stored aren't those of its text",)
