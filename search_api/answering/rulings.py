"""What certainly is not the answer, whatever else fits: one function for each thing a plan can rule out.

Ruled out is only what both sides say outright: the plan what it wants, the statement what it is.
"""

from __future__ import annotations

from corpus.statements.period import Told
from corpus.statements.quantities import PERCENT, kinds_of
from corpus.statements.statement import Aspect, Scope, Source, Statement
from search_api.questions.plan import Plan

# Where a statement's time is said in words, and not only by what stands around it.
_SAID: Final = (Source.CLAUSE, Source.SENTENCE)


def ruled_out(statement: Statement, plan: Plan, told: Told) -> str:
    """Why a statement can't be the answer; empty if it may be."""
    for reason, rules in _RULES.items():
        if rules(statement, plan, told):
            return reason
    return ""


def of_another_aspect(statement: Statement, plan: Plan, told: Told) -> bool:
    """A change where a level is asked for outright, or the other way round; a rank, a difference likewise."""
    if not plan.aspect_sure or plan.aspect is None or statement.nothing:
        return False
    return statement.aspect not in _MAY_ANSWER[plan.aspect]


# 占比 may be told as a level (达到60%), a share as what it came to. 高于全国0.4个百分点 is no change.
_MAY_ANSWER: Final = {
    Aspect.LEVEL: frozenset((Aspect.LEVEL, Aspect.SHARE)),
    Aspect.SHARE: frozenset((Aspect.SHARE, Aspect.LEVEL)),
    Aspect.CHANGE: frozenset((Aspect.CHANGE, Aspect.LEVEL)),
    Aspect.RANK: frozenset((Aspect.RANK,)),
    Aspect.DIFFERENCE: frozenset((Aspect.DIFFERENCE, Aspect.CHANGE)),
}
