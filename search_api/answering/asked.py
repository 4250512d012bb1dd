"""What kind of answer is asked for: a figure, a list, a date, or the sentence that says it?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from corpus.statements.quantities import PERCENT, kinds_of, number
from search_api.questions.question import Language, Question
from search_api.questions.terms import terms_in
from search_api.retrieval.expectation import Expectation


class Answering(StrEnum):
    """The kinds of answers."""

    FIGURE = "figure"
    DATE = "date"
    LIST = "list"
    WORDING = "wording"
    COUNT = "count"  # over reports: in how many, in which


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer must be. `change`: how much something grew or fell, not what it came to; `level`:
    what it came to, asked for outright (a rate, a share).

    `items`: how many a list should have, None if not said; `noun`: what the question says of the
    listed things (镇调出了名单), empty if it doesn't.
    """

    answering: Answering
    expected: Expectation
    change: bool = False
    level: bool = False
    items: int | None = None
    noun: str = ""


_DATE_ZH: Final = re.compile(r"哪一?年|哪个?月|何时|什么时候|什么时间|哪一?天|几月|几号")
_DATE_EN: Final = re.compile(r"\bwhen\b|\bwhat year\b|\bwhich year\b", re.IGNORECASE)
_HAN_COUNT: Final = r"[两二三四五六七八九十]+|\d+"
_WHICH_ZH: Final = re.compile(
    rf"哪(?:(?P<count>{_HAN_COUNT}|几)(?:个|家|座|条|类|种|项|大|处|所|位|名|块|支)?|些)(?P<noun>[^？?，,。]*)"
)
_LIST_ZH: Final = re.compile(
    r"分别(?:是|指|为|有)(?:什么|哪)|具体是哪|包括(?:什么|哪)|哪里|哪儿|什么地方"
)
_LIST_EN: Final = re.compile(
    r"\b(?:which|what)\s+(?:are\s+the\s+)?(?:other\s+)?(?P<count>two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
    r"|\bwhich\s+(?:[a-z\-]+\s+){0,3}(?P<noun>[a-z]+s)\b|\bwhat\s+are\s+the\b|\bwhere\b",
    re.IGNORECASE,
)
# Lists of measures and ways are told in sentences, not in names.
_TOLD_ZH: Final = re.compile(
    r"哪(?:些|几[个项点条招]?)(?:方面|办法|措施|举措|安排|工作|问题|不足|事|招|做法|困难|进展|变化|要求|规定|挑战)"
)
_CHANGE_ZH: Final = re.compile(
    r"(?:(?<!新)增[长加幅速]|涨幅?|提[高升]|上升|下降|减[少低]|降[低幅]?|压减|缩减|回落)了?(?:是|有|到底|大概|为)?"
    r"(?:多少|几|百分)|增[速幅]|涨幅|降幅|增长(?:率|目标|速度|预期)|(?:下降|降低|提[高升])(?:预期)?(?:目标|幅度)|增长多|同比"
    r"|(?:涨|(?<!新)增|升|降|减)了多少"
)
_CHANGE_EN: Final = re.compile(
    r"\b(?:grow|grew|grown|growth|increas\w+|rise|rose|decreas\w+|fall|fell|by what|declin\w+|cut)\b",
    re.IGNORECASE,
)
# Names of figures that are a level by what they are. 增长率 is a change, see above.
_RATIO_ZH: Final = re.compile(
    r"(?:率|比[重例]|占比|强度|浓度|总[额量值数]|规模|余额|寿命|保有量)(?:目标)?(?:是|为|有|达到?|要)?(?:多少|百分)"
)
_RATIO_EN: Final = re.compile(
    r"\b(?:rate|ratio|share|proportion|intensity|percentage|expectancy)\b", re.IGNORECASE
)
_LEVEL_ZH: Final = re.compile(r"(?:[涨增提升降]|增加|提高|上升|下降)(?:到|至)(?:多少|几|了)|达到多")
_ENGLISH_COUNTS: Final = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        range(2, 11),
        strict=True,
    )
)


def asked_for(question: Question, expected: Expectation) -> Asked:
    """Read what kind of answer a question wants."""
    text = question.text
    expected = _one_kind(expected)
    if question.language is Language.ZH:
        return _chinese(text, expected)
    return _english(text, expected)


def _one_kind(expected: Expectation) -> Expectation:
    """收入增速, the share of spending: a percentage, though money is named too.

    Unless a unit is asked for outright (增加多少亿元).
    """
    if PERCENT in expected.kinds and not any(kinds_of(each) for each in expected.counters):
        return replace(expected, kinds=frozenset((PERCENT,)))
    return expected


_QUESTION_ZH: Final = re.compile(
    r"[吗呢么]|什么|怎|如何|哪|谁|为何|多少|几|多[大高长远重久]|是否|何"
)


def as_question(text: str, language: Language) -> str:
    """A topic as a question for its figure: 森林覆盖率 -> 森林覆盖率是多少？

    Only of an indicator, and only where nothing else is asked.
    """
    if language is not Language.ZH or _QUESTION_ZH.search(text):
        return text
    if not any(term.indicator for term, _ in terms_in(text, language)):
        return text
    return f"{text.rstrip('。？?！! ')}是多少？"


def _chinese(text: str, expected: Expectation) -> Asked:
    if _DATE_ZH.search(text):
        return Asked(Answering.DATE, expected)
    which = _WHICH_ZH.search(text)
    if which and not _TOLD_ZH.search(text):
        count = which["count"]
        items = int(number(count)) if count not in (None, "几") else None
        return Asked(Answering.LIST, expected, items=items, noun=which["noun"])
    if expected.figure and not which:
        change = bool(_CHANGE_ZH.search(text)) and not _LEVEL_ZH.search(text)
        level = not change and bool(_RATIO_ZH.search(text))
        return Asked(Answering.FIGURE, expected, change=change, level=level)
    if _LIST_ZH.search(text):
        return Asked(Answering.LIST, expected)
    return Asked(Answering.WORDING, expected)


def _english(text: str, expected: Expectation) -> Asked:
    if _DATE_EN.search(text):
        return Asked(Answering.DATE, expected)
    if expected.figure:
        change = bool(_CHANGE_EN.search(text))
        level = not change and bool(_RATIO_EN.search(text))
        return Asked(Answering.FIGURE, expected, change=change, level=level)
    listed = _LIST_EN.search(text)
    if listed:
        count = (listed["count"] or "").lower()
        items = _ENGLISH_COUNTS.get(count) or (int(count) if count.isdigit() else None)
        return Asked(Answering.LIST, expected, items=items)
    return Asked(Answering.WORDING, expected)
