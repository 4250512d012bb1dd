"""One question put to every report: which say it, how many, how much together, which the most.

Each report is searched and read on its own, so that a report is never missed because others fit
better; what is not found in a report is said, report by report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from corpus.statements.quantities import Quantity, quantities
from indexer.types import ReportInfo
from search_api.answering.several.aggregate import Aggregate, Level, Over
from search_api.answering.types import Coverage, Finding
from search_api.questions.question import NATION, Language

# Reads one report for one question; None if it doesn't say it.
ReadReport = Callable[[ReportInfo], Finding | None]

_TEN_THOUSAND: Final = Decimal(10**4)
_HUNDRED_MILLION: Final = Decimal(10**8)


def findings_of(reports: Sequence[ReportInfo], read: ReadReport) -> list[Finding]:
    """What each report answers, in the order of the reports; those that don't are left out."""
    return [found for found in map(read, reports) if found is not None]


def of_level(reports: Sequence[ReportInfo], level: Level) -> tuple[ReportInfo, ...]:
    """The reports of places of that level; all of them if none is known to be."""
    found = tuple(info for info in reports if level_of(info) is level)
    return found if level is not Level.ANY and found else tuple(reports)


def level_of(info: ReportInfo) -> Level:
    """The level of a report's place; ANY for the country, and where it is not known."""
    region = info.metadata.region
    if region is None or region.code == NATION:
        return Level.ANY
    if not region.code:
        # No gazetteer knows it; its name says what it is.
        return _BY_ENDING.get(region.name[-1:], Level.ANY)
    if region.county:
        return Level.COUNTY
    return Level.CITY if region.city else Level.PROVINCE


_BY_ENDING: Final = {
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "州": Level.CITY,
    "盟": Level.CITY,
    "县": Level.COUNTY,
    "旗": Level.COUNTY,
    "区": Level.COUNTY,
}


def coverage_of(reports: Sequence[ReportInfo], findings: Sequence[Finding]) -> Coverage:
    """How many reports were asked, in how many it was found, and in which it was not."""
    found = {each.report_id for each in findings}
    missing = tuple(info.report_id for info in reports if info.report_id not in found)
    return Coverage(len(reports), len(found), missing)


def fulfilling(asked: Aggregate, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that count: within the limit, or the highest or lowest of all."""
    if asked.over in (Over.MOST, Over.LEAST):
        return _extreme(findings, highest=asked.over is Over.MOST)
    if asked.limit is None:
        return list(findings)
    return [
        each
        for each in findings
        if (figure := figure_of(each)) is not None and asked.holds(figure, each.answer)
    ]


def figure_of(finding: Finding) -> Quantity | None:
    """The figure of a finding's answer, with its unit; None if it is none."""
    found = [each for each in quantities(finding.answer) if each.unit]
    return found[0] if found else None


def total(findings: Sequence[Finding]) -> str | None:
    """The sum of the findings' figures with their unit; None if units differ or one is a range."""
    figures = [figure_of(each) for each in findings]
    known = [each for each in figures if each is not None]
    if not known or len(known) != len(figures):
        return None
    unit = known[0].unit
    if any(each.unit != unit or each.low != each.high for each in known) or unit == "%":
        return None
    return written(sum((each.low for each in known), Decimal(0)), unit)


def written(value: Decimal, unit: str) -> str:
    """A value as reports write it: 1234.5万人, 2.1亿元."""
    for size, name in ((_HUNDRED_MILLION, "亿"), (_TEN_THOUSAND, "万")):
        if value >= size:
            return f"{_plain(value / size)}{name}{unit}"
    return f"{_plain(value)}{unit}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _extreme(findings: Sequence[Finding], *, highest: bool) -> list[Finding]:
    figures = [(each, figure_of(each)) for each in findings]
    known = [(each, figure) for each, figure in figures if figure is not None]
    units = [figure.unit for _, figure in known]
    if not known:
        return []
    # Figures in other units than most have don't compare.
    unit = max(dict.fromkeys(units), key=units.count)
    same = [(each, figure.low) for each, figure in known if figure.unit == unit]
    best = (max if highest else min)(low for _, low in same)
    return [each for each, low in same if low == best]


def name_of(finding: Finding, all_findings: Sequence[Finding], language: Language) -> str:
    """What a finding's report is called in an answer: its place, with the year if that is needed."""
    name = finding.region or finding.title or finding.report_id
    shared = [each for each in all_findings if (each.region or each.title) == name]
    if len(shared) > 1 and finding.year is not None:
        return f"{name}{finding.year}年" if language is Language.ZH else f"{name} {finding.year}"
    return name
