"""What does one report say on what is asked: the figure, the names, the words, or which kind of silence?

The one way to an answer: questions, comparisons, exports, pages and evaluation all stand on it, so that the same
question gets the same cell in any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus.statements.statement import Aspect, Sense, Statement
from indexer.types import ReportInfo
from search_api.answering.reading.reader import read
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.reading.value_reader import ValuesRead
from search_api.answering.saying import says_years
from search_api.answering.scope import (
    Scope,
    compared_with,
    frame_hits,
    told_of,
    uncovered_years,
)
from search_api.answering.settings import AnswerSettings
from search_api.engine import Consulted, Engine
from search_api.questions.plan import Plan
from search_api.results import Filters, Hit


class Silence(StrEnum):
    """How a report is silent."""

    NO_REPORT = "no_report"
    YEAR_NOT_COVERED = "year_not_covered"
    ONLY_PLAN = "only_plan"  # what is announced, and not what came of it
    ONLY_RESULT = "only_result"  # what came of it, and not what is announced
    ONLY_CHANGE = "only_change"  # how much it grew, and not what it came to
    ONLY_LEVEL = "only_level"
    OTHER_TIME = "other_time"
    OTHER_SCOPE = "other_scope"  # the whole place for the government's own, or the other way round
    NOT_STATED = "not_stated"


def _with_places(hits: tuple[Hit, ...], reading: Reading) -> tuple[Hit, ...]:
    """The hits, and those that a reading found beside them."""
    return tuple(dict.fromkeys((*hits, *(place.hit for place in reading.places))))


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report says: a `reading`, or a kind of `silence` with the statement that comes nearest.

    `hits` are the passages that were looked at; `doubted`: what was read and refused.
    """

    info: ReportInfo
    plan: Plan
    hits: tuple[Hit, ...]
    reading: Reading | None
    silence: Silence | None = None
    nearest: Place | None = None
    doubted: Reading | None = None

    @property
    def stated(self) -> bool:
        """Whether the report says it."""
        return self.reading is not None


def cell(engine: Engine, plan: Plan, info: ReportInfo, settings: AnswerSettings) -> Cell:
    """What one report says on what a plan asks, searched and read on its own."""
    filters = Filters(report_id=info.report_id)
    return cell_in(engine, engine.consult(plan, filters, top_k=settings.hits), info, settings)


def first_cell(
    engine: Engine, plans: Sequence[Plan], info: ReportInfo, settings: AnswerSettings
) -> Cell:
    """The cell of the first of several plans (A或B) that a report answers; of the first one if of none: that is meant
    most. Raises ValueError without a plan.
    """
    silent: Cell | None = None
    for plan in plans:
        found = cell(engine, plan, info, settings)
        if found.stated:
            return found
        silent = silent or found
    if silent is None:
        raise ValueError("no plan to read a report by")
    return silent


def cell_in(
    engine: Engine, consulted: Consulted, info: ReportInfo, settings: AnswerSettings
) -> Cell:
    """The same, of a search in that report."""
    plan, hits = consulted.plan, consulted.result.hits
    if not hits:
        return Cell(info, plan, hits, None, Silence.NOT_STATED)
    frames = frame_hits(engine, plan, info.report_id)
    compared = compared_with(engine, consulted)
    found = read(hits[: settings.read], compared, engine.statements, frames)
    if found.reading is not None:
        hits = _with_places(hits, found.reading)
    reading = found.reading
    years = uncovered_years(consulted, Scope(hits, (info,)))
    # A report may look back further than its own years, if it says so itself.
    if years and (reading is None or not says_years(reading, years)):
        return Cell(info, plan, hits, None, Silence.YEAR_NOT_COVERED, doubted=reading)
    if reading is not None and not reading.silent:
        return Cell(info, plan, hits, reading)
    silence = kind_of_silence(found, plan, info)
    nearest = None
    if found.other is not None:
        nearest = Place(found.other.hit, found.other.statement.sentence)
    return Cell(info, plan, hits, None, silence, nearest, reading)


_BY_REASON: Final = {"scope": Silence.OTHER_SCOPE, "added": Silence.OTHER_TIME}


def kind_of_silence(found: ValuesRead, plan: Plan, info: ReportInfo) -> Silence:
    """Which kind of silence it is, by what fits best of what can't be the answer."""
    if found.other is None:
        return Silence.NOT_STATED
    statement = found.other.statement
    if found.reason in ("aspect", "unit"):
        if statement.aspect is Aspect.CHANGE and plan.aspect is not Aspect.CHANGE:
            return Silence.ONLY_CHANGE
        if statement.aspect is Aspect.LEVEL and plan.aspect is Aspect.CHANGE:
            return Silence.ONLY_LEVEL
        return Silence.NOT_STATED
    if found.reason == "time":
        return _of_time(statement, plan, info)
    if found.reason == "sense":
        planned = statement.sense is Sense.PLANNED
        return Silence.ONLY_PLAN if planned else Silence.ONLY_RESULT
    return _BY_REASON.get(found.reason, Silence.NOT_STATED)


def _of_time(statement: Statement, plan: Plan, info: ReportInfo) -> Silence:
    told, wanted = told_of(info), plan.when.years_of(told_of(info))
    if statement.sense is Sense.PLANNED and told.done in wanted:
        return Silence.ONLY_PLAN
    if statement.sense is Sense.DONE and told.planned in wanted and told.done not in wanted:
        return Silence.ONLY_RESULT
    return Silence.OTHER_TIME
