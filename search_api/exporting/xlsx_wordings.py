"""What stands in a workbook's sheets on wordings: what is shared, what is particular, what has changed?

Plain values by line and column; `xlsx_file.py` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from corpus.report import Citation
from search_api.comparing.wording.wording_types import Revision, WordingComparison
from search_api.exporting.amounts import change_text
from search_api.exporting.labels import labels, relation_label
from search_api.exporting.parts import Cell, heading_path, name_of
from search_api.exporting.xlsx_sheets import Line, Sheet
from search_api.questions.question import Language

_CITED: Final = ("report", "quote", "heading_path", "start", "end", "report_id")
_CHANGES: Final = (
    "region",
    "earlier",
    "later",
    "change",
    "before",
    "after",
    "figure_changes",
    "similarity",
    "before_start",
    "before_end",
    "after_start",
    "after_end",
)
_DECIMALS: Final = 3  # of a similarity


def wording_sheets(
    wording: WordingComparison, names: Mapping[str, str], language: Language
) -> tuple[Sheet, ...]:
    """Four sheets. `names` are what people call the reports, by their ids."""
    return (
        _phrase_sheet(wording, language),
        _group_sheet(wording, language),
        _particular_sheet(wording, language),
        _change_sheet(wording, names, language),
    )


def _phrase_sheet(wording: WordingComparison, language: Language) -> Sheet:
    """One line for each report that uses a phrase, with a sentence of it."""
    lines = [
        Line([shared.phrase, shared.reports, shared.of, *_cited(citation)])
        for shared in wording.phrases
        for citation in shared.citations
    ]
    columns = ("phrase", "group_reports", "group_of", *_CITED)
    return Sheet(labels(language)["shared"], columns, lines)


def _group_sheet(wording: WordingComparison, language: Language) -> Sheet:
    words = labels(language)
    lines = [
        Line(
            [
                number,
                group.reports,
                group.of,
                words["typical"]
                if at == group.typical
                else relation_label(member.likeness.relation, language),
                round(member.likeness.similarity, _DECIMALS),
                *_cited(member.citation),
            ]
        )
        for number, group in enumerate(wording.groups, start=1)
        for at, member in enumerate(group.members)
    ]
    columns = ("group", "group_reports", "group_of", "relation", "similarity", *_CITED)
    return Sheet(words["groups"], columns, lines)


def _particular_sheet(wording: WordingComparison, language: Language) -> Sheet:
    lines = [
        Line(["\n".join(each.phrases), round(each.similarity, _DECIMALS), *_cited(each.citation)])
        for each in wording.particular
    ]
    return Sheet(labels(language)["particular"], ("phrases", "similarity", *_CITED), lines)


def _change_sheet(
    wording: WordingComparison, names: Mapping[str, str], language: Language
) -> Sheet:
    lines = [line for each in wording.revisions for line in _revision(each, names, language)]
    return Sheet(labels(language)["changes"], _CHANGES, lines)


def _revision(revision: Revision, names: Mapping[str, str], language: Language) -> Iterator[Line]:
    words = labels(language)
    whose = [revision.region, names[revision.earlier], names[revision.later]]
    for changed in revision.changed:
        before, after = changed.before, changed.after
        figures = "\n".join(change_text(each, language) for each in changed.figures)
        similarity = round(changed.likeness.similarity, _DECIMALS)
        yield Line(
            [
                *(*whose, words["changed"], before.quote, after.quote),
                *(figures or None, similarity),
                *(before.start, before.end, after.start, after.end),
            ]
        )
    for each in revision.new:
        cells = [None, each.quote, None, None, None, None, each.start, each.end]
        yield Line([*whose, words["new"], *cells])
    for each in revision.dropped:
        cells = [each.quote, None, None, None, each.start, each.end, None, None]
        yield Line([*whose, words["dropped"], *cells])


def _cited(citation: Citation) -> list[Cell]:
    path = heading_path(citation)
    return [
        name_of(citation),
        citation.quote,
        path,
        citation.start,
        citation.end,
        citation.report_id,
    ]
