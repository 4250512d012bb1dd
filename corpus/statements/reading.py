"""What does a sentence state? One record for each figure, read once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from corpus.report import Span
from corpus.statements.bound import bound_of
from corpus.statements.clause import Wording, names_something, wordings
from corpus.statements.lexicon import pattern
from corpus.statements.marks import is_mark, marks_in
from corpus.statements.period import Mentioned, implied, periods_in
from corpus.statements.quantities import DATE, RANK, Quantity, half_width, quantities
from corpus.statements.sense import SaidSense, sense_of
from corpus.statements.spacing import Squeezed, squeezed
from corpus.statements.statement import (
    Aspect,
    Bound,
    Scope,
    Sense,
    Source,
    Statement,
)
from corpus.statements.timing import Context, as_of, sense_of_time, time_of

# Percentage points only ever tell how far two percentages are apart.
_POINTS: Final = "个百分点"
# 排名由369位上升到235位: places in a ranking, though persons are counted so too.
_PLACE: Final = "位"
_NOTHING_UNIT: Final = ""
# Until its place in the report is known.
_NOWHERE: Final = Span(0, 0)


def statements(sentence: str, start: int, context: Context) -> tuple[Statement, ...]:
    """The statements of a sentence that begins at `start` of its report's text, in order.

    Its dates are no statements; an explicit nothing is one, where no figure stands beside it.
    """
    close = squeezed(half_width(sentence))
    said = close.text
    named = periods_in(said, context.told)
    times = [each.span for each in named]
    marks = marks_in(said)
    counted = [
        each
        for each in quantities(said)
        # 一季度 is when, and not how long
        if each.kind != DATE
        and not is_mark(said, each, marks)
        and not any(t.start <= each.span.start < t.end for t in times)
    ]
    lead = context.headings[-1] if context.headings else ""
    whole = Span(start, start + len(sentence))
    found = [
        _statement(said, each, counted, named, context) for each in wordings(said, counted, lead)
    ]
    found += _nothings(said, counted, named, context)
    return tuple(_placed(each, close, whole) for each in found)


def _placed(statement: Statement, close: Squeezed, sentence: Span) -> Statement:
    """The same with offsets into the report's text."""
    quantity = statement.quantity

    def place(span: Span) -> Span:
        found = close.span(span)
        return Span(found.start + sentence.start, found.end + sentence.start)

    return replace(
        statement,
        sentence=sentence,
        quantity=replace(quantity, span=place(quantity.span), about=place(quantity.about)),
    )


def _statement(
    said: str,
    wording: Wording,
    counted: Sequence[Quantity],
    named: Sequence[Mentioned],
    context: Context,
) -> Statement:
    quantity = wording.quantity
    aspect, sign, against = _aspect(wording)
    up_to = said[wording.own.start : quantity.span.start]
    origin = _is_origin(said, wording)
    came_to = bool(pattern("came_to").search(wording.row_before))
    sense = sense_of(context.headings, up_to, wording.clause)
    if not sense.sure and context.told.done is not None and context.told.now == context.told.done:
        # What is written after its year reports, whatever its verbs (新增) would say elsewhere.
        sense = SaidSense(Sense.DONE, sure=False)
    time = time_of(said, quantity.span.start, wording, named, sense, context)
    if sense.sense is None or (not sense.sure and time.source is not Source.REPORT):
        sense = sense_of_time(sense, time, context)
    return Statement(
        quantity=quantity,
        sentence=_NOWHERE,
        words=wording.words,
        clause=wording.clause,
        aspect=aspect,
        sign=sign,
        bound=bound_of(said, quantity),
        sense=sense.sense,
        sense_sure=sense.sure,
        period=as_of(time, wording, context.told, origin=origin, came_to=came_to),
        period_source=time.source,
        scope=_scope(said, wording, context.headings),
        component=_is_component(said, quantity.span.start),
        whole=wording.whole,
        origin=origin,
        came_to=came_to,
        passed=_is_passed(said, quantity, counted),
        added=bool(pattern("added_words").search(wording.words)),
        against=against,
    )


def _aspect(wording: Wording) -> tuple[Aspect, int, str]:
    """What the figure says of what it measures, which way it went, and what a difference is from."""
    quantity, before = wording.quantity, wording.row_before
    if quantity.kind == RANK or (quantity.unit == _PLACE and pattern("rank_before").search(before)):
        return Aspect.RANK, 0, ""
    apart = pattern("difference_before").search(before)
    if apart:
        sign = -1 if pattern("lower_before").search(before) else 1
        return Aspect.DIFFERENCE, sign, apart["against"] or apart["against2"] or ""
    fell = pattern("fall_before").search(before) or pattern("fall_pace").search(before)
    if pattern("change_before").search(before) and not pattern("reached_end").search(before):
        return Aspect.CHANGE, -1 if fell else 1, ""
    if pattern("pace_before").search(before) or quantity.unit == _POINTS:
        return Aspect.CHANGE, -1 if fell else 1, ""
    if quantity.kind == "percent" and (
        pattern("share_before").search(before) or pattern("share_behind").search(wording.behind)
    ):
        return Aspect.SHARE, 0, ""
    return Aspect.LEVEL, 0, ""


def _scope(said: str, wording: Wording, headings: Sequence[str]) -> Scope:
    """The nearest words before the figure that say it, else the innermost heading that does."""
    up_to = said[: wording.quantity.span.start]
    for text in (up_to, *reversed(headings)):
        own = [m.start() for m in pattern("own_level").finditer(text)]
        whole = [m.start() for m in pattern("whole").finditer(text)]
        if own or whole:
            return Scope.OWN_LEVEL if max(own, default=-1) > max(whole, default=-1) else Scope.WHOLE
    return Scope.OPEN


def _is_component(said: str, at: int) -> bool:
    """Whether 其中 stands before it, with no stop between."""
    stops = [m.end() for m in pattern("sentence_stop").finditer(said, 0, at)]
    return pattern("component").search(said, stops[-1] if stops else 0, at) is not None


def _is_origin(said: str, wording: Wording) -> bool:
    """Whether it is what a later figure of the clause came from: 从…, and 到 or 至 behind it."""
    before = said[wording.own.start : wording.quantity.span.start]
    behind = said[wording.quantity.span.end : wording.own.end]
    return bool(pattern("origin_before").search(before)) and bool(
        pattern("origin_behind").search(behind)
    )


def _is_passed(said: str, quantity: Quantity, counted: Sequence[Quantity]) -> bool:
    """Whether 突破 or 超过 stands before it and 达到 with a figure of its kind right behind it."""
    if not pattern("passed_before").search(said[: quantity.span.start]):
        return False
    index = counted.index(quantity)
    if index + 1 == len(counted) or counted[index + 1].kind != quantity.kind:
        return False
    between = said[quantity.span.end : counted[index + 1].span.start]
    return pattern("passed_then").fullmatch(between) is not None


def _nothings(
    said: str,
    counted: Sequence[Quantity],
    named: Sequence[Mentioned],
    context: Context,
) -> list[Statement]:
    """The clauses that say there is none of something: 全县无行政复议案件, 未发生重大事故."""
    found: list[Statement] = []
    begin = 0
    for end in [*(m.start() for m in pattern("pause").finditer(said)), len(said)]:
        clause = Span(begin, end)
        begin = end + 1
        held = any(clause.start <= each.span.start < clause.end for each in counted)
        match = pattern("nothing").search(said, clause.start, clause.end)
        words = said[match.end() : clause.end] if match else ""
        if match is None or held or not names_something(words) or pattern("moved").match(words):
            continue
        span = Span(*match.span())
        zero = Decimal(0)
        quantity = Quantity(span, span, zero, zero, _NOTHING_UNIT, "", arabic=False)
        time = [each.period for each in named if each.span.start < match.start()]
        found.append(
            Statement(
                quantity=quantity,
                sentence=_NOWHERE,
                words=words,
                clause=clause.of(said),
                aspect=Aspect.LEVEL,
                sign=0,
                bound=Bound.EXACT,
                sense=sense_of(context.headings, said[clause.start : match.start()], words).sense,
                sense_sure=False,
                period=time[-1] if time else context.stretch or implied(context.told, Sense.DONE),
                period_source=Source.CLAUSE if time else Source.STRETCH,
                nothing=True,
            )
        )
    return found
