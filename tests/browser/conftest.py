"""A browser, and servers over an index of the samples and over one of hostile reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from corpus.places.regions import load_gazetteer
from eval.evaluation import read_evaluation
from eval.places import SAMPLE_BASELINE
from eval.report import html
from indexer import build
from indexer.encoders.encoder import EncoderSettings, open_encoder
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from search_api.web.app import create_app
from search_api.web.quality import EVALUATIONS
from tests.browser.hostile import HOSTILE
from tests.browser.support import Visitor, browser_arguments, chromium, serving
from tests.search_api.support import HashEncoder, write_reports


@pytest.fixture(scope="session")
def program() -> str:
    """The browser's program. Looked for before anything is indexed for it."""
    return chromium()


# One a module: Playwright keeps an event loop running in the thread of the tests, in which other
# modules' tests couldn't run theirs.
@pytest.fixture(scope="module")
def browser(program: str) -> Iterator[Browser]:
    """Debian's chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=browser_arguments())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def samples_data(program: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the samples by the bundled model, with an evaluation. Who changes it puts it back."""
    folder = tmp_path_factory.mktemp("samples")
    data = tmp_path_factory.mktemp("browser") / "index"
    with as_file(files("corpus").joinpath("samples")) as samples:
        shutil.copytree(samples, folder, dirs_exist_ok=True)
    settings = EncoderSettings()
    build.add([folder], data, open_encoder(settings, lambda text: None), settings, silent)
    evaluated = data / EVALUATIONS / "baseline"
    evaluated.mkdir(parents=True)
    shutil.copy(SAMPLE_BASELINE, evaluated / "result.json")
    page = html.render(read_evaluation(SAMPLE_BASELINE))
    (evaluated / "report.html").write_text(page, encoding="utf-8")
    return data


@pytest.fixture(scope="session")
def samples_server(samples_data: Path) -> Iterator[str]:
    """The address of a service over it."""
    with serving(create_app(samples_data)) as base:
        yield base


@pytest.fixture(scope="session")
def hostile_server(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over reports that try to be more than text."""
    data = tmp_path_factory.mktemp("hostile") / "index"
    reports = write_reports(tmp_path_factory.mktemp("reports"), HOSTILE)
    build.add([reports], data, HashEncoder(), EncoderSettings(), silent)
    with (
        Engine(Index.open(data), HashEncoder, load_gazetteer()) as engine,
        serving(create_app(engine=engine)) as base,
    ):
        yield base


@pytest.fixture
def visitor(browser: Browser, samples_server: str) -> Iterator[Visitor]:
    """A person at the samples' service. Fails if anything went wrong while they were there."""
    person = Visitor(browser, samples_server)
    yield person
    person.leave()


@pytest.fixture
def victim(browser: Browser, hostile_server: str) -> Iterator[Visitor]:
    """A person at the service of hostile reports."""
    person = Visitor(browser, hostile_server)
    yield person
    person.leave()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """The start page in Chinese on a desktop."""
    return visitor.open()
