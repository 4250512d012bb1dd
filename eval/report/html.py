"""A result as one HTML file: no script, no request, plots as SVG."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.evaluation import Evaluation
from eval.report import plots
from eval.report.markdown import groups, marks
from eval.report.worst import leading, worst_questions


def render(evaluation: Evaluation) -> str:
    """The whole page; every text is escaped."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            evaluation=evaluation,
            groups=[
                {
                    "systems": group,
                    "names": list(group[0].measures),
                    "marks": [marks(group[0], system) for system in group],
                    "timed": any(system.latency_ms for system in group),
                }
                for group in groups(evaluation.systems)
            ],
            recall=plots.recall_by_depth(evaluation.systems),
            categories=plots.categories(evaluation.systems),
            latency=plots.latency(evaluation.systems),
            worst=[
                (system, leading(system), worst_questions(system)) for system in evaluation.systems
            ],
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
