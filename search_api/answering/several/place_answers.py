"""Questions that name several places (甲县和乙县的…分别是多少): each is asked of one place, and said apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, pairwise
from typing import Final

from corpus.places.regions import COUNTRY
from corpus.report import Region, Span
from indexer.tokenizer import tagged
from search_api.answering import reasons
from search_api.answering.saying import refused
from search_api.answering.types import Answer, Finding, Languages, Why
from search_api.engine import Consulted, Engine
from search_api.questions.question import NATION, Language, mentions, same
from search_api.questions.words import pattern

table = partial(pattern, file="place_words.tsv")


@dataclass(frozen=True, slots=True)
class OfPlace:
    """One of the places a question names, and what is asked of it."""

    region: Region
    question: str


@dataclass(frozen=True, slots=True)
class _Named:
    """A place as the text names it; `meant`: all places that the name may mean, the likeliest first."""

    span: Span
    meant: tuple[Region, ...]


_BEFORE_ZH: Final = frozenset(
    ("请问", "问", "在", "查", "查询", "看看", "列出", "比较", "对比", "说说", "告诉", "知道", "截至")
)  # fmt: skip


def each_place(engine: Engine, consulted: Consulted) -> tuple[OfPlace, ...]:
    """The places that are asked about one by one; empty where the question isn't so.

    At least one of them must have a report: two towns are a matter for the report of their county.
    """
    question = consulted.question
    text, chinese = question.text, question.language is Language.ZH
    regions = [info.metadata.region for info in engine.reports() if info.metadata.region]
    named = _named(engine, consulted, regions)
    own = [
        next((p for p in each.meant if any(same(region, p) for region in regions)), None)
        for each in named
    ]
    if len(named) < 2 or not any(own):
        return ()
    apart = table("apart_zh") if chinese else table("apart_en")
    if _in_a_row(text, named):
        if not _stand_for_themselves(text, named, chinese=chinese):
            return ()
        behind = named[-1].span.end
        if so_many := table("so_many").match(text, behind):
            behind = so_many.end()
        whole = Span(named[0].span.start, behind)
        asked = [f"{text[: whole.start]}{each.span.of(text)}{text[whole.end :]}" for each in named]
    else:
        asked = _clause_by_clause(text, named) if chinese else []
        if not asked:
            return ()
    return tuple(
        OfPlace(place or each.meant[0], apart.sub("", put).strip())
        for place, each, put in zip(own, named, asked, strict=True)
    )


def together(
    consulted: Consulted,
    languages: Languages,
    places: Sequence[OfPlace],
    answers: Sequence[Answer],
) -> Answer:
    """The answers of the places as one; of those that have none, a notice says so.

    If none has one, the refusal of them all.
    """
    findings: list[Finding] = []
    pairs: list[str] = []
    for place, answer in zip(places, answers, strict=True):
        if answer.answer is None:
            continue
        if answer.findings:  # of several years
            findings += answer.findings
            pairs.append(answer.answer)
            continue
        findings.append(_finding(answer, answer.answer))
        pairs.append(f"{place.region.name}：{answer.answer}")
    notices = _silences(places, answers, languages.told)
    if not findings:
        hits = consulted.result.hits
        reason = (" " if languages.told is Language.EN else "").join(notices)
        whys = {each.why for each in answers if each.why is not None}
        why = whys.pop() if len(whys) == 1 else Why.NOT_STATED
        silence = min(each.confidence for each in answers)
        return refused(consulted, languages, hits, why, reason, silence)
    first = next(each for each in answers if each.answered)
    return Answer(
        question=consulted.result.query,
        language=languages.question,
        answering=first.answering,
        answer="；".join(pairs),
        said=tuple(said for each in findings for said in each.said),
        hits=consulted.result.hits,
        confidence=min(each.confidence for each in findings),
        findings=tuple(findings),
        notices=tuple(dict.fromkeys(notices)),
    )


def _finding(answer: Answer, said: str) -> Finding:
    citation = answer.said[0].citation
    return Finding(
        report_id=citation.report_id,
        title=citation.title,
        region=citation.region,
        year=citation.year,
        answer=said,
        said=answer.said,
        confidence=answer.confidence,
        statement=answer.statement,
    )


def _silences(places: Sequence[OfPlace], answers: Sequence[Answer], told: Language) -> list[str]:
    """What is to be said of the places without an answer, and what their answers leave open."""
    missing = [
        reasons.called(place.region, told)
        for place, answer in zip(places, answers, strict=True)
        if answer.why is Why.NO_REPORT
    ]
    said = [reasons.no_report(missing, told)] if missing else []
    for place, answer in zip(places, answers, strict=True):
        if answer.why in (Why.NOT_STATED, Why.NOTHING_FOUND):
            said.append(reasons.silent_of(reasons.called(place.region, told), told))
        elif answer.why is Why.YEAR_NOT_COVERED:
            said.append(answer.reason)
        said += answer.notices
    return said


def _named(engine: Engine, consulted: Consulted, regions: Sequence[Region]) -> list[_Named]:
    """The places of the question in order, a path of names (甲省乙县) as its last one."""
    question = consulted.question
    text = question.text
    year = question.years[0] if question.years else None
    known = tuple(dict.fromkeys(regions))
    found = [_Named(*each) for each in mentions(text, engine.gazetteer, known, year)]
    if any(region.code == NATION for region in known):
        found += [
            _Named(Span(*match.span()), (COUNTRY,))
            for match in table("nation_zh").finditer(text)
            if not any(
                match.start() < each.span.end and each.span.start < match.end() for each in found
            )
        ]
    found.sort(key=lambda each: each.span)
    named: list[_Named] = []
    for each in found:
        if named and table("path").fullmatch(text, named[-1].span.end, each.span.start):
            upper, lower = named[-1].meant[0], each.meant[0]
            if NATION not in (upper.code, lower.code):
                if _lies_in(engine, lower, upper):
                    named[-1] = _Named(Span(named[-1].span.start, each.span.end), each.meant)
                    continue
                if _lies_in(engine, upper, lower):
                    named[-1] = replace(named[-1], span=Span(named[-1].span.start, each.span.end))
                    continue
        named.append(each)
    twice = any(same(one.meant[0], other.meant[0]) for one, other in combinations(named, 2))
    return [] if twice else named


def _lies_in(engine: Engine, region: Region, ancestor: Region) -> bool:
    return bool(region.code and ancestor.code) and engine.gazetteer.within(region, ancestor)


def _in_a_row(text: str, named: Sequence[_Named]) -> bool:
    return all(
        table("joint").fullmatch(text, one.span.end, other.span.start)
        for one, other in pairwise(named)
    )


def _stand_for_themselves(text: str, named: Sequence[_Named], *, chinese: bool) -> bool:
    """Whether something is asked of the places in a row, not of what lies between them or is done to them."""
    before, behind = text[: named[0].span.start], text[named[-1].span.end :]
    if not chinese:
        return table("of_both_en").search(before) is None
    if so_many := table("so_many").match(behind):
        behind = behind[so_many.end() :]
    if table("together_zh").match(behind):
        return False
    words = tagged(before)
    if not words:
        return True
    word, kind = list(words)[-1]
    return word in _BEFORE_ZH or kind not in ("v", "p", "vn", "vd")


def _clause_by_clause(text: str, named: Sequence[_Named]) -> list[str]:
    """甲县的公路和乙县的学校分别有多少: each with its own words, and what follows 分别.

    Empty where it isn't said of the last of them that they are asked for apart.
    """
    apart = table("apart_zh").search(text, named[-1].span.end)
    if apart is None:
        return []
    before, behind = text[: named[0].span.start], text[apart.end() :]
    starts = [each.span.start for each in named]
    own = [
        table("joint_behind").sub("", text[start:end])
        for start, end in pairwise([*starts, apart.start()])
    ]
    return [f"{before}{each}{behind}" for each in own]
