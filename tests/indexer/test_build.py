"""Adding, updating, removing, and what is left when it goes wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.load import SourceFile
from corpus.report import ParsedReport
from indexer import build, ingest
from indexer.build import rebuild, remove, verify
from indexer.encoders.encoder import EncoderSettings
from indexer.errors import EncoderMismatchError, IndexBusyError, UnknownReportError
from indexer.index import Index
from indexer.storage.lock import write_lock
from indexer.tokenizer import tokenize
from tests.indexer.conftest import Add
from tests.indexer.support import HashingEncoder, read, write_reports

COUNTIES = {
    "甲县-2025": "甲县报告\n# 一、调解\n调整人民调解组织54个。新建3个。\n# 二、财政\n收入增长5.5%。\n",
    "乙县-2025": "乙县报告\n# 一、农业\n粮食产量100吨。\n",
}
HUNDRED = {
    f"县{number}-2025": f"县{number}报告\n# 一、农业\n县{number}粮食产量{number}吨。\n"
    for number in range(100)
}


def find(data: Path, question: str, k: int = 5) -> list[str]:
    """Texts of the passages found by words."""
    with Index.open(data) as index:
        hits = index.lexical(dict.fromkeys(tokenize(question), 1.0), k)
        return [passage.text for passage in index.passages([hit.key for hit in hits])]


def whole_folder(folder: Path) -> bytes:
    """All bytes of all files of a folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_added_reports_are_found(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    summary = add(tmp_path / "reports")
    assert set(summary.added) == {"甲县-2025", "乙县-2025"}
    assert summary.passages == 3
    # 3 passages and their 4 sentences.
    assert summary.embedded == 7
    assert summary.characters == sum(map(len, COUNTIES.values()))
    assert find(data, "调解组织")[0] == "调整人民调解组织54个。新建3个。\n"
    assert verify(data).problems == ()


def test_unchanged_files_cost_nothing(
    tmp_path: Path, data: Path, add: Add, encoder: HashingEncoder
) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    encoder.texts.clear()
    summary = add(tmp_path / "reports")
    assert set(summary.unchanged) == set(COUNTIES)
    assert summary.added == summary.updated == ()
    assert encoder.texts == []
    with Index.open(data) as index:
        assert index.generation == 1


def test_one_added_to_a_hundred_embeds_only_that_one(
    tmp_path: Path, data: Path, add: Add, encoder: HashingEncoder
) -> None:
    write_reports(tmp_path / "reports", HUNDRED)
    add(tmp_path / "reports")
    encoder.texts.clear()
    write_reports(tmp_path / "reports", {"新县-2025": "新县报告\n# 一、水利\n新建水库2座。\n"})
    summary = add(tmp_path / "reports")
    assert summary.added == ("新县-2025",)
    assert len(summary.unchanged) == 100
    assert len(encoder.texts) == summary.embedded == 2  # a passage and its sentence
    assert all("水库" in text for text in encoder.texts)
    assert find(data, "水库") == ["新建水库2座。\n"]
    assert verify(data).problems == ()


def test_update_replaces_and_embeds_only_what_changed(
    tmp_path: Path, data: Path, add: Add, encoder: HashingEncoder
) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    encoder.texts.clear()
    changed = COUNTIES["甲县-2025"].replace("54个", "55个")
    write_reports(tmp_path / "reports", {"甲县-2025": changed})
    summary = add(tmp_path / "reports")
    assert summary.updated == ("甲县-2025",)
    assert summary.unchanged == ("乙县-2025",)
    assert len(encoder.texts) == 2  # the passage and the first of its two sentences
    assert find(data, "调解组织")[0] == "调整人民调解组织55个。新建3个。\n"
    assert "54个".encode() not in whole_folder(data)
    assert verify(data).problems == ()


def test_broken_new_version_leaves_the_old_one(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    write_reports(tmp_path / "reports", {"甲县-2025": "BROKEN"})
    summary = add(tmp_path / "reports")
    assert [(Path(skip.name).stem, skip.reason) for skip in summary.skipped] == [
        ("甲县-2025", "it is broken")
    ]
    assert find(data, "调解组织")[0] == "调整人民调解组织54个。新建3个。\n"


def test_a_reader_that_fails_stops_one_file_only(
    tmp_path: Path, data: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path / "reports", COUNTIES)

    def failing(source: SourceFile) -> tuple[ParsedReport, ...]:
        if source.path.stem == "甲县-2025":
            raise LookupError("no such table")
        return read(source)

    monkeypatch.setattr(ingest, "read", failing)
    summary = add(tmp_path / "reports")
    assert summary.added == ("乙县-2025",)
    assert summary.skipped[0].reason == "reading it failed (LookupError: no such table)"


def test_vanished_files_are_named_and_kept(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    (tmp_path / "reports" / "甲县-2025.txt").unlink()
    summary = add(tmp_path / "reports")
    assert summary.vanished == ("甲县-2025",)
    assert find(data, "调解组织")[0] == "调整人民调解组织54个。新建3个。\n"


def test_moved_folder_is_unchanged(
    tmp_path: Path, data: Path, add: Add, encoder: HashingEncoder
) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    encoder.texts.clear()
    shutil.move(tmp_path / "reports", tmp_path / "elsewhere")
    summary = add(tmp_path / "elsewhere")
    assert set(summary.unchanged) == set(COUNTIES)
    assert encoder.texts == []
    assert add(tmp_path / "elsewhere").vanished == ()


def test_an_id_used_by_another_file_is_skipped(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "a", COUNTIES)
    write_reports(tmp_path / "b", {"甲县-2025": "另一个\n# 一、其他\n内容不同。\n"})
    add(tmp_path / "a")
    summary = add(tmp_path / "b")
    assert len(summary.skipped) == 1
    assert "甲县-2025" in summary.skipped[0].reason
    assert "already used" in summary.skipped[0].reason
    assert len(find(data, "调解组织")) == 1


def test_interrupted_build_goes_on_where_it_was(
    tmp_path: Path, data: Path, add: Add, encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_BATCH_TEXTS", 1)  # each report is committed by itself
    write_reports(tmp_path / "first", COUNTIES)
    add(tmp_path / "first")
    write_reports(tmp_path / "reports", HUNDRED)

    class Interrupted(HashingEncoder):
        def encode_passages(self, texts, progress=None):  # type: ignore[no-untyped-def]
            if len(self.texts) >= 40:  # 20 reports of a passage and a sentence
                raise KeyboardInterrupt
            return super().encode_passages(texts, progress)

    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "reports", encoder=Interrupted())
    # A reader sees the last whole generation, and nothing of the other.
    assert find(data, "县7粮食产量") == ["粮食产量100吨。\n"]
    assert verify(data).problems == ()

    encoder.texts.clear()
    summary = add(tmp_path / "reports")
    assert len(encoder.texts) == 160  # the other 80 reports
    assert len(summary.added) == 100
    assert verify(data).problems == ()
    assert find(data, "县7粮食产量", 1) == ["县7粮食产量7吨。\n"]


def test_killed_writer_loses_nothing_committed(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", HUNDRED)
    program = f"""
import os
from pathlib import Path
from indexer import build, ingest
from indexer.encoders.encoder import EncoderSettings
from tests.indexer.support import HashingEncoder, read
class Killed(HashingEncoder):
    def encode_passages(self, texts, progress=None):
        if len(self.texts) >= 40:
            os._exit(9)
        return super().encode_passages(texts, progress)
ingest.read = read
ingest._BATCH_TEXTS = 1
build.add([Path({str(tmp_path / "reports")!r})], Path({str(data)!r}), Killed(), EncoderSettings())
"""
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, check=False)
    assert ended.returncode == 9
    summary = add(tmp_path / "reports")
    assert len(summary.added) == 100
    assert summary.embedded == 160
    assert verify(data).problems == ()


def test_remove_leaves_no_trace(tmp_path: Path, data: Path, add: Add) -> None:
    secret = {"丙县-2025": "丙县报告\n# 一、绝密事项\n独一无二的句子紫霄雷霆。第二句玄黄宇宙。\n"}
    write_reports(tmp_path / "reports", COUNTIES | secret)
    add(tmp_path / "reports")
    words = [word.encode() for word in ("紫霄", "玄黄宇宙", "绝密事项", "丙县")]
    assert all(word in whole_folder(data) for word in words)
    summary = remove(["丙县-2025"], data)
    assert summary.removed == ("丙县-2025",)
    assert summary.passages == 1
    assert summary.erased
    assert not [word.decode() for word in words if word in whole_folder(data)]
    assert verify(data).problems == ()
    assert verify(data).vectors == 7
    assert find(data, "紫霄") == []
    with Index.open(data) as index, pytest.raises(UnknownReportError):
        index.report("丙县-2025")


def test_vectors_another_report_uses_stay(
    tmp_path: Path, data: Path, add: Add, encoder: HashingEncoder
) -> None:
    same = "同县报告\n# 一、农业\n粮食产量100吨。\n"
    write_reports(tmp_path / "reports", {"一": same, "二": same})
    assert add(tmp_path / "reports").embedded == 2
    remove(["一"], data)
    assert verify(data).problems == ()
    assert verify(data).vectors == 2
    remove(["二"], data)
    assert verify(data).vectors == 0
    with Index.open(data) as index:
        assert index.reports() == ()


def test_remove_of_an_unknown_report_removes_nothing(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    with pytest.raises(UnknownReportError, match="Did you mean 乙县-2025"):
        remove(["甲县-2025", "乙县-2024"], data)
    with Index.open(data) as index:
        assert len(index.reports()) == 2


def test_readers_keep_their_generation(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    before = Index.open(data)
    write_reports(tmp_path / "reports", {"丙县-2025": "丙县报告\n# 一、水利\n新建水库。\n"})
    add(tmp_path / "reports")
    summary = remove(["甲县-2025"], data)
    assert not summary.erased  # it is still being read
    assert not before.is_current()
    assert {report.report_id for report in before.reports()} == set(COUNTIES)
    hit = before.lexical({"调解": 1.0}, 1)[0]
    assert before.passages([hit.key])[0].text.startswith("调整人民调解组织")
    assert before.text("甲县-2025") == COUNTIES["甲县-2025"]
    before.close()
    with Index.open(data) as after:
        assert after.is_current()
        assert {report.report_id for report in after.reports()} == {"乙县-2025", "丙县-2025"}


def test_second_writer_is_told_who_holds_the_lock(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    program = (
        "import sys, pathlib; from indexer.storage.lock import write_lock\n"
        f"with write_lock(pathlib.Path({str(data)!r})):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        for write in (lambda: add(tmp_path / "reports"), lambda: remove(["甲县-2025"], data)):
            with pytest.raises(IndexBusyError, match=rf"process {other.pid} on .*since"):
                write()
        assert find(data, "调解") != []  # readers don't mind
        other.communicate()
    with write_lock(data):
        pass


def test_another_encoder_is_refused(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    with pytest.raises(EncoderMismatchError, match="hashing-1, not with hashing-2"):
        add(tmp_path / "reports", encoder=HashingEncoder("hashing-2"))


def test_rebuild_with_another_encoder(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    other = HashingEncoder("hashing-2")
    summary = rebuild(data, other, EncoderSettings(model="other"))
    assert (summary.reports, summary.passages, summary.embedded) == (2, 3, 7)
    with Index.open(data) as index:
        assert index.encoder_identity == "hashing-2"
        assert index.encoder_settings.model == "other"
    assert verify(data).problems == ()
    assert verify(data).vectors == 7
    assert add(tmp_path / "reports", encoder=other).embedded == 0


def test_missing_or_foreign_indexes_are_made_again(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    shutil.rmtree(data / "generations")
    assert "made again" in verify(data).problems[0]
    assert find(data, "调解组织")[0] == "调整人民调解组织54个。新建3个。\n"
    assert verify(data).problems == ()
    stamp = data / "generations" / "000001" / "stamp.json"
    stamp.write_text(stamp.read_text().replace("hashing-1", "hashing-9"))
    assert len(find(data, "调解组织")) == 1
    assert verify(data).problems == ()


def test_rebuild_equals_what_was(tmp_path: Path, data: Path, add: Add) -> None:
    write_reports(tmp_path / "reports", COUNTIES)
    add(tmp_path / "reports")
    before = find(data, "粮食调解收入")
    assert rebuild(data).embedded == 0
    assert find(data, "粮食调解收入") == before


def test_build_is_exported() -> None:
    assert set(build.__all__) >= {"add", "remove", "verify", "rebuild"}
