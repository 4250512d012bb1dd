"""A comparison as Markdown (CommonMark with GitHub's tables). Text of reports stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from corpus.report import Citation
from search_api.comparing.comparison_types import Comparison, Relation, Row
from search_api.comparing.wording.wording_types import Group, Revision, Shared, WordingComparison
from search_api.exporting.amounts import change_text
from search_api.exporting.labels import (
    coverage,
    labels,
    notes,
    phrase_usage,
    relation_label,
    revision_counts,
    status_label,
    usage,
)
from search_api.exporting.parts import heading_path, name_of, report_names
from search_api.questions.question import Language

# A backslash goes before the last character of each match.
_SIGN: Final = re.compile(
    r"[\\`*_\[\]<>|~&$]"  # emphasis, code, links, images, tags, tables, entities, formulas
    r"|(?<!\S)\#"  # a heading's begin or its end
    r"|\A[+-](?=[\s-]|\Z)|\A=|\A\d{1,9}[.)](?=\s|\Z)"  # lists, rules, underlined headings
    r"|(?<=\w):(?=//)|(?<=www)\.",  # what GitHub makes links of without any sign
    re.IGNORECASE,
)
# To Markdown runs of these are one space, or end a line. The full-width space is a character.
_SPACE: Final = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


def comparison_markdown(comparison: Comparison, wording: WordingComparison | None = None) -> str:
    """Heading, coverage, table, quotes with their places, and the wordings if given."""
    language = comparison.topic.language
    words = labels(language)
    blocks = [f"# {escaped(comparison.topic.text)}", coverage(comparison)]
    blocks += [f"> {escaped(notice)}" for notice in comparison.notices]
    blocks.append(_table(comparison.rows, language))
    quoted = [row for row in comparison.rows if row.citation or row.nearest]
    if quoted:
        blocks.append(f"## {words['citations']}")
    for row in quoted:
        blocks += _quoted(row, language)
    if wording is not None:
        blocks += _wording(wording, report_names(comparison, wording), language)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would read as a sign."""
    line = _SPACE.sub(" ", text).strip(" ")
    return _SIGN.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", line)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already, on one line each."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _table(rows: Sequence[Row], language: Language) -> str:
    words = labels(language)
    figures = any(row.value is not None for row in rows)
    columns = ["report", "status", *(["figure"] if figures else []), "quote", "heading_path"]
    return table(
        [words[each] for each in columns], [_cells(row, language, figures) for row in rows]
    )


def _cells(row: Row, language: Language, figures: bool) -> list[str]:
    said = [escaped(row.value or "")] if figures else []
    told = "; ".join(notes(row, language))
    status = status_label(row.status, language)
    brackets = labels(language)["in_brackets"]
    if said and told:
        said = [brackets.format(said[0], told)]
    elif told:
        status = brackets.format(status, told)
    path = escaped(heading_path(row.citation)) if row.citation else ""
    quote = escaped(row.quote) if row.stated else escaped(row.reason)
    return [escaped(row.name), status if row.stated else f"**{status}**", *said, quote, path]


def _quoted(row: Row, language: Language) -> Iterator[str]:
    words = labels(language)
    yield f"### {escaped(row.name)}"
    if row.citation is not None:
        yield _block(row.quote)
        yield _where(row.citation, language)
    else:
        yield f"**{status_label(row.status, language)}** {escaped(row.reason)}".rstrip()
    if row.nearest is not None:
        yield f"{words['nearest_quote']}{words['colon']}".rstrip()
        yield _block(row.nearest.quote)
        yield _where(row.nearest, language)


def _block(quote: str) -> str:
    """A quote with its lines, each break a hard one; empty lines would end it and are left out."""
    lines = [line for line in map(escaped, quote.splitlines()) if line]
    return "\\\n".join(f"> {line}" for line in lines)


def _where(citation: Citation, language: Language, *, named: bool = False) -> str:
    words = labels(language)
    told = [escaped(name_of(citation))] if named else []
    if citation.heading_path:
        told.append(escaped(heading_path(citation)))
    told.append(f"{words['characters']} {citation.start}–{citation.end}")
    if citation.page is not None:
        told.append(words["page_number"].format(citation.page))
    told.append(escaped(citation.source))
    return "— " + " · ".join(told)


def _wording(
    wording: WordingComparison, names: Mapping[str, str], language: Language
) -> Iterator[str]:
    words = labels(language)
    yield f"## {words['wording']}"
    for notice in wording.notices:
        yield f"> {escaped(notice)}"
    if wording.silent:
        silent = ", ".join(escaped(names[each]) for each in wording.silent)
        yield f"**{words['silent']}**{words['colon']}{silent}"
    if wording.phrases:
        yield f"### {words['shared']}"
        yield "\n".join(_shared(each, names, language) for each in wording.phrases)
    if wording.groups:
        yield f"### {words['groups']}"
    for group in wording.groups:
        yield from _group(group, language)
    if wording.particular:
        yield f"### {words['particular']}"
    for each in wording.particular:
        yield _block(each.citation.quote)
        phrases = "; ".join(escaped(phrase) for phrase in each.phrases)
        yield f"{words['phrases']}{words['colon']}{phrases or '—'}"
        yield _where(each.citation, language, named=True)
    for revision in wording.revisions:
        yield from _revision(revision, names, language)


def _shared(shared: Shared, names: Mapping[str, str], language: Language) -> str:
    words = labels(language)
    used = words["in_brackets"].format(
        f"**{escaped(shared.phrase)}**", phrase_usage(shared, language)
    )
    reports = ", ".join(escaped(names[each.report_id]) for each in shared.citations)
    return f"- {used}{words['colon']}{reports}"


def _group(group: Group, language: Language) -> Iterator[str]:
    yield f"**{usage(group, language)}**"
    yield _block(group.wording)
    lines: list[str] = []
    for number, member in enumerate(group.members):
        relation = (
            labels(language)["typical"]
            if number == group.typical
            else relation_label(member.likeness.relation, language)
        )
        line = f"- {relation} {_where(member.citation, language, named=True)}"
        if number != group.typical and member.likeness.relation is not Relation.IDENTICAL:
            line += f": {escaped(member.citation.quote)}"
        lines.append(line)
    yield "\n".join(lines)


def _revision(revision: Revision, names: Mapping[str, str], language: Language) -> Iterator[str]:
    words = labels(language)
    earlier, later = names[revision.earlier], names[revision.later]
    yield f"### {escaped(earlier)} → {escaped(later)}"
    yield revision_counts(revision, language)
    for changed in revision.changed:
        yield f"**{words['before']}**"
        yield _block(changed.before.quote)
        yield _where(changed.before, language)
        yield f"**{words['after']}**"
        yield _block(changed.after.quote)
        yield _where(changed.after, language)
        if changed.figures:
            yield "\n".join(f"- {escaped(change_text(each, language))}" for each in changed.figures)
    for name, citations in (("new", revision.new), ("dropped", revision.dropped)):
        if citations:
            yield f"**{words[name]}**"
        for citation in citations:
            yield _block(citation.quote)
            yield _where(citation, language)
