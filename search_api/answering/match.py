"""How well does a figure fit a question? Features of each candidate, compared with the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.quantities import PERCENT, kinds_of
from corpus.report import ReportKind
from search_api.answering.asked import Asked
from search_api.answering.figures import Figure, figures
from search_api.answering.frames import Frame, Frames
from search_api.answering.indicators import of_another
from search_api.answering.wording import Wording
from search_api.results import Hit
from search_api.retrieval.characters import characters
from search_api.retrieval.expectation import Sense, sense_score, years_told
from search_api.retrieval.rerank import years_of
from search_api.retrieval.terms import Term


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a report: of which years it may tell."""

    kind: ReportKind
    year: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with all that its candidates are compared with.

    `text` as it was asked; `indicators`: the official terms with figures that it names; `places`: those
    it names that no report is of; `told` and `frames` by report id.
    """

    text: str
    asked: Asked
    wording: Wording
    indicators: tuple[Term, ...]
    places: tuple[str, ...]
    told: Mapping[str, Told]
    frames: Mapping[str, Frames]


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A figure of a hit that may be the answer; `row` is its sentence's row in the hit."""

    hit: Hit
    row: int
    figure: Figure


def figure_candidates(hits: Sequence[Hit], *, dates: bool = False) -> list[FigureCandidate]:
    """All figures of all sentences of the hits, or all dates."""
    found: list[FigureCandidate] = []
    for hit in hits:
        lead = hit.heading_path[-1] if hit.heading_path else ""
        for row, sentence in enumerate(hit.sentences):
            said = hit.text[sentence.start - hit.citation.start : sentence.end - hit.citation.start]
            found += [
                FigureCandidate(hit, row, each)
                for each in figures(said, sentence.start, lead, dates=dates)
            ]
    return found


FEATURES: Final = (
    # how good its passage and sentence are
    "score", "first", "likeness",
    # how like the question its own words are
    "words_gap", "share_back", "missing", "missing_clause",
    # whether it is of the kind that is asked for
    "counter", "unit", "wrong_unit", "no_change", "origin", "passed", "spelled", "bare",
    # of the time that is asked about
    "wrong_year", "sense", "wrong_period", "maybe_period",
    # of the thing and the place
    "no_term", "other_term", "no_place",
)  # fmt: skip


def figure_features(candidates: Sequence[FigureCandidate], asking: Asking) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`."""
    asked, wording, official = asking.asked, asking.wording, asking.indicators
    rows = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return rows
    # Passages without a candidate don't count.
    found = sorted({each.hit.rank for each in candidates})
    ranks = {rank: number for number, rank in enumerate(found, start=1)}
    top_score = max(each.hit.score for each in candidates)
    likeness = [each.hit.likeness[each.row] if each.hit.likeness else 0.0 for each in candidates]
    top_likeness = max(likeness)
    expected = asked.expected
    counters = _counters(asked)

    share = PERCENT in expected.kinds and not asked.change

    def stands(text: str) -> float:
        return sum(term.stands_in(text) for term in official) / len(official) if official else 1.0

    shares = []
    for row, each in enumerate(candidates):
        figure, hit = each.figure, each.hit
        sentence, headings = _sentence_of(each), "".join(hit.heading_path)
        words = characters(figure.words)
        full = characters(sentence + headings)
        shares.append(wording.share_of(words))
        values = {
            "score": hit.score - top_score,
            "first": 1.0 / ranks[hit.rank],
            "likeness": likeness[row] - top_likeness,
            "share_back": len(words & wording.letters) / max(1, len(words)),
            "missing": wording.missing(full),
            "missing_clause": wording.missing(characters(figure.clause + headings)),
            "no_change": _no_change(figure, asked),
            "origin": float(figure.origin),
            "passed": _SURE * figure.passed,
            "spelled": float(not figure.quantity.arabic),
            "bare": float(not figure.quantity.unit),
            "sense": _sense(figure, hit, asked, sentence),
            "no_term": 1.0 - stands(sentence + headings),
            "other_term": float(of_another(figure.words, official, share=share)),
            "no_place": float(any(p not in headings + hit.text for p in asking.places)),
            **_unit(figure, asked, counters),
            **_time(figure, hit, sentence, asking),
        }
        rows[row] = [values.get(name, 0.0) for name in FEATURES]
    best_share = max(shares)
    rows[:, FEATURES.index("words_gap")] = [share - best_share for share in shares]
    return rows


def _no_change(figure: Figure, asked: Asked) -> float:
    """1 if it tells of a change and a level is asked for, or the other way round.

    Where a level is asked for outright (a rate, a share), a change is no answer at all.
    """
    if figure.change == asked.change:
        return 0.0
    return _SURE if asked.level and figure.change else 1.0


def of_its_time(candidates: Sequence[FigureCandidate], asking: Asking) -> list[FigureCandidate]:
    """Those that aren't surely of other years than are asked about, or of several together."""
    kept: list[FigureCandidate] = []
    for each in candidates:
        time = _time(each.figure, each.hit, _sentence_of(each), asking)
        if time["wrong_year"] == 0.0 and time["wrong_period"] < _SURE:
            kept.append(each)
    return kept


def is_of_topic(candidate: FigureCandidate, asking: Asking) -> bool:
    """Whether a figure can be that of a topic named as reports name it.

    It can't if it tells of another indicator, is what came to it in a year where all there is is asked
    for, stands in a sentence without one of the topic's words, has a unit of another kind, or is a change
    of the level that is asked for.
    """
    figure, asked = candidate.figure, asking.asked
    share = PERCENT in asked.expected.kinds and not asked.change
    said = characters(_sentence_of(candidate) + "".join(candidate.hit.heading_path))
    return not (
        of_another(figure.words, asking.indicators, share=share)
        or (_ADDED.search(figure.words) and not _NEW.search(asking.text))
        or asking.wording.lacks_word(said, _MEASURES)
        or _unit(figure, asked, _counters(asked))["wrong_unit"] >= 1.0
        or _no_change(figure, asked) >= _SURE
    )


# Words that name a measure of something: a sentence gives the figure without them.
_MEASURES: Final = re.compile(
    r"规模|总量|总?数量?|人数|[个件次家户]数|总?[金数]?额|总?面积|比[例率重]|占比|水平|总?里程|增[速长幅]|涨幅|降幅|降低|下降|提高|幅度|目标|预期|情况|强度|浓度|合计|年?[末底初]|全年|年度|运营|营业|通车|新增|[长宽高深密]度|总?产量|数目|时长|天数|容量|人次"
    r"|(?:19|20)\d\d"
)


def _sentence_of(candidate: FigureCandidate) -> str:
    start = candidate.hit.citation.start
    span = candidate.figure.sentence
    return candidate.hit.text[span.start - start : span.end - start]


def _counters(asked: Asked) -> frozenset[str]:
    """多少大学生: what stands behind 多少 need not be a counter."""
    return frozenset(each for each in asked.expected.counters if kinds_of(each))


def _unit(figure: Figure, asked: Asked, counters: frozenset[str]) -> dict[str, float]:
    """Whether the unit is what is asked for."""
    unit = figure.quantity.unit
    kinds = kinds_of(unit.partition("/")[0])
    counter = any(unit.endswith(each) for each in counters)
    fits = bool(kinds & asked.expected.kinds)
    wrong = 0.0
    if (asked.expected.kinds or counters) and not fits and not counter:
        wrong = _wrong_unit(kinds, asked, counters)
    return {"counter": float(counter), "unit": float(fits), "wrong_unit": wrong}


def _time(figure: Figure, hit: Hit, sentence: str, asking: Asking) -> dict[str, float]:
    """Whether the figure is of the time that is asked about."""
    frame = asking.frames[hit.citation.report_id].at(figure.sentence.start)
    wrong, maybe = _period(figure, hit, sentence, asking.text, asking.asked, frame)
    return {
        "wrong_year": _wrong_year(figure, hit, asking.asked, asking.told),
        "wrong_period": wrong,
        "maybe_period": maybe,
    }


# Things are counted by many words, people too (户 for 家, 个 for 张): nearer than any measure.
_COUNTING: Final = frozenset(("count", "people"))


def _wrong_unit(kinds: frozenset[str], asked: Asked, counters: frozenset[str]) -> float:
    """1 for a unit of another kind than is asked for, half for another word to count with.

    A percentage where things are counted or weighed (完成年计划的110%) is no answer at all.
    """
    wanted = asked.expected.kinds
    if PERCENT in kinds and wanted and not asked.change:
        return _SURE
    counted = bool(wanted & _COUNTING) or (not wanted and bool(counters))
    return 0.5 if kinds & _COUNTING and counted else 1.0


def _wrong_year(figure: Figure, hit: Hit, asked: Asked, told: Mapping[str, Told]) -> float:
    """1 if the figure is of another year than is asked about."""
    report = told[hit.citation.report_id]
    wanted = asked.expected.asked_years(report.year)
    if not wanted:
        return 0.0
    if figure.year:
        own = frozenset({figure.year})
    else:
        own = years_of(hit.heading_path, report.year)
        if not own and report.year is not None:
            own = years_told(report.kind, report.year, _text_sense(figure, hit))
    return float(bool(own) and not own & wanted)


def _text_sense(figure: Figure, hit: Hit) -> Sense | None:
    score = sense_score(hit.heading_path, figure.clause)
    if score == 0.0:
        return None
    return Sense.PLANNED if score > 0 else Sense.DONE


# Figures of several years together: the five-year plans, sums and means over years.
_PERIOD_ASKED: Final = re.compile(
    r"五年|(?<!\d)5年|“?十[三四五]五”?|累计|年均|每年平均|平均每年|这几年|近年|历年|五年规划|five[- ]year|14th|15th|years",
    re.IGNORECASE,
)


def asks_of_several_years(question: str) -> bool:
    """Whether a question is about several years together: a plan of five years, a sum over them."""
    return bool(_PERIOD_ASKED.search(question))


_PERIOD_SAID: Final = re.compile(
    r"五年|(?<![\d.．])5年|十[三四五]五|累计|年均(?!浓度|值|气温|降[水雨])|以来|到20\d\d年|20\d\d年到20\d\d年|20\d\d年至20\d\d年"
)
# What can't be, whatever else fits, is a prior as strong as two features: a sum over years for a
# question about one, a mark that was only passed.
_SURE: Final = 2.0
_ONE_YEAR: Final = re.compile(r"(?<!\d)20\d\d年|去年|今年|上年")
_OVER_YEARS: Final = re.compile(r"累计|年均(?!浓度|值|气温|降[水雨])|每年")
# 新增里程 is no 里程: what came to it in a year, and not what there is.
_ADDED: Final = re.compile(r"新[增建改开]|净增|增加(?!值|到|至)")
_NEW: Final = re.compile(r"新[增建改开设]|增|净|\b(?:new|add|build|built|creat)", re.IGNORECASE)
# What is done year by year adds up over several: 五年新增就业突破60万人 is no year's figure.
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
        return _SURE * bool(_OVER_YEARS.search(figure.clause)), 0.0
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
    return _SURE * said, float(headed and not said)


def _sense(figure: Figure, hit: Hit, asked: Asked, sentence: str) -> float:
    sense = asked.expected.sense
    if sense is None:
        return 0.0
    score = sense_score(hit.heading_path, figure.clause)
    if score == 0.0:
        score = sense_score((), sentence)
    return score if sense is Sense.PLANNED else -score
