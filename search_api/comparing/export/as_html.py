"""A comparison as one HTML file: no script, no request, plots as SVG."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from search_api.comparing.export.amounts import change_text
from search_api.comparing.export.labels import (
    bound_label,
    coverage,
    labels,
    notes,
    phrase_usage,
    relation_label,
    revision_counts,
    status_label,
    usage,
)
from search_api.comparing.export.parts import (
    heading_path,
    name_of,
    phrase_pieces,
    report_names,
    segments,
    unlike,
)
from search_api.comparing.export.plot import NARROW, WIDE, bounds_in, row_plot
from search_api.comparing.export.plot_years import year_plot
from search_api.comparing.types import Comparison, Relation
from search_api.comparing.wording_types import Group, Member, WordingComparison


def comparison_html(comparison: Comparison, wording: WordingComparison | None = None) -> str:
    """The whole page in the topic's language; every text is escaped."""
    language = comparison.topic.language
    over_years = year_plot(comparison)
    plots = [
        plot
        for width in (WIDE, NARROW)
        for plot in (year_plot(comparison, width) if over_years else row_plot(comparison, width),)
        if plot is not None
    ]
    return (
        _environment()
        .get_template("comparison.html.j2")
        .render(
            comparison=comparison,
            topic=comparison.topic,
            rows=comparison.rows,
            wording=wording,
            names=report_names(comparison, wording),
            language=language.value,
            words=labels(language),
            coverage=coverage(comparison),
            with_figures=any(row.value is not None for row in comparison.rows),
            over_years=over_years is not None,
            plots=plots,
            marks=bounds_in(comparison),
            off_scale=any(plot.off_scale for plot in plots),
            with_unlike=any(map(unlike, comparison.rows)),
            notes=lambda row: notes(row, language),
            status_label=lambda status: status_label(status, language),
            bound_label=lambda bound: bound_label(bound, language),
            relation_label=lambda relation: relation_label(relation, language),
            phrase_usage=lambda shared: phrase_usage(shared, language),
            usage=lambda group: usage(group, language),
            counts=lambda revision: revision_counts(revision, language),
            change_text=lambda change: change_text(change, language),
            identical=lambda group: _others(group, identical=True),
            reworded=lambda group: _others(group, identical=False),
            heading_path=heading_path,
            name_of=name_of,
            phrase_pieces=phrase_pieces,
            segments=segments,
        )
    )


def _others(group: Group, *, identical: bool) -> list[Member]:
    """The members besides the typical one that have its very words, or that don't."""
    return [
        member
        for number, member in enumerate(group.members)
        if number != group.typical and (member.likeness.relation is Relation.IDENTICAL) is identical
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("search_api.comparing.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
