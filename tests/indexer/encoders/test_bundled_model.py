from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.encoders import model_folder
from indexer.encoders.bundled_model import BUILDER, cache_folder, ensure, repair
from indexer.encoders.encoder_errors import EncoderError

# Builds slowly and says so in a log beside the folder, so that a second build would show.
BUILD_TWICE = """
import sys, time
from pathlib import Path
from indexer.encoders.bundled_model import ensure
folder, source = Path(sys.argv[1]), Path(sys.argv[2])
def build(source, target, notify):
    with (folder.parent / "log").open("a") as log:
        log.write("built\\n")
    time.sleep(0.5)
    (target / "weights").write_bytes(source.read_bytes() * 2)
print(ensure(folder, source, build, print))
"""


class Factory:
    """A builder that counts."""

    def __init__(self) -> None:
        self.built = 0

    def __call__(self, source: Path, target: Path, notify: object) -> None:
        self.built += 1
        (target / "deep").mkdir()
        (target / "deep" / "weights").write_bytes(source.read_bytes() * 2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.bin"
    path.write_bytes(b"abc")
    return path


def test_built_once_and_reused(tmp_path: Path, source: Path) -> None:
    folder, build, told = tmp_path / "models" / "m", Factory(), list[str]()
    assert ensure(folder, source, build, told.append) == folder
    assert (folder / "deep" / "weights").read_bytes() == b"abcabc"
    assert "once" in told[0]
    told.clear()
    assert ensure(folder, source, build, told.append) == folder
    assert build.built == 1
    assert told == []


def test_no_source_means_no_folder(tmp_path: Path) -> None:
    assert ensure(tmp_path / "m", None, Factory(), print) is None


@pytest.mark.parametrize("harm", ["cut", "gone", "stamp", "no stamp", "version"])
def test_damage_is_seen_and_mended(tmp_path: Path, source: Path, harm: str) -> None:
    folder, build, told = tmp_path / "m", Factory(), list[str]()
    ensure(folder, source, build, told.append)
    weights, stamp = folder / "deep" / "weights", folder / model_folder.STAMP
    if harm == "cut":
        weights.write_bytes(b"ab")
    elif harm == "gone":
        weights.unlink()
    elif harm == "stamp":
        stamp.write_text("{")
    elif harm == "no stamp":
        stamp.unlink()
    else:
        model_folder.write_stamp(folder, BUILDER + 1, "0")
    told.clear()
    ensure(folder, source, build, told.append)
    assert build.built == 2
    assert "damaged" in told[0]
    assert model_folder.damage(folder, BUILDER, thorough=True) is None


def test_changed_bytes_are_found_on_demand(tmp_path: Path, source: Path) -> None:
    folder, build = tmp_path / "m", Factory()
    ensure(folder, source, build, print)
    assert not repair(folder, print)
    (folder / "deep" / "weights").write_bytes(b"abcabd")
    assert model_folder.damage(folder, BUILDER) is None  # the quick check can't see it
    assert repair(folder, print)
    ensure(folder, source, build, print)
    assert (folder / "deep" / "weights").read_bytes() == b"abcabc"


def test_a_failed_build_leaves_nothing(tmp_path: Path, source: Path) -> None:
    def fail(source: Path, target: Path, notify: object) -> None:
        (target / "half").write_bytes(b"x")
        raise EncoderError("no")

    folder = tmp_path / "models" / "m"
    with pytest.raises(EncoderError):
        ensure(folder, source, fail, print)
    assert [path.name for path in folder.parent.iterdir() if path.suffix != ".lock"] == []


def test_what_a_killed_build_left_is_cleared(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "m"
    left = tmp_path / ".m-killed"
    left.mkdir()
    (left / "half").write_bytes(b"x")
    ensure(folder, source, Factory(), print)
    assert not left.exists()


def test_an_unwritable_place_is_named(tmp_path: Path, source: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(EncoderError, match="GOVSEARCH_CACHE"):
        ensure(blocked / "m", source, Factory(), print)


def test_two_processes_build_once(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "m"
    command = [sys.executable, "-c", BUILD_TWICE, str(folder), str(source)]
    root = Path(__file__).parents[3]
    running = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    printed = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert all(text.splitlines()[-1] == str(folder) for text in printed)
    assert (tmp_path / "log").read_text() == "built\n"
    assert (folder / "weights").read_bytes() == b"abcabc"


def test_the_cache_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVSEARCH_CACHE", str(tmp_path / "env"))
    assert cache_folder(None) == tmp_path / "env"
    assert cache_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("GOVSEARCH_CACHE")
    assert cache_folder(None).name == "govsearch"
