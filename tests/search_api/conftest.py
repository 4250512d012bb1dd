"""One small index a session, and an engine on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from tests.search_api.support import HashEncoder, write_reports


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the small invented reports. Not to be changed."""
    folder = tmp_path_factory.mktemp("reports")
    data = tmp_path_factory.mktemp("data") / "index"
    build.add([write_reports(folder)], data, HashEncoder(), EncoderSettings(), silent)
    return data


@pytest.fixture
def engine(small_data: Path) -> Iterator[Engine]:
    """An engine on the small index."""
    with Engine(Index.open(small_data), HashEncoder, load_gazetteer()) as opened:
        yield opened
