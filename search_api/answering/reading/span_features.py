"""How well do words of a sentence fit a question for a name or a date? Each feature is defined once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Span
from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.quantities import DATE, half_width, quantities
from corpus.statements.statement import Aspect
from indexer.tokenizer import tagged
from search_api.answering.reading.gap import Gap, gap_of
from search_api.answering.reading.sentence_features import FEATURES as SENTENCE
from search_api.answering.reading.span_candidates import LONGEST, PERSON, SIGNED, SpanCandidate
from search_api.answering.reading.value_features import Compared
from search_api.questions.plan import Plan
from search_api.retrieval.characters import characters

OWN: Final = (
    # how it goes with the question's words around it
    "clause", "before", "behind", "asked_itself", "nothing_new", "new_first", "apart", "slot_left", "slot_right",
    # where in its clause it stands, and beside what
    "opens", "closes", "subject", "object", "verb_behind", "verb_before", "noun_last", "verb_first", "cut",
    # what it is
    "quoted", "item", "run", "part", "whole_clause", "trimmed", "counted", "person_name", "ordinal", "person", "place",
    "rank", "short", "long", "verbal", "figure", "most", "not_most",
    "called", "called_kind", "wants_person", "wants_place", "not_person", "not_place", "not_ordinal",
    # of a date
    "day", "year_only", "not_day", "not_year", "range", "iso", "worded",
)  # fmt: skip
# A span is as good as its sentence, and as its own words.
FEATURES: Final = (*SENTENCE, *OWN)
# Features that say how a candidate was found (`span_candidates`).
_FORMS: Final = (
    "trimmed",
    "counted",
    "worded",
    "quoted",
    "item",
    "run",
    "part",
    "ordinal",
    "rank",
    "range",
    "iso",
)
# How far from the words the question asks for a gap is compared: 由谁担任, 由县长担任.
_BESIDE: Final = 3
_NEAR: Final = 10
# What a name begins with tells it from others of its kind: 天竺 of 天竺综保区.
_FIRST: Final = 2
# How far behind a name its figure stands.
_FIGURE: Final = 24
_PART_ENDS: Final = re.compile("[；;。]")
# So many characters at the end of a name say what it is; so usual is a word for what an English question calls it.
_LAST: Final = 4
_USUAL: Final = 0.2
_BLANK: Final = " \t\n　“”‘’《》"
_CLOSING: Final = "”》’」"
_VERBAL: Final = ("v", "d", "p", "c", "u")
_DAY: Final = re.compile(r"\d{1,2}日|-\d{1,2}-")
_PLACES: Final = ("市", "县", "省", "区", "州", "镇", "乡")
_SENTENCES_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class _Figure:
    """Where a figure begins, its value (below 0 where something fell by so much), unit, and whether it is a change."""

    start: int
    value: Decimal
    unit: str
    change: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence's text, its letters (empty where a character carries no meaning), words (where each begins and ends,
    and its kind), pauses, and figures.
    """

    text: str
    letters: tuple[str, ...]
    words: tuple[tuple[int, int, str], ...]
    pauses: tuple[int, ...]
    figures: tuple[_Figure, ...]

    def among(self, start: int, end: int) -> frozenset[str]:
        """The letters of a stretch."""
        return frozenset(self.letters[start:end]) - _NO_LETTER


_NO_LETTER: Final = frozenset(("",))


def span_features(
    candidates: Sequence[SpanCandidate], sentences: NDArray[np.float64], compared: Compared
) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`; `sentences`: those of the sentences they were read from."""
    rows = np.zeros((len(candidates), len(OWN)))
    gap = gap_of(compared.plan.text)
    share = _share_of(compared)
    for row, each in enumerate(candidates):
        read = _read(each.sentence.text)
        offset = each.sentence.span.start
        span = Span(each.span.start - offset, each.span.end - offset)
        clause = Span(
            max((at + 1 for at in read.pauses if at < span.start), default=0),
            min((at for at in read.pauses if at >= span.end), default=len(read.text)),
        )
        values = {
            **_wording(read, span, clause, share, compared.wording.letters),
            **_position(read, span, clause, gap),
            **_kind(each, read, span, gap),
            **_called(each.text.rstrip(_CLOSING), gap, compared),
            **_extreme(read, span, gap, compared.plan),
        }
        rows[row] = [values.get(name, 0.0) for name in OWN]
    return np.hstack([sentences[[each.of for each in candidates]], rows])


def _share_of(compared: Compared) -> Callable[[frozenset[str]], float]:
    """The share of the question's wording that letters have; only those it asks about matter, and few sets differ."""
    known: dict[frozenset[str], float] = {}

    def share(having: frozenset[str]) -> float:
        asked = having & compared.wording.letters
        if asked not in known:
            known[asked] = compared.wording.share_of(asked)
        return known[asked]

    return share


@lru_cache(maxsize=_SENTENCES_KEPT)
def _read(text: str) -> _Read:
    words: list[tuple[int, int, str]] = []
    at = 0
    for word, kind in tagged(text):
        words.append((at, at + len(word), kind))
        at += len(word)
    return _Read(
        text,
        tuple(map(_letter, text)),
        tuple(words),
        tuple(m.start() for m in statement_pattern("pause").finditer(text)),
        tuple(_figures(half_width(text))),
    )


def _figures(text: str) -> Iterator[_Figure]:
    for each in quantities(text):
        if each.kind != DATE:
            before = text[: each.about.start]
            fell = statement_pattern("fall_before").search(before) is not None
            change = fell or statement_pattern("change_before").search(before) is not None
            yield _Figure(each.span.start, -each.low if fell else each.low, each.unit, change)


@lru_cache(maxsize=8192)
def _letter(char: str) -> str:
    """What a character carries of meaning, empty if nothing."""
    return next(iter(characters(char)), "")


def _wording(
    read: _Read,
    span: Span,
    clause: Span,
    share: Callable[[frozenset[str]], float],
    asked: frozenset[str],
) -> dict[str, float]:
    """How much of the question stands around the words, and how much they are of it themselves."""
    own = read.among(span.start, span.end)
    near = read.among(clause.start, span.start) | read.among(span.end, clause.end)
    first = read.among(span.start, min(span.start + _FIRST, span.end))
    return {
        "clause": share(near),
        "before": share(read.among(max(clause.start, span.start - _NEAR), span.start)),
        "behind": share(read.among(span.end, min(clause.end, span.end + _NEAR))),
        "asked_itself": len(own & asked) / max(1, len(own)),
        "nothing_new": float(own <= asked),
        "new_first": float(not first & asked),
        "apart": float(not near & asked),
    }


def _position(read: _Read, span: Span, clause: Span, gap: Gap) -> dict[str, float]:
    """Whether the words open or close their clause, and fill the question's gap; the kinds of words there."""
    before, behind = read.text[clause.start : span.start], read.text[span.end : clause.end]
    opens, closes = not before.strip(_BLANK), not behind.strip(_BLANK)
    own = [kind for begin, end, kind in read.words if begin >= span.start and end <= span.end]
    next_kind = next((kind for begin, _, kind in read.words if begin >= span.end), "")
    last_kind = next((kind for _, end, kind in reversed(read.words) if end <= span.start), "")
    whole = any(begin == span.start for begin, _, _ in read.words) and any(
        end == span.end for _, end, _ in read.words
    )
    return {
        "opens": float(opens),
        "closes": float(closes),
        "subject": float(gap.subject and opens and not closes),
        "object": float(gap.object and closes and not opens),
        "verb_behind": float(next_kind.startswith("v") and not closes),
        "verb_before": float(last_kind.startswith(("v", "p")) and not opens),
        "noun_last": float(bool(own) and own[-1].startswith("n")),
        "verb_first": float(bool(own) and own[0].startswith("v")),
        "cut": float(not whole),
        "slot_left": _same(gap.left[::-1], read.text[: span.start][::-1]) / _BESIDE,
        "slot_right": _same(gap.right, read.text[span.end :]) / _BESIDE,
    }


def _same(asked: str, said: str) -> int:
    """How many characters, up to three, both begin with."""
    count = 0
    while count < min(_BESIDE, len(asked), len(said)) and asked[count] == said[count]:
        count += 1
    return count


def _extreme(read: _Read, span: Span, gap: Gap, plan: Plan) -> dict[str, float]:
    """Whether the figure behind the words is the highest of its sentence, where the highest is asked for."""
    if not gap.least and not gap.most:
        return {}
    figures = read.figures
    if plan.aspect is Aspect.CHANGE:
        figures = tuple(each for each in figures if each.change)
    own = next((each for each in figures if span.end <= each.start <= span.end + _FIGURE), None)
    if own is None or _PART_ENDS.search(read.text, span.end, own.start):
        return {"not_most": 1.0}
    others = [each.value for each in figures if each.unit == own.unit]
    # What fell most grew least.
    best = min(others) if gap.least or plan.sign < 0 else max(others)
    return {"most" if own.value == best else "not_most": 1.0}


def _called(words: str, gap: Gap, compared: Compared) -> dict[str, float]:
    """Whether words end as the thing that is asked for is called (学院, which college)."""
    if gap.noun:
        return {
            "called": float(words.endswith(gap.noun[-2:])),
            "called_kind": float(words.endswith(gap.noun[-1])),
        }
    groups = compared.wording.groups
    if not (gap.noun_first and groups):
        return {}
    last = characters(words[-_LAST:])
    ways = [letters for letters, usual, _ in groups[0].ways if usual > _USUAL]
    return {
        "called": float(any(letters <= last for letters in ways)),
        "called_kind": float(any(letters & last for letters in ways)),
    }


def _kind(candidate: SpanCandidate, read: _Read, span: Span, gap: Gap) -> dict[str, float]:
    """What the words are, and whether that is what is asked for."""
    text, form = candidate.text, candidate.form
    tags = {kind for begin, end, kind in read.words if begin < span.end and end > span.start}
    is_person = "nr" in tags or form in (PERSON, SIGNED)
    is_place = "ns" in tags or text.endswith(_PLACES)
    has_day = _DAY.search(text) is not None
    return {
        **{name: float(form == name) for name in _FORMS},
        "whole_clause": float(form == "clause"),
        "person_name": float(form in (PERSON, SIGNED)),
        "verbal": float(all(kind.startswith(_VERBAL) for kind in tags)),
        "figure": float(text[:1].isdigit()),
        "person": float(is_person),
        "place": float(is_place),
        "short": float(len(text) < 4),
        "long": len(text) / LONGEST,
        "wants_person": float(gap.person and is_person),
        "wants_place": float(gap.place and is_place),
        "not_person": float(gap.person and not is_person),
        "not_place": float(gap.place and not is_place),
        "not_ordinal": float(gap.ordinal and form not in ("ordinal", "rank")),
        "day": float(gap.day and has_day),
        "not_day": float(gap.day and not has_day),
        "year_only": float(gap.year and not has_day and "月" not in text),
        "not_year": float(gap.year and (has_day or "月" in text)),
    }
