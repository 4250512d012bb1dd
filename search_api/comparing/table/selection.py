"""Which reports are compared?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.kinds import kind_named
from indexer.errors import UnknownReportError
from indexer.types import ReportInfo
from search_api.answering.several.aggregate import Level
from search_api.answering.several.report_figures import level_of
from search_api.engine import Engine
from search_api.errors import (
    BadRequestError,
    UnknownChoiceError,
    UnknownRegionError,
    UnknownYearError,
)
from search_api.questions.question import NATION
from search_api.results import Filters

_LEVELS: Final = {
    "province": Level.PROVINCE,
    "provincial": Level.PROVINCE,
    "city": Level.CITY,
    "county": Level.COUNTY,
}
_NATIONAL: Final = "national"
_KINDS: Final = (
    "national", "provincial", "city", "county", "work_report", "rule_of_law", "bulletin", "other"
)  # fmt: skip
_YEARS: Final = re.compile(r"(\d{4})(?:[-–—~](\d{4}))?")
# A mistyped range (2013-20255) must not ask for a million years.
_MOST_YEARS: Final = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reports to compare, and the years asked for that none of them is of."""

    reports: tuple[ReportInfo, ...]
    missing_years: tuple[int, ...] = ()


def years_of(text: str) -> list[int]:
    """The years of `2013-2025,2010`, in order, each once. Raises BadRequestError."""
    years: list[int] = []
    # The space of `2019 - 2025` parts nothing.
    given = re.sub(r"\s*([-–—~])\s*", r"\1", unicodedata.normalize("NFKC", text).strip())
    for part in re.split(r"[,、\s]+", given):
        match = _YEARS.fullmatch(part)
        if match is None:
            raise BadRequestError("years", f"{part!r} is no year and no range such as 2019-2025")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last - first > _MOST_YEARS:
            raise BadRequestError("years", f"{part!r} is no range from an earlier to a later year")
        years += range(first, last + 1)
    return list(dict.fromkeys(years))


def choose(
    engine: Engine,
    report_ids: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    kind: str | None = None,
) -> Chosen:
    """The reports that fit all that is given, each once; all of them if nothing is.

    In the order of `report_ids`, then of `regions`; else by place and year. `kind`: a level of places
    (national, provincial, city, county) or a kind of report (work_report, ...).
    Raises UnknownReportError, UnknownRegionError (both with the nearest names), UnknownYearError,
    BadRequestError (an empty list, a kind there is none of, a choice that no report fits).
    """
    for field, given in (("report_ids", report_ids), ("regions", regions), ("years", years)):
        if given is not None and not given:
            raise BadRequestError(field, "the list is empty: name some, or leave the field out")
    everything = engine.selected()
    if not everything:
        raise BadRequestError("report_ids", "the index has no reports yet")
    found = list(everything)
    if regions is not None:
        # First what was named first: people order rows by it.
        found = _distinct(info for name in regions for info in _in_order(_of_region(engine, name)))
    elif report_ids is None:
        found = list(_in_order(found))
    if report_ids is not None:
        named = _distinct(report_in(engine, each, "report_ids") for each in report_ids)
        allowed = {info.report_id for info in found}
        found = [info for info in named if info.report_id in allowed]
    if kind is not None:
        found = _of_kind(found, kind)
    missing: tuple[int, ...] = ()
    if years is not None:
        wanted = set(years)
        known = {info.metadata.year for info in found if info.metadata.year is not None}
        missing = tuple(year for year in dict.fromkeys(years) if year not in known)
        if found and len(missing) == len(wanted):
            raise UnknownYearError(missing[0], known, "years")
        found = [info for info in found if info.metadata.year in wanted]
    if not found:
        raise BadRequestError("report_ids", "no report fits all of the filters together")
    return Chosen(tuple(found), missing)


def report_in(engine: Engine, report_id: str, field: str) -> ReportInfo:
    """The report that a request names in a field. Raises UnknownReportError, which names the field."""
    try:
        return engine.report(report_id)
    except UnknownReportError as error:
        raise UnknownReportError(error.report_id, error.known, field) from error


def _of_region(engine: Engine, name: str) -> tuple[ReportInfo, ...]:
    try:
        return engine.selected(Filters(region=name))
    except UnknownRegionError as error:
        raise UnknownRegionError(error.name, error.known, "regions") from error


def _of_kind(reports: Sequence[ReportInfo], kind: str) -> list[ReportInfo]:
    name = kind.strip().lower()
    report_kind = kind_named(kind)
    if name == _NATIONAL:
        found = [
            info
            for info in reports
            if info.metadata.region is not None and info.metadata.region.code == NATION
        ]
    elif name in _LEVELS:
        found = [info for info in reports if level_of(info) is _LEVELS[name]]
    elif report_kind is not None:
        found = [info for info in reports if info.metadata.kind is report_kind]
    else:
        raise UnknownChoiceError("kind", kind, _KINDS)
    if not found:
        raise BadRequestError("kind", f"none of the reports chosen is {kind!r}")
    return found


def _in_order(reports: Sequence[ReportInfo]) -> list[ReportInfo]:
    """By the official order of places (their codes), then by year."""
    return sorted(reports, key=_place_and_year)


def _place_and_year(info: ReportInfo) -> tuple[str, str, int, str]:
    region = info.metadata.region
    # A place without a code comes behind those with one.
    code = (region.code or "~") if region else "~~"
    name = region.name if region else ""
    return code, name, info.metadata.year or 0, info.report_id


def _distinct(reports: Iterable[ReportInfo]) -> list[ReportInfo]:
    return list({info.report_id: info for info in reports}.values())
