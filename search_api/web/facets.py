"""What can be filtered by, and how many reports does each choice leave?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.report import Region, ReportKind
from indexer.types import ReportInfo


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the reports of it and of its parts; `value` is what a filter is given.

    `parts`: its cities or counties that have reports.
    """

    name: str
    value: str
    count: int
    parts: tuple[Place, ...] = ()

    def holds(self, value: str) -> bool:
        """Whether it is the place of that filter or holds it."""
        return self.value == value or any(part.holds(value) for part in self.parts)

    def name_of(self, value: str) -> str | None:
        """What the place of that filter is called, if it is here."""
        names = (part.name_of(value) for part in self.parts)
        return self.name if self.value == value else next(filter(None, names), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """A year or a kind with its number of reports."""

    value: int | ReportKind
    count: int


def places(infos: Iterable[ReportInfo]) -> tuple[Place, ...]:
    """Provinces with their cities with their counties, in the official order of codes.

    A place that the gazetteer doesn't know stands by itself at the top.
    """
    known = list(infos)
    codes = codes_by_name(known)
    regions = [info.metadata.region for info in known if info.metadata.region is not None]
    return _level([(place_path(region), region) for region in regions], 0, codes)


def codes_by_name(infos: Iterable[ReportInfo]) -> Mapping[str, frozenset[str]]:
    """The codes of the places of each name: more than one where several places are called so."""
    codes: dict[str, set[str]] = {}
    for info in infos:
        if (region := info.metadata.region) is not None:
            codes.setdefault(region.name, set()).add(region.code)
    return {name: frozenset(found) for name, found in codes.items()}


def filter_value(region: Region, codes: Mapping[str, frozenset[str]]) -> str:
    """What a filter for a place is given: its name; its code where several places have that name."""
    return region.code if region.code and len(codes[region.name]) > 1 else region.name


def years(infos: Iterable[ReportInfo]) -> tuple[Choice, ...]:
    """The years of reports, newest first."""
    counts = Counter(info.metadata.year for info in infos)
    return tuple(Choice(year, counts[year]) for year in sorted(filter(None, counts), reverse=True))


def kinds(infos: Iterable[ReportInfo]) -> tuple[Choice, ...]:
    """The kinds of reports, in their usual order."""
    counts = Counter(info.metadata.kind for info in infos)
    return tuple(Choice(kind, counts[kind]) for kind in ReportKind if counts[kind])


def place_path(region: Region) -> tuple[str, ...]:
    """Province, city, county, as far as they are known; the place's own name is the last."""
    above = [name for name in (region.province, region.city, region.county) if name]
    return tuple(above) if above and above[-1] == region.name else (*above, region.name)


def _level(
    found: Sequence[tuple[tuple[str, ...], Region]], depth: int, codes: Mapping[str, frozenset[str]]
) -> tuple[Place, ...]:
    groups: dict[str, list[tuple[tuple[str, ...], Region]]] = {}
    for path, region in sorted(found, key=lambda each: (each[1].code or "~", each[0])):
        if len(path) > depth:
            groups.setdefault(path[depth], []).append((path, region))
    return tuple(
        Place(
            name,
            next((filter_value(own, codes) for path, own in group if len(path) == depth + 1), name),
            len(group),
            _level(group, depth + 1, codes),
        )
        for name, group in groups.items()
    )
