"""Why is there no answer? Said in the language that is asked for, with what would help."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from corpus.places.divisions import english_names
from corpus.report import Region
from search_api.answering.types import Coverage
from search_api.questions.question import NATION, Language

# Years in a row from how many on are said as the first and the last.
_RUN: Final = 3


def called(place: Region, language: Language) -> str:
    """What a place is called; its own name where no other is known."""
    if language is Language.ZH:
        return place.name
    return "China" if place.code == NATION else english_names().get(place.code, place.name)


def no_report(places: Sequence[str], language: Language) -> str:
    """No report of these places is in the index."""
    names = "、".join(places)
    if language is Language.ZH:
        return f"没有收录{names}的报告。"
    return f"No report of {', '.join(places)} is in the index."


def year_not_covered(
    years: Collection[int], told: Collection[int], language: Language, whose: str = ""
) -> str:
    """The reports don't tell of these years; they tell of others.

    `whose`: the place whose reports are meant, where there are those of others.
    """
    asked = _listed(years, language)
    covered = _listed(told, language)
    if language is Language.ZH:
        return f"{whose or '收录'}的报告没有涉及{asked}年，只涉及{covered}年。"
    verb = "is" if len(years) == 1 else "are"
    of_place = f" of {whose}" if whose else ""
    return f"{asked} {verb} not covered by the reports{of_place}; they tell of {covered}."


def not_stated(reports: Sequence[str], language: Language) -> str:
    """These reports (their titles or ids) don't say it."""
    few = reports[:3]
    if language is Language.ZH:
        names = "、".join(f"《{each}》" for each in few) + ("等报告" if len(reports) > 3 else "")
        return f"{names}没有说明这一点，下面是最接近的段落。"
    names = ", ".join(few) + (" and others" if len(reports) > 3 else "")
    return f"Not found in the reports ({names}); the nearest passages are shown."


def silent_of(place: str, language: Language) -> str:
    """One of several places that were named: its reports don't say it."""
    if language is Language.ZH:
        return f"{place}的报告没有说明这一点。"
    return f"The reports of {place} don't say it."


def none_fulfils(coverage: Coverage, language: Language) -> str:
    """Reports state the figure, and none is as the question wants it."""
    if language is Language.ZH:
        return f"{coverage.reports}份报告中有{coverage.found}份说明，没有一份符合条件。"
    return f"{coverage.found} of {coverage.reports} reports say it, and none fulfils the condition."


def nothing_found(language: Language) -> str:
    """No passage at all."""
    return "没有找到相关段落。" if language is Language.ZH else "No passage was found."


def several(coverage: Coverage, language: Language, *, place: bool = False) -> str:
    """Several reports answer, since no place was named, or if `place`, no year."""
    if language is Language.ZH:
        left_open = "年份" if place else "地区"
        return (
            f"没有指明{left_open}：{coverage.reports}份报告中有{coverage.found}份说明，逐份列出。"
        )
    left_open = "year" if place else "place"
    return f"No {left_open} was named: {coverage.found} of {coverage.reports} reports say it, each is listed."


def covered(coverage: Coverage, language: Language) -> str:
    """In how many reports it was found."""
    if language is Language.ZH:
        return f"{coverage.reports}份报告中有{coverage.found}份说明。"
    return f"Found in {coverage.found} of {coverage.reports} reports."


def cut(asked: int, there: int, language: Language) -> str:
    """Not all reports were asked."""
    if language is Language.ZH:
        return f"共有{there}份报告，只查了前{asked}份；请限定地区或年份。"
    return f"Only the first {asked} of {there} reports were asked; restrict the place or the year."


def model_failed(language: Language) -> str:
    """The language model could not be asked."""
    if language is Language.ZH:
        return "语言模型没有给出可用的回答，以下是直接摘自报告的答案。"
    return "The language model gave no usable answer; this one is taken from the reports directly."


def model_unproven(dropped: int, language: Language) -> str:
    """Sentences of the language model that the reports don't bear out."""
    if language is Language.ZH:
        return f"语言模型写的{dropped}句话在所引段落中得不到证实，已删去。"
    return (
        f"{dropped} of the language model's sentences are not borne out by what they cite: dropped."
    )


def model_silent(language: Language) -> str:
    """The language model found no answer, the reader did."""
    if language is Language.ZH:
        return "语言模型没有在段落中找到答案，以下是直接摘自报告的答案。"
    return "The language model found no answer; this one is taken from the reports directly."


def model_differs(answer: str, language: Language) -> str:
    """The reader would have answered something else."""
    if language is Language.ZH:
        return f"直接摘自报告的答案是：{answer}。请核对引文。"
    return f"The answer taken from the reports directly is {answer}: please compare the quotes."


def _listed(years: Collection[int], language: Language) -> str:
    """1953–1957、1959: years in a row are joined."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = [
        part
        for run in runs
        for part in ([f"{run[0]}–{run[-1]}"] if len(run) >= _RUN else map(str, run))
    ]
    return ("、" if language is Language.ZH else ", ").join(said)
