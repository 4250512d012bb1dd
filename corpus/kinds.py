"""Of what kind is a report, by its title or by what a table says?"""

from __future__ import annotations

import re

from corpus.report import ReportKind

# In this order: a bulletin on the economy is no work report even if it quotes one.
_TITLES = (
    (
        ReportKind.RULE_OF_LAW,
        re.compile(r"法治(?:政府|政府的?)建设|依法行政(?:工作)?(?:情况|报告|总结)"),
    ),
    (
        ReportKind.WORK_REPORT,
        re.compile(r"政府工作(?:的)?报告|政府工作情况的报告|施政报告|施政報告"),
    ),
    (ReportKind.BULLETIN, re.compile(r"公报|公報")),
)
_NAMES = {
    ReportKind.WORK_REPORT: ("政府工作报告", "工作报告"),
    ReportKind.RULE_OF_LAW: (
        "法治政府建设年度报告",
        "法治政府建设报告",
        "法治政府建设",
        "法治政府",
    ),
    ReportKind.BULLETIN: ("公报", "统计公报"),
    ReportKind.OTHER: ("其他", "其它"),
}


def kind_of_title(title: str) -> ReportKind | None:
    """The kind a title says, None if it says none of ours."""
    compact = "".join(title.split())
    return next((kind for kind, pattern in _TITLES if pattern.search(compact)), None)


def kind_named(name: str) -> ReportKind | None:
    """The kind that a manifest or a table names: `rule_of_law` or 法治政府建设."""
    cleaned = name.strip().lower().replace("-", "_").replace(" ", "_")
    for kind, names in _NAMES.items():
        if cleaned == kind.value or name.strip() in names:
            return kind
    return None
