"""Which reports are asked? Filters shut others out; places and years named bring some forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.kinds import kind_named
from corpus.places.regions import Gazetteer
from corpus.report import Region, ReportKind
from corpus.statements.period import told_by
from indexer.types import Selection
from search_api.errors import BadRequestError, UnknownRegionError, UnknownYearError
from search_api.questions.plan import Plan
from search_api.questions.question import affinity, same, short_name
from search_api.retrieval.retrieve import Preference
from search_api.retrieval.settings import RetrievalSettings


@dataclass(frozen=True, slots=True)
class KnownReport:
    """What choosing reports needs to know of one."""

    report_id: str
    region: Region | None
    year: int | None
    kind: ReportKind


def filtered(
    reports: Sequence[KnownReport],
    gazetteer: Gazetteer,
    region: str | None,
    year: int | None,
    report_id: str | None,
    kind: str | None = None,
) -> list[KnownReport]:
    """The reports a filter lets through.

    Raises UnknownYearError, UnknownRegionError: a filter that fits no report at all; BadRequestError:
    a kind there is none of.
    """
    allowed = list(reports)
    if kind is not None:
        wanted = checked_kind(kind)
        allowed = [each for each in allowed if each.kind is wanted]
    if report_id is not None:
        allowed = [each for each in allowed if each.report_id == report_id]
    if year is not None:
        years = {each.year for each in reports if each.year is not None}
        if year not in years:
            raise UnknownYearError(year, years)
        allowed = [each for each in allowed if each.year == year]
    if region is not None:
        regions = dict.fromkeys(each.region for each in reports if each.region is not None)
        places = _places_called(region, year, list(regions), gazetteer)
        if not any(_inside(each, places, gazetteer) for each in reports):
            raise UnknownRegionError(region, {each.name for each in regions})
        allowed = [each for each in allowed if _inside(each, places, gazetteer)]
    return allowed


def checked_kind(name: str) -> ReportKind:
    """The kind of report of that name, in English or Chinese. Raises BadRequestError."""
    kind = kind_named(name)
    if kind is None:
        raise BadRequestError("kind", f"{name!r} is none of {', '.join(ReportKind)}")
    return kind


def preferences(
    plan: Plan,
    allowed: Sequence[KnownReport],
    gazetteer: Gazetteer,
    settings: RetrievalSettings,
    select: Callable[[Sequence[KnownReport]], Selection],
) -> list[Preference]:
    """Reports of the places that are named, and those that tell of the years that are."""
    found: list[Preference] = []
    by_affinity: dict[float, list[KnownReport]] = {}
    for each in allowed:
        near = affinity(each.region, plan.question.places, gazetteer)
        if near > 0:
            by_affinity.setdefault(near, []).append(each)
    for near, reports in by_affinity.items():
        weight = near * settings.place_weight
        found.append(Preference(select(reports), weight, searched=True))
    telling = [
        each
        for each in allowed
        if each.year is not None
        and told_by(each.kind, each.year).years(plan.sense) & plan.when.years
    ]
    if telling:
        found.append(Preference(select(telling), settings.report_year_weight, searched=False))
    return found


def _places_called(
    name: str, year: int | None, regions: Sequence[Region], gazetteer: Gazetteer
) -> list[Region]:
    """The index's own places of that name first: a gazetteer doesn't know invented ones."""
    wanted = name.strip()
    if own := [
        each
        for each in regions
        if wanted and wanted in (each.name, each.code, short_name(each.name))
    ]:
        return own
    found = gazetteer.resolve(wanted, year) if wanted else None
    return [] if found is None else [found]


def _inside(report: KnownReport, places: Sequence[Region], gazetteer: Gazetteer) -> bool:
    place = report.region
    return place is not None and any(
        same(place, each) or gazetteer.within(place, each) for each in places
    )
