"""What would an answer look like: a figure of which kind, something done or something planned?

Read from the question's words alone, and asked of each sentence. Every sentence of a report that is
about the topic has its words; only the one with a figure of the right kind and the right time
answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from corpus.report import ReportKind
from corpus.statements.quantities import units_of
from search_api.questions.question import Language, Question
from search_api.retrieval.folding import nfkc

# A report is asked the same in several ways, and its sentences come again each time: what was made of them is
# kept for the last few reports.
SENTENCES_KEPT: Final = 2_048
HEADINGS_KEPT: Final = 1_024


class Sense(StrEnum):
    """Whether something is reported as done or announced."""

    DONE = "done"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`figure`: a figure is asked for, of these `kinds` of quantity (none: of any), with one of
    `counters` behind it; `sense`: done, planned, None if not said; `years` named, and `relative`
    ones, counted from the report's own (去年 is -1).
    """

    figure: bool = False
    kinds: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    sense: Sense | None = None
    years: frozenset[int] = frozenset()
    relative: frozenset[int] = frozenset()

    def asked_years(self, report_year: int | None) -> frozenset[int]:
        """The years asked about, of a report of that year."""
        if report_year is None:
            return self.years
        return self.years | {report_year + late for late in self.relative}


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of quantity: its units, and how it is asked for in either language."""

    name: str
    units: tuple[str, ...]
    asked: re.Pattern[str]


# Years named by their distance to the report's.
_RELATIVE: Final = (
    (re.compile(r"今年|本年度?|\bthis year", re.IGNORECASE), 0),
    (re.compile(r"去年|上年|\blast year|\bprevious year", re.IGNORECASE), -1),
    (re.compile(r"明年|\bnext year", re.IGNORECASE), 1),
)
_FIGURE_ZH = re.compile(r"多少|几(?!乎|年来|何)|百分之|多[大高长远重久]|第几|占比|比重")
_FIGURE_EN = re.compile(
    r"\b(?:how (?:many|much|large|big|high|long|far|fast)|what (?:[a-z'-]+\s){0,3}(?:share|percentage|proportion|rate|number"
    r"|amount|target|growth)|by what|percentage|number of|per ?cent|how often"
    r"|what (?:is|was|are|were|did|does|will)\b.*\b(?:targets?|growth|rate|population|gdp|total|capacity"
    r"|pension|output|income|revenue|amount|value|size|length|area|turnover|throughput))\b",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"(?:多少|几)[十百千万亿]*余?([^\W\d_])")
# 要 as a verb of intent, not inside 需要, 主要, 要求, 要素 ...
_INTENT: Final = r"(?<![需主重首紧必摘概简纲])要(?![求素点闻件道害塞么领义])"
_PLANNED_ZH = re.compile(
    rf"{_INTENT}|打算|计划(?!经济|生育|单列)|准备(?!金)|力争|争取|目标|预期(?!寿命)|预计|拟|想[把让在要]|将要?"
    r"|今后|往后|以后|接下来|下一步"
)
_DONE_ZH = re.compile(
    r"去年|上年|过去|已经?|目前|现在|如今|了(?:多少|几|哪|什么)|完成了|一共|总共|累计|年末|年底|收官|回顾|[\u4e00-\u9fff]了[？?]?$"
)
_PLANNED_EN = re.compile(
    r"\b(?:will|to be|plans?|planned|aims?|going to|targets?|intends?|supposed to|expect(?:s|ed)?)\b"
    r"|\bto (?:add|build|create|reach|exceed|raise|become|have)\b",
    re.IGNORECASE,
)
_DONE_EN = re.compile(
    r"\b(?:did|was|were|had|has|have been|last year|now|so far|already|by the end of)\b",
    re.IGNORECASE,
)
# How reports write of what is to come and of what was done.
_TEXT_PLANNED = re.compile(
    r"预期目标|主要目标|力争|争取|计划|预计|拟|将|要(?!求|素|点|闻|件|道|害|塞|么)|确保|推动|推进|深化|加快|加强|实施|支持|开展|完善|建设|打造|提升|新增|到20\d\d年|今年"
)
_TEXT_DONE = re.compile(
    r"[了过]|已|达到?\d|增长\d|下降\d|完成|实现|建成|累计|获|共有|提高到|提升至|位居|跃升|突破|超额|圆满|全面完成|开通|投产|落地|投用|上年|去年"
)
_HEADING_PLANNED = re.compile(
    r"安排|任务|目标|部署|打算|思路|计划|展望|下一步|建议|总体要求|今年|下[一步年]|努力方向|工作要点|重点工作"
)
_HEADING_DONE = re.compile(
    r"回顾|总结|过去|情况|成效|成就|主要做法|以来|上年|去年|工作开展|进展|完成"
)
_NUMBER: Final = r"\d[\d,，.]*(?:[—\-~～至]\d[\d.]*)?[%％‰]?[十百千万亿兆]*[多余]?"
_HAN_NUMBER: Final = r"[一二两三四五六七八九十百千万亿]+"


@cache
def _kinds() -> tuple[_Kind, ...]:
    """Kinds of quantities: columns kind, how they are asked for."""
    text = files("search_api").joinpath("data", "quantities.tsv").read_text(encoding="utf-8")
    kinds: list[_Kind] = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, asked = line.split("\t")
            units = tuple(sorted(units_of(name)))
            kinds.append(_Kind(name, units, re.compile(asked, re.IGNORECASE)))
    return tuple(kinds)


def expect(question: Question) -> Expectation:
    """What an answer to the question must have."""
    text = question.topic
    chinese = question.language is Language.ZH
    figure = bool((_FIGURE_ZH if chinese else _FIGURE_EN).search(text))
    counters: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    if figure:
        counters = frozenset(_COUNTER.findall(text))
        kinds = frozenset(kind.name for kind in _kinds() if kind.asked.search(text))
    return Expectation(
        figure=figure,
        kinds=kinds,
        counters=counters,
        sense=_sense(question.text, chinese),
        years=frozenset(question.years),
        relative=frozenset(late for words, late in _RELATIVE if words.search(question.text)),
    )


def _sense(text: str, chinese: bool) -> Sense | None:
    planned = bool((_PLANNED_ZH if chinese else _PLANNED_EN).search(text))
    done = bool((_DONE_ZH if chinese else _DONE_EN).search(text))
    if planned == done:
        return None
    return Sense.PLANNED if planned else Sense.DONE


@cache
def _unit_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(units, key=len, reverse=True)
    return re.compile(f"(?:{_NUMBER}|{_HAN_NUMBER})(?:{'|'.join(map(re.escape, longest))})")


_ANY_FIGURE = re.compile(r"\d")


def figure_match(expected: Expectation, sentence: str) -> float:
    """How well a sentence's figures are of the kind that is asked for, 0..1; 0 if none is asked."""
    if not expected.figure:
        return 0.0
    return _figure_fit(expected.kinds, expected.counters, sentence)


@lru_cache(maxsize=SENTENCES_KEPT)
def _figure_fit(kinds: frozenset[str], counters: frozenset[str], sentence: str) -> float:
    text = nfkc(sentence)
    if any(pattern.search(text) for pattern in _patterns(kinds, counters)):
        return 1.0
    if _ANY_FIGURE.search(text):
        # A figure of another kind: better than none when nobody said which kind.
        return 0.5 if (kinds or counters) else 1.0
    return 0.0


@lru_cache(maxsize=256)
def _patterns(kinds: frozenset[str], counters: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """What finds a figure with one of these counters, or of one of these kinds."""
    of_kinds = [_unit_pattern(kind.units) for kind in _kinds() if kind.name in kinds]
    return (*([_unit_pattern(tuple(sorted(counters)))] if counters else []), *of_kinds)


def sense_match(expected: Expectation, headings: Sequence[str], sentence: str) -> float:
    """1 if headings and wording have the sense that is asked for, -1 if the other, 0 unknown."""
    if expected.sense is None:
        return 0.0
    score = sense_score(headings, sentence)
    return score if expected.sense is Sense.PLANNED else -score


def sense_score(headings: Sequence[str], sentence: str) -> float:
    """-1 (done) .. 1 (planned). A section's heading says it for all its sentences."""
    for heading in headings:
        if told := _told_by(heading):
            return told
    return _worded(sentence)


@lru_cache(maxsize=HEADINGS_KEPT)
def _told_by(heading: str) -> float:
    planned = bool(_HEADING_PLANNED.search(heading))
    done = bool(_HEADING_DONE.search(heading))
    return float(planned) - float(done)


@lru_cache(maxsize=SENTENCES_KEPT)
def _worded(sentence: str) -> float:
    planned_words = len(_TEXT_PLANNED.findall(sentence))
    done_words = len(_TEXT_DONE.findall(sentence))
    total = planned_words + done_words
    return (planned_words - done_words) / total if total else 0.0


def years_told(kind: ReportKind, year: int, sense: Sense | None) -> frozenset[int]:
    """The years that a report of that kind and year tells of, in that sense.

    A government work report is given early in its year: results are those of the year before. An
    annual report or a bulletin tells of its own year and plans the next.
    """
    done = year - 1 if kind is ReportKind.WORK_REPORT else year
    planned = done + 1
    if sense is Sense.DONE:
        return frozenset({done})
    if sense is Sense.PLANNED:
        return frozenset({planned})
    return frozenset({done, planned}) if kind is ReportKind.WORK_REPORT else frozenset({done})
