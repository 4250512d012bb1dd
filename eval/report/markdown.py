"""A result as Markdown: figures with intervals, tables by category, the worst questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.compare import differences
from eval.evaluation import Estimate, Evaluation, QueryResult, SystemResult
from eval.report.worst import leading, worst_questions

_LONGEST = 160  # characters of a passage in the list of the worst


def render(evaluation: Evaluation) -> str:
    """The whole report; the first system is the baseline of the significance marks."""
    judged, corpus = evaluation.judgements, evaluation.corpus
    lines = [
        f"# Evaluation: {judged.name}",
        "",
        f"{judged.queries:,} questions, {corpus.reports:,} reports, {corpus.passages:,} passages.",
        f"govsearch {evaluation.version} ({evaluation.commit}), {evaluation.created}.",
        f"Judgements `{judged.checksum[:12]}`, corpus `{corpus.checksum[:12]}`.",
        "",
    ]
    if evaluation.command:
        lines += ["    " + evaluation.command, ""]
    lines += _systems(evaluation.systems)
    if evaluation.outline:
        lines += ["## Outline", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {value:.4f} |" for name, value in evaluation.outline.items()]
        lines.append("")
    for system in evaluation.systems:
        lines += _one_system(system)
    return "\n".join(lines) + "\n"


def summary(evaluation: Evaluation) -> str:
    """The figures of all systems and their tables by category, for a terminal."""
    lines = _systems(evaluation.systems)
    for system in evaluation.systems:
        for category, values in system.tables.items():
            lines += [f"{system.system}", *_category(category, values)]
    return "\n".join(lines)


def marks(baseline: SystemResult, system: SystemResult) -> dict[str, str]:
    """By measure "↑" or "↓" where the system differs significantly from the baseline, else ""."""
    if system is baseline or not set(baseline.measures) & set(system.measures):
        return {}
    return {
        measure: ("↑" if each.mean > 0 else "↓") if each.significant else ""
        for measure, each in differences(baseline, system).items()
    }


def cell(estimate: Estimate) -> str:
    """`0.951 (0.910-0.984)`: a mean with its interval."""
    return f"{estimate.mean:.3f} ({estimate.low:.3f}-{estimate.high:.3f})"


def groups(systems: Sequence[SystemResult]) -> list[list[SystemResult]]:
    """Systems that have the same measures, together: rankings, answers, cells."""
    found: dict[tuple[str, ...], list[SystemResult]] = {}
    for system in systems:
        found.setdefault(tuple(system.measures), []).append(system)
    return list(found.values())


def _systems(systems: Sequence[SystemResult]) -> list[str]:
    lines: list[str] = []
    for group in groups(systems):
        names = list(group[0].measures)
        timed = any(each.latency_ms for each in group)
        head = ["system", *names, *(["p50 ms", "p95 ms"] if timed else [])]
        lines += ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
        for system in group:
            sign = marks(group[0], system)
            cells = [cell(each) + sign.get(name, "") for name, each in system.measures.items()]
            times = [
                f"{system.latency_ms[p]:.1f}" if p in system.latency_ms else ""
                for p in ("p50", "p95")
            ]
            lines.append(
                "| " + " | ".join([system.system, *cells, *(times if timed else [])]) + " |"
            )
        lines.append("")
        if len(group) > 1:
            lines += [
                f"Means with 95% intervals; ↑ ↓ differ significantly from {group[0].system} (p < .05).",
                "",
            ]
    return lines


def _one_system(system: SystemResult) -> list[str]:
    lines = [f"## {system.system}", ""]
    if system.model:
        lines += [f"Model: {system.model}", ""]
    if system.settings:
        lines += ["Settings: " + ", ".join(f"{k}={v}" for k, v in system.settings.items()), ""]
    for category, values in system.tables.items():
        lines += _category(category, values)
    worst = worst_questions(system)
    if worst:
        lines += [f"### The {len(worst)} worst questions by {leading(system)}", ""]
        for query in worst:
            lines += _question(query, leading(system))
    return lines


def _category(category: str, values: Mapping[str, Mapping[str, Estimate]]) -> list[str]:
    names = list(dict.fromkeys(name for each in values.values() for name in each))
    lines = [f"### By {category}", "", "| | questions | " + " | ".join(names) + " |"]
    lines.append("|---" * (len(names) + 2) + "|")
    for value, found in values.items():
        count = max(each.n for each in found.values())
        cells = [cell(found[name]) if name in found else "" for name in names]
        lines.append(f"| {value} | {count} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def _question(query: QueryResult, measure: str) -> list[str]:
    lines = [
        f"- **{_plain(query.text)}** `{query.query_id}` {measure} {query.measures[measure]:.3f}"
    ]
    lines += [f"  - wanted: {_plain(quote)}" for quote in query.gold]
    lines += [
        f"  - {each.rank}.{' ✓' if each.relevant else ''} {each.report_id} {_plain(each.text)}"
        for each in query.returned
    ]
    return lines


def _plain(text: str) -> str:
    """On one line, cut, without what Markdown would take for markup."""
    short = " ".join(text.split())
    if len(short) > _LONGEST:
        short = short[:_LONGEST] + "…"
    for char in "\\`*_[]<>|":
        short = short.replace(char, "\\" + char)
    return short
