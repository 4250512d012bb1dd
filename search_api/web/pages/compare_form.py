"""What does the form of a comparison offer?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.errors import GovsearchError
from indexer.types import ReportInfo
from search_api.answering.several.aggregate import Level
from search_api.answering.several.report_figures import level_of
from search_api.comparing.table.selection import choose
from search_api.engine import Engine
from search_api.questions.question import NATION
from search_api.web.facets import Choice, Place, kinds, places, years
from search_api.web.pages.compare_asked import Asked
from search_api.web.pages.layout import report_name

# Reports listed one by one; with more, the other fields choose better.
MOST_LISTED: Final = 300
# Places listed with all their parts; with more, only the parts of those that are chosen.
MOST_PLACES: Final = 400
_LEVELS: Final = {Level.PROVINCE: "provincial", Level.CITY: "city", Level.COUNTY: "county"}


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level of places, by its name in an address, with its number of reports."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class PlaceReports:
    """The reports of one place, newest first."""

    name: str
    reports: tuple[ReportInfo, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What there is to choose from. `unlisted`: so many reports more fit the other fields.

    `pruned`: not all parts of places are in it. `unknown_*`: what was typed and isn't there, so that
    the form keeps it.
    """

    places: tuple[Place, ...]
    pruned: bool
    unknown_regions: tuple[str, ...]
    years: tuple[Choice, ...]
    levels: tuple[LevelChoice, ...]
    kinds: tuple[Choice, ...]
    listed: tuple[PlaceReports, ...]
    unlisted: int
    unknown_reports: tuple[str, ...]


def form_of(engine: Engine, asked: Asked) -> Form:
    """The form for what is asked: all places, years and kinds; the reports that fit these."""
    infos = engine.reports()
    # Of the country's parts is everything: for its own reports there is the level.
    tree = places(info for info in infos if not _is_national(info))
    values = frozenset(_values(tree))
    too_many = len(values) > MOST_PLACES
    fitting = _fitting(engine, asked)
    by_id = {info.report_id: info for info in infos}
    # Those that are chosen are always there: unticking them is how to get rid of them.
    ticked = [by_id[each] for each in asked.reports if each in by_id]
    listed = list({info.report_id: info for info in (*ticked, *fitting[:MOST_LISTED])}.values())
    fits = {info.report_id for info in fitting}
    return Form(
        places=pruned(tree, asked.regions) if too_many else tree,
        pruned=too_many,
        unknown_regions=tuple(each for each in asked.regions if each not in values),
        years=years(infos),
        levels=_levels(infos),
        kinds=kinds(infos),
        listed=_by_place(listed),
        unlisted=len(fits - {info.report_id for info in listed}),
        unknown_reports=tuple(each for each in asked.reports if each not in by_id),
    )


def _fitting(engine: Engine, asked: Asked) -> Sequence[ReportInfo]:
    """The reports that fit the other fields; all of them where these are wrong."""
    if not engine.reports():
        return ()
    try:
        found = choose(engine, None, asked.regions or None, asked.years(engine), asked.kind or None)
    except GovsearchError:
        # The page tells what is wrong; the list is there all the same.
        found = choose(engine)
    return found.reports


def _by_place(infos: Sequence[ReportInfo]) -> tuple[PlaceReports, ...]:
    groups: dict[str, list[ReportInfo]] = {}
    for info in infos:
        groups.setdefault(report_name(info), []).append(info)
    return tuple(
        PlaceReports(
            name, tuple(sorted(each, key=lambda info: (-(info.metadata.year or 0), info.report_id)))
        )
        for name, each in groups.items()
    )


def _levels(infos: Sequence[ReportInfo]) -> tuple[LevelChoice, ...]:
    """The levels that there are reports of, the country first."""
    national = sum(map(_is_national, infos))
    counts: Mapping[Level, int] = Counter(map(level_of, infos))
    found = [LevelChoice("national", national)]
    found += [LevelChoice(name, counts[level]) for level, name in _LEVELS.items()]
    return tuple(each for each in found if each.count)


def _is_national(info: ReportInfo) -> bool:
    return info.metadata.region is not None and info.metadata.region.code == NATION


def _values(tree: Sequence[Place]) -> list[str]:
    return [value for place in tree for value in (place.value, *_values(place.parts))]


def pruned(tree: Sequence[Place], chosen: Sequence[str]) -> tuple[Place, ...]:
    """The places with only the parts of those that are chosen, or that hold one that is."""
    return tuple(
        replace(
            place,
            parts=pruned(place.parts, chosen) if any(place.holds(each) for each in chosen) else (),
        )
        for place in tree
    )
