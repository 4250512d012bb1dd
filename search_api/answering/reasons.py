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


def _listed(years: Collection[int]) -> str:
    return "、".join(str(year) for year in sorted(years))
