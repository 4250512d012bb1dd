"""What did a change do? Two results of one judged set, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.errors import GovsearchError
from eval.evaluation import CATEGORIES, Evaluation, SystemResult
from eval.significance import Difference, compare_paired

# Questions listed on either side.
MOST: Final = 10
# Measures of what went wrong: lower is better.
ERRORS: Final = frozenset({"wrong report", "missing"})
# What a question's change is seen by.
LEADING: Final = "nDCG@10"


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose leading measure changed."""

    query_id: str
    text: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """`differences` by measure over all questions; `tables` by category, value and measure."""

    before: str
    after: str
    differences: Mapping[str, Difference]
    tables: Mapping[str, Mapping[str, Mapping[str, Difference]]]
    better: Sequence[Change]
    worse: Sequence[Change]


def same_questions(before: Evaluation, after: Evaluation) -> None:
    """Raises GovsearchError unless both are of one judged set and one corpus."""
    if before.judgements.checksum != after.judgements.checksum:
        raise GovsearchError(
            f"the results are of different judged sets ({before.judgements.name},"
            f" {after.judgements.name}); run both on the same files"
        )
    if before.corpus.checksum != after.corpus.checksum:
        raise GovsearchError(
            "the results are of different corpora"
            f" ({before.corpus.reports} and {after.corpus.reports} reports, or other texts); index"
            " the same reports and run again"
        )


def compare(
    before: Evaluation,
    after: Evaluation,
    system_before: str | None = None,
    system_after: str | None = None,
) -> Comparison:
    """The first systems of both, unless others are named. Raises GovsearchError."""
    same_questions(before, after)
    first = choose(before, system_before)
    wanted = system_after
    if wanted is None and any(each.system == first.system for each in after.systems):
        wanted = first.system
    second = choose(after, wanted)
    return compare_systems(first, second)


def compare_systems(before: SystemResult, after: SystemResult) -> Comparison:
    """Paired differences over the questions that both have. Raises GovsearchError if none."""
    changes = _changes(before, after)
    return Comparison(
        before=before.system,
        after=after.system,
        differences=differences(before, after),
        tables={
            category: {
                value: differences(before, after, category, value)
                for value in _values(before, category)
            }
            for category in CATEGORIES
            if len(_values(before, category)) > 1
        },
        better=sorted(
            (each for each in changes if each.after > each.before),
            key=lambda each: (each.before - each.after, each.query_id),
        )[:MOST],
        worse=sorted(
            (each for each in changes if each.after < each.before),
            key=lambda each: (each.after - each.before, each.query_id),
        )[:MOST],
    )


def differences(
    before: SystemResult, after: SystemResult, category: str = "", value: str = ""
) -> dict[str, Difference]:
    """By measure, over all questions or those whose category has the value."""
    found: dict[str, Difference] = {}
    for measure in before.measures:
        first = values_of(before, measure, category, value)
        second = values_of(after, measure, category, value)
        if first.keys() & second.keys():
            found[measure] = compare_paired(first, second)
    if not found:
        raise GovsearchError(
            f"{before.system} and {after.system} have no measured question in common"
        )
    return found


def values_of(
    system: SystemResult, measure: str, category: str = "", value: str = ""
) -> dict[str, float]:
    """A measure by query id, of all questions or of those whose category has the value."""
    return {
        query.query_id: query.measures[measure]
        for query in system.queries
        if measure in query.measures and (not category or query.categories[category] == value)
    }


def choose(evaluation: Evaluation, name: str | None) -> SystemResult:
    """The system of that name, else the first. Raises GovsearchError naming those there are."""
    if not evaluation.systems:
        raise GovsearchError("a result without systems can't be compared")
    if name is None:
        return evaluation.systems[0]
    for each in evaluation.systems:
        if each.system == name:
            return each
    known = ", ".join(each.system for each in evaluation.systems)
    raise GovsearchError(f"no system {name!r} in the result; there are: {known}")


def verdict(measure: str, difference: Difference) -> str:
    """In words: better, worse, or no significant difference."""
    if not difference.significant:
        return "no significant difference"
    return "better" if (difference.mean > 0) != (measure in ERRORS) else "worse"


def render_comparison(comparison: Comparison) -> str:
    """The comparison as Markdown that reads well in a terminal."""
    lines = [f"# {comparison.after} against {comparison.before}", ""]
    lines += _table("all questions", comparison.differences)
    for category, values in comparison.tables.items():
        for value, found in values.items():
            lines += _table(f"{category}: {value}", found)
    for title, changes in (("Better", comparison.better), ("Worse", comparison.worse)):
        if changes:
            lines += [f"## {title} ({LEADING})", ""]
            lines += [
                f"- {each.before:.3f} -> {each.after:.3f}  {each.query_id}  {each.text}"
                for each in changes
            ]
            lines.append("")
    return "\n".join(lines)


def _table(title: str, found: Mapping[str, Difference]) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| measure | difference | 95% interval | p | questions | |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {measure} | {each.mean:+.4f} | {each.low:+.4f} to {each.high:+.4f} | {each.p:.3f}"
        f" | {each.n} | {verdict(measure, each)} |"
        for measure, each in found.items()
    ]
    return [*lines, ""]


def _values(system: SystemResult, category: str) -> list[str]:
    return sorted({query.categories[category] for query in system.queries} - {""})


def _changes(before: SystemResult, after: SystemResult) -> list[Change]:
    measure = LEADING if LEADING in before.measures else next(iter(before.measures))
    first, second = values_of(before, measure), values_of(after, measure)
    texts = {query.query_id: query.text for query in before.queries}
    return [
        Change(query, texts[query], first[query], second[query])
        for query in sorted(first.keys() & second.keys())
        if first[query] != second[query]
    ]
