"""Which words of a sentence may be the name, or the date, that is asked for?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.report import Span
from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.quantities import DATE, RANK, half_width, quantities
from indexer.tokenizer import tagged
from search_api.answering.reading.sentence_features import SentenceCandidate
from search_api.questions.plan import Operation
from search_api.questions.words import pattern

LONGEST: Final = 26
# The form of the name of a person.
PERSON: Final = "person_name"
# The same where a report is signed (县长　苏景澄).
SIGNED: Final = "signed"
_SHORTEST: Final = 2
_VERBAL: Final = ("v", "d", "p", "c", "u")
_QUOTED: Final = re.compile(r"[“‘《「][^”’》」]{1,24}[”’》」]")
_ISO: Final = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}")
_YEARS: Final = re.compile(r"(?:19|20)\d\d年?[—－\-–~至到](?:19|20)\d\d年")
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十百\d]+[届次批个期条号代]?")
_INSIDE: Final = frozenset(("的", "和", "与", "及", "·", "-", "“", "”", "（", "）"))
_EDGE: Final = " \t\n、，,。；;：:的和与及—"
# Kinds of words that a name is made of; 的 and 和 may stand inside one.
_NAMING: Final = frozenset(("n", "nr", "ns", "nt", "nz", "j", "l", "i", "b", "a", "an", "vn", "m", "q", "eng", "nrt",
                            "nrfg", "s", "f", "x", "ng", "t", "g", "k", "z", "h"))  # fmt: skip


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
        if _SHORTEST <= len(clause) <= LONGEST:
            found.append((clause, "clause"))
        found += [(span, "trimmed") for span in _trimmed(text, clause)]
        signed = pattern("signed").search(text, clause.start, clause.end)
        if signed is not None:
            found.append((Span(*signed.span("name")), SIGNED))
        found += [(span, PERSON) for span in _persons(text, clause)]
        found += [(span, "counted") for span in _counted(text, clause)]
        runs = tuple(_runs(text, clause))
        found += [(span, "run") for span in runs]
        found += [(span, "part") for run in runs for span in _parts(text, run)]
        items = [Span(a, b) for a, b in _items(text, clause)]
        if len(items) > 1:
            found += [(each, "item") for each in items if _SHORTEST <= len(each) <= LONGEST]
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


def _parts(text: str, run: Span) -> Iterator[Span]:
    """What a run begins and ends with: 天竺综保区(罕见病药品进口额), (国家)医学中心."""
    words = tagged(run.of(text))
    at = run.start
    for word, kind in words[:-1]:
        at += len(word)
        if kind.startswith("n"):
            yield from _long_enough(text, Span(run.start, at))
    at = run.start
    for word, _ in words[:-1]:
        at += len(word)
        yield from _long_enough(text, Span(at, run.end))


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
    """Names of persons, as the dictionary of words knows them."""
    signed = pattern("signed").search(text, clause.start, clause.end)
    if signed is not None:
        return  # a candidate of its own
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
    if _SHORTEST <= len(span) <= LONGEST:
        yield span


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)
