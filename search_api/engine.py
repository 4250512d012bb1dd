"""The facade: one opened index with its encoder and gazetteer, asked by the CLI, web and Python."""

from __future__ import annotations

import math
import os
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self

import numpy as np
import platformdirs
from numpy.typing import NDArray

from corpus.places.regions import Gazetteer, load_gazetteer
from corpus.report import Passage, Section, Span
from corpus.statements.statement import Statement
from indexer.encoders.bundled_model import HUB_NAME
from indexer.encoders.encoder import Encoder, open_encoder
from indexer.errors import EncoderMismatchError
from indexer.index import Index
from indexer.tokenizer import tokenize
from indexer.types import ReportInfo, Selection
from search_api.errors import BadRequestError
from search_api.kept_vectors import KeptVectors
from search_api.questions.plan import Operation, Plan
from search_api.questions.planning import plan_of
from search_api.questions.question import Language, Question, understand
from search_api.questions.terms import official_spelling
from search_api.results import NO_FILTERS, Filters, Hit, SearchResult, citation_of
from search_api.retrieval.choice import KnownReport, filtered, preferences
from search_api.retrieval.query import Query, chinese_query, english_query
from search_api.retrieval.rerank import Reranker
from search_api.retrieval.retrieve import Candidate, Mode, Wanted, retrieve
from search_api.retrieval.settings import DEFAULTS, RetrievalSettings
from search_api.retrieval.timing import Stopwatch
from search_api.retrieval.translate import load_glossary

# The encoder reads a few hundred tokens; a longer text is a document, not a question.
MAX_QUERY_CHARACTERS: Final = 2000
MAX_TOP_K: Final = 100
# Passages counted for a word: beyond, it is usual enough, and counting costs time.
FREQUENCY_CAP: Final = 64
FREQUENCIES_KEPT: Final = 16_384
# Vectors kept of questions, and of the short phrases that reports share: a question put to thirty reports
# is embedded once. A vector has 1.5 KB with the bundled model.
QUESTIONS_KEPT: Final = 256
PHRASES_KEPT: Final = 16_384
# Questions encoded at once: twice as fast as one by one, and with more the encoder takes far more memory.
_AT_ONCE: Final = 16
# Reports whose text, outline and statements are kept: who asks one report asks it several questions. Some 60 KB
# each, and a kilobyte a statement, of which a long report has a thousand.
REPORTS_KEPT: Final = 128
DATA_VARIABLE: Final = "GOVSEARCH_DATA"
# By the name of its field: what people call the text that is asked, and what they may write there.
_TEXTS: Final = {"topic": ("topic", ": name an indicator, a theme, or paste a passage")}
_QUESTION: Final = ("question", "")


def data_folder(data: str | Path | None = None) -> Path:
    """The index folder: as given, else from GOVSEARCH_DATA, else in the user's data directory."""
    chosen = data or os.environ.get(DATA_VARIABLE) or platformdirs.user_data_dir("govsearch")
    return Path(chosen).expanduser()


def open_index(data: str | Path | None = None, settings: RetrievalSettings = DEFAULTS) -> Engine:
    """Open the index in a folder (default: see `data_folder`).

    Raises GovsearchError (IndexNotFoundError, ForeignFolderError, IndexVersionError, ...).
    """
    return Engine.open(data_folder(data), settings)


@dataclass(frozen=True, slots=True)
class Consulted:
    """A search's result with what was asked, as it was read."""

    plan: Plan
    query: Query
    result: SearchResult

    @property
    def question(self) -> Question:
        """The question of the plan."""
        return self.plan.question


class Engine:
    """One generation of an index, ready to be asked. Its methods may be called from any thread.

    The encoder is opened when the first question needs it.
    """

    def __init__(
        self,
        index: Index,
        encoder: Callable[[], Encoder],
        gazetteer: Gazetteer,
        settings: RetrievalSettings = DEFAULTS,
    ) -> None:
        self.index = index
        self.gazetteer = gazetteer
        self.settings = settings
        self._open_encoder = encoder
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self._frequency = lru_cache(maxsize=FREQUENCIES_KEPT)(self._word_frequency)
        self._questions = KeptVectors(self._encode_questions, QUESTIONS_KEPT)
        self._phrases = KeptVectors(self._encode_phrases, PHRASES_KEPT)
        self._text = lru_cache(maxsize=REPORTS_KEPT)(index.text)
        self._outline = lru_cache(maxsize=REPORTS_KEPT)(index.sections)
        self._statements = lru_cache(maxsize=REPORTS_KEPT)(self._by_sentence)
        # What a cosine says on its own was learned of one model; another's lie elsewhere.
        self._cosines_compare = HUB_NAME in index.encoder_identity
        self._infos = index.reports()
        self._by_id = {info.report_id: info for info in self._infos}
        self._reports = tuple(
            KnownReport(
                info.report_id, info.metadata.region, info.metadata.year, info.metadata.kind
            )
            for info in self._infos
        )
        self._years = {report.report_id: report.year for report in self._reports}

    @classmethod
    def open(cls, data: Path, settings: RetrievalSettings = DEFAULTS) -> Self:
        """Open the newest generation of the index in a folder. Raises GovsearchError."""
        index = Index.open(data)
        return cls(index, partial(_open_encoder, index, data), load_gazetteer(), settings)

    def reopened(self, data: Path) -> Engine:
        """The newest generation, with the encoder already opened if it is still the right one."""
        index = Index.open(data)
        engine = Engine(index, partial(_open_encoder, index, data), self.gazetteer, self.settings)
        if self._encoder is not None and self._encoder.identity == index.encoder_identity:
            engine._encoder = self._encoder
        return engine

    def with_settings(self, settings: RetrievalSettings) -> Engine:
        """The same index and encoder, asked with other settings: to compare them side by side."""
        return Engine(self.index, lambda: self.encoder, self.gazetteer, settings)

    def close(self) -> None:
        """Close the index; the engine can't be asked any more."""
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def encoder(self) -> Encoder:
        """The encoder the index was made with. Raises EncoderMismatchError if it has changed."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._open_encoder()
            return self._encoder

    def question_vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the encoder makes of questions, `(n, dim)`; those asked lately aren't encoded again."""
        return self._questions.of(texts)

    def encode_ahead(self, questions: Iterable[str]) -> None:
        """Encode in one go questions that are to be put one by one, as many as are kept."""
        asked = (official_spelling(checked_question(each)) for each in questions)
        understood = (understand(each, self.gazetteer, ()) for each in asked)
        texts = dict.fromkeys(text for each in understood for text in self._query(each).texts)
        ahead = list(texts)[:QUESTIONS_KEPT]
        for start in range(0, len(ahead), _AT_ONCE):
            self.question_vectors(ahead[start : start + _AT_ONCE])

    def phrase_vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same of sentences and phrases of reports."""
        return self._phrases.of(texts)

    def reports(self) -> tuple[ReportInfo, ...]:
        """All reports of the index."""
        return self._infos

    def report(self, report_id: str) -> ReportInfo:
        """One report without its text. Raises UnknownReportError."""
        known = self._by_id.get(report_id)
        return known if known is not None else self.index.report(report_id)

    def text(self, report_id: str) -> str:
        """A report's whole text. Raises UnknownReportError."""
        return self._text(report_id)

    def selected(self, filters: Filters = NO_FILTERS) -> tuple[ReportInfo, ...]:
        """The reports that filters let through. Raises as `search` does for filters that fit none."""
        return tuple(self._by_id[each.report_id] for each in self._allowed(filters))

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        """A report's passages in reading order. Raises UnknownReportError."""
        return self.index.report_passages(report_id)

    def sentence_vectors(self, report_id: str) -> tuple[list[Span], NDArray[np.float32]]:
        """A report's sentences that have vectors, in order, with these `(n, dim)`.

        Those of passages of headings only have none. Raises UnknownReportError.
        """
        keys = [
            key
            for first, end in self.index.keys_of([report_id]).ranges
            for key in range(first, end)
        ]
        spans: list[Span] = []
        rows: list[NDArray[np.float32]] = []
        for passage, vectors in zip(
            self.passages(report_id), self.index.sentence_vectors(keys), strict=True
        ):
            if len(vectors):
                spans += passage.sentences
                rows.append(vectors)
        return spans, np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)

    def outline(self, report_id: str) -> tuple[Section, ...]:
        """A report's sections in reading order. Raises UnknownReportError."""
        return self._outline(report_id)

    def statements(self, report_id: str) -> Mapping[int, tuple[Statement, ...]]:
        """What a report states, by the start of the sentence that does, in reading order.

        Sentences that state nothing are not in it. Raises UnknownReportError.
        """
        return self._statements(report_id)

    def places_in(self, text: str) -> tuple[Span, ...]:
        """Where a text names places the gazetteer knows."""
        return tuple(mention.span for mention in self.gazetteer.find(text))

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        region: str | None = None,
        year: int | None = None,
        report_id: str | None = None,
        kind: str | None = None,
        mode: Mode | str = Mode.HYBRID,
    ) -> SearchResult:
        """The passages that answer a question best, each with its citation.

        `region` (a name or a six-digit code), `year`, `report_id` and `kind` (work_report, rule_of_law,
        bulletin, other) shut out other reports. Places
        and years named in the question only bring their reports forward.
        Raises BadRequestError, UnknownRegionError, UnknownYearError, UnknownReportError.
        """
        filters = Filters(region, year, report_id, kind)
        return self.consult(question, filters, top_k=top_k, mode=mode).result

    def plan(
        self, question: str, filters: Filters = NO_FILTERS, operation: Operation | None = None
    ) -> Plan:
        """What a question asks of the reports that the filters let through; `operation` if it is known.

        Raises as `search` does.
        """
        return self._plan(question, self._allowed(filters), operation)

    def consult(
        self,
        question: str | Plan,
        filters: Filters = NO_FILTERS,
        *,
        top_k: int = 10,
        mode: Mode | str = Mode.HYBRID,
    ) -> Consulted:
        """What `search` finds, with what was asked. Raises as `search` does."""
        watch = Stopwatch()
        chosen_mode = checked_mode(mode)
        if not 1 <= top_k <= MAX_TOP_K:
            raise BadRequestError("top_k", f"{top_k} is not between 1 and {MAX_TOP_K}")
        allowed = self._allowed(filters)
        plan = question if isinstance(question, Plan) else self._plan(question, allowed, None)
        understood = plan.question
        watch.lap("understand")
        own = filters.report_id is not None and understood.placeless
        # A report doesn't name its own place in every sentence; what it is asked then is the same
        # question as without it.
        query = self._query(
            replace(understood, text=understood.placeless, places=()) if own else understood
        )
        watch.lap("translate")
        everything = len(allowed) == len(self._reports)
        wanted = Wanted(
            plan=plan,
            query=query,
            mode=chosen_mode,
            top_k=top_k,
            within=None if everything else self._selection(allowed),
            preferences=preferences(plan, allowed, self.gazetteer, self.settings, self._selection),
        )
        candidates = retrieve(
            self.index,
            None if chosen_mode is Mode.LEXICAL else self.question_vectors,
            wanted,
            self._years,
            self.settings,
            watch,
            open_reranker(self.settings.reranker) if self.settings.reranker else None,
        )
        hits = tuple(self._hit(rank, each) for rank, each in enumerate(candidates, start=1))
        watch.lap("cite")
        result = SearchResult(
            query=question if isinstance(question, str) else understood.text,
            mode=chosen_mode,
            took_ms=watch.total,
            filters=filters,
            hits=hits,
            language=understood.language,
            places=understood.places,
            years=understood.years,
            stages_ms=watch.ms,
        )
        return Consulted(plan, query, result)

    def _allowed(self, filters: Filters) -> list[KnownReport]:
        """The reports that filters let through."""
        report_id = filters.report_id
        known = None if report_id is None else self.report(report_id).report_id
        return filtered(
            self._reports, self.gazetteer, filters.region, filters.year, known, filters.kind
        )

    def _plan(
        self, question: str, allowed: Sequence[KnownReport], operation: Operation | None
    ) -> Plan:
        asked = official_spelling(checked_question(question))
        regions = [each.region for each in allowed if each.region is not None]
        return plan_of(understand(asked, self.gazetteer, regions), operation)

    def _by_sentence(self, report_id: str) -> Mapping[int, tuple[Statement, ...]]:
        found: dict[int, list[Statement]] = {}
        for statement in self.index.statements(report_id):
            found.setdefault(statement.sentence.start, []).append(statement)
        return MappingProxyType({start: tuple(each) for start, each in found.items()})

    # The encoder is opened by the first text, not when the engine is made.
    def _encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encoder.encode_queries(texts)

    def _encode_phrases(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encoder.encode_passages(texts)

    def _query(self, question: Question) -> Query:
        if question.language is Language.EN:
            return english_query(question, load_glossary(), self._frequency)
        return chinese_query(question)

    def _word_frequency(self, word: str) -> float:
        """How usual a Chinese word is in the index, 0 if it doesn't occur.

        Logarithm of the number of passages. A word that the tokenizer cuts up is as usual as its
        rarest part; one cut into single characters is no word of today's Chinese.
        """
        tokens = set(tokenize(word))
        if word in tokens:
            tokens = {word}
        elif any(len(token) == 1 for token in tokens):
            return 0.0
        counts = [len(self.index.lexical({token: 1.0}, FREQUENCY_CAP)) for token in tokens]
        return math.log1p(min(counts, default=0))

    def _selection(self, reports: Sequence[KnownReport]) -> Selection:
        return self.index.keys_of([each.report_id for each in reports])

    def _hit(self, rank: int, candidate: Candidate) -> Hit:
        passage = candidate.passage
        return Hit(
            rank=rank,
            score=candidate.score,
            passage_id=passage.passage_id,
            text=passage.text,
            heading_path=passage.heading_path,
            citation=citation_of(passage, self._by_id[passage.report_id]),
            sentence=candidate.sentence,
            sentences=passage.sentences,
            likeness=candidate.likeness,
            cosines=candidate.cosines if self._cosines_compare else (),
        )


def checked_question(question: str, field: str = "q") -> str:
    """The question without the space around it, and without characters that are no text.

    Raises BadRequestError: empty, without words, or too long.
    """
    asked = "".join(filter(_is_text, question)).strip()
    name, advice = _TEXTS.get(field.lower(), _QUESTION)
    if not asked:
        raise BadRequestError(field, f"the {name} is empty{advice}")
    if not any(char.isalnum() for char in asked):
        raise BadRequestError(field, f"the {name} has no words{advice}")
    if len(asked) > MAX_QUERY_CHARACTERS:
        raise BadRequestError(
            field,
            f"the {name} has {len(asked):,} characters, {MAX_QUERY_CHARACTERS:,} is the most",
        )
    return asked


def _is_text(char: str) -> bool:
    """Whether it is no control character and no half of one (a byte that is no UTF-8).

    Those come with a paste, part words, and nobody sees them.
    """
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")


def checked_mode(mode: Mode | str) -> Mode:
    """The mode of that name. Raises BadRequestError naming those there are."""
    try:
        return Mode(mode)
    except ValueError:
        names = ", ".join(Mode)
        raise BadRequestError("mode", f"{mode!r} is none of {names}") from None


@lru_cache(maxsize=1)
def open_reranker(name: str) -> Reranker:
    """A cross-encoder, loaded once a process. Raises EncoderError."""
    # torch takes seconds to import; only a cross-encoder needs it.
    from indexer.encoders.sentence_transformer import open_cross_encoder  # noqa: PLC0415

    return open_cross_encoder(name)


def _open_encoder(index: Index, data: Path) -> Encoder:
    encoder = open_encoder(index.encoder_settings)
    if encoder.identity != index.encoder_identity:
        raise EncoderMismatchError(data, index.encoder_identity, encoder.identity)
    return encoder
