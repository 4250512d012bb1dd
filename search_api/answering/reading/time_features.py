"""How does a statement's time go with the one that is asked about: the year, plan or result?"""

from __future__ import annotations

from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.period import Told
from corpus.statements.statement import Aspect, Period, Sense, Source, Statement
from search_api.answering.reading.rulings import SAID
from search_api.questions.plan import Plan, When
from search_api.questions.words import pattern


def time_features(statement: Statement, plan: Plan, told: Told) -> dict[str, float]:
    """Whether it is of the time that is asked about."""
    period, when = statement.period, plan.when
    values: dict[str, float] = {}
    if period is not None and period.part and not pattern("part_asked").search(plan.text):
        values["part_of_year"] = 1.0
    if when.end or when.before:
        return values
    if when.several:
        so_far = pattern("so_far")
        if when.period is None and so_far.search(plan.text) and so_far.search(statement.clause):
            return values  # 累计建成: by now, whatever year it is told of
        return values | _of_several(period, when)
    wanted = when.years_of(told)
    if wanted:
        values[_of_years(statement, wanted)] = 1.0
    elif period is not None:
        values[_of_no_time(statement, period, plan, told)] = 1.0
    return values


def _of_several(period: Period | None, when: When) -> dict[str, float]:
    """Of several years together, and of those that are named."""
    if period is None or not period.several:
        return {"single_for_several": 1.0}
    named = when.period
    other = named is not None and (period.first, period.last) != (named.first, named.last)
    return {"other_span": float(other)}


def _of_years(statement: Statement, wanted: frozenset[int]) -> str:
    """The feature that tells how its time goes with the years that are asked about."""
    period, source = statement.period, statement.period_source
    said = source in SAID
    if period is None:
        return "open_time"
    if period.several:
        # What it came to after several years is what it is in the last one.
        stock = statement.aspect in (Aspect.LEVEL, Aspect.SHARE) and not adds_up(statement)
        if stock and period.last in wanted:
            return "several_level"
        return "several_said" if said else "several_headed"
    if period.first in wanted:
        return "right_said" if said else "right_headed"
    return "wrong_implied" if source is Source.REPORT else "wrong_headed"


def _of_no_time(statement: Statement, period: Period, plan: Plan, told: Told) -> str:
    """The same where no time is asked about: what was reached lately is meant first."""
    if period.several:
        return "unasked_several"
    plans = told.planned is not None and told.planned != told.done
    if plans and told.planned is not None and period.first >= told.planned:
        return "unasked_right" if plan.sense is Sense.PLANNED else "unasked_planned"
    other = period.first != told.done and statement.period_source in SAID
    return "unasked_other" if other else "unasked_right"


def adds_up(statement: Statement) -> bool:
    """Whether what it tells of adds up over years, as what is built and created does, and no stock."""
    return statement_pattern("adds_up").search(statement.clause) is not None


def sense_wanted(plan: Plan, told: Told) -> Sense | None:
    """Plan or result, as the question says it or as the years it names do."""
    if plan.sense is not None:
        return plan.sense
    years = plan.when.years_of(told)
    if not years or told.done is None or told.planned is None:
        return None
    if min(years) >= told.planned:
        return Sense.PLANNED
    return Sense.DONE if max(years) <= told.done else None


def sense_features(statement: Statement, plan: Plan, told: Told) -> dict[str, float]:
    wanted, said = sense_wanted(plan, told), statement.sense
    approved = said is Sense.APPROVED and wanted is not Sense.APPROVED
    values = {"approved": float(approved)}
    if wanted is None or said is None or approved:
        return values
    if wanted is said:
        values["sense_right"] = 1.0
    else:
        values["sense_wrong_sure" if statement.sense_sure else "sense_wrong"] = 1.0
    return values
