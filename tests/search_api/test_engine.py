"""The facade on a small index: ranking, preferences, filters, errors."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import GovsearchError
from indexer.errors import UnknownReportError
from search_api.engine import (
    MAX_QUERY_CHARACTERS,
    Engine,
    checked_question,
    data_folder,
    open_index,
)
from search_api.errors import BadRequestError, UnknownRegionError, UnknownYearError
from search_api.questions.question import Language
from search_api.retrieval.retrieve import Mode
from tests.search_api.support import HashEncoder


def test_the_place_that_is_named_comes_first(engine: Engine) -> None:
    for place, figure in (("云溪县", "31个"), ("石桥县", "77个"), ("石桥", "77个")):
        result = engine.search(f"{place}调整了多少个人民调解组织？")
        assert figure in result.hits[0].text
        assert result.hits[0].citation.region.startswith(place)
        assert result.places[0].name.startswith(place)


class CountingEncoder(HashEncoder):
    """Tells how many questions it was given at a time."""

    def __init__(self) -> None:
        self.given: list[int] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given.append(len(texts))
        return super().encode_queries(texts)


def test_questions_that_come_one_by_one_can_be_encoded_ahead(engine: Engine) -> None:
    encoder = CountingEncoder()
    asked = Engine(engine.index, lambda: encoder, engine.gazetteer)
    questions = [f"{year}年粮食产量是多少？" for year in range(2000, 2020)]
    asked.encode_ahead([*questions, questions[0], "What was the forest coverage in 2019?"])
    # 20 of them, and the English one in two languages.
    assert encoder.given == [16, 6]
    for question in (*questions, "What was the forest coverage in 2019?"):
        assert asked.search(question).hits == engine.search(question).hits
    assert encoder.given == [16, 6]


def test_what_was_read_of_a_report_stays_the_same(engine: Engine) -> None:
    for info in engine.reports():
        assert engine.text(info.report_id) == engine.index.text(info.report_id)
        assert engine.outline(info.report_id) == engine.index.sections(info.report_id)
        said = engine.statements(info.report_id)
        assert engine.statements(info.report_id) is said  # not read again
        assert sum(said.values(), ()) == engine.index.statements(info.report_id)
        assert all(each.sentence.start == start for start in said for each in said[start])
    for ask in (engine.text, engine.outline, engine.statements):
        with pytest.raises(UnknownReportError):
            ask("nowhere")


def test_without_a_place_both_are_found(engine: Engine) -> None:
    result = engine.search("调整了多少个人民调解组织？")
    assert {hit.citation.region for hit in result.hits[:2]} == {"云溪县", "石桥县"}


def test_a_place_that_is_named_does_not_shut_others_out(engine: Engine) -> None:
    result = engine.search("云溪县粮食产量达到多少万吨")
    assert any("12万吨" in hit.text for hit in result.hits)


def test_a_place_without_reports_still_finds(engine: Engine) -> None:
    assert engine.search("黑龙江省调整了多少个人民调解组织").hits


def test_citations_are_slices_of_the_text(engine: Engine) -> None:
    for hit in engine.search("2024年公路", top_k=100).hits:
        text = engine.text(hit.citation.report_id)
        assert hit.text == hit.citation.quote == text[hit.citation.start : hit.citation.end]
        assert hit.sentence is not None
        assert hit.citation.start <= hit.sentence.start < hit.sentence.end <= hit.citation.end


def test_hits_are_ordered_and_disjoint(engine: Engine) -> None:
    hits = engine.search("调解室", top_k=100).hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [(-hit.score, hit.passage_id) for hit in hits] == sorted(
        (-hit.score, hit.passage_id) for hit in hits
    )
    spans = sorted((h.citation.report_id, h.citation.start, h.citation.end) for h in hits)
    for one, other in pairwise(spans):
        assert one[0] != other[0] or one[2] <= other[1]


def test_best_sentence_is_the_one_that_answers(engine: Engine) -> None:
    hit = engine.search("石桥县调整充实了多少个人民调解组织的调解员").hits[0]
    assert hit.sentence is not None
    text = engine.text(hit.citation.report_id)
    assert hit.sentence.of(text).strip() == "全年调整充实了77个人民调解组织的调解员。"


@pytest.mark.parametrize("mode", list(Mode))
def test_every_mode_finds(engine: Engine, mode: Mode) -> None:
    result = engine.search("云溪县人民调解组织", mode=mode.value)
    assert result.mode is mode
    assert "31个" in result.hits[0].text


def test_lexical_needs_no_encoder(small_data: Path) -> None:
    with open_index(small_data) as engine:  # its encoder would be the bundled model
        assert engine.search("人民调解组织", mode="lexical").hits


def test_english(engine: Engine) -> None:
    result = engine.search("how many mediation organizations were adjusted")
    assert result.language is Language.EN
    assert "人民调解组织" in result.hits[0].text


def test_filters_are_hard(engine: Engine) -> None:
    by_region = engine.search("云溪县人民调解组织", region="石桥", top_k=100)
    assert {hit.citation.region for hit in by_region.hits} == {"石桥县"}
    by_year = engine.search("人民调解组织", year=2024, top_k=100)
    assert {hit.citation.year for hit in by_year.hits} == {2024}
    by_report = engine.search("调解", report_id="石桥县/2025 甲.乙", top_k=100)
    assert {hit.citation.report_id for hit in by_report.hits} == {"石桥县/2025 甲.乙"}
    assert by_report.filters.report_id == "石桥县/2025 甲.乙"


def test_filters_that_exclude_each_other_find_nothing(engine: Engine) -> None:
    assert engine.search("调解", region="云溪县", year=2024).hits == ()


def test_unknown_filters_name_what_is_near(engine: Engine) -> None:
    with pytest.raises(UnknownRegionError, match="云溪县"):
        engine.search("调解", region="云溪市")
    with pytest.raises(UnknownReportError, match="云溪县-2025"):
        engine.search("调解", report_id="云溪县-2026")
    with pytest.raises(UnknownYearError, match="2024, 2025"):
        engine.search("调解", year=1999)
    with pytest.raises(UnknownRegionError):
        engine.search("调解", region="北京市")


@pytest.mark.parametrize("question", ["", "  \n\t", "长" * (MAX_QUERY_CHARACTERS + 1)])
def test_bad_questions(engine: Engine, question: str) -> None:
    with pytest.raises(BadRequestError, match="q:"):
        engine.search(question)


def test_control_characters_of_a_question_do_not_count(engine: Engine) -> None:
    plain, odd = (
        engine.search(question).hits
        for question in ("云溪县人民调解组织", "\x00云溪\x1f县人民\x7f调解\r组织\x85")
    )
    assert plain == odd
    assert checked_question("一\t二\n三\x0b四\r\n五") == "一\t二\n三四\n五"
    with pytest.raises(BadRequestError, match="q: the question is empty"):
        engine.search("\x00\x08")


def test_the_longest_question_is_answered(engine: Engine) -> None:
    assert engine.search("调解" * (MAX_QUERY_CHARACTERS // 2)).hits


@pytest.mark.parametrize("top_k", [0, -1, 101])
def test_top_k_is_limited(engine: Engine, top_k: int) -> None:
    with pytest.raises(BadRequestError, match="top_k"):
        engine.search("调解", top_k=top_k)


def test_unknown_mode(engine: Engine) -> None:
    with pytest.raises(BadRequestError, match="hybrid, dense, lexical"):
        engine.search("调解", mode="fast")


@pytest.mark.parametrize("question", ["zzzz qqqq", "的"])
def test_questions_without_any_word_of_the_index(engine: Engine, question: str) -> None:
    assert engine.search(question, mode=Mode.LEXICAL).hits == ()
    # Vectors are near to some passage always.
    assert engine.search(question).hits


def test_bytes_that_are_no_text_are_left_out(engine: Engine) -> None:
    assert engine.search("调解\udcff室").hits == engine.search("调解室").hits


def test_sentence_vectors_are_those_of_all_sentences(engine: Engine) -> None:
    for info in engine.reports():
        spans, vectors = engine.sentence_vectors(info.report_id)
        assert len(spans) == len(vectors) > 0
        every = [span for each in engine.passages(info.report_id) for span in each.sentences]
        assert spans == [span for span in every if span in set(spans)]


@pytest.mark.parametrize("question", ["？？？", "😀", "。，！"])
def test_questions_without_any_word(engine: Engine, question: str) -> None:
    with pytest.raises(BadRequestError, match="no words"):
        engine.search(question)


def test_stages_are_timed(engine: Engine) -> None:
    result = engine.search("云溪县人民调解组织")
    assert {"understand", "encode", "dense", "lexical", "sentences"} <= result.stages_ms.keys()
    assert result.took_ms >= sum(result.stages_ms.values()) - 0.1


def test_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOVSEARCH_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    assert data_folder("elsewhere") == Path("elsewhere")
    monkeypatch.delenv("GOVSEARCH_DATA")
    assert data_folder().name == "govsearch"


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GovsearchError, match="govsearch index"):
        open_index(tmp_path / "nothing")


def test_importing_the_package_is_light() -> None:
    heavy = "('torch', 'fastapi', 'numpy', 'faiss', 'tantivy', 'openvino')"
    code = f"import sys, search_api; sys.exit(any(m in sys.modules for m in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
