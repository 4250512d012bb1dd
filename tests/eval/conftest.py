"""One small index a session, and an engine on it, for the harness."""

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
def judged_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of small invented reports. Not to be changed."""
    data = tmp_path_factory.mktemp("judged") / "index"
    reports = write_reports(tmp_path_factory.mktemp("reports"))
    build.add([reports], data, HashEncoder(), EncoderSettings(), silent)
    return data


@pytest.fixture
def asked_engine(judged_data: Path) -> Iterator[Engine]:
    """An engine on it."""
    with Engine(Index.open(judged_data), HashEncoder, load_gazetteer()) as opened:
        yield opened
