"""How is a report cut into passages?

A passage holds whole sentences of one section; short items of one enumeration are kept together
with the sentence that introduces them, under the section that holds the enumeration. All passages
together cover every character of the body that is not white space exactly once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.outlines.lines import split_lines
from corpus.report import Part, Passage, PassageKind, Report, Section, Span
from corpus.sentences import LONGEST, paragraphs, sentences

# Wanted lengths in characters: below, a passage says too little to be found or cited by itself;
# above, it says too many things at once.
_SHORT, _LONG, _HARD = 100, 350, LONGEST
# Items shorter than this are read together with their neighbours. Enumerations (level 5, topics)
# are parts of one thought; numbered items (1. and （1）) stand on their own unless they are tiny.
_SMALL_ITEM = {3: 50, 4: 50, 5: 100, 6: 60}
# Costs of a way to cut, in units of "one passage twice too short".
_CUT_IN_PARAGRAPH = 0.15
_CUT = 0.05


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, with the section it stands in and whether it begins a paragraph."""

    span: Span
    owner: int | None
    begins: bool
    block: int  # units of different blocks have furniture between them
    heading: bool


def passages(report: Report, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """The passages of a report in reading order; `passage.text == report.text[start:end]`."""
    units = _units(report, sections)
    index = {section.section_id: number for number, section in enumerate(sections)}
    parents = [index[s.parent_id] if s.parent_id is not None else None for s in sections]
    segments = _merge(_segments(units), sections, parents)
    made: list[Passage] = []
    for owner, segment in segments:
        for piece in _pack(segment):
            made.append(_passage(report, sections, parents, owner, piece))
    return tuple(made)


def _units(report: Report, sections: Sequence[Section]) -> list[_Unit]:
    text = report.text
    cuts = sorted({s.start for s in sections} | {s.end for s in sections})
    # Where a heading introduces sections of its own, its line says nothing that they don't say.
    introducing = {s.parent_id for s in sections}
    headings = {s.start: s.heading_end for s in sections if s.section_id in introducing}
    owners = _Owners(sections)
    units: list[_Unit] = []
    lines = split_lines(text, report.furniture, report.hints)
    for paragraph in paragraphs(text, lines):
        low, high = bisect_right(cuts, paragraph.start), bisect_right(cuts, paragraph.end)
        for number, span in enumerate(sentences(text, paragraph, cuts[low:high])):
            heading_end = headings.get(span.start, -1)
            units.append(
                _Unit(
                    span=span,
                    owner=owners.at(span.start),
                    begins=number == 0,
                    block=_block(report.furniture, span.start),
                    heading=0 <= span.end - heading_end <= 2,
                )
            )
    return units


def _block(furniture: Sequence[Span], offset: int) -> int:
    return bisect_right(furniture, offset, key=lambda span: span.start)


class _Owners:
    """Which section is the innermost at an offset? Asked in rising order of offsets."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._next = 0
        self._open: list[int] = []

    def at(self, offset: int) -> int | None:
        while self._next < len(self._sections) and self._sections[self._next].start <= offset:
            self._open.append(self._next)
            self._next += 1
        while self._open and self._sections[self._open[-1]].end <= offset:
            self._open.pop()
        return self._open[-1] if self._open else None


_Segment = tuple[int | None, list[_Unit]]


def _segments(units: Sequence[_Unit]) -> list[_Segment]:
    """Runs of units of one section with nothing between them."""
    segments: list[_Segment] = []
    for unit in units:
        if segments and segments[-1][0] == unit.owner and segments[-1][1][-1].block == unit.block:
            segments[-1][1].append(unit)
        else:
            segments.append((unit.owner, [unit]))
    return segments


def _merge(
    segments: Sequence[_Segment], sections: Sequence[Section], parents: Sequence[int | None]
) -> list[_Segment]:
    """Join short items of an enumeration with their neighbours."""
    merged: list[_Segment] = []
    for owner, units in segments:
        if merged:
            before, earlier = merged[-1]
            common = _common(before, owner, sections, parents)
            headings = all(unit.heading for unit in units) or all(u.heading for u in earlier)
            if (
                common is not None
                and not headings
                and earlier[-1].block == units[0].block
                and _extent([*earlier, *units]) <= _LONG
                and (
                    _is_small(before, common, earlier, sections)
                    or _is_small(owner, common, units, sections)
                )
            ):
                merged[-1] = (common, earlier + units)
                continue
        merged.append((owner, list(units)))
    return merged


def _common(
    before: int | None,
    owner: int | None,
    sections: Sequence[Section],
    parents: Sequence[int | None],
) -> int | None:
    """The section that holds both segments, if they are items (or the text around items) of it."""
    if (
        before is None
        or owner is None
        or Part.GLOSSARY in (sections[before].part, sections[owner].part)
    ):
        return None
    if parents[owner] == before and sections[owner].level in _SMALL_ITEM:
        return before
    if parents[before] == owner and sections[before].level in _SMALL_ITEM:
        return owner
    both_items = sections[before].level in _SMALL_ITEM and sections[owner].level in _SMALL_ITEM
    return parents[owner] if both_items and parents[before] == parents[owner] else None


def _is_small(
    owner: int | None, common: int, units: Sequence[_Unit], sections: Sequence[Section]
) -> bool:
    if owner is None:
        return False
    if owner == common:  # the text that introduces the items
        return _extent(units) < _SHORT
    return _extent(units) < _SMALL_ITEM[sections[owner].level]


def _extent(units: Sequence[_Unit]) -> int:
    return units[-1].span.end - units[0].span.start


def _pack(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Cut a segment into passages: the cheapest way by length and by where it cuts."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # per count of units: cost, start of last passage
    for end in range(1, len(units) + 1):
        options: list[tuple[float, int]] = []
        for start in range(end - 1, -1, -1):
            length = units[end - 1].span.end - units[start].span.start
            if length > _HARD and start < end - 1:
                break
            cut = 0.0 if start == 0 else _CUT + (0.0 if units[start].begins else _CUT_IN_PARAGRAPH)
            options.append((best[start][0] + _cost(length) + cut, start))
        best.append(min(options))
    pieces: list[list[_Unit]] = []
    end = len(units)
    while end:
        start = best[end][1]
        pieces.append(list(units[start:end]))
        end = start
    return pieces[::-1]


def _cost(length: int) -> float:
    if length < _SHORT:
        return ((_SHORT - length) / _SHORT) ** 2
    if length > _LONG:
        return ((length - _LONG) / _SHORT) ** 2
    return 0.0


def _passage(
    report: Report,
    sections: Sequence[Section],
    parents: Sequence[int | None],
    owner: int | None,
    units: Sequence[_Unit],
) -> Passage:
    start, end = units[0].span.start, units[-1].span.end
    path: list[str] = []
    ancestor = owner
    while ancestor is not None:
        path.append(sections[ancestor].title)
        ancestor = parents[ancestor]
    pages = report.page_starts
    return Passage(
        report_id=report.report_id,
        start=start,
        end=end,
        text=report.text[start:end],
        heading_path=tuple(reversed(path)),
        section_id=sections[owner].section_id if owner is not None else None,
        part=sections[owner].part if owner is not None else Part.BODY,
        kind=PassageKind.HEADING if all(u.heading for u in units) else PassageKind.TEXT,
        page=bisect_right(pages, start) if pages else None,
        sentences=tuple(unit.span for unit in units),
    )
