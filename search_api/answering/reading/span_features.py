"""Which words of a sentence may be the name or the date that is asked for, and how well do they fit?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Span
from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.quantities import DATE, RANK, half_width, quantities
from indexer.tokenizer import tagged
from search_api.answering.reading.sentence_features import FEATURES as SENTENCE
from search_api.answering.reading.sentence_features import SentenceCandidate, quoted_terms
from search_api.answering.reading.value_features import Compared
from search_api.questions.plan import Operation
from search_api.questions.words import pattern
from search_api.retrieval.characters import characters

OWN: Final = (
    # how it goes with the question's words around it
    "clause", "before", "behind", "asked_itself", "apart", "slot_left", "slot_right",
    # what it is
    "quoted", "item", "run", "whole_clause", "trimmed", "counted", "person_name", "ordinal", "person", "place",
    "rank", "short", "long", "most", "not_most",
    "called", "called_kind", "wants_person", "wants_place", "not_person", "not_place", "not_ordinal",
    # of a date
    "day", "year_only", "not_day", "not_year", "range", "iso", "worded",
)  # fmt: skip
# A span is as good as its sentence, and as its own words.
FEATURES: Final = (*SENTENCE, *OWN)
_SHORTEST: Final = 2
_VERBAL: Final = ("v", "d", "p", "c", "u")
# How far from the words the question asks for a slot is compared: 由谁担任, 由县长担任.
_SLOT: Final = 3
_LONGEST: Final = 26
_QUOTED: Final = re.compile(r"[“‘《「][^”’》」]{1,24}[”’》」]")
_ISO: Final = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}")
_YEARS: Final = re.compile(r"(?:19|20)\d\d年?[—－\-–~至到](?:19|20)\d\d年")
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十百\d]+[届次批个期条号代]?")
# Kinds of words that a name is made of; 的 and 和 may stand inside one.
_NAMING: Final = frozenset(("n", "nr", "ns", "nt", "nz", "j", "l", "i", "b", "a", "an", "vn", "m", "q", "eng", "nrt",
                            "nrfg", "s", "f", "x", "ng", "t", "g", "k", "z", "h"))  # fmt: skip
_INSIDE: Final = frozenset(("的", "和", "与", "及", "·", "-", "“", "”", "（", "）"))
_EDGE: Final = " \t\n、，,。；;：:的和与及—"
_NEAR: Final = 10


@dataclass(frozen=True, slots=True)
class SpanCandidate:
    """Words of a sentence that may be the answer; `span` counts in the report's text, `of` is the row of its
    sentence among the sentences it was read from, `form` how it was found.
    """

    sentence: SentenceCandidate
    of: int
    span: Span
    form: str

    @property
    def text(self) -> str:
        """The words."""
        start = self.sentence.hit.citation.start
        return self.sentence.hit.text[self.span.start - start : self.span.end - start]


def span_candidates(
    sentences: Sequence[SentenceCandidate], operation: Operation
) -> list[SpanCandidate]:
    """The names, or the dates, of sentences."""
    find = _dates if operation is Operation.DATE else _names
    found: list[SpanCandidate] = []
    for row, sentence in enumerate(sentences):
        seen: set[Span] = set()
        for span, form in find(sentence.text):
            if span not in seen:
                seen.add(span)
                start = sentence.span.start
                place = Span(span.start + start, span.end + start)
                found.append(SpanCandidate(sentence, row, place, form))
    return found


@lru_cache(maxsize=1024)
def _dates(text: str) -> tuple[tuple[Span, str], ...]:
    said = half_width(text)
    found = [(Span(*m.span()), "range") for m in _YEARS.finditer(said)]
    found += [(Span(*m.span()), "iso") for m in _ISO.finditer(said)]
    taken = [span for span, _ in found]
    for each in quantities(said):
        if each.kind == DATE and not any(t.start <= each.span.start < t.end for t in taken):
            behind = pattern("date_behind").match(said, each.about.end)
            end = behind.end() if behind else each.about.end
            found.append((Span(each.about.start, end), "date"))
            taken.append(Span(each.about.start, end))
    found += [
        (Span(*m.span()), "worded")
        for m in pattern("date_words").finditer(said)
        if not any(t.start <= m.start() < t.end for t in taken)
    ]
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[tuple[Span, str], ...]:
    found: list[tuple[Span, str]] = [(Span(*m.span()), "quoted") for m in _QUOTED.finditer(text)]
    found += [(Span(*m.span()), "ordinal") for m in _ORDINAL.finditer(text)]
    found += [(each.about, "rank") for each in quantities(half_width(text)) if each.kind == RANK]
    for clause in _clauses(text):
        if _SHORTEST <= len(clause) <= _LONGEST:
            found.append((clause, "clause"))
        found += [(span, "trimmed") for span in _trimmed(text, clause)]
        found += [(span, "person_name") for span in _persons(text, clause)]
        found += [(span, "counted") for span in _counted(text, clause)]
        found += [(span, "run") for span in _runs(text, clause)]
        items = [Span(a, b) for a, b in _items(text, clause)]
        if len(items) > 1:
            found += [(each, "item") for each in items if _SHORTEST <= len(each) <= _LONGEST]
    return tuple(found)


def _clauses(text: str) -> Iterator[Span]:
    begin = 0
    for end in [*(m.start() for m in statement_pattern("pause").finditer(text)), len(text)]:
        span = _stripped(text, Span(begin, end))
        if len(span):
            yield span
        begin = end + 1


def _items(text: str, clause: Span) -> Iterator[tuple[int, int]]:
    begin = clause.start
    for at in [*(i for i in range(clause.start, clause.end) if text[i] == "、"), clause.end]:
        span = _stripped(text, Span(begin, at))
        yield span.start, span.end
        begin = at + 1


def _runs(text: str, clause: Span) -> Iterator[Span]:
    """The longest stretches of a clause that are made of naming words."""
    at = clause.start
    begin: int | None = None
    end = at
    for word, kind in tagged(clause.of(text)):
        naming = kind in _NAMING or (begin is not None and word in _INSIDE)
        if naming and begin is None:
            begin = at
        if not naming and begin is not None:
            yield from _long_enough(text, Span(begin, end))
            begin = None
        at += len(word)
        end = at
    if begin is not None:
        yield from _long_enough(text, Span(begin, clause.end))


def _trimmed(text: str, clause: Span) -> Iterator[Span]:
    """A clause without the verbs it begins and ends with: 陇东到山东特高压直流工程(投运)."""
    words = tagged(clause.of(text))
    begin, end = clause.start, clause.end
    for word, kind in words:
        if not kind.startswith(_VERBAL):
            break
        begin += len(word)
    for word, kind in reversed(words):
        if not kind.startswith(_VERBAL) or end - len(word) <= begin:
            break
        end -= len(word)
    if begin > clause.start or end < clause.end:
        yield from _long_enough(text, Span(begin, end))


def _persons(text: str, clause: Span) -> Iterator[Span]:
    """Names of persons."""
    at = clause.start
    for word, kind in tagged(clause.of(text)):
        if kind.startswith("nr"):
            yield from _long_enough(text, Span(at, at + len(word)))
        at += len(word)


def _counted(text: str, clause: Span) -> Iterator[Span]:
    """What stands before a figure and its verb: 通讯器材类(增长67.9%)."""
    said = half_width(clause.of(text))
    begin = 0
    for each in quantities(said):
        if each.kind == DATE:
            continue
        words = pattern("verb_before_figure").sub("", said[begin : each.about.start])
        start = clause.start + begin
        yield from _long_enough(text, Span(start, start + len(words)))
        begin = each.about.end


def _long_enough(text: str, span: Span) -> Iterator[Span]:
    span = _stripped(text, span)
    if _SHORTEST <= len(span) <= _LONGEST:
        yield span


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def span_features(
    candidates: Sequence[SpanCandidate], sentences: NDArray[np.float64], compared: Compared
) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`; `sentences`: those of the sentences they were read from."""
    rows = np.zeros((len(candidates), len(OWN)))
    for row, each in enumerate(candidates):
        values = _around(each, compared) | _kind(each, compared)
        rows[row] = [values.get(name, 0.0) for name in OWN]
    return np.hstack([sentences[[each.of for each in candidates]], rows])


def _around(candidate: SpanCandidate, compared: Compared) -> dict[str, float]:
    """How much of the question stands around the words, and how much they are of it themselves."""
    text, wording = candidate.sentence.text, compared.wording
    start = candidate.span.start - candidate.sentence.span.start
    end = candidate.span.end - candidate.sentence.span.start
    pauses = [m.start() for m in statement_pattern("pause").finditer(text)]
    first = max((p + 1 for p in pauses if p < start), default=0)
    last = min((p for p in pauses if p >= end), default=len(text))
    own = characters(candidate.text)
    near = characters(text[first:start] + text[end:last])
    before = characters(text[max(first, start - _NEAR) : start])
    behind = characters(text[end : min(last, end + _NEAR)])
    return {
        "clause": wording.share_of(near),
        "before": wording.share_of(before),
        "behind": wording.share_of(behind),
        "asked_itself": len(own & wording.letters) / max(1, len(own)),
        "apart": float(not near & wording.letters),
        **_slot(compared.plan.text, text[:start], text[end:]),
    }


def _slot(question: str, before: str, behind: str) -> dict[str, float]:
    """How the words stand where the question has its 谁 or 什么: how many characters beside it are the same."""
    asked = pattern("slot").search(question)
    if asked is None:
        return {}
    left, right = question[: asked.start()], question[asked.end() :]
    same_left = next(
        (n for n in range(_SLOT, 0, -1) if left[-n:] and before.endswith(left[-n:])), 0
    )
    same_right = next(
        (n for n in range(_SLOT, 0, -1) if right[:n] and behind.startswith(right[:n])), 0
    )
    return {"slot_left": same_left / _SLOT, "slot_right": same_right / _SLOT}


def _extreme(candidate: SpanCandidate, question: str) -> dict[str, float]:
    """Whether the figure behind the words is the highest of its sentence, where the highest is asked for."""
    lowest = pattern("asks_least").search(question) is not None
    if not lowest and pattern("asks_most").search(question) is None:
        return {}
    said = half_width(candidate.sentence.text)
    figures = [each for each in quantities(said) if each.kind != DATE]
    end = candidate.span.end - candidate.sentence.span.start
    own = next((each for each in figures if end <= each.span.start <= end + _SLOT * _SLOT), None)
    if own is None:
        return {"not_most": 1.0}
    others = [each.low for each in figures if each.unit == own.unit]
    best = min(others) if lowest else max(others)
    return {"most" if own.low == best else "not_most": 1.0}


def _kind(candidate: SpanCandidate, compared: Compared) -> dict[str, float]:
    """What the words are, and whether that is what is asked for."""
    question, text, form = compared.plan.text, candidate.text, candidate.form
    person = pattern("asks_person").search(question) is not None
    place = pattern("asks_place").search(question) is not None
    ordinal = pattern("asks_ordinal").search(question) is not None
    day = pattern("asks_day").search(question) is not None
    year = pattern("asks_year").search(question) is not None
    tags = _tags(text)
    is_person = "nr" in tags
    is_place = "ns" in tags or text.endswith(("市", "县", "省", "区", "州", "镇", "乡"))
    called = asked_noun(question)
    named = bool(called) and text.rstrip("”》’」").endswith(called[-2:])
    terms = quoted_terms(question)
    has_day = bool(re.search(r"\d{1,2}日|-\d{1,2}-", text))
    return _extreme(candidate, question) | {
        "trimmed": float(form == "trimmed"),
        "counted": float(form == "counted"),
        "person_name": float(form == "person_name"),
        "worded": float(form == "worded"),
        "quoted": float(form == "quoted"),
        "item": float(form == "item"),
        "run": float(form == "run"),
        "whole_clause": float(form == "clause"),
        "ordinal": float(form == "ordinal"),
        "rank": float(form == "rank"),
        "person": float(is_person),
        "place": float(is_place),
        "short": float(len(text) < 4),
        "long": len(text) / _LONGEST,
        "called": float(named),
        "called_kind": float(bool(called) and called[-1] == text.rstrip("”》’」")[-1:]),
        "wants_person": float(person and is_person),
        "wants_place": float(place and is_place),
        "not_person": float(person and not is_person),
        "not_place": float(place and not is_place),
        "not_ordinal": float(ordinal and form not in ("ordinal", "rank")),
        "asked_term": float(any(term in text for term in terms)),
        "day": float(day and has_day),
        "not_day": float(day and not has_day),
        "year_only": float(year and not has_day and "月" not in text),
        "not_year": float(year and (has_day or "月" in text)),
        "range": float(form == "range"),
        "iso": float(form == "iso"),
    }


@lru_cache(maxsize=8192)
def _tags(text: str) -> frozenset[str]:
    return frozenset(kind for _, kind in tagged(text))


@lru_cache(maxsize=256)
def asked_noun(question: str) -> str:
    """What a question calls what it asks for: 学院 of 哪所学院升格为大学, empty if it doesn't."""
    found = pattern("called").search(question)
    return (found["noun"] or found["noun2"] or "") if found else ""
