"""What can be filtered by, and how many reports does each choice leave?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
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
    regions = [info.metadata.region for info in infos if info.metadata.region is not None]
    codes: dict[str, set[str]] = {}
    for region in regions:
        codes.setdefault(region.name, set()).add(region.code)
    shared = {name for name, known in codes.items() if len(known) > 1}
    return _level([(place_path(region), region) for region in regions], 0, shared)


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
    found: Sequence[tuple[tuple[str, ...], Region]], depth: int, shared: set[str]
) -> tuple[Place, ...]:
    groups: dict[str, list[tuple[tuple[str, ...], Region]]] = {}
    for path, region in sorted(found, key=lambda each: (each[1].code or "~", each[0])):
        if len(path) > depth:
            groups.setdefault(path[depth], []).append((path, region))
    return tuple(
        Place(
            name,
            _value(name, [region for path, region in group if len(path) == depth + 1], shared),
            len(group),
            _level(group, depth + 1, shared),
        )
        for name, group in groups.items()
    )


def _value(name: str, own: Sequence[Region], shared: set[str]) -> str:
    """Its name; its code where several places of the index have that name."""
    return own[0].code if name in shared and own and own[0].code else name
