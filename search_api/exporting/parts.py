"""What all files of a comparison have in common: names, heading paths, marked pieces, one row's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from corpus.report import Citation
from search_api.comparing.comparison_types import Comparison, Piece, Row
from search_api.comparing.wording.wording_types import WordingComparison

# A field of a row: text of a report, or a number of our own.
Cell = str | int | float | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a quote; `common`: no difference is to be shown; `figure`: it is of its row's figure."""

    text: str
    common: bool
    figure: bool


COLUMNS: Final = (
    "report_id",
    "title",
    "region",
    "year",
    "status",
    "value",
    "announced",
    "low",
    "high",
    "unit",
    "bound",
    "comparable",
    "outlier",
    "quote",
    "heading_path",
    "start",
    "end",
    "page",
    "source",
    "confidence",
    "reason",
    "nearest_quote",
    "nearest_start",
    "nearest_end",
    "mentions",
    "relation",
    "similarity",
)
# A quote less than a third of which is common is not marked: where nearly all is, marks tell nothing.
_LEAST_COMMON: Final = 3
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"). Spreadsheets of
# East Asian systems read the full-width signs as the plain ones; tab, CR and LF are skipped by some.
_FORMULA_BEGINS: Final = tuple("=+-@\t\r\n＝＋－＠")
_DECIMALS: Final = 3  # of a confidence or similarity


def record(row: Row) -> dict[str, Cell]:
    """The fields of a row by `COLUMNS`; None where it has none."""
    measured, citation, nearest = row.measured, row.citation, row.nearest
    return {
        "report_id": row.report_id,
        "title": row.title,
        "region": row.region,
        "year": row.year,
        "status": row.status.value,
        "value": row.value,
        # Where there is no figure there is nothing that could be a target.
        "announced": row.announced if row.value is not None else None,
        # What is bounded on one side has no other end: 7%以上 is 7% and more.
        "low": measured.low if measured and not measured.bound.open_below else None,
        "high": measured.high if measured and not measured.bound.open_above else None,
        "unit": measured.unit if measured else None,
        "bound": measured.bound.value if measured else None,
        "comparable": measured.comparable if measured else None,
        "outlier": measured.outlier if measured else None,
        "quote": citation.quote if citation else None,
        "heading_path": heading_path(citation) if citation else None,
        "start": citation.start if citation else None,
        "end": citation.end if citation else None,
        "page": citation.page if citation else None,
        "source": citation.source if citation else None,
        # Of a row that isn't stated nothing was weighed: 0 would read as a doubt.
        "confidence": round(row.confidence, _DECIMALS) if row.stated else None,
        "reason": row.reason or None,
        "nearest_quote": nearest.quote if nearest else None,
        "nearest_start": nearest.start if nearest else None,
        "nearest_end": nearest.end if nearest else None,
        "mentions": row.mentions,
        "relation": row.relation.value if row.relation else None,
        "similarity": None if row.similarity is None else round(row.similarity, _DECIMALS),
    }


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might run the text."""
    return text.startswith(_FORMULA_BEGINS)


def heading_path(citation: Citation) -> str:
    """The headings from the outermost one inwards."""
    return " › ".join(citation.heading_path)


def name_of(citation: Citation) -> str:
    """What people call the report that is cited, as `Row.name` does."""
    where = citation.region or citation.title or citation.report_id
    return f"{where} {citation.year}" if citation.year else where


def report_names(comparison: Comparison, wording: WordingComparison | None) -> Mapping[str, str]:
    """Per report id what people call the report."""
    names = {row.report_id: row.name for row in comparison.rows}
    for citation in _cited(wording) if wording else ():
        names.setdefault(citation.report_id, name_of(citation))
    for report_id in (*wording.reports, *wording.silent) if wording else ():
        names.setdefault(report_id, report_id)
    for revision in wording.revisions if wording else ():
        names.setdefault(revision.earlier, revision.earlier)
        names.setdefault(revision.later, revision.later)
    return names


def segments(row: Row) -> tuple[Segment, ...]:
    """The quote in segments: where it differs, and where its figure stands. Together they are the quote.

    Nothing differs in a quote that is `unlike` the others, and signs alone are no difference.
    """
    if row.citation is None:
        return ()
    first, last = -1, -1
    if row.statement is not None:
        first, last = (
            row.statement.quantity.about.start - row.citation.start,
            row.statement.quantity.about.end - row.citation.start,
        )
    found: list[Segment] = []
    at = 0
    pieces = () if unlike(row) else row.wording
    for piece in pieces or (Piece(row.quote, True),):
        end = at + len(piece.text)
        cuts = [at, *(cut for cut in (first, last) if at < cut < end), end]
        found += [
            Segment(
                row.quote[low:high],
                piece.common or not has_words(row.quote[low:high]),
                first <= low and high <= last,
            )
            for low, high in pairwise(cuts)
        ]
        at = end
    return tuple(found)


def has_words(text: str) -> bool:
    """Whether it is more than punctuation and white space."""
    return any(map(str.isalnum, text))


def unlike(row: Row) -> bool:
    """Whether most of the quote is other words than those it is compared with."""
    common = sum(len(piece.text) for piece in row.wording if piece.common)
    return bool(row.wording) and common * _LEAST_COMMON < len(row.quote)


def phrase_pieces(quote: str, phrases: Iterable[str]) -> tuple[Piece, ...]:
    """The quote in pieces, its phrases marked; a phrase that is not in it is left out."""
    pieces: list[Piece] = []
    end = 0
    for phrase in phrases:
        start = quote.find(phrase, end)
        if start < 0 or not phrase:
            continue
        if start > end:
            pieces.append(Piece(quote[end:start], True))
        pieces.append(Piece(phrase, False))
        end = start + len(phrase)
    if end < len(quote):
        pieces.append(Piece(quote[end:], True))
    return tuple(pieces)


def _cited(wording: WordingComparison) -> Iterable[Citation]:
    for shared in wording.phrases:
        yield from shared.citations
    for group in wording.groups:
        yield from (member.citation for member in group.members)
    yield from (each.citation for each in wording.particular)
    for revision in wording.revisions:
        for changed in revision.changed:
            yield from (changed.before, changed.after)
        yield from (*revision.new, *revision.dropped)
