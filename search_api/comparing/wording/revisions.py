"""What did a place change from one report to the next? Sentences kept, changed, new and dropped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from corpus.report import Span
from corpus.statements.bound import bound_of
from corpus.statements.quantities import DATE, PERCENT, RANK, Quantity, quantities
from corpus.statements.statement import Bound
from indexer.types import ReportInfo
from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.boilerplate import FIGURE, FindPlaces, boilerplate
from search_api.comparing.likeness.marking import marked
from search_api.comparing.likeness.similarity import Prepared, likeness, of_one_indicator
from search_api.comparing.table.measured import measured
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.wording.candidates import nearness_matrix, worth_comparing
from search_api.comparing.wording.wording_types import Changed, FigureChange, Revision

# The nearer relation decides, whatever the similarity: a sentence that came again word for word is no
# change of another one.
_WORTH: Final = {Relation.IDENTICAL: 3.0, Relation.OTHER_FIGURE: 2.0, Relation.REWORDED: 1.0}
_POINTS: Final = "个百分点"
# How many percentage points one is of what measures shares too.
_IN_POINTS: Final = {"‰": Decimal("0.1"), "成": Decimal(10)}
_HUNDRED: Final = 100
_PLACES: Final = 2  # digits behind the point of a percentage
_PAUSE: Final = re.compile(r"[，,；;：:。！!？?、]")
_BETWEEN: Final = re.compile(r"\s*[、，,和与及]\s*")
# What makes a figure one of several years; in headings too: 过去五年工作回顾.
_YEARS: Final = re.compile(r"年均|累计|[两三四五六七八九十]年(?![级规计行])")
# Whether a figure tells how much was added or taken off; 提高到66.2% tells what it came to.
_MORE: Final = re.compile(r"(?:增长|增加|新增|上升|提高|提升|上涨|上调|增产)(?![到至])")
_LESS: Final = re.compile(r"(?:下降|减少|降低|回落|下跌|下调|减产)(?![到至])")


def revision(
    reports: tuple[ReportInfo, ReportInfo],
    earlier: Sequence[Sentence],
    later: Sequence[Sentence],
    places: FindPlaces,
) -> Revision | None:
    """What the later of two reports says otherwise, by their sentences; None without any.

    Each sentence has one counterpart at most: the assignment that makes most of all of them (Crouse
    2016). What was done is never the counterpart of what is planned.
    """
    if not earlier and not later:
        return None
    pairs = _counterparts(earlier, later)
    changed = [
        _changed(earlier[i], later[j], like, places)
        for (i, j), like in pairs.items()
        if like.relation is not Relation.IDENTICAL
    ]
    matched_before, matched_after = {i for i, _ in pairs}, {j for _, j in pairs}
    before, after = reports
    return Revision(
        region=after.metadata.region.name if after.metadata.region else "",
        earlier=before.report_id,
        later=after.report_id,
        earlier_year=before.metadata.year,
        later_year=after.metadata.year,
        kept=len(pairs) - len(changed),
        changed=tuple(sorted(changed, key=lambda each: each.after.start)),
        new=tuple(each.citation for j, each in enumerate(later) if j not in matched_after),
        dropped=tuple(each.citation for i, each in enumerate(earlier) if i not in matched_before),
    )


def _counterparts(
    earlier: Sequence[Sentence], later: Sequence[Sentence]
) -> dict[tuple[int, int], Likeness]:
    if not earlier or not later:
        return {}
    ready = [[each.prepared for each in side] for side in (earlier, later)]
    found: dict[tuple[int, int], Likeness] = {}
    near = worth_comparing(*nearness_matrix(*ready))
    for i, j in sorted({*near, *_of_one_indicator(*ready)}):
        if earlier[i].sense * later[j].sense < 0:
            continue
        like = likeness(earlier[i].prepared, later[j].prepared, over_years=True)
        if like.relation is not Relation.DIFFERENT:
            found[i, j] = like
    worth = np.zeros((len(earlier), len(later)))
    for (i, j), like in found.items():
        worth[i, j] = _WORTH[like.relation] + like.similarity
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {(int(i), int(j)): found[i, j] for i, j in chosen if (i, j) in found}


def _of_one_indicator(
    earlier: Sequence[Prepared], later: Sequence[Prepared]
) -> Iterator[tuple[int, int]]:
    """The pairs of sentences that tell of mostly the same indicators, whatever their words."""
    telling: dict[str, set[int]] = defaultdict(set)
    for j, other in enumerate(later):
        for name in other.indicators:
            telling[name].add(j)
    for i, one in enumerate(earlier):
        for j in set().union(*(telling.get(name, ()) for name in one.indicators)):
            if of_one_indicator(one, later[j]):
                yield i, j


def _changed(before: Sentence, after: Sentence, like: Likeness, places: FindPlaces) -> Changed:
    left, right = marked(before.text, after.text)
    one_period = _of_several_years(before) == _of_several_years(after)
    return Changed(
        before=before.citation,
        after=after.citation,
        before_pieces=left,
        after_pieces=right,
        likeness=like,
        figures=tuple(figure_changes(before.text, after.text, places) if one_period else ()),
    )


def _of_several_years(sentence: Sentence) -> bool:
    """Whether headings or what stands before it in its passage say so: 过去五年工作回顾, 五年间."""
    before = sentence.passage.text[: sentence.span.start - sentence.passage.start]
    return any(_YEARS.search(text) for text in (*sentence.passage.heading_path, before))


def figure_changes(before: str, after: str, places: FindPlaces) -> list[FigureChange]:
    """The figures that stand at the same place of both wordings and are not the same.

    At the same place: with the same words right before or, in its clause, behind it, and in rows of as
    many figures (分别增长10.4%和7.4%); and of one unit. Dates and ranks are no amounts. What is of several
    years in one wording only (年均增长7.1%) is another figure.
    """
    left, right = boilerplate(before, places), boilerplate(after, places)
    ours, theirs = _by_span(before), _by_span(after)
    matcher = SequenceMatcher(
        None, [bone.word for bone in left], [bone.word for bone in right], autojunk=False
    )
    found: list[FigureChange] = []
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            one, other = left[block.a + offset], right[block.b + offset]
            if one.word != FIGURE or one.span not in ours or other.span not in theirs:
                continue
            first, second = ours[one.span], theirs[other.span]
            if len(left) > 1 and not (
                offset
                or (
                    block.size > 1
                    and not _ends_clause(before, first)
                    and not _ends_clause(after, second)
                )
            ):
                continue  # a figure alone: nothing says that it is the same one
            if _row_of(before, first, ours) != _row_of(after, second, theirs):
                continue
            if _told(before, first) != _told(after, second):
                continue
            made = _figure_change(before, after, first, second)
            found += [made] if made is not None else []
    return found


def _ends_clause(text: str, figure: Quantity) -> bool:
    return bool(_PAUSE.match(text, figure.about.end))


def _told(text: str, figure: Quantity) -> tuple[bool, ...]:
    """What the clause says before a figure: of several years, added, taken off."""
    start = max((match.end() for match in _PAUSE.finditer(text, 0, figure.span.start)), default=0)
    clause = text[start : figure.span.start]
    return tuple(bool(each.search(clause)) for each in (_YEARS, _MORE, _LESS))


def _row_of(text: str, figure: Quantity, figures: Mapping[Span | None, Quantity]) -> int:
    """How many figures stand in a row with this one, nothing but a pause or 和 between them."""
    row: list[Quantity] = []
    for each in sorted(figures.values(), key=lambda one: one.span.start):
        if row and not _BETWEEN.fullmatch(text, row[-1].about.end, each.about.start):
            if figure in row:
                break
            row = []
        row.append(each)
    return len(row)


def _by_span(text: str) -> dict[Span | None, Quantity]:
    """The amounts of a text; those spelled out are mostly names (一年来, 两会)."""
    return {
        each.span: each
        for each in quantities(text)
        if each.kind not in (DATE, RANK) and each.arabic
    }


def _figure_change(before: str, after: str, one: Quantity, other: Quantity) -> FigureChange | None:
    """How two figures differ; None if they don't, or can't be compared."""
    bounds = bound_of(before, one), bound_of(after, other)
    first, second = measured([(one, bounds[0]), (other, bounds[1])])
    if first is None or second is None or not (first.comparable and second.comparable):
        return None
    if (first.low, first.high) == (second.low, second.high) and bounds[0] is bounds[1]:
        return None
    shares = PERCENT in (one.kind, other.kind)
    difference = percent = None
    if Bound.RANGE not in bounds:
        difference = second.low - first.low
        if shares:
            difference *= _IN_POINTS.get(second.unit, 1)
        elif first.low:
            percent = round(difference / abs(first.low) * _HUNDRED, _PLACES)
    return FigureChange(
        before=one.about.of(before),
        after=other.about.of(after),
        before_quantity=one,
        after_quantity=other,
        difference=difference,
        percent=percent,
        unit=_POINTS if shares else second.unit,
    )
