"""A sent file is read by another process first: what the process says, and what becomes of it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

from search_api.shapes.upload_shapes import Refusal
from search_api.web.uploading import trial, trial_process
from search_api.web.uploading.names import RefusedFileError
from search_api.web.uploading.trial_process import Tried, try_to_read
from tests.search_api.web.uploading.uploads_support import report_text


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def refusal_of(file: Path, wait_s: float = trial_process.MAX_WAIT_S) -> RefusedFileError:
    with pytest.raises(RefusedFileError) as raised:
        try_to_read(file, wait_s)
    assert raised.value.status == 422
    return raised.value


def table(rows: int, text: str = "全年调整了若干组织。") -> bytes:
    return b"text\n" + f"{text}\n".encode() * rows


def pdf_that_unpacks(megabytes: int) -> bytes:
    """A PDF of one page; its content stream is so large once it is unpacked."""
    packer = zlib.compressobj(9)
    lines = b"BT /F1 12 Tf 72 700 Td (report) Tj ET\n" * 27_594  # a megabyte
    stream = b"".join(packer.compress(lines) for _ in range(megabytes)) + packer.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    cross = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + cross + end


def test_a_report_is_read(tmp_path: Path) -> None:
    text = report_text().decode()
    tried = try_to_read(put(tmp_path, "松果县-2025.txt", text.encode()))
    assert tried.report_ids == ("松果县-2025",)
    assert tried.characters in (len(text), len(text) - 1)  # a reader may drop the last line end


def test_a_small_pdf_that_unpacks_to_much_is_refused_and_costs_little(tmp_path: Path) -> None:
    file = put(tmp_path, "a.pdf", pdf_that_unpacks(200))
    assert file.stat().st_size < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refusal_of(file)
    assert error.refusal is Refusal.TOO_COMPLEX
    assert "1.5 GB" in str(error)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # KB


def test_marks_nested_too_deep_are_refused(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl", b'{"text":' + b"[" * 100_000)
    assert refusal_of(file).refusal is Refusal.TOO_COMPLEX


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = put(tmp_path, "endless_trial.py", b"while True: pass")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(trial, "__name__", fake.stem)
    # Without the clock it would never end.
    assert refusal_of(tmp_path / "a.txt", wait_s=1).refusal is Refusal.TOO_COMPLEX


def test_what_the_process_complains_of_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fake = put(tmp_path, "broken_trial.py", b"import no_such_module")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(trial, "__name__", fake.stem)
    refusal_of(tmp_path / "a.txt")
    assert "No module named 'no_such_module'" in caplog.text


LIMITED = "from search_api.web.uploading import trial; trial.MAX_CPU_S = 1; trial._limit_myself()"


@pytest.mark.parametrize(
    ("costly", "told"),
    [
        ("while True: pass", ""),
        ("bytearray(2 * trial.MAX_MEMORY)", "MemoryError"),
    ],
)
def test_the_process_limits_itself(costly: str, told: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", f"{LIMITED}\n{costly}"],
        cwd=Path(trial.__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode
    assert told in ended.stderr


def test_how_many_reports_a_table_may_have(tmp_path: Path) -> None:
    most = put(tmp_path, "a.csv", table(trial.MAX_REPORTS))
    assert len(try_to_read(most).report_ids) == trial.MAX_REPORTS
    error = refusal_of(put(tmp_path, "b.csv", table(trial.MAX_REPORTS + 1)))
    assert error.refusal is Refusal.TOO_MANY_REPORTS
    assert error.values == {"found": 2001, "most": 2000}


def test_how_long_a_file_may_be(tmp_path: Path) -> None:
    most = put(tmp_path, "a.txt", b"x" * trial.MAX_CHARACTERS)
    assert try_to_read(most) == Tried(("a",), 2_000_000)
    error = refusal_of(put(tmp_path, "b.txt", b"x" * (trial.MAX_CHARACTERS + 1)))
    assert error.refusal is Refusal.TOO_LONG
    assert error.values == {"found": 2_000_001, "most": 2_000_000}


def test_how_many_sentences_a_file_may_have(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", ("这是一句话。" * (trial.MAX_TEXTS + 1)).encode())
    assert refusal_of(file).refusal is Refusal.TOO_COMPLEX


def test_what_is_no_report_says_why(tmp_path: Path) -> None:
    error = refusal_of(put(tmp_path, "a.docx", b"no archive"))
    assert error.refusal is Refusal.UNREADABLE
    assert error.said.startswith("not a Word document")
    assert str(tmp_path) not in str(error)


def test_reasons_hold_no_halves_of_characters(tmp_path: Path) -> None:
    error = refusal_of(put(tmp_path, "a.jsonl", b'{"\\ud800": "x"}'))
    assert str(error).encode()
    assert "no column holds the text" in error.said


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import sys; sys.exit(3)",
        "print('no JSON')",
        "print('[1]')",
        "print('{}')",
        'print(\'{"report_ids": 5, "characters": 1}\')',
        'print(\'{"report_ids": [], "characters": null}\')',
        "import sys; sys.stdout.buffer.write(bytes(256))",
        "import sys\nwhile True: sys.stdout.write('x' * 65536)",
        "import os, time; os.close(1); time.sleep(60)",
    ],
)
def test_a_process_that_says_nothing_of_use_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    fake = put(tmp_path, "fake_trial.py", program.encode())
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(trial, "__name__", fake.stem)
    started = time.monotonic()
    assert refusal_of(tmp_path / "a.txt", wait_s=3).refusal is Refusal.TOO_COMPLEX
    assert time.monotonic() - started < 20


def test_the_process_inherits_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen.json"
    program = f"import json, os; json.dump(dict(os.environ), open({str(seen)!r}, 'w'))"
    fake = put(tmp_path, "fake_trial.py", program.encode())
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(trial, "__name__", fake.stem)
    monkeypatch.setenv("SECRET_KEY_OF_OURS", "hidden")
    refusal_of(tmp_path / "a.txt")
    names = set(json.loads(seen.read_text()))
    assert "SECRET_KEY_OF_OURS" in os.environ
    assert names - {"LC_CTYPE"} <= {*trial_process._INHERITED, "PYTHONPATH"}


def test_the_process_starts_with_the_readers_alone() -> None:
    """It starts for every file that is sent: libraries of the index would take seconds."""
    code = f"import sys, {trial.__name__}; print(*sys.modules)"
    root = Path(trial.__file__).parents[3]
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "corpus.load" in said
    assert not {"indexer", "fastapi", "numpy", "torch", "search_api.engine"} & set(said)


def test_a_large_server_process_is_not_the_files_fault(tmp_path: Path) -> None:
    # What is asked of the kernel must be about the process that reads, not about ours.
    ballast = np.ones(trial.MAX_MEMORY // 8)
    assert refusal_of(put(tmp_path, "a.txt", b" \n ")).refusal is Refusal.UNREADABLE
    assert ballast.nbytes > trial._SHORT_OF
