"""The words around what the reports say, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import (
    Comparison,
    Relation,
    Row,
    Status,
    TopicKind,
)
from search_api.comparing.outlines.outline_types import Place
from search_api.comparing.wording.wording_types import Group, Revision, Shared
from search_api.questions.question import Language

# One line a label: its name, Chinese, English.
_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "comparison": ("对比", "Comparison"),
    "table": ("对比表", "Table"),
    "citations": ("引文", "Citations"),
    "figures": ("数值图", "Figures"),
    "about": ("说明", "About"),
    "colon": ("：", ": "),
    "in_brackets": ("{}（{}）", "{} ({})"),
    "apart": ("", " "),  # between two sentences
    # columns
    "report": ("报告", "Report"),
    "report_id": ("报告编号", "Report ID"),
    "title": ("报告标题", "Title"),
    "region": ("地区", "Place"),
    "year": ("年份", "Year"),
    "status": ("是否说明", "Status"),
    "value": ("数值（原文）", "Figure as written"),
    "figure": ("数值", "Figure"),
    "announced": ("目标", "Target"),
    "low": ("下限", "Low"),
    "high": ("上限", "High"),
    "unit": ("单位", "Unit"),
    "bound": ("界限", "Bound"),
    "comparable": ("可比", "Comparable"),
    "outlier": ("离群", "Outlier"),
    "quote": ("原文", "Quote"),
    "heading_path": ("章节", "Section"),
    "start": ("起始字符", "Start"),
    "end": ("结束字符", "End"),
    "page": ("页码", "Page"),
    "source": ("来源", "Source"),
    "confidence": ("把握", "Confidence"),
    "reason": ("原因", "Reason"),
    "nearest_quote": ("最接近的句子", "Nearest sentence"),
    "nearest_start": ("最接近句起始", "Nearest start"),
    "nearest_end": ("最接近句结束", "Nearest end"),
    "mentions": ("提及句数", "Sentences"),
    "relation": ("与所给表述", "Relation"),
    "similarity": ("相似度", "Similarity"),
    "what": ("用途", "Cited as"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    # notes at rows
    "target_note": ("目标", "target"),
    "other_unit": ("单位不同", "other unit"),
    "outlier_note": ("与其他报告相差很大", "far from the others"),
    "characters": ("字符", "characters"),
    "page_number": ("第{}页", "page {}"),
    "mentions_note": ("{}句提及", "{} sentences"),
    # the page
    "figure_note": ("加底色的是数值。", "The figure is highlighted."),
    "marked_note": (
        "加下划线的词语，与其他报告的常见写法不同。",
        "Underlined words differ from how the other reports usually put it.",
    ),
    "marked_passage": (
        "加下划线的词语，与所给的那段话不同。",
        "Underlined words differ from the passage that was given.",
    ),
    "unlike_note": (
        "整句写法都不同的，不加下划线。",
        "A sentence that is put quite differently as a whole is not underlined.",
    ),
    "offsets_note": (
        "字符位置从 0 起计，含起始、不含结束，指报告全文中的位置。",
        "Characters are counted from 0 in the report’s whole text, the end not included.",
    ),
    "made_by": ("由 govsearch 生成", "Made by govsearch"),
    # plots
    "plot": ("各报告的数值", "The figures of the reports"),
    "plot_years": ("历年数值", "The figures over the years"),
    "in_unit": ("单位：{}", "in {}"),
    "by_report_year": ("按报告年份", "by the year of the report"),
    "key_about": ("约数", "about"),
    "key_at_least": ("至少", "at least"),
    "key_at_most": ("至多", "at most"),
    "key_range": ("区间", "range"),
    "key_outlier": ("离群值", "outlier"),
    "range_end": ("区间上限", "Upper end of range"),
    "key_off_scale": ("超出坐标范围", "off the scale"),
    "plot_lowest": ("最低 {}", "lowest {}"),
    "plot_highest": ("最高 {}", "highest {}"),
    # wording
    "wording": ("措辞", "Wording"),
    "shared": ("共用词语", "Shared phrases"),
    "phrase": ("词语", "Phrase"),
    "groups": ("共同表述", "Shared wording"),
    "particular": ("独有表述", "Particular wording"),
    "changes": ("逐年变化", "Changes"),
    "group": ("组", "Group"),
    "group_reports": ("使用份数", "Reports"),
    "group_of": ("总份数", "Of"),
    "phrases": ("独有词语", "Phrases"),
    "nearest_similarity": ("与他处最接近句的相似度", "similarity to the nearest elsewhere"),
    "word_for_word": ("逐字相同", "Word for word"),
    "typical": ("典型写法", "Typical"),
    "before": ("之前", "Before"),
    "after": ("之后", "After"),
    "before_start": ("之前起始", "Before start"),
    "before_end": ("之前结束", "Before end"),
    "after_start": ("之后起始", "After start"),
    "after_end": ("之后结束", "After end"),
    "earlier": ("较早报告", "Earlier"),
    "later": ("较晚报告", "Later"),
    "change": ("变化", "Change"),
    "changed": ("改动", "Changed"),
    "new": ("新增", "New"),
    "dropped": ("删去", "Dropped"),
    "figure_changes": ("数值变化", "Figures"),
    "silent": ("没有相关句子", "Without a sentence on it"),
    "topic": ("主题", "Topic"),
    "coverage": ("覆盖", "Coverage"),
    "notices": ("提示", "Notices"),
    # outlines
    "outline": ("章节对照", "Outlines side by side"),
    "place": ("对应", "Counterpart"),
}

_STATUS: Final = {
    Status.STATED: ("已说明", "stated"),
    Status.NOT_STATED: ("未说明", "not stated"),
}
_BOUND: Final = {
    Bound.EXACT: ("确切", "exact"),
    Bound.ABOUT: ("约", "about"),
    Bound.AT_LEAST: ("至少", "at least"),
    Bound.AT_MOST: ("至多", "at most"),
    Bound.ABOVE: ("超过", "above"),
    Bound.BELOW: ("不足", "below"),
    Bound.NEARLY: ("近", "nearly"),
    Bound.RANGE: ("区间", "range"),
}
_RELATION: Final = {
    Relation.IDENTICAL: ("逐字相同", "identical"),
    Relation.CONTAINED: ("逐字包含于较长句中", "word for word inside a longer sentence"),
    Relation.OTHER_FIGURE: ("仅数字、年份或地名不同", "other figures, years or places only"),
    Relation.REWORDED: ("改写", "reworded"),
    Relation.DIFFERENT: ("不同", "different"),
}
_PLACE: Final = {
    Place.MATCHED: ("对应", "matched"),
    Place.MOVED: ("移动", "moved"),
    Place.LEFT_ONLY: ("仅左", "left only"),
    Place.RIGHT_ONLY: ("仅右", "right only"),
}


def labels(language: Language) -> Mapping[str, str]:
    """All labels of a language by name."""
    column = _column(language)
    return MappingProxyType({name: both[column] for name, both in _LABELS.items()})


def status_label(status: Status, language: Language) -> str:
    """Whether it is stated, in words."""
    return _STATUS[status][_column(language)]


def bound_label(bound: Bound, language: Language) -> str:
    """What bounds a figure, in words."""
    return _BOUND[bound][_column(language)]


def relation_label(relation: Relation, language: Language) -> str:
    """How two wordings stand to each other, in words."""
    return _RELATION[relation][_column(language)]


def place_label(place: Place, language: Language) -> str:
    """What became of a section, in words."""
    return _PLACE[place][_column(language)]


def coverage(comparison: Comparison) -> str:
    """`16 reports, 14 state it, 2 don’t`, in the topic's language."""
    reports, stated = len(comparison.rows), comparison.stated
    passage = comparison.topic.kind is TopicKind.PASSAGE
    if comparison.topic.language is Language.ZH:
        says, silent = ("有此表述", "没有") if passage else ("说明", "未说明")
        return f"{reports}份报告，{stated}份{says}，{reports - stated}份{silent}"
    says, say = ("has it", "have it") if passage else ("states it", "state it")
    return (
        f"{reports} {'report' if reports == 1 else 'reports'}, "
        f"{stated} {says if stated == 1 else say}, "
        f"{reports - stated} {'doesn’t' if reports - stated == 1 else 'don’t'}"
    )


def usage(group: Group, language: Language) -> str:
    """`11 of 16 reports use`, in words."""
    if language is Language.ZH:
        return f"{group.of}份报告中有{group.reports}份使用"
    return f"{group.reports} of {group.of} reports {'uses' if group.reports == 1 else 'use'}"


def phrase_usage(shared: Shared, language: Language) -> str:
    """`7 of 16 use it`, in words."""
    if language is Language.ZH:
        return f"{shared.of}份中{shared.reports}份使用"
    return f"{shared.reports} of {shared.of} {'uses' if shared.reports == 1 else 'use'} it"


def revision_counts(revision: Revision, language: Language) -> str:
    """How many sentences were kept, changed, new and dropped."""
    counts = (
        revision.kept,
        len(revision.changed),
        len(revision.new),
        len(revision.dropped),
    )
    if language is Language.ZH:
        return "{}句未变，{}句改动，{}句新增，{}句删去".format(*counts)
    return "Sentences: {} kept, {} changed, {} new, {} dropped".format(*counts)


def notes(row: Row, language: Language) -> tuple[str, ...]:
    """What a reader must know of a row's figure beside the figure itself."""
    words = labels(language)
    told: list[str] = []
    if row.announced:
        told.append(words["target_note"])
    if row.measured is not None and not row.measured.comparable:
        told.append(words["other_unit"])
    if row.measured is not None and row.measured.outlier:
        told.append(words["outlier_note"])
    if row.mentions is not None:
        told.append(words["mentions_note"].format(row.mentions))
    if row.relation is not None:
        told.append(relation_label(row.relation, language))
    return tuple(told)


def _column(language: Language) -> int:
    return 0 if language is Language.ZH else 1
