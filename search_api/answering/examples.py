"""Which questions can be asked of these very reports? Drawn from their sentences, and tried out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from corpus.places.divisions import english_names
from corpus.report import Part, Span
from corpus.statements.quantities import Quantity, quantities
from indexer.tokenizer import tokenize
from indexer.types import ReportInfo
from search_api.answering.answerer import ask
from search_api.answering.saying import UnprovenError
from search_api.answering.types import Answer, Answering
from search_api.engine import Engine
from search_api.questions.question import Language
from search_api.questions.terms import Term, load_terms

_log = logging.getLogger("govsearch")
# A clause that is neither a fragment nor a mouthful, in characters.
_SHORTEST: Final = 9
_LONGEST: Final = 22
# Questions tried for each one wanted: each try costs an answer.
_TRIES: Final = 5
# Clauses that only make sense after the one before.
_HANGING: Final = re.compile(r"^(?:其中|分别|同比|比上年|较上年|累计|平均|占|增长|下降|约|达|共)")
_NO_VOWEL: Final = re.compile(r"\b[b-df-hj-np-tv-xz&]{2,4}\b")
# A figure stands so near behind the name of what it measures, in characters.
_NEAR: Final = 12
# Reports looked into for terms, one a place.
_LOOKED_INTO: Final = 40
_CLAUSE: Final = re.compile(r"[^，。；：！？、,;:!?\n（）()“”]+")
_ASKED_FOR: Final = ("percent", "money", "area", "length", "mass", "people", "count")
_NUMBER: Final = re.compile(r"[\d０-９]")
_FIGURE: Final = re.compile(r"[\d０-９.．,，]+")


def example_questions(engine: Engine, language: Language, wanted: int = 4) -> tuple[str, ...]:
    """Up to `wanted` questions that the index answers, each from another report as far as there are."""
    tried = islice(_candidates(engine, language), wanted * _TRIES)
    found: dict[str, str] = {}  # report id -> its question
    asked: set[str] = set()
    for report_id, question, expected in tried:
        if report_id in found or question in asked:
            continue
        asked.add(question)
        try:
            answer = ask(engine, question, top_k=1)
        except UnprovenError:
            # Nobody asked this: it is told to those who can mend it, and another one is tried.
            _log.exception("the answer to %r is not proven", question)
            continue
        if _is_answered(answer, report_id, expected):
            found[report_id] = question
        if len(found) == wanted:
            break
    return tuple(found.values())


def _is_answered(answer: Answer, report_id: str, expected: str | None) -> bool:
    """Whether the report the question was drawn from answers it."""
    cited = {said.citation.report_id for said in answer.said}
    if expected is not None:
        return answer.answer == expected and report_id in cited
    return answer.answering is Answering.FIGURE and answer.answered and report_id in cited


# Report id, question, and the answer it must get; None: any.
_Candidate = tuple[str, str, str | None]


def _candidates(engine: Engine, language: Language) -> Iterator[_Candidate]:
    if language is Language.EN:
        yield from _of_terms(engine)
    else:
        yield from _of_clauses(engine)


def _of_clauses(engine: Engine) -> Iterator[_Candidate]:
    """A clause of a report with 多少 for its figure: 对全县多少个人民调解组织进行了调整充实."""
    each = [_clauses(engine, info) for info in _one_a_place(engine)]
    for _ in range(_TRIES):
        for questions in each:
            yield from islice(questions, 1)


def _one_a_place(engine: Engine) -> list[ReportInfo]:
    """The newest report of every place, the places in the order of the index."""
    newest: dict[str, ReportInfo] = {}
    for info in engine.reports():
        name = info.metadata.region.name if info.metadata.region else info.report_id
        known = newest.get(name)
        if known is None or (info.metadata.year or 0) > (known.metadata.year or 0):
            newest[name] = info
    return list(newest.values())


def _clauses(engine: Engine, info: ReportInfo) -> Iterator[_Candidate]:
    """The clauses of a report as questions; those first that name an official indicator."""
    place = info.metadata.region.name if info.metadata.region else ""
    found = [
        (info.report_id, f"{place}{question}？", figure)
        for passage in engine.passages(info.report_id)
        if passage.part is Part.BODY
        for span in passage.sentences
        for question, figure in _cloze(
            passage.text[span.start - passage.start : span.end - passage.start]
        )
    ]
    names = [term.name for term in load_terms() if term.indicator]
    yield from sorted(found, key=lambda each: not any(name in each[1] for name in names))


def _cloze(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _CLAUSE.finditer(sentence):
        clause = match.group().strip()
        figures = quantities(clause)
        if len(figures) != 1 or not _SHORTEST <= len(clause) <= _LONGEST or _HANGING.match(clause):
            continue
        question = _asked(clause, figures[0])
        if question is not None and len(tokenize(question)) >= 3:
            yield question, figures[0].about.of(clause)


def _asked(clause: str, figure: Quantity) -> str | None:
    """The clause with 多少 for the number; its unit stays, but for per cent. None if that is no question."""
    if figure.kind not in _ASKED_FOR or not figure.arabic:
        return None
    written = figure.span.of(clause)
    asked = "多少" if figure.kind == "percent" else _FIGURE.sub("多少", written, count=1)
    question = clause[: figure.about.start] + asked + clause[figure.about.end :]
    return None if _NUMBER.search(question) else question


def _of_terms(engine: Engine) -> Iterator[_Candidate]:
    """`What is the forest coverage of Yunnan?` for indicators that a report names with a figure."""
    each = [
        _terms_of(engine, info, number)
        for number, info in enumerate(_one_a_place(engine)[:_LOOKED_INTO])
    ]
    for _ in range(_TRIES):
        for questions in each:
            yield from islice(questions, 1)


def _terms_of(engine: Engine, info: ReportInfo, number: int) -> Iterator[_Candidate]:
    """Of the terms the report states, others first than of its neighbours: `number` counts reports."""
    text = engine.text(info.report_id)
    region = info.metadata.region
    place = english_names().get(region.code) if region is not None else None
    of_place = f" of {place}" if place else ""
    stated = [term for term in load_terms() if term.indicator and _is_stated(term, text)]
    first = number % len(stated) if stated else 0
    for term in (*stated[first:], *stated[:first]):
        if term.english:
            # The table has small letters throughout; a word without a vowel is an abbreviation (GDP).
            english = _NO_VOWEL.sub(lambda word: word.group().upper(), term.english[0])
            yield info.report_id, f"What is the {english}{of_place}?", None


def _is_stated(term: Term, text: str) -> bool:
    """Whether a figure that is measured, no list's number, follows the term right away."""
    at = text.find(term.name)
    behind = Span(at, at + len(term.name) + _NEAR).of(text)
    return at >= 0 and any(each.kind in _ASKED_FOR for each in quantities(behind))
