"""Why is there no answer? Said in the question's language, with what would help."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from search_api.answering.types import Coverage
from search_api.retrieval.question import Language


def no_report(places: Sequence[str], language: Language) -> str:
    """No report of these places is in the index."""
    names = "、".join(places)
    if language is Language.ZH:
        return f"没有收录{names}的报告。"
    return f"No report of {', '.join(places)} is in the index."


def year_not_covered(years: Collection[int], told: Collection[int], language: Language) -> str:
    """The reports don't tell of these years; they tell of others."""
    asked = _listed(years)
    covered = _listed(told)
    if language is Language.ZH:
        return f"收录的报告没有涉及{asked}年，只涉及{covered}年。"
    verb = "is" if len(years) == 1 else "are"
    return f"{asked} {verb} not covered by the reports; they tell of {covered}."


def not_stated(reports: Sequence[str], language: Language) -> str:
    """These reports (their titles or ids) don't say it."""
    few = reports[:3]
    if language is Language.ZH:
        names = "、".join(f"《{each}》" for each in few) + ("等报告" if len(reports) > 3 else "")
        return f"{names}没有说明这一点，下面是最接近的段落。"
    names = ", ".join(few) + (" and others" if len(reports) > 3 else "")
    return f"Not found in the reports ({names}); the nearest passages are shown."


def nothing_found(language: Language) -> str:
    """No passage at all."""
    return "没有找到相关段落。" if language is Language.ZH else "No passage was found."


def several(coverage: Coverage, language: Language) -> str:
    """No place was named, and several reports answer."""
    if language is Language.ZH:
        return f"没有指明地区：{coverage.reports}份报告中有{coverage.found}份说明，逐份列出。"
    return f"No place was named: {coverage.found} of {coverage.reports} reports say it, each is listed."


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


def _listed(years: Collection[int]) -> str:
    return "、".join(str(year) for year in sorted(years))
