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
    """A place named in a text (`corpus.regions.Mention`)."""

    @property
    def span(self) -> Span: ...
    @property
    def region(self) -> Region: ...


class PlaceFinder(Protocol):
    """What is needed of `corpus.regions.Gazetteer`."""

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
    # A year that is named says which year's names and borders are meant.
    mentions = [(m.span, m.region) for m in finder.find(asked, years[0] if years else None)]
    mentions += _by_name(asked, known, [span for span, _ in mentions])
    places: list[Region] = []
    cut: list[Span] = list(year_spans)
    for span, region in sorted(mentions, key=lambda mention: mention[0]):
        near = max((affinity(report, (region,), finder) for report in known), default=0.0)
        if near == 0.0 or region.code == NATION:
            continue
        places.append(region)
        if any(same(report, region) or finder.within(report, region) for report in known):
            cut.append(span)
    return Question(
        text=asked,
        language=language_of(asked),
        topic=_without(asked, cut) or asked,
        places=tuple(dict.fromkeys(places)),
        years=years,
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
        if NATION in (report.code, place.code):
            continue
        if finder.within(report, place):
            best = max(best, PART_OF)
        elif finder.within(place, report):
            best = max(best, HOLDS)
    return best


def same(one: Region, other: Region) -> bool:
    """Whether two regions are one place: by code, or by name where one has no code."""
    if one.code and other.code:
        return one.code == other.code
    return one.name == other.name


def short_name(name: str) -> str:
    """The name without its kind (云溪县 -> 云溪); itself if less than two characters are left."""
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def _years(text: str) -> tuple[tuple[int, ...], list[Span]]:
    found = [(int(m[1]), Span(*m.span())) for m in _YEAR.finditer(text)]
    found += [(int(m[1].translate(_HAN_DIGITS)), Span(*m.span())) for m in _HAN_YEAR.finditer(text)]
    return tuple(dict.fromkeys(year for year, _ in found)), [span for _, span in found]


def _by_name(
    text: str, known: Sequence[Region], taken: Sequence[Span]
) -> list[tuple[Span, Region]]:
    """Places of the index's own reports that no gazetteer knows (named in a manifest)."""
    found: list[tuple[Span, Region]] = []
    for region in known:
        if region.code and not region.code.startswith("99"):
            continue
        for name in dict.fromkeys((region.name, short_name(region.name))):
            start = text.find(name) if len(name) > 1 else -1
            span = Span(start, start + len(name))
            if start >= 0 and not any(s.start < span.end and span.start < s.end for s in taken):
                found.append((span, region))
                break
    return found


def _without(text: str, spans: Sequence[Span]) -> str:
    kept: list[str] = []
    end = 0
    for span in sorted(spans):
        kept.append(text[end : span.start])
        end = max(end, span.end)
    kept.append(text[end:])
    return " ".join(part for piece in kept if (part := piece.strip(_MARKS)))
