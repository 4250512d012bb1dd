from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer import build, ingest
from indexer.build import BuildSummary
from indexer.encoders.encoder import EncoderSettings
from tests.indexer.support import HashingEncoder, read

Add = Callable[..., BuildSummary]


@pytest.fixture
def encoder() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture
def small_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files with the tests' own reader."""
    monkeypatch.setattr(ingest, "read", read)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def add(small_reader: None, data: Path, encoder: HashingEncoder) -> Add:
    """Index files and folders with the tests' reader and encoder."""

    def run(*paths: Path, encoder: HashingEncoder = encoder, data: Path = data) -> BuildSummary:
        folders: Sequence[Path] = paths
        return build.add(folders, data, encoder, EncoderSettings())

    return run
