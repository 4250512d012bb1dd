"""What a comparison leaves open, said in the topic's language."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from search_api.answering.cell import Silence
from search_api.comparing.comparison_types import Topic
from search_api.comparing.table.selection import Chosen
from search_api.questions.question import Language
from search_api.questions.terms import terms_in


def not_stated(language: Language) -> str:
    """The report says nothing of it."""
    return "报告没有说明。" if language is Language.ZH else "Not stated in the report."


_SILENCES: Final = {
    Silence.ONLY_PLAN: ("只写了计划，没有写结果。", "Only the plan is stated, not the result."),
    Silence.ONLY_RESULT: ("只写了结果，没有写计划。", "Only the result is stated, not the plan."),
    Silence.ONLY_CHANGE: ("只写了增幅，没有写总量。", "Only the change is stated, not the level."),
    Silence.ONLY_LEVEL: ("只写了总量，没有写增幅。", "Only the level is stated, not the change."),
    Silence.OTHER_TIME: ("只写了其他时间的数据。", "Only stated for another time."),
    Silence.OTHER_SCOPE: ("只写了其他口径的数据。", "Only stated for another part of the place."),
}


def silence(kind: Silence, language: Language) -> str:
    """In which way the report is silent."""
    told = _SILENCES.get(kind)
    if told is None:
        return not_stated(language)
    return told[0] if language is Language.ZH else told[1]


def not_there(language: Language) -> str:
    """The report has no such wording."""
    return "报告中没有这样的表述。" if language is Language.ZH else "No such wording in the report."


def of_topic(topic: Topic, language: Language) -> tuple[str, ...]:
    """What people should know of the topic: an English one without an official term is only a guess."""
    if topic.language is not Language.EN or terms_in(topic.text, Language.EN):
        return ()
    return (
        "英文主题中没有可识别的官方术语，只按单词逐个对应，可能找不到；请改用中文，或官方的英文术语。"
        if language is Language.ZH
        else "No official term was recognised in this topic, so it is understood word by word only and may be "
        "missed: topics are best given in Chinese, or by an official English term.",
    )


def of_choice(chosen: Chosen, language: Language) -> tuple[str, ...]:
    """What people should know of the reports they chose."""
    told: list[str] = []
    chinese = language is Language.ZH
    if chosen.missing_years:
        years = ("、" if chinese else ", ").join(_ranges(chosen.missing_years))
        told.append(
            f"没有收录{years}年的报告。" if chinese else f"No report of {years} is indexed."
        )
    if len(chosen.reports) == 1:
        told.append(
            "只选了一份报告，没有可比较的对象。"
            if chinese
            else "Only one report: nothing to compare it with."
        )
    return tuple(told)


def _ranges(years: Collection[int]) -> list[str]:
    """2013, 2014, 2015 and 2020 as 2013-2015 and 2020."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
