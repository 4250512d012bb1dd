"""A question becomes a plan: each part is read by one function, from the question's words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.numerals import number
from corpus.statements.period import Told, periods_in
from corpus.statements.quantities import COUNT, PERCENT, kinds_of
from corpus.statements.statement import Aspect, Period, Scope, Sense
from search_api.questions.operation import operation_of
from search_api.questions.plan import Operation, Plan, When
from search_api.questions.question import Language, Question, years_in
from search_api.questions.terms import Term, terms_in
from search_api.questions.words import pattern, says

_RELATIVE: Final = (("this_year", 0), ("last_year", -1), ("next_year", 1))
_ENGLISH_COUNTS: Final = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        range(2, 11),
        strict=True,
    )
)
# GDP beside another indicator is what that is compared with.
_GDP: Final = "地区生产总值"
_KINDS_FILE: Final = "quantities.tsv"
# Which words of asking say outright what is asked of a thing, in the order in which they are looked for.
_OUTRIGHT: Final = {
    Language.ZH: (
        ("rank", Aspect.RANK), ("difference", Aspect.DIFFERENCE), ("pace", Aspect.CHANGE),
        ("level", Aspect.LEVEL), ("change", Aspect.CHANGE), ("share", Aspect.SHARE),
    ),
    Language.EN: (
        ("rank", Aspect.RANK), ("difference", Aspect.DIFFERENCE), ("by", Aspect.CHANGE), ("level", Aspect.LEVEL),
        ("share", Aspect.SHARE), ("change", Aspect.CHANGE),
    ),
}  # fmt: skip
_NO_TIME: Final = Told(None, None, None)


def plan_of(question: Question, operation: Operation | None = None) -> Plan:
    """Read a question; `operation`: known already (a topic of a comparison asks for a value)."""
    language = question.language
    odds = 1.0
    if operation is None:
        operation, odds = operation_of(question)
    indicators = _indicators(question)
    aspect, aspect_sure = _aspect(question, indicators)
    if aspect is Aspect.RANK and operation is Operation.NAME:
        operation = Operation.VALUE  # a place in a ranking is a figure
    if pattern("asks_signer").search(question.text):
        operation = Operation.NAME  # who holds an office, however curtly asked
    items, noun = _items(question)
    kinds, counters = _units(question, aspect, aspect_sure)
    if counters and aspect is Aspect.CHANGE:
        # 要增加多少张床位: so many that come to it, told as what is done or as what it grows by.
        aspect_sure = False
    if counters and aspect is Aspect.SHARE:
        aspect, aspect_sure = Aspect.LEVEL, False  # 其中小学占多少所
    return Plan(
        question=question,
        operation=operation,
        when=when_of(question),
        aspect=aspect,
        aspect_sure=aspect_sure,
        sign=-1 if pattern("zh_fall").search(question.text) and aspect is Aspect.CHANGE else 0,
        sense=sense_asked(question.text, language),
        scope=_scope(question),
        kinds=kinds,
        counters=counters,
        indicators=indicators,
        items=items,
        noun=noun,
        outright=says("value", question.text, language),
        operation_odds=odds,
    )


def when_of(question: Question) -> When:
    """The time that a question asks about."""
    # What something is compared with (比上年), or in whose prices it is told, is not the time it is asked of.
    text = question.text
    for name in ("base_price", "compared"):
        text = statement_pattern(name).sub("", text)
    named = [each.period for each in periods_in(text, _NO_TIME) if each.period.several]
    named += [
        Period(int(span["from"]), int(span["to"]))
        for span in pattern("span_years").finditer(text)
        if question.language is Language.EN and span["from"] < span["to"]
    ]
    return When(
        years=frozenset(years_in(text)),
        relative=frozenset(late for name, late in _RELATIVE if pattern(name).search(text)),
        several=bool(named) or pattern("several").search(text) is not None,
        end=pattern("period_end").search(text) is not None,
        before=pattern("before_years").search(text) is not None,
        period=named[0] if named else None,
    )


def sense_asked(text: str, language: Language) -> Sense | None:
    """Whether a result is asked for or a plan; None if neither is said, or both."""
    if pattern("approved").search(text):
        return Sense.APPROVED
    planned, done = says("planned", text, language), says("done", text, language)
    if planned == done:
        return None
    return Sense.PLANNED if planned else Sense.DONE


def _indicators(question: Question) -> tuple[Term, ...]:
    named = [term for term, _ in terms_in(question.topic, question.language) if term.indicator]
    others = tuple(dict.fromkeys(term for term in named if term.name != _GDP))
    return others or tuple(dict.fromkeys(named))


def _aspect(question: Question, indicators: tuple[Term, ...]) -> tuple[Aspect | None, bool]:
    """What is asked of the thing measured, and whether it is said outright."""
    text, language = question.text, question.language
    outright = _aspect_said(text, language)
    if outright is not None:
        return outright, True
    goal = says("goal", text, language)
    if says("ratio", text, language) and not goal:
        return Aspect.LEVEL, True
    # GDP目标: its growth, or what it is to come to
    return (None, False) if indicators and goal else (Aspect.LEVEL, False)


def _aspect_said(text: str, language: Language) -> Aspect | None:
    """The first that is said, of those that leave no doubt; 占比提高多少 asks for a change in Chinese."""
    share = says("share", text, language)
    for name, aspect in _OUTRIGHT[language]:
        if says(name, text, language) and not (name == "level" and share):
            return aspect
    return None


def _units(
    question: Question, aspect: Aspect | None, sure: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of quantity that can answer, and the counters that stand behind 多少."""
    topic = question.topic
    counters = frozenset(pattern("counter").findall(topic))
    many = pattern("how_many").search(topic)
    # How many container routes: routes are counted, no containers.
    words = many["things"].split(" ")[-1] if many else topic
    kinds = frozenset(name for name, asked in _kinds().items() if asked.search(words))
    if many and not kinds:
        kinds = frozenset((COUNT,))
    outright = any(kinds_of(each) for each in counters)
    if sure and aspect in (Aspect.CHANGE, Aspect.SHARE):
        # 增速, 占比: a percentage, though money is named too; 比上年多了多少 may be so many people.
        named = aspect is Aspect.SHARE or pattern("percent_named").search(topic)
        if named and not outright:
            kinds = frozenset((PERCENT,))
        elif kinds:
            kinds |= {PERCENT}
    elif PERCENT in kinds and not outright and not sure:
        kinds = frozenset((PERCENT,))
    return kinds, frozenset(each for each in counters if kinds_of(each))


@cache
def _kinds() -> Mapping[str, re.Pattern[str]]:
    """Per kind of quantity how it is asked for, in either language."""
    text = files("search_api").joinpath("data", _KINDS_FILE).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: re.compile(asked, re.IGNORECASE) for name, asked in pairs}


def _scope(question: Question) -> Scope:
    text = question.text
    if question.language is Language.ZH:
        # 增速高于全省多少: what it is compared with is not what is asked about.
        text = pattern("zh_difference").sub("", text)
    if pattern("own_level").search(text):
        return Scope.OWN_LEVEL
    return Scope.WHOLE if pattern("whole").search(text) else Scope.OPEN


def _items(question: Question) -> tuple[int | None, str]:
    """How many things a list should have, and what the question calls them."""
    found = pattern(f"{question.language.value}_which").search(question.text)
    if found is None:
        return None, ""
    count = (found["count"] or "").lower()
    noun = (found["noun"] or "") if question.language is Language.ZH else ""
    if count in ("", "几"):
        return None, noun
    return _ENGLISH_COUNTS.get(count) or int(number(count)), noun
