"""With what are the candidates of a question compared, and which reports may answer it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.report import Region, Section
from indexer.types import ReportInfo
from search_api.answering.asked import asked_for
from search_api.answering.asking import Asking, Told
from search_api.answering.frames import Frames, frames
from search_api.answering.wording import Wording, wording
from search_api.engine import REPORTS_KEPT, Consulted, Engine
from search_api.questions.question import NATION, Language, affinity, same, short_name
from search_api.questions.terms import Term
from search_api.results import Hit
from search_api.retrieval.expectation import years_told

# Words of a question for what is planned: reports have other ones (不少于, 力争), or none.
_EXPECTED: Final = frozenset(
    ("目标", "预期", "预计", "计划", "打算", "力争", "今年", "去年", "明年")
)
_NATIONAL: Final = re.compile(
    r"全国|国务院|我国|中国|\b(?:nationwide|national|state council|china(?:'s)?)\b", re.IGNORECASE
)
_GDP: Final = "地区生产总值"


@dataclass(frozen=True, slots=True)
class Scope:
    """The hits that may answer, and the reports the question is put to."""

    hits: tuple[Hit, ...]
    reports: tuple[ReportInfo, ...]


def asking(engine: Engine, consulted: Consulted) -> Asking:
    """All that the candidates of a question are compared with."""
    question = consulted.question
    found = {hit.citation.report_id for hit in consulted.result.hits}
    return Asking(
        text=question.text,
        asked=asked_for(question, consulted.expected),
        wording=_wording(consulted),
        indicators=_indicators(consulted),
        places=_inner_places(engine, consulted),
        told={report_id: _told(engine.report(report_id)) for report_id in found},
        frames={
            report_id: _frames(engine.text(report_id), engine.outline(report_id))
            for report_id in found
        },
    )


# The engine keeps texts and outlines of as many reports, so that they are told apart at a glance.
@lru_cache(maxsize=REPORTS_KEPT)
def _frames(text: str, sections: tuple[Section, ...]) -> Frames:
    return frames(text, sections)


def scope_of(
    engine: Engine,
    consulted: Consulted,
    region: str | None = None,
    year: int | None = None,
    report_id: str | None = None,
    kind: str | None = None,
) -> Scope:
    """Only the reports nearest to the places that are named, if there are any; else all of them.

    A county's own report comes before its province's.
    """
    hits = consulted.result.hits
    places = consulted.question.places
    infos = engine.selected(region, year, report_id, kind)
    if not places:
        return _of_the_nation(consulted, hits, infos)
    near = {
        info.report_id: affinity(info.metadata.region, places, engine.gazetteer) for info in infos
    }
    best = max(near.values(), default=0.0)
    if best == 0.0:
        return Scope(hits, infos)
    own = tuple(info for info in infos if near[info.report_id] == best)
    kept = tuple(hit for hit in hits if near.get(hit.citation.report_id) == best)
    return Scope(kept, own)


def _of_the_nation(
    consulted: Consulted, hits: tuple[Hit, ...], infos: tuple[ReportInfo, ...]
) -> Scope:
    """全国 means the country's own reports, where there are any; else all that were asked."""
    if _NATIONAL.search(consulted.question.text):
        own = tuple(
            info
            for info in infos
            if info.metadata.region is not None and info.metadata.region.code == NATION
        )
        if own:
            ids = {info.report_id for info in own}
            return Scope(tuple(hit for hit in hits if hit.citation.report_id in ids), own)
    return Scope(hits, infos)


def implied_year(
    engine: Engine, consulted: Consulted, region: str | None, kind: str | None = None
) -> int | None:
    """今年 and 去年, of a place with reports of several years, are those of its newest one.

    None where the question says which year it means, or several places are asked.
    """
    if not consulted.expected.relative or consulted.question.years:
        return None
    reports = scope_of(engine, consulted, region, kind=kind).reports
    places = {info.metadata.region.name for info in reports if info.metadata.region}
    years = {info.metadata.year for info in reports if info.metadata.year is not None}
    return max(years) if len(places) == 1 and len(years) > 1 else None


def missing_places(engine: Engine, consulted: Consulted) -> list[Region]:
    """Places the question names that no report of the index is of, or lies in, or holds."""
    regions = [info.metadata.region for info in engine.reports()]
    text = consulted.question.text
    # What a report's place is called is that place, whatever else the gazetteer knows by the name.
    own = [
        text.find(name)
        for region in regions
        if region is not None
        for name in (region.name, short_name(region.name))
        if name in text
    ]
    missing: list[Region] = []
    for mention in engine.gazetteer.find(text):
        if mention.span.start in own:
            continue
        meant = (mention.region, *mention.candidates)
        if any(affinity(region, meant, engine.gazetteer) > 0 for region in regions):
            continue
        if mention.region.code != NATION:
            missing.append(mention.region)
    return missing


def uncovered_years(consulted: Consulted, scope: Scope) -> frozenset[int]:
    """The years that are asked about, if no report of the scope tells of any of them."""
    years = frozenset(consulted.question.years)
    told = years_covered(scope)
    return years if told and years and not years & told else frozenset()


def one_place(reports: Sequence[ReportInfo]) -> Region | None:
    """The place that all of the reports are of; None if they are of several, or it isn't known."""
    regions = {info.metadata.region for info in reports}
    return regions.pop() if len(regions) == 1 else None


def whose(engine: Engine, scope: Scope) -> Region | None:
    """The one place whose reports are asked, if there are those of other places too."""
    place = one_place(scope.reports)
    others = any(info.metadata.region != place for info in engine.reports())
    return place if others else None


def years_covered(scope: Scope) -> frozenset[int]:
    """The years that the reports of the scope tell of."""
    return frozenset(
        year
        for info in scope.reports
        if info.metadata.year is not None
        for year in years_told(info.metadata.kind, info.metadata.year, None)
    )


def _indicators(consulted: Consulted) -> tuple[Term, ...]:
    """The indicators that are asked about; GDP beside another one is what that is compared with."""
    named = [term for term in consulted.query.official if term.indicator]
    others = tuple(term for term in named if term.name != _GDP)
    return others or tuple(named)


def _inner_places(engine: Engine, consulted: Consulted) -> tuple[str, ...]:
    """The places the question names that lie inside a report's place: a city in its province's report.

    In the question's words; from English, the Chinese short names.
    """
    question = consulted.question
    regions = [info.metadata.region for info in engine.reports() if info.metadata.region]
    found: list[str] = []
    for mention in engine.gazetteer.find(question.text):
        meant = (mention.region, *mention.candidates)
        own = any(
            same(region, place) or engine.gazetteer.within(region, place)
            for region in regions
            for place in meant
        )
        if not own and set(meant) & set(question.places):
            chinese = question.language is Language.ZH
            found.append(
                mention.span.of(question.text) if chinese else short_name(mention.region.name)
            )
    return tuple(dict.fromkeys(found))


def _wording(consulted: Consulted) -> Wording:
    sentences = [
        hit.text[span.start - hit.citation.start : span.end - hit.citation.start]
        for hit in consulted.result.hits
        for span in hit.sentences
    ]
    groups = [group for group in consulted.query.groups if not _EXPECTED & set(group)]
    return wording(groups or consulted.query.groups, sentences)


def _told(info: ReportInfo) -> Told:
    return Told(info.metadata.kind, info.metadata.year)
