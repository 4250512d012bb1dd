"""Can a figure be that of a topic, where the topic is named as reports name it?

A question in everyday words is matched as well as can be; a table's topic is an indicator's name, and what
a report calls otherwise, or says of another year, is none of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.statements.quantities import PERCENT
from search_api.answering.asking import Asking, FigureCandidate
from search_api.answering.indicators import of_another
from search_api.answering.match import counters_of, no_change, unit_features
from search_api.answering.times import SURE, time_features
from search_api.questions.question import Language, language_of
from search_api.retrieval.characters import characters

# 新增里程 is no 里程: what came to it in a year, and not what there is.
_ADDED: Final = re.compile(r"新[增建改开]|净增|增加(?!值|到|至)")
_NEW: Final = re.compile(r"新[增建改开设]|增|净|\b(?:new|add|build|built|creat)", re.IGNORECASE)


def of_its_time(candidates: Sequence[FigureCandidate], asking: Asking) -> list[FigureCandidate]:
    """Those that aren't surely of other years than are asked about, or of several together."""
    plans = _plans(asking.text)
    kept: list[FigureCandidate] = []
    for each in candidates:
        time = time_features(each.figure, each.hit, each.sentence, asking)
        of_plan = not plans or not (other := _plans_near(each)) or plans & other
        several = time["maybe_period"] == 0.0 or not plans
        if time["wrong_year"] < 1.0 and time["wrong_period"] < SURE and of_plan and several:
            kept.append(each)
    return kept


_PLAN: Final = re.compile(r"十[一二三四五六七]五")


def _plans(text: str) -> frozenset[str]:
    """The five-year plans a text names, by their short names."""
    return frozenset(_PLAN.findall(text))


def _plans_near(candidate: FigureCandidate) -> frozenset[str]:
    """The plans named nearest to a figure: in its sentence, else in the innermost heading that does."""
    named = _plans(candidate.sentence)
    for heading in reversed(candidate.hit.heading_path):
        named = named or _plans(heading)
    return named


def is_of_topic(candidate: FigureCandidate, asking: Asking) -> bool:
    """Whether a figure can be that of a topic named as reports name it.

    It can't if it has no unit or is a difference of percentages; if it tells of another indicator, or of what
    came to it in a year where all there is is asked for; if one of the topic's words stands neither in its
    headings nor in its sentence up to where its own words end (办结 in 收到14件，办结12件 is not said of the 14);
    if it has a unit of another kind, or is a change of the level that is asked for.
    """
    figure, asked = candidate.figure, asking.asked
    share = PERCENT in asked.expected.kinds and not asked.change
    said = characters("".join(candidate.hit.heading_path) + _up_to(candidate))
    return not (
        of_another(figure.words, asking.indicators, share=share)
        or (_ADDED.search(figure.words) and not _NEW.search(asking.text))
        or (not _in_english(asking) and asking.wording.lacks_word(said, _MEASURES))
        or unit_features(figure, asked, counters_of(asked))["wrong_unit"] >= 1.0
        or no_change(figure, asked) >= SURE
        or not figure.quantity.unit
        or (figure.quantity.unit == _POINTS and "百分点" not in asking.text)
        or not _says_of_what(candidate, asking)
        or _STEP.match(candidate.sentence, figure.quantity.about.end - figure.sentence.start)
    )


def _in_english(asking: Asking) -> bool:
    """Whether only the indicators are known in the reports' words: the rest is a dictionary's guess."""
    return bool(asking.indicators) and language_of(asking.text) is Language.EN


def _says_of_what(candidate: FigureCandidate, asking: Asking) -> bool:
    """Whether the figure's own words have one of the topic's, or its clause names the indicator."""
    figure, indicators = candidate.figure, asking.indicators
    if not indicators or any(term.stands_in(figure.clause) for term in indicators):
        return True
    return asking.wording.has_word(characters(figure.words), _MEASURES)


def named(candidate: FigureCandidate, asking: Asking) -> bool:
    """Whether the figure's own words name an indicator that is asked about."""
    return any(term.stands_in(candidate.figure.words) for term in asking.indicators)


def _up_to(candidate: FigureCandidate) -> str:
    """The sentence up to the pause behind the figure: what follows is said of others."""
    sentence, figure = candidate.sentence, candidate.figure
    pause = _PAUSE.search(sentence, figure.quantity.about.end - figure.sentence.start)
    return sentence[: pause.start()] if pause else sentence


# 跨越3个千亿元台阶: what was passed on the way, not what it came to.
_STEP: Final = re.compile(r"[百千万亿]*元?级?(?:台阶|大关|关口)")
# How far two percentages are apart is neither of them.
_POINTS: Final = "个百分点"
_PAUSE: Final = re.compile(r"[，,；;。：:]")
# Words that name a measure of something: a sentence gives the figure without them.
_MEASURES: Final = re.compile(
    r"规模|总量|总?数量?|人数|[个件次家户]数|总?[金数]?额|总?面积|比[例率重]|占比|水平|总?里程|增[速长幅]|涨幅|降幅|降低|下降|提高|幅度|目标|预期|情况|控制|强度|浓度|合计|年?[末底初]|全年|年度|运营|营业|通车|新增|[长宽高深密]度|总?产量|数目|时长|天数|容量|人次"
    r"|(?:19|20)\d\d"
)
