"""Do questions, comparisons and stored statements say the same? On the samples' own cells, and invented ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.places.regions import load_gazetteer
from eval.agreement import (
    ASKED,
    COMPARED,
    OF_REPORT,
    STORED,
    Agreed,
    Agreement,
    Way,
    in_other_words,
    judge_agreement,
    read_topics,
    render,
)
from eval.cli import app
from eval.errors import JudgementError
from eval.judgements.cells import STATED, Cell, read_cells
from eval.places import SAMPLE_QUESTIONS
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from tests.search_api.support import HashEncoder

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
TOPICS = Path(__file__).parent / "sample_topics.tsv"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the samples. Not to be changed."""
    folder = tmp_path_factory.mktemp("samples") / "index"
    build.add([SAMPLES], folder, HashEncoder(), EncoderSettings(), silent)
    return folder


@pytest.fixture(scope="module")
def samples(data: Path) -> Iterator[Engine]:
    with Engine(Index.open(data), HashEncoder, load_gazetteer()) as engine:
        yield engine


CELL = Cell("甲县-2025", "茶叶产量", STATED, "3万吨", "茶叶产量3万吨。")


def agreed(asked: Way, compared: Way, stored: bool | None = True) -> Agreed:
    return Agreed(CELL, {ASKED: asked, OF_REPORT: compared, COMPARED: compared}, stored)


def test_the_same_figure_or_the_same_silence() -> None:
    three = Way("3万吨", "甲县-2025")
    assert three.agrees(Way("３万吨", "甲县-2025"))
    assert not three.agrees(Way("4万吨", "甲县-2025"))
    assert not three.agrees(Way(None))
    assert Way(None).agrees(Way(None))
    assert agreed(three, three).agree
    assert not agreed(Way(None), three).agree
    # Another report of the place answers: that says nothing of this one.
    other = Way("4万吨", "甲县-2024", elsewhere=True)
    assert agreed(other, three).agree
    assert agreed(other, three).right(ASKED) is None
    # A report of another place does not.
    assert agreed(Way("3万吨", "乙县-2025"), three).right(ASKED) is False
    assert agreed(three, three).right(COMPARED) is True


def test_counts_and_what_disagrees() -> None:
    three = Way("3万吨", "甲县-2025")
    found = Agreement([agreed(three, three), agreed(Way(None), three, stored=False)], left_out=2)
    counts = found.counts()
    assert (counts["cells"], counts["agree"], counts["left out"]) == (2, 1, 2)
    assert (counts[f"right {ASKED}"], counts[f"right {COMPARED}"]) == (1, 2)
    assert (counts[STORED], counts["stated"]) == (1, 2)
    text = render(found)
    assert "1 of 2 cells" in text
    assert text.count("judged 3万吨") == 1
    assert "asked —, of the report 3万吨, compared 3万吨, not stored" in text


def test_the_samples_cells_are_the_same_in_all_ways(samples: Engine) -> None:
    cells = read_cells(SAMPLE_QUESTIONS)
    found = judge_agreement(samples, cells)
    counts = found.counts()
    assert counts["cells"] == len(cells)
    assert counts["stated"] == sum(cell.status == STATED for cell in cells)
    # Every judged figure is stored, whatever finds it.
    assert counts[STORED] == counts["stated"]
    assert counts["agree"] >= 0.9 * counts["cells"]
    # A report that is chosen is the same report, asked or compared.
    assert all(each.ways[OF_REPORT].report_id in ("", each.cell.report_id) for each in found.cells)


def test_english_topics_get_what_chinese_ones_do(samples: Engine) -> None:
    cells = in_other_words(read_cells(SAMPLE_QUESTIONS), read_topics(TOPICS))
    assert len({cell.topic for cell in cells}) == 8
    counts = judge_agreement(samples, cells).counts()
    assert counts["agree"] >= 0.9 * counts["cells"]


def test_reports_that_are_not_there(samples: Engine) -> None:
    found = judge_agreement(samples, [CELL])
    assert (found.cells, found.left_out) == ([], 1)


def test_a_topic_without_other_words(tmp_path: Path) -> None:
    path = tmp_path / "topics.tsv"
    path.write_text("# a comment\n\n茶叶产量\ttea output\n", encoding="utf-8")
    assert read_topics(path) == {"茶叶产量": "tea output"}
    assert [cell.topic for cell in in_other_words([CELL], read_topics(path))] == ["tea output"]
    assert in_other_words([CELL], {}) == []
    path.write_text("茶叶产量\n", encoding="utf-8")
    with pytest.raises(JudgementError, match="in other words"):
        read_topics(path)


def test_the_command(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_api.engine.open_encoder", lambda settings: HashEncoder())
    (tmp_path / "questions.jsonl").write_bytes((SAMPLE_QUESTIONS / "questions.jsonl").read_bytes())
    lines = (SAMPLE_QUESTIONS / "compare.jsonl").read_text(encoding="utf-8").splitlines()[:4]
    (tmp_path / "compare.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = ["eval", "agreement", str(tmp_path), "--data", str(data)]
    shown = CliRunner().invoke(app, arguments)
    assert shown.exit_code == 0, shown.output
    assert "of 4 cells" in shown.stdout
    told = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert told["counts"]["cells"] == 4
    assert {"counts", "disagreements"} == set(told)
