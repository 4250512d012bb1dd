"""Of which time is something said? Years, parts of a year, several years together, as of a date.

Read off words, resolved against the years a report tells of: 去年 of a work report of 2026 is 2025, 上年 of a
bulletin of 2025 is 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.report import ReportKind, Span
from corpus.statements.lexicon import pattern
from corpus.statements.numerals import number
from corpus.statements.statement import Period, Sense

_KEPT: Final = 4_096
# “八五” is 1991-1995, 十一五 2006-2010: the plan of number n begins in 1951 + 5n (from the sixth on).
_BEFORE_PLANS: Final = 1951
_FIVE: Final = 5
_PLAN_DIGITS: Final = {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12, "十三": 13,
                       "十四": 14, "十五": 15, "十六": 16, "十七": 17}  # fmt: skip
_QUARTERS: Final = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4"}


@dataclass(frozen=True, slots=True)
class Told:
    """The years a report tells of: `done` by what it reviews, `planned` by what it announces.

    `now` is what it calls this year. None: not known.
    """

    done: int | None
    planned: int | None
    now: int | None

    def years(self, sense: Sense | None = None) -> frozenset[int]:
        """The years told of in that sense. A report that is given in the year it plans for tells of both."""
        if self.done is None or self.planned is None:
            return frozenset()
        if sense is Sense.PLANNED:
            return frozenset((self.planned,))
        both = sense is None and self.now == self.planned
        return frozenset((self.done, self.planned) if both else (self.done,))


def told_by(kind: ReportKind, year: int | None, title: str = "") -> Told:
    """The years that a report of that kind and year tells of.

    A government work report is given early in its year: results are those of the year before. An annual report
    or a bulletin tells of its own year and plans the next. Of other kinds the title may say both
    (2025年预算执行情况和2026年预算草案), or that it is a plan (2026年政府预算公开).
    """
    if year is None:
        return Told(None, None, None)
    if kind is ReportKind.OTHER:
        both = pattern("review_and_plan").search(title)
        if both and int(both["done"]) + 1 == int(both["planned"]):
            return Told(int(both["done"]), int(both["planned"]), int(both["planned"]))
        plan = pattern("plan_title").search(title)
        if plan and int(plan["planned"]) == year:
            return Told(year - 1, year, year)
    done = year - 1 if kind is ReportKind.WORK_REPORT else year
    return Told(done, done + 1, year)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A period that words name, and where; `relative`: only counted from the report's own year."""

    period: Period
    span: Span
    relative: bool


@lru_cache(maxsize=_KEPT)
def periods_in(text: str, told: Told) -> tuple[Mentioned, ...]:
    """The periods a text names, in order; what something is compared with (比上年) is none of them."""
    taken: list[Span] = [Span(*m.span()) for m in pattern("base_price").finditer(text)]
    taken += [Span(*m.span()) for m in pattern("compared").finditer(text)]
    found: list[Mentioned] = []
    for read in (_spans, _plans, _parts, _by_years, _years, _past, _coming, _relative):
        for each in read(text, told):
            if not any(s.start < each.span.end and each.span.start < s.end for s in taken):
                found.append(each)
                taken.append(each.span)
    return tuple(sorted(found, key=lambda each: each.span))


def _spans(text: str, told: Told) -> Iterator[Mentioned]:
    for m in pattern("span_years").finditer(text):
        first, last = int(m["from"]), int(m["to"])
        if first < last:
            yield Mentioned(Period(first, last), Span(*m.span()), relative=False)


def _plans(text: str, told: Told) -> Iterator[Mentioned]:
    for m in pattern("plan").finditer(text):
        first = _BEFORE_PLANS + _FIVE * _PLAN_DIGITS[m["ordinal"]]
        period = Period(first, first + _FIVE - 1)
        if m["end"]:
            period = Period(period.last, period.last, point=True)
        yield Mentioned(period, Span(*m.span()), relative=False)


def _parts(text: str, told: Told) -> Iterator[Mentioned]:
    for m in pattern("parts_year").finditer(text):
        year = int(m["year"])
        yield Mentioned(Period(year, year, part_of(m["part"])), Span(*m.span()), relative=False)
    if told.done is not None:
        for m in pattern("parts_only").finditer(text):
            period = Period(told.done, told.done, part_of(m["part"]))
            yield Mentioned(period, Span(*m.span()), relative=True)


def part_of(words: str) -> str:
    """A part of a year in one way of writing: 一季度 Q1, 上半年 H1, 1—9月 M1-9."""
    quarter = re.search(r"(?<!前)([一二三四])季度", words)
    if quarter:
        return _QUARTERS[quarter[1]]
    if "半年" in words:
        return "H1" if "上" in words else "H2"
    if "季度" in words:
        return "M1-9"
    return "M" + "-".join(re.findall(r"\d+", words))


def _by_years(text: str, told: Told) -> Iterator[Mentioned]:
    for m in pattern("by_year").finditer(text):
        year = int(m["year"])
        yield Mentioned(Period(year, year, point=True), Span(*m.span()), relative=False)


def _years(text: str, told: Told) -> Iterator[Mentioned]:
    for m in pattern("year").finditer(text):
        year = int(m["year"])
        period = Period(year, year, point=bool(m["end"]))
        yield Mentioned(period, Span(*m.span()), relative=False)


def _past(text: str, told: Told) -> Iterator[Mentioned]:
    if told.done is None:
        return
    for m in pattern("past_years").finditer(text):
        count = int(number(m["count"] or m["count2"] or m["count3"]))
        if count > 1:
            yield Mentioned(
                Period(told.done - count + 1, told.done), Span(*m.span()), relative=True
            )


def _coming(text: str, told: Told) -> Iterator[Mentioned]:
    if told.planned is None:
        return
    for m in pattern("coming_years").finditer(text):
        count = int(number(m["count"]))
        yield Mentioned(
            Period(told.planned, told.planned + count - 1), Span(*m.span()), relative=True
        )


def _relative(text: str, told: Told) -> Iterator[Mentioned]:
    if told.done is None or told.now is None:
        return
    named = (
        ("last_year", Period(told.now - 1, told.now - 1)),
        ("this_year", Period(told.now, told.now)),
        ("next_year", Period(told.now + 1, told.now + 1)),
    )
    for name, period in named:
        for m in pattern(name).finditer(text):
            yield Mentioned(period, Span(*m.span()), relative=True)


def implied(told: Told, sense: Sense | None) -> Period | None:
    """The year that is meant where nothing names one: by what is reported or announced.

    What is written after its year tells of it; of a report that also plans, nobody said.
    """
    year = told.planned if sense is Sense.PLANNED else told.done
    open_ = sense is None and told.now != told.done
    return None if year is None or open_ else Period(year, year)
