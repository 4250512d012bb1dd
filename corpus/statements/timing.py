"""Of when is a figure: named in its clause, before it in its sentence, by its stretch, a heading, or its report?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.statements.clause import Wording
from corpus.statements.lexicon import pattern
from corpus.statements.period import Mentioned, Told, implied
from corpus.statements.sense import SaidSense
from corpus.statements.statement import Period, Sense, Source
from corpus.statements.stretch import period_of_words

# Over how many years a mean is told where nobody says: those of a plan.
_MEAN_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a sentence: its headings from the outermost on, the years its report tells of, and the
    time its stretch tells of (None: not said).
    """

    headings: tuple[str, ...]
    told: Told
    stretch: Period | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A period and where it is said."""

    period: Period | None
    source: Source


def time_of(
    said: str,
    at: int,
    wording: Wording,
    named: Sequence[Mentioned],
    sense: SaidSense,
    context: Context,
) -> Time:
    """The time of a figure: named in its clause, before it in its sentence, by a heading, its stretch, its report."""
    before = [
        each for each in named if each.span.end <= at and not _is_of_origin(said, each, at, wording)
    ]
    own = [each for each in before if each.span.start >= wording.own.start]
    if own:
        return Time(_whole_year(said, own[-1], at), Source.CLAUSE)
    behind = [
        each for each in named if at < each.span.start < wording.own.end and not each.relative
    ]
    if before:
        return Time(_whole_year(said, before[-1], at), Source.SENTENCE)
    if behind:
        return Time(behind[0].period, Source.SENTENCE)
    if context.stretch is not None:
        # A paragraph that begins with a year goes on in it, whatever it is headed.
        return Time(context.stretch, Source.STRETCH)
    for heading in reversed(context.headings):
        if pattern("caption_heading").search(heading):
            continue  # 图7 2021—2025年…: what a chart shows, not what the text below tells
        period = period_of_words(heading, context.told)
        if period is not None:
            return Time(period, Source.HEADING)
    period = implied(context.told, sense.sense)
    return Time(period, Source.REPORT if period else Source.UNKNOWN)


def _is_of_origin(said: str, named: Mentioned, at: int, wording: Wording) -> bool:
    """Whether it is when something began that changed: the 上年 of 由上年18亿元增加到95亿元 is no time of 95亿元."""
    if not pattern("origin_before").search(said[wording.own.start : named.span.start + 1]):
        return False
    return pattern("came_from").search(said[named.span.end : at]) is not None


def _whole_year(said: str, named: Mentioned, at: int) -> Period:
    """一季度增长4%，…，全年增长5%: 全年 ends what a part of the year was said of."""
    period = named.period
    if period.part and pattern("all_year").search(said, named.span.end, at):
        return replace(period, part="")
    return period


def as_of(
    time: Time, wording: Wording, told: Told, *, origin: bool, came_to: bool
) -> Period | None:
    """The time of the figure itself: what something came from is of before the years it changed in, what it came
    to of the last of them, and 年末 is a date.
    """
    period = time.period
    if period is None:
        return None
    said = time.source is Source.CLAUSE
    point = not pattern("over_time").search(wording.words + wording.quantity.unit)
    if origin and not said and not period.point:
        return Period(period.first - 1, period.first - 1, point=point)
    if (
        period.several
        and came_to
        and pattern("origin_before").search(wording.before + wording.clause)
    ):
        return Period(period.last, period.last, point=point)
    if period.several:
        return period
    if pattern("yearly_mean").search(wording.clause) and not said and told.done is not None:
        return Period(told.done - _MEAN_YEARS + 1, told.done)
    return replace(period, point=True) if pattern("year_end").search(wording.clause) else period


def sense_of_time(sense: SaidSense, time: Time, context: Context) -> SaidSense:
    """What lies ahead is announced, what lies behind reported."""
    told = context.told
    if time.period is None or told.done is None or told.planned is None:
        return sense
    if time.period.first >= told.planned or time.period.last > told.planned:
        return SaidSense(Sense.PLANNED, time.source is not Source.STRETCH)
    if time.period.last <= told.done:
        return SaidSense(Sense.DONE, time.source is not Source.STRETCH)
    return sense
