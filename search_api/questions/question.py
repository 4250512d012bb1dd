"""What is asked: in which language, about which places and years, and about what?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from corpus.report import Region, Span

NATION: Final = "000000"  # the code of the whole country
# How well a report's place answers to the place that is named in the question.
OWN: Final = 1.0  # its own report
PART_OF: Final = 0.5  # a county's report, its province is named
HOLDS: Final = 0.5  # a province's report, one of its counties is named that has no report itself


class Language(StrEnum):
    """The languages questions may be asked in."""

    ZH = "zh"
    EN = "en"


class Mentioned(Protocol):
    """A place named in a text (`corpus.places.regions.Mention`)."""

    @property
    def span(self) -> Span: ...
    @property
    def region(self) -> Region: ...
    @property
    def candidates(self) -> tuple[Region, ...]: ...


class PlaceFinder(Protocol):
    """What is needed of `corpus.places.regions.Gazetteer`."""

    def find(self, text: str, year: int | None = None) -> Sequence[Mentioned]: ...
    def within(self, region: Region, ancestor: Region) -> bool: ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is understood. `topic` is the text without the places and years."""

    text: str
    language: Language
    topic: str
    places: tuple[Region, ...] = ()
    years: tuple[int, ...] = ()
    # The text without the places: what a report of one of them is asked. Empty: it names none.
    placeless: str = ""


_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
# 1949..2099 that is no figure of something: 2000人 and 2025.5 are not years, 2025年 and 2025 are.
_YEAR = re.compile(
    r"(?<![\d.,])(19[4-9]\d|20\d\d)(?:年度|年(?![轻级龄])|(?![\d.,]*\d)(?![%％‰]|\s*[个人万亿千百多余]))"
)
_HAN_YEAR = re.compile(r"([一二][〇零○一二三四五六七八九]{3})年")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|县|区|旗)$")
_MARKS = " \t\n,，、:：的'’"


def understand(text: str, finder: PlaceFinder, regions: Iterable[Region]) -> Question:
    """Read a question. `regions` are the places the index has reports of; others don't matter.

    A place is taken out of the topic when a report is of it or of a part of it; a town inside a
    report's province stays, because only the report's text can say more of it.
    """
    asked = unicodedata.normalize("NFKC", text).strip()
    known = tuple(dict.fromkeys(regions))
    years, year_spans = _years(asked)
    places: list[Region] = []
    cut: list[Span] = []
    # A year that is named says which year's names and borders are meant.
    for span, meant in mentions(asked, finder, known, years[0] if years else None):
        for region in meant:
            if region.code == NATION or not any(affinity(r, (region,), finder) for r in known):
                continue
            places.append(region)
            if any(_lies_in(report, region, finder) for report in known):
                cut.append(span)
    return Question(
        text=asked,
        language=language_of(asked),
        topic=_without(asked, [*year_spans, *cut]) or asked,
        places=tuple(dict.fromkeys(places)),
        years=years,
        placeless=_without(asked, cut) if cut else "",
    )


def language_of(text: str) -> Language:
    """Chinese as soon as there is a Han character, else English if there is a Latin word."""
    return Language.EN if not _HAN.search(text) and _LATIN.search(text) else Language.ZH


def affinity(report: Region | None, named: Sequence[Region], finder: PlaceFinder) -> float:
    """How well a report's place answers to the named places: 1 for its own, 0 for another's."""
    if report is None:
        return 0.0
    best = 0.0
    for place in named:
        if same(report, place):
            return OWN
        if _lies_in(report, place, finder):
            best = max(best, PART_OF)
        elif _lies_in(place, report, finder):
            best = max(best, HOLDS)
    return best


def _lies_in(region: Region, ancestor: Region, finder: PlaceFinder) -> bool:
    """Whether it is the place or a part of it; everything lies in the country, which says nothing."""
    if same(region, ancestor):
        return True
    if {region.code, ancestor.code} & {NATION, ""}:
        return False
    return finder.within(region, ancestor)


def same(one: Region, other: Region) -> bool:
    """Whether two regions are one place: by code, or by name where one has no code."""
    if one.code and other.code:
        return one.code == other.code
    return one.name == other.name


def short_name(name: str) -> str:
    """The name without its kind (云溪县 -> 云溪); itself if less than two characters are left."""
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def years_in(text: str) -> tuple[int, ...]:
    """The years a text names, in order, each once."""
    return _years(unicodedata.normalize("NFKC", text))[0]


def _years(text: str) -> tuple[tuple[int, ...], list[Span]]:
    found = [(int(m[1]), Span(*m.span())) for m in _YEAR.finditer(text)]
    found += [(int(m[1].translate(_HAN_DIGITS)), Span(*m.span())) for m in _HAN_YEAR.finditer(text)]
    return tuple(dict.fromkeys(year for year, _ in found)), [span for _, span in found]


def mentions(
    text: str, finder: PlaceFinder, known: Sequence[Region], year: int | None
) -> list[tuple[Span, tuple[Region, ...]]]:
    """The names of places in a text in order, each with all places it may mean.

    `known`: the places the index has reports of; `year`: the one whose names are meant, today's if None.
    """
    found: list[tuple[Span, tuple[Region, ...]]] = [
        (span, (region,)) for span, region in _by_name(text, known)
    ]
    for mention in finder.find(text, year):
        # What the index calls 云溪县 is not the 云溪区 that the gazetteer knows.
        if not any(
            _overlap(mention.span, span) and len(span) >= len(mention.span) for span, _ in found
        ):
            meant = tuple(dict.fromkeys((mention.region, *mention.candidates)))
            found.append((mention.span, meant))
    return sorted(found, key=lambda mention: mention[0])


def _by_name(text: str, known: Sequence[Region]) -> list[tuple[Span, Region]]:
    """The index's own places that no gazetteer knows (invented, or named in a manifest)."""
    found: list[tuple[Span, Region]] = []
    for region in known:
        if region.code:
            continue
        for name in (region.name, short_name(region.name)):
            start = text.find(name) if len(name) > 1 else -1
            if start >= 0:
                found.append((Span(start, start + len(name)), region))
                break
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _without(text: str, spans: Sequence[Span]) -> str:
    kept: list[str] = []
    end = 0
    for span in sorted(spans):
        kept.append(text[end : span.start])
        end = max(end, span.end)
    kept.append(text[end:])
    return " ".join(part for piece in kept if (part := piece.strip(_MARKS)))
