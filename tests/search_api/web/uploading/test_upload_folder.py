"""Changes that fail or are cut off: files and index agree again, and no file is lost."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.load import discover, fingerprint
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.storage import publish as publish_module
from indexer.storage.lock import write_lock
from indexer.verify import verify
from search_api import engine as engine_module
from search_api.shapes.upload_shapes import Refusal
from search_api.web.state import State
from search_api.web.uploading import folder as folder_module
from search_api.web.uploading.folder import alone, tidy
from search_api.web.uploading.names import RefusedFileError
from search_api.web.uploading.uploads import Uploads
from tests.search_api.support import HashEncoder, write_reports
from tests.search_api.web.uploading.uploads_support import report_text

NAME = "松果县-2025.txt"
ID = "松果县-2025"
OLD, NEW = report_text(57), report_text(83)


@pytest.fixture(autouse=True)
def hash_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(*args: object) -> HashEncoder:
        return HashEncoder()

    monkeypatch.setattr(engine_module, "open_encoder", open_encoder)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    build.add([write_reports(tmp_path)], tmp_path / "index", HashEncoder(), EncoderSettings())
    return tmp_path / "index"


def started(data: Path) -> Uploads:
    """A service that has just been started."""
    uploads = State(data, None, allow_upload=True).uploads
    assert uploads is not None
    return uploads


def send(data: Path, content: bytes, name: str = NAME) -> None:
    started(data).add(name, io.BytesIO(content))


def kept(data: Path) -> dict[str, bytes]:
    """The files in the folder of uploads; folders in it by themselves, which nothing should leave."""
    found = sorted((data / "uploads").iterdir())
    return {each.name: each.read_bytes() if each.is_file() else b"(folder)" for each in found}


def indexed_text(data: Path, report_id: str = ID) -> str:
    engine = State(data, None).engine()
    known = {info.report_id for info in engine.reports()}
    return engine.index.text(report_id) if report_id in known else ""


def add_without_publishing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a build does that is killed when it has written everything."""
    with monkeypatch.context() as broken:

        def stop(*args: object) -> bool:
            raise KeyboardInterrupt

        broken.setattr(build, "publish", stop)
        with pytest.raises(KeyboardInterrupt):
            build.add([data / "uploads" / NAME], data, HashEncoder(), EncoderSettings())


def aside(data: Path, prefix: str, name: str, content: bytes | None) -> None:
    """A folder as a change makes it; None: the mark that there was no such file."""
    place = data / "uploads" / f"{prefix}{build.published(data).generation}-abc"
    place.mkdir(parents=True)
    if content is None:
        (place / name).mkdir()
    else:
        (place / name).write_bytes(content)


def test_an_update_that_was_killed_is_undone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(data, OLD)
    (data / "uploads" / NAME).write_bytes(NEW)
    aside(data, ".earlier-", NAME, OLD)
    (data / "uploads" / ".incoming-x").mkdir()
    add_without_publishing(data, monkeypatch)
    started(data)
    assert kept(data) == {NAME: OLD}
    assert "57个" in indexed_text(data)
    # What was written and not published doesn't come with the next.
    send(data, report_text(91), "另一份.txt")
    assert "57个" in indexed_text(data)
    assert not verify(data).problems


def test_a_first_upload_that_was_killed_leaves_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "uploads").mkdir()
    (data / "uploads" / NAME).write_bytes(NEW)
    aside(data, ".earlier-", NAME, None)
    add_without_publishing(data, monkeypatch)
    started(data)
    assert kept(data) == {}
    send(data, report_text(91), "另一份.txt")
    assert indexed_text(data) == ""


def test_an_update_that_was_published_stays(data: Path) -> None:
    send(data, OLD)
    aside(data, ".earlier-", NAME, OLD)
    (data / "uploads" / NAME).write_bytes(NEW)
    build.add([data / "uploads" / NAME], data, HashEncoder(), EncoderSettings())
    started(data)
    assert kept(data) == {NAME: NEW}
    assert "83个" in indexed_text(data)


def test_a_removal_that_was_killed_is_undone_or_brought_to_its_end(data: Path) -> None:
    send(data, OLD)
    aside(data, ".leaving-", NAME, OLD)
    (data / "uploads" / NAME).unlink()
    started(data)
    assert kept(data) == {NAME: OLD}
    aside(data, ".leaving-", NAME, OLD)
    (data / "uploads" / NAME).unlink()
    build.remove([ID], data)
    started(data)
    assert kept(data) == {}


def test_a_row_that_stayed_as_it_was_does_not_make_a_table_published(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = OLD.decode().replace("\n", " ")
    old = f"report_id,text\n表-甲,{text}\n表-乙,{text}又一句。\n".encode()
    new = f"report_id,text\n表-甲,{text}\n表-乙,{text}再一句。\n".encode()
    send(data, old, "表.csv")

    def fail(*args: object) -> bool:
        raise OSError("broken")

    with monkeypatch.context() as broken:
        broken.setattr(build, "publish", fail)
        with pytest.raises(RefusedFileError):
            send(data, new, "表.csv")
    assert kept(data) == {"表.csv": old}
    assert "又一句" in indexed_text(data, "表-乙")
    send(data, new, "表.csv")
    assert kept(data) == {"表.csv": new}
    assert "再一句" in indexed_text(data, "表-乙")


KILLED = """
import io, os, signal, sys
from pathlib import Path
from indexer import build
from indexer.storage import publish as publish_module
from search_api import engine
from search_api.web.state import State
from tests.search_api.support import HashEncoder

def killed(*args):
    if sys.argv[2] == "after":
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)

engine.open_encoder = lambda *args: HashEncoder()
uploads = State(Path(sys.argv[1]), None, allow_upload=True).uploads
real, build.publish = build.publish, killed
if sys.argv[3] == "add":
    uploads.add(sys.argv[4], io.BytesIO(sys.stdin.buffer.read()))
else:
    uploads.remove([sys.argv[4]])
"""


@pytest.mark.parametrize(
    ("when", "what", "content"),
    [
        ("before", "add", OLD),
        ("after", "add", NEW),
        ("before", "remove", OLD),
        ("after", "remove", b""),
    ],
)
def test_a_process_that_is_killed(data: Path, when: str, what: str, content: bytes) -> None:
    send(data, OLD)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(data), when, what, NAME if what == "add" else ID],
        input=NEW,
        cwd=Path(__file__).parents[4],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert kept(data) != ({NAME: content} if content else {})
    started(data)
    assert kept(data) == ({NAME: content} if content else {})
    text = indexed_text(data)
    if content:
        source = discover([data / "uploads" / NAME]).files[0]
        assert (data / "uploads" / NAME, fingerprint(source)) in build.published(data).files
        assert text.strip() == content.decode().strip()
    else:
        assert text == ""
    assert not verify(data).problems


def test_what_a_living_process_is_at_is_left_alone(data: Path) -> None:
    (data / "uploads" / ".incoming-x").mkdir(parents=True)
    for lock in (alone, write_lock):
        with lock(data):
            uploads = started(data)
            assert kept(data) == {".incoming-x": b"(folder)"}
            with pytest.raises(RefusedFileError) as raised:
                uploads.add(NAME, io.BytesIO(OLD))
            assert raised.value.refusal is Refusal.BUSY
    # It is done before the next change, without a new start.
    uploads.add(NAME, io.BytesIO(OLD))
    assert kept(data) == {NAME: OLD}


def test_a_build_that_was_interrupted_goes_on_after_a_start(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what uploads leave tells that what is written there was theirs."""
    (data / "uploads").mkdir()
    (data / "uploads" / NAME).write_bytes(OLD)
    add_without_publishing(data, monkeypatch)
    started(data)
    assert build.withdraw(data) == 1


def after(real: Callable[..., object], error: Exception) -> Callable[..., object]:
    """The same, which then fails."""

    def fails(*args: object) -> object:
        real(*args)
        raise error

    return fails


def test_an_error_after_publishing_undoes_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(data, OLD)
    with monkeypatch.context() as broken:
        broken.setattr(build, "publish", after(publish_module.publish, OSError("broken")))
        with pytest.raises(RefusedFileError):
            send(data, NEW)
        assert kept(data) == {NAME: NEW}
        assert "83个" in indexed_text(data)
        with pytest.raises(RefusedFileError):
            started(data).remove([ID])
    assert kept(data) == {}
    assert indexed_text(data) == ""


def test_a_file_that_cannot_be_moved_loses_no_other(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(data, OLD)
    send(data, NEW, "另一份.txt")
    uploads = started(data)
    moves: list[str] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        moves.append(self.name)
        if len(moves) == 2:
            raise PermissionError("in use")
        return real(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", replace)
        with pytest.raises(RefusedFileError):
            uploads.remove([ID, "另一份"])
    assert moves[:2] == [NAME, "另一份.txt"]
    assert kept(data) == {NAME: OLD, "另一份.txt": NEW}
    assert indexed_text(data) and indexed_text(data, "另一份")


def test_what_cannot_be_settled_now_is_settled_later(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(data, OLD)
    uploads = started(data)

    def fail(*args: object) -> None:
        raise OSError("broken")

    with monkeypatch.context() as broken:
        broken.setattr(build, "remove", fail)
        broken.setattr(folder_module, "_settle", fail)
        with pytest.raises(RefusedFileError):
            uploads.remove([ID])
    assert NAME not in kept(data)
    with alone(data):
        tidy(uploads.folder, data)
    assert kept(data) == {NAME: OLD}
