"""What the templates of a comparison are given: the exported file and the page show the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from corpus.report import Citation
from search_api.comparing.comparison_types import Comparison, Relation
from search_api.comparing.wording.wording_types import Group, Member
from search_api.exporting.amounts import change_text
from search_api.exporting.labels import (
    bound_label,
    labels,
    notes,
    phrase_usage,
    relation_label,
    revision_counts,
    status_label,
    usage,
)
from search_api.exporting.parts import (
    has_words,
    heading_path,
    name_of,
    phrase_pieces,
    segments,
)
from search_api.exporting.plot import NARROW, WIDE, RowPlot, bounds_in, row_plot
from search_api.exporting.plot_years import YearPlot, year_plot
from search_api.questions.question import Language

# On a page with links so many years without a figure are named at a plot: the table has them all.
_MOST_ABSENT: Final = 8
LinkTo = Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot in both widths, the wide one first, and which marks its key explains."""

    plots: tuple[RowPlot | YearPlot, ...]
    over_years: bool
    marks: Mapping[str, bool]

    @property
    def off_scale(self) -> bool:
        """Whether a figure lies beyond an axis."""
        return any(plot.off_scale for plot in self.plots)


def drawing_of(comparison: Comparison) -> Drawing | None:
    """The plot of a comparison in its topic's language; None with fewer than two comparable figures."""
    over_years = year_plot(comparison) is not None
    plots = tuple(
        plot
        for width in (WIDE, NARROW)
        for plot in (year_plot(comparison, width) if over_years else row_plot(comparison, width),)
        if plot is not None
    )
    return Drawing(plots, over_years, bounds_in(comparison)) if plots else None


def helpers(language: Language, link_to: LinkTo | None = None) -> dict[str, object]:
    """The words and functions that the templates use. `link_to`: where citations lead, if anywhere."""
    return {
        "words": labels(language),
        "notes": lambda row: notes(row, language),
        "status_label": lambda status: status_label(status, language),
        "bound_label": lambda bound: bound_label(bound, language),
        "relation_label": lambda relation: relation_label(relation, language),
        "phrase_usage": lambda shared: phrase_usage(shared, language),
        "usage": lambda group: usage(group, language),
        "counts": lambda revision: revision_counts(revision, language),
        "change_text": lambda change: change_text(change, language),
        "identical": lambda group: _others(group, identical=True),
        "reworded": lambda group: _others(group, identical=False),
        "heading_path": heading_path,
        "name_of": name_of,
        "phrase_pieces": phrase_pieces,
        "segments": segments,
        "has_words": has_words,
        "link_to": link_to,
        "folds_absent": _MOST_ABSENT if link_to else None,
    }


def _others(group: Group, *, identical: bool) -> list[Member]:
    """The members besides the typical one that have its very words, or that don't."""
    return [
        member
        for number, member in enumerate(group.members)
        if number != group.typical and (member.likeness.relation is Relation.IDENTICAL) is identical
    ]
