"""Where does a report's body use the terms that its glossary explains?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.outlines.glossary import Explanation, explanations, written_forms
from corpus.outlines.lines import split_lines
from corpus.report import Part, Passage, Section, Span
from search_api.web.reader.block_types import TermPlace

# More of an explanation is read in the glossary itself.
_EXPLANATION_MAX: Final = 160


@dataclass(frozen=True, slots=True)
class Explained:
    """The entries of a report's glossary, and where the body uses their terms, sorted and disjoint."""

    entries: tuple[Explanation, ...]
    places: tuple[TermPlace, ...]


def entry_anchor(entry: Explanation) -> str:
    """The id of an entry in the page."""
    return f"entry-{entry.start}"


def explained(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> Explained:
    """The first use of each term in each section of the body and the annexes."""
    entries = _entries(text, sections, passages)
    if not entries:
        return Explained((), ())
    ranges = _Ranges(
        Span(each.start, each.end) for each in passages if each.part is not Part.GLOSSARY
    )
    found = [
        TermPlace(span, entry_anchor(entry), _told(text, entry))
        for entry in entries
        for form in _forms(text, entry)
        for span in _uses(text, form, ranges)
    ]
    return Explained(tuple(entries), tuple(_firsts(_disjoint(found), sections)))


def _entries(
    text: str, sections: Sequence[Section], passages: Sequence[Passage]
) -> list[Explanation]:
    glossary = [each for each in passages if each.part is Part.GLOSSARY]
    if not glossary:
        return []
    titles = _Ranges(
        Span(each.start, each.heading_end)
        for each in sections
        if each.part is Part.GLOSSARY and not each.number
    )
    covered = _Ranges(Span(each.start, each.end) for each in glossary)
    lines = [
        line
        for line in split_lines(text)
        if covered.hold(line.start, line.start + 1) and not titles.hold(line.start, line.start + 1)
    ]
    return explanations(text, lines) if lines else []


class _Ranges:
    """Disjoint ranges of a text, asked whether one of them holds another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [each.start for each in self._spans]

    def hold(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._spans[at].end


def _forms(text: str, entry: Explanation) -> tuple[str, ...]:
    """How the body refers to an entry: by its term, or by its note (`［1］`)."""
    terms = written_forms(entry.term.of(text)) if entry.explanation else ()
    return (*terms, entry.label) if entry.label else terms


def _told(text: str, entry: Explanation) -> str:
    told = " ".join((entry.explanation or entry.term).of(text).split())
    return told if len(told) <= _EXPLANATION_MAX else told[:_EXPLANATION_MAX] + "…"


def _uses(text: str, form: str, ranges: _Ranges) -> list[Span]:
    # A search for each form, not one for all: a pattern of hundreds of terms is slow at every character.
    found: list[Span] = []
    at = text.find(form)
    while at >= 0:
        if ranges.hold(at, at + len(form)):
            found.append(Span(at, at + len(form)))
        at = text.find(form, at + len(form))
    return found


def _disjoint(found: Iterable[TermPlace]) -> list[TermPlace]:
    """The longest at each place."""
    kept: list[TermPlace] = []
    for each in sorted(found, key=lambda place: (place.span.start, -place.span.end)):
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return kept


def _firsts(places: Iterable[TermPlace], sections: Sequence[Section]) -> list[TermPlace]:
    starts = sorted(each.start for each in sections)
    seen: set[tuple[int, str]] = set()
    kept: list[TermPlace] = []
    for each in places:
        key = (bisect_right(starts, each.span.start), each.anchor)
        if key not in seen:
            seen.add(key)
            kept.append(each)
    return kept
