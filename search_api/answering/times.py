"""Is a figure of the time that is asked about: of that year, and of one year or of several?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from corpus.report import ReportKind
from search_api.answering.asked import Asked
from search_api.answering.asking import Asking, Told
from search_api.answering.figures import Figure
from search_api.answering.frames import Frame
from search_api.results import Hit
from search_api.retrieval.expectation import Sense, sense_score, years_told
from search_api.retrieval.rerank import years_of


def time_features(figure: Figure, hit: Hit, sentence: str, asking: Asking) -> dict[str, float]:
    """Whether the figure is of the time that is asked about."""
    frame = asking.frames[hit.citation.report_id].at(figure.sentence.start)
    wrong, maybe = _period(figure, hit, sentence, asking.text, asking.asked, frame)
    return {
        "wrong_year": _wrong_year(figure, hit, asking.asked, asking.told),
        "wrong_period": wrong,
        "maybe_period": maybe,
    }


def _wrong_year(figure: Figure, hit: Hit, asked: Asked, told: Mapping[str, Told]) -> float:
    """1 if the figure is of another year than is asked about; half if only its wording says so.

    It is told by the year that is named, by the headings, or else by whether something is reported or
    planned. Reports of one year (not those that also plan) tell of it unless a heading says otherwise.
    """
    report = told[hit.citation.report_id]
    wanted = asked.expected.asked_years(report.year)
    if not wanted:
        return 0.0
    own = frozenset({figure.year}) if figure.year else years_of(hit.heading_path, report.year)
    if own or report.year is None:
        return float(bool(own) and not own & wanted)
    headed = sense_score(hit.heading_path, "")
    own = years_told(report.kind, report.year, _sense(headed))
    if headed or report.kind is not ReportKind.WORK_REPORT:
        return float(not own & wanted)
    own = years_told(report.kind, report.year, _sense(sense_score((), figure.clause)))
    return WORDED * (not own & wanted)


def _sense(score: float) -> Sense | None:
    if score == 0.0:
        return None
    return Sense.PLANNED if score > 0 else Sense.DONE


# Figures of several years together: the five-year plans, sums and means over years.
_PERIOD_ASKED: Final = re.compile(
    r"五年|(?<!\d)5年|“?十[一二三四五六七]五”?|“[六七八九]五”"
    r"|累计|年均|每年平均|平均每年|这几年|近年|历年|五年规划|five[- ]year|14th|15th|years",
    re.IGNORECASE,
)


def asks_of_several_years(question: str) -> bool:
    """Whether a question is about several years together: a plan of five years, a sum over them."""
    return bool(_PERIOD_ASKED.search(question))


_PERIOD_SAID: Final = re.compile(
    r"五年|(?<![\d.．])5年|十[一二三四五六七]五|“[六七八九]五”|累计|年均(?!浓度|值|气温|降[水雨])|平均每年|每年平均|以来|到20\d\d年|20\d\d年到20\d\d年|20\d\d年至20\d\d年"
)
# What can't be, whatever else fits, is a prior as strong as two features: a sum over years for a
# question about one, a mark that was only passed.
SURE: Final = 2.0
# What only the wording says of a figure's year (完成, 推进) is half as sure.
WORDED: Final = 0.5
_ONE_YEAR: Final = re.compile(r"(?<!\d)20\d\d年|去年|今年|上年")
_OVER_YEARS: Final = re.compile(r"累计|年均(?!浓度|值|气温|降[水雨])|每年")
# What is done year by year adds up over several: 五年新增就业突破7万人 is no year's figure.
_ADDED_UP: Final = re.compile(
    r"新[增建设改认签]|[增追]加|完成|建[成设]|改造|投入|实施|培[育训]|引进|办理|开展|查处|减[免少]|发放|累计|[增下][长降]"
)
_PERIOD_END: Final = re.compile(r"末|结束|收官|\bend of\b")


def _period(
    figure: Figure, hit: Hit, sentence: str, question: str, asked: Asked, frame: Frame
) -> tuple[float, float]:
    """Whether the figure is of several years and the question is not, or the other way round.

    The second value: only a heading says so, which may hold for a single year too. A level is no sum:
    what it came to after five years is what it is in the last one.
    """
    if _PERIOD_END.search(question):
        return 0.0, 0.0
    level = asked.level or (figure.came_to and not _ADDED_UP.search(figure.clause))
    if level and asked.expected.years:
        return SURE * bool(_OVER_YEARS.search(figure.clause)), 0.0
    if figure.year in asked.expected.years:
        return 0.0, 0.0  # 从2020年的…提高到2025年的…
    several = asks_of_several_years(question)
    said = bool(_PERIOD_SAID.search(figure.clause))
    inner = hit.heading_path[-1] if hit.heading_path else ""
    headed = bool(_PERIOD_SAID.search(inner + sentence))
    if headed and frame is not Frame.YEAR and not years_of(hit.heading_path, None):
        said = said or bool(_PERIOD_SAID.search(inner))
    if several:
        return 0.0, float(not said and not headed and frame is not Frame.YEARS)
    if not (asked.expected.years or asked.expected.relative):
        return 0.0, 0.0  # of no year in particular: what several came to may be meant
    if frame is Frame.YEAR:
        headed = False
    elif frame is Frame.YEARS and not _ONE_YEAR.search(figure.clause):
        headed, said = False, True
    return SURE * said, float(headed and not said)


def sense_feature(figure: Figure, hit: Hit, asked: Asked, sentence: str) -> float:
    sense = asked.expected.sense
    if sense is None:
        return 0.0
    score = sense_score(hit.heading_path, figure.clause)
    if score == 0.0:
        score = sense_score((), sentence)
    return score if sense is Sense.PLANNED else -score
