"""Two reports' section trees side by side, as Markdown and as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus.report import Section
from search_api.comparing.outlines.outline_types import OutlineComparison, Place
from search_api.exporting.csv_file import written
from search_api.exporting.labels import labels, place_label
from search_api.exporting.markdown_file import escaped, table
from search_api.exporting.parts import Cell
from search_api.questions.question import Language

_FIELDS: Final = ("section_id", "level", "number", "title", "start", "end", "part")
OUTLINE_COLUMNS: Final = (
    "place",
    "similarity",
    *(f"left_{field}" for field in _FIELDS),
    *(f"right_{field}" for field in _FIELDS),
)
_DECIMALS: Final = 3
# Spaces at the beginning of a cell are dropped; these are not.
_INDENT: Final = "&emsp;"


def outline_markdown(
    comparison: OutlineComparison,
    language: Language = Language.ZH,
    names: Mapping[str, str] | None = None,
) -> str:
    """Both trees as one table, sections indented by their level.

    `names` are what people call the reports, by report id; the ids themselves without.
    """
    words = labels(language)
    names = names or {}
    left = escaped(names.get(comparison.left, comparison.left))
    right = escaped(names.get(comparison.right, comparison.right))
    colon = words["colon"]
    counts = " · ".join(
        f"{place_label(place, language)}{colon}{comparison.count(place)}" for place in Place
    )
    rows = [
        (
            _indented(pair.left),
            place_label(pair.place, language),
            f"{pair.similarity:.2f}" if pair.left and pair.right else "",
            _indented(pair.right),
        )
        for pair in comparison.pairs
    ]
    columns = (left, words["place"], words["similarity"], right)
    heading = f"# {words['outline']}{colon}{left} · {right}"
    return "\n\n".join((heading, counts, table(columns, rows))) + "\n"


def outline_csv(comparison: OutlineComparison) -> str:
    """One line a pair with `OUTLINE_COLUMNS`; the fields of a section that isn't there are empty."""
    return written(
        OUTLINE_COLUMNS,
        (
            [
                pair.place.value,
                round(pair.similarity, _DECIMALS) if pair.left and pair.right else None,
                *_fields(pair.left),
                *_fields(pair.right),
            ]
            for pair in comparison.pairs
        ),
    )


def _fields(section: Section | None) -> list[Cell]:
    if section is None:
        return [None] * len(_FIELDS)
    return [
        section.section_id,
        section.level,
        section.number,
        section.title,
        section.start,
        section.end,
        section.part.value,
    ]


def _indented(section: Section | None) -> str:
    return _INDENT * (section.level - 1) + escaped(section.title) if section else ""
