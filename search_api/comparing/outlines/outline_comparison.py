"""Which section of one report is which of the other's?

Each report's outline is read by itself (`reading.py`, with `headings.py`), any two
sections are compared (`section_likeness.py`), and the pairs that together are most alike are
counterparts (`alignment.py`).

What was done and what is planned are never counterparts, however alike they are: 扩大内需 in the
review and 扩大内需 among next year's tasks are what a reader wants told apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.report import Section
from indexer.types import ReportInfo
from search_api.comparing.outlines.alignment import Link, align
from search_api.comparing.outlines.outline_types import OutlineComparison, Place, SectionPair
from search_api.comparing.outlines.reading import Outline, read_outline
from search_api.comparing.table.selection import report_in
from search_api.engine import Engine
from search_api.errors import BadRequestError


def compare_outlines(engine: Engine, left: str, right: str) -> OutlineComparison:
    """The outlines of two reports side by side: what is matched, moved, or in one of them only.

    Only sections of the body are compared. Annexes and glossaries are left out: they list terms
    and projects by the dozen, which would hide what the reports themselves say.
    Exchanging the reports gives the same pairs the other way round.
    Raises UnknownReportError; BadRequestError: one report twice, or one without sections.
    """
    one, other = report_in(engine, left, "left"), report_in(engine, right, "right")
    if one.report_id == other.report_id:
        raise BadRequestError("right", f"{right!r} is the left report too: name another one")
    return compared(_outline_of(engine, one, "left"), _outline_of(engine, other, "right"))


def compared(left: Outline, right: Outline) -> OutlineComparison:
    """Two outlines side by side. Exchanging them gives the same pairs the other way round."""
    if left.report_id <= right.report_id:
        links = align(left, right)
    else:
        # Always the same way round, so that neither side is favoured where two choices are equal.
        found = align(right, left)
        links = [Link(each.right, each.left, each.similarity, each.moved) for each in found]
    pairs = in_order(left.sections, right.sections, links)
    return OutlineComparison(left.report_id, right.report_id, pairs)


def in_order(
    left: Sequence[Section], right: Sequence[Section], links: Sequence[Link]
) -> tuple[SectionPair, ...]:
    """Every section in one pair: as the left report has them, the right one's own in between.

    A section only the right report has follows the pair of the right section before it.
    """
    by_left = {link.left: link for link in links}
    by_right = {link.right: link for link in links}
    # What follows each left section; None: what stands before all of them.
    following: dict[int | None, list[SectionPair]] = {}
    behind: int | None = None
    for number, section in enumerate(right):
        if number in by_right:
            behind = by_right[number].left
        else:
            alone = SectionPair(None, section, Place.RIGHT_ONLY, 0.0)
            following.setdefault(behind, []).append(alone)
    pairs = list(following.get(None, ()))
    for number, section in enumerate(left):
        link = by_left.get(number)
        if link is None:
            pairs.append(SectionPair(section, None, Place.LEFT_ONLY, 0.0))
        else:
            place = Place.MOVED if link.moved else Place.MATCHED
            pairs.append(SectionPair(section, right[link.right], place, link.similarity))
        pairs += following.get(number, ())
    return tuple(pairs)


def _outline_of(engine: Engine, info: ReportInfo, field: str) -> Outline:
    report_id = info.report_id
    spans, vectors = engine.sentence_vectors(report_id)
    found = read_outline(
        report_id,
        engine.text(report_id),
        engine.outline(report_id),
        spans,
        vectors,
        info.metadata,
        engine.encoder.encode_passages,
        engine.places_in,
    )
    if not found.sections:
        raise BadRequestError(
            field, f"{report_id!r} has no sections to compare: name a report with headings"
        )
    return found
