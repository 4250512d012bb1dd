"""The samples' own questions are what their README says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from corpus.load import discover, read
from eval.judgements.cells import STATED, read_cells
from eval.judgements.quotes import QuotedText, folded
from eval.judgements.read import read_judgements
from eval.places import SAMPLE_QUESTIONS

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


def test_every_quote_is_in_its_report_and_holds_the_answers() -> None:
    texts = {
        parsed.report.report_id: parsed.report.text
        for source in discover([SAMPLES]).files
        for parsed in read(source)
    }
    judged = read_judgements(SAMPLE_QUESTIONS)
    ready = {report: QuotedText(text) for report, text in texts.items()}
    for query in judged.queries:
        assert all(ready[query.report_id].find(quote) for quote in query.quotes), query
        quoted = folded("".join(query.quotes))
        if query.kind == "number":
            assert any(folded(answer) in quoted for answer in query.answers), query
        if query.kind == "list":
            assert query.answers
            assert all(folded(answer) in quoted for answer in query.answers), query
    assert {query.report_id for query in judged.queries} == texts.keys()


def test_how_many_questions_of_which_kind() -> None:
    queries = read_judgements(SAMPLE_QUESTIONS).queries
    languages = Counter(query.language for query in queries)
    assert languages["zh"] >= 60
    assert languages["en"] >= 50
    kinds = Counter(query.kind for query in queries if query.language == "zh")
    assert kinds.keys() == {"number", "list", "wording", "unanswerable"}
    assert min(kinds.values()) >= 6
    assert {query.named for query in queries} == {True, False}


def test_every_cells_quote_is_in_its_report_and_holds_its_value() -> None:
    texts = {
        parsed.report.report_id: parsed.report.text
        for source in discover([SAMPLES]).files
        for parsed in read(source)
    }
    cells = read_cells(SAMPLE_QUESTIONS)
    for cell in cells:
        assert cell.quote in texts[cell.report_id], cell
        assert cell.value in cell.quote, cell
        assert bool(cell.value) is (cell.status == STATED), cell
    assert Counter(cell.status for cell in cells) == {"stated": 49, "not_stated": 60}
    # Every topic is judged of every report, but for the borderline cells.
    assert {cell.report_id for cell in cells} == texts.keys()
