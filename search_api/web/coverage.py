"""Which places have reports of which years?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.report import Region
from indexer.types import ReportInfo
from search_api.web.facets import codes_by_name, filter_value, place_path


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its reports by year, as `Coverage.years` has them.

    `path`: province, city, county, as far as they go; empty where the place is unknown. `value` is
    what a filter is given for it.
    """

    path: tuple[str, ...]
    value: str
    cells: tuple[tuple[ReportInfo, ...], ...]

    @property
    def depth(self) -> int:
        """How many places it is part of."""
        return max(0, len(self.path) - 1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows in the official order of codes, unknown places last; years newest first, None last.

    Every report stands in exactly one cell.
    """

    years: tuple[int | None, ...]
    rows: tuple[PlaceRow, ...]


def coverage(infos: Iterable[ReportInfo]) -> Coverage:
    """The reports by place and year."""
    ordered = in_order(infos)
    known = {info.metadata.year for info in ordered}
    years: tuple[int | None, ...] = tuple(sorted((y for y in known if y is not None), reverse=True))
    if None in known:
        years = (*years, None)
    codes = codes_by_name(ordered)
    by_place: dict[Region | None, list[ReportInfo]] = {}
    for info in ordered:
        by_place.setdefault(info.metadata.region, []).append(info)
    return Coverage(
        years,
        tuple(
            PlaceRow(
                () if region is None else place_path(region),
                "" if region is None else filter_value(region, codes),
                tuple(
                    tuple(info for info in found if info.metadata.year == year) for year in years
                ),
            )
            for region, found in by_place.items()
        ),
    )


def in_order(infos: Iterable[ReportInfo]) -> list[ReportInfo]:
    """Reports in the official order of their places, the newest of a place first."""

    def key(info: ReportInfo) -> tuple[bool, str, tuple[str, ...], int, str]:
        region = info.metadata.region
        newest_first = -(info.metadata.year or 0)
        if region is None:
            return True, "", (), newest_first, info.report_id
        # Places without a code come after those that have one.
        return False, region.code or "~", place_path(region), newest_first, info.report_id

    return sorted(infos, key=key)


def with_parents(rows: Sequence[PlaceRow]) -> Iterator[PlaceRow]:
    """The rows, each after its province and city, which have empty cells if they have no reports."""
    shown: set[tuple[str, ...]] = set()
    for row in rows:
        for depth in range(1, len(row.path)):
            parent = row.path[:depth]
            if parent not in shown:
                shown.add(parent)
                yield PlaceRow(parent, parent[-1], ((),) * len(row.cells))
        shown.add(row.path)
        yield row
