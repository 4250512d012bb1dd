"""A comparison as one HTML file: no script, no request, plots as SVG."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from search_api.comparing.comparison_types import Comparison
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.exporting.labels import coverage
from search_api.exporting.parts import report_names, unlike
from search_api.exporting.shown import drawing_of, helpers


def comparison_html(comparison: Comparison, wording: WordingComparison | None = None) -> str:
    """The whole page in the topic's language; every text is escaped."""
    language = comparison.topic.language
    return (
        _environment()
        .get_template("comparison.html.j2")
        .render(
            helpers(language),
            comparison=comparison,
            topic=comparison.topic,
            rows=comparison.rows,
            wording=wording,
            names=report_names(comparison, wording),
            language=language.value,
            coverage=coverage(comparison),
            with_figures=any(row.value is not None for row in comparison.rows),
            drawing=drawing_of(comparison),
            with_unlike=any(map(unlike, comparison.rows)),
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("search_api.exporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
