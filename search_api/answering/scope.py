"""Which reports may answer a question, and with what are the candidates of their passages compared?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.places.divisions import english_names
from corpus.report import Passage, Region, Span
from corpus.statements.period import Told, told_by
from indexer.types import ReportInfo
from search_api.answering.reading.value_features import Compared
from search_api.answering.reading.wording import Wording, wording
from search_api.engine import Consulted, Engine
from search_api.questions.plan import Operation, Plan
from search_api.questions.question import (
    NATION,
    OWN,
    Language,
    PlaceFinder,
    affinity,
    same,
    short_name,
)
from search_api.questions.words import pattern, says
from search_api.results import Hit, unsearched_hit

_NATIONAL: Final = re.compile(
    r"全国|国务院|我国|中国|\b(?:nationwide|national|state council|china(?:'s)?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The hits that may answer, and the reports the question is put to."""

    hits: tuple[Hit, ...]
    reports: tuple[ReportInfo, ...]


def compared_with(engine: Engine, consulted: Consulted) -> Compared:
    """All that the candidates of a question are compared with."""
    return Compared(
        plan=consulted.plan,
        wording=_wording(consulted),
        places=_inner_places(engine, consulted),
        told=lambda report_id: told_of(engine.report(report_id)),
    )


def frame_hits(engine: Engine, plan: Plan, report_id: str) -> tuple[Hit, ...]:
    """The passages at a report's beginning and end, which tell of the report itself: who gave it, and when.

    Only for questions for a name or a date.
    """
    if plan.operation not in (Operation.NAME, Operation.DATE):
        return ()
    passages = engine.passages(report_id)
    info = engine.report(report_id)
    if not passages:
        return ()
    edges = [_head(engine.text(report_id), passages), *passages[-_LAST:]]
    return tuple(unsearched_hit(each, info) for each in dict.fromkeys(edges))


def _head(text: str, passages: Sequence[Passage]) -> Passage:
    """The beginning of a report line by line, with what its page says there: when it was put there, and by whom."""
    end = min(passages[:_FIRST][-1].end, _LONGEST_HEAD)
    lines = [Span(*m.span()) for m in re.finditer(r"\S.*", text[:end])]
    return Passage(passages[0].report_id, 0, end, text[:end], (), sentences=tuple(lines))


# How many passages make the beginning of a report (title, date, who gives it), and its end.
_FIRST: Final = 2
_LAST: Final = 2
_LONGEST_HEAD: Final = 1_500


def told_of(info: ReportInfo) -> Told:
    """The years a report tells of."""
    return told_by(info.metadata.kind, info.metadata.year, info.metadata.title)


def scope_of(engine: Engine, consulted: Consulted) -> Scope:
    """Only the reports nearest to the places that are named, if there are any; else all of them.

    A county's own report comes before its province's.
    """
    hits = consulted.result.hits
    places = consulted.question.places
    infos = engine.selected(consulted.result.filters)
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


def implied_year(engine: Engine, consulted: Consulted) -> int | None:
    """今年 and 去年, of a place with reports of several years, are those of its newest one.

    None where the question says which year it means, or several places are asked.
    """
    when = consulted.plan.when
    if not when.relative or when.years:
        return None
    reports = scope_of(engine, consulted).reports
    places = {info.metadata.region.name for info in reports if info.metadata.region}
    years = {info.metadata.year for info in reports if info.metadata.year is not None}
    return max(years) if len(places) == 1 and len(years) > 1 else None


def missing_places(engine: Engine, consulted: Consulted) -> list[Region]:
    """Places the question names that no report of the index is of, or lies in, or holds."""
    regions = [info.metadata.region for info in engine.reports()]
    text = consulted.question.text
    missing: list[Region] = []
    for mention in engine.gazetteer.find(text):
        if _is_called(mention.span, text, regions):
            continue
        meant = (mention.region, *mention.candidates)
        if any(affinity(region, meant, engine.gazetteer) > 0 for region in regions):
            continue
        if mention.region.code != NATION:
            missing.append(mention.region)
    return missing


def only_parts(engine: Engine, consulted: Consulted) -> list[Region]:
    """Places the question names of which only smaller ones have a report: that answers for itself alone.

    Unless the places inside are asked for (各县, 哪些县), or one of them is named too (某省某县).
    """
    text, finder = consulted.question.text, engine.gazetteer
    if says("parts", text, consulted.question.language):
        return []
    regions = [info.metadata.region for info in engine.selected(consulted.result.filters)]
    named = finder.find(text)
    found: list[Region] = []
    for mention in named:
        meant = (mention.region, *mention.candidates)
        # 吉林 alone is the province, and not its city.
        own = meant[0].name != meant[0].province and _is_called(mention.span, text, regions)
        if own or not _only_inside(regions, meant, finder):
            continue
        others = [
            place
            for other in named
            if other is not mention
            for place in (other.region, *other.candidates)
            if any(finder.within(place, each) for each in meant)
        ]
        if not any(affinity(region, others, finder) == OWN for region in regions):
            found.append(meant[0])
    return found


def _is_called(named: Span, text: str, regions: Sequence[Region | None]) -> bool:
    """Whether a report's place is called so, whatever else the gazetteer knows by the name.

    The 楚雄 of 楚雄州 doesn't make it 楚雄市, but 平潭 alone may be 平潭综合实验区.
    """
    said = named.of(text)
    for region in regions:
        if region is None:
            continue
        for name in (region.name, short_name(region.name)):
            if text.startswith(name, named.start) and len(name) >= len(named):
                return True
        english = english_names().get(region.code)
        if english and text.startswith(english, named.start):
            return not _LARGER_EN.match(text, named.start + len(english))
        if not region.code and len(said) > 1 and region.name.startswith(said):
            return True
    return False


_LARGER_EN: Final = re.compile(
    r"\s+(?:autonomous\s+)?(?:prefecture|province|region)\b", re.IGNORECASE
)


def _only_inside(
    regions: Sequence[Region | None], meant: Sequence[Region], finder: PlaceFinder
) -> bool:
    """Whether there are reports of places inside one that is meant, and none of it or of what holds it."""
    inside = False
    for region in regions:
        if region is None or not affinity(region, meant, finder):
            continue
        if any(same(region, each) or finder.within(each, region) for each in meant):
            return False
        inside = True
    return inside


def uncovered_years(consulted: Consulted, scope: Scope) -> frozenset[int]:
    """The years that are asked about, if no report of the scope tells of any of them."""
    years = consulted.plan.when.years
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
        for year in told_of(info).years()
    )


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
    """The question's words, but for those that no sentence has because its figures say them (增速, 目标)."""
    sentences = [
        hit.text[span.start - hit.citation.start : span.end - hit.citation.start]
        for hit in consulted.result.hits
        for span in hit.sentences
    ]
    every = consulted.query.groups
    groups = [
        group
        for group in every
        if group and not pattern("unsaid").fullmatch(max(group, key=lambda word: group[word]))
    ]
    return wording(groups or every, sentences)
