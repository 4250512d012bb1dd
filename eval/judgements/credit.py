"""Which passage earns credit for which quote?

Judges quote sentences, systems return passages, and every index cuts its own. The rules:

1. **A passage shows a quote** when it holds at least 40 characters of it; a shorter quote it must
   hold whole. A passage that lies inside a long quote shows it from 15 characters on. Blanks at
   a passage's edges are no part of it. (40 characters are enough to recognise a sentence and to
   read its figure's context; a passage that ends in the middle of the sentence still leads the
   reader there.)
2. A quote that no passage of the index shows (cut so that nobody holds enough of it) is shown by
   those passages that hold the most of it.
3. A quote that stands in the report several times may be shown at any of its places.
4. **Evidence is what is counted**, not passages. Quotes that one passage shows together are one
   piece of evidence (transitively), so a passage never earns twice and a question never has more
   relevant documents than passages are needed.
5. The first hit that shows a piece of evidence becomes that piece in the ranking. A later hit that
   shows only what was shown before is taken out: it is neither an answer nor a mistake.
6. Recall at k is divided by min(k, pieces of evidence) (`eval.measures.ranking`).

So a ranking that begins with one passage for each piece of evidence has 1 in every measure, however
the passages were cut, and one that shows none has 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.report import Span
from eval.judgements.quotes import QuotedText
from eval.types import Query, Ranked

ENOUGH: Final = 40  # characters of a quote that a passage must hold
LEAST: Final = 15  # characters of a passage that lies inside a quote

Places = tuple[tuple[Span, ...], ...]  # per quote, where it stands


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands, and how many of its characters a passage must hold to show it."""

    span: Span
    enough: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is to be found for one question: pieces in one report, each with its quotes' places.

    `pieces[n]` are the places of all quotes of piece n in `text`, which is the report's.
    """

    report_id: str
    pieces: tuple[tuple[Place, ...], ...]
    text: QuotedText = field(repr=False)

    @property
    def grades(self) -> dict[str, int]:
        """The relevant documents of a run rewritten by `credited`."""
        return {piece_id(number): 1 for number in range(len(self.pieces))}


def piece_id(number: int) -> str:
    """The document id of a piece of evidence, from 0."""
    return f"evidence-{number}"


def places_of(query: Query, text: QuotedText) -> Places:
    """Per quote of the query where it stands in its report; () where it doesn't."""
    return tuple(tuple(text.find(quote)) for quote in query.quotes)


def evidence_of(query: Query, text: QuotedText, passages: Sequence[Span]) -> Evidence:
    """Group a query's quotes into pieces; `text` is its report's, `passages` those in the index.

    Quotes without a place are no evidence: refuse them before (`places_of`).
    """
    trimmed = [text.trimmed(passage) for passage in passages]
    wanted = [_places(where, trimmed) for where in places_of(query, text)]
    groups: list[set[int]] = [{number} for number, where in enumerate(wanted) if where]
    for passage in trimmed:
        shown = {number for number, where in enumerate(wanted) if _shows(passage, where)}
        touched = [group for group in groups if group & shown]
        if len(touched) > 1:
            groups = [group for group in groups if not group & shown]
            groups.append(set().union(*touched))
    groups.sort(key=min)
    return Evidence(
        query.report_id,
        tuple(
            tuple(dict.fromkeys(place for number in sorted(group) for place in wanted[number]))
            for group in groups
        ),
        text,
    )


def credited(found: Sequence[tuple[str, Span, float]], evidence: Evidence) -> list[Ranked]:
    """A ranking of passages (report id, place, score) as a ranking of evidence and misses."""
    ranking: list[Ranked] = []
    seen: set[int] = set()
    for report_id, passage, score in found:
        shown = shown_pieces(report_id, passage, evidence)
        fresh = shown - seen
        if fresh:
            # Pieces that one passage shows are one piece, unless the run is of another index.
            ranking.extend(Ranked(piece_id(number), score) for number in sorted(fresh))
            seen |= fresh
        elif not shown:
            ranking.append(Ranked(f"{report_id}:{passage.start}-{passage.end}", score))
    return ranking


def shown_pieces(report_id: str, passage: Span, evidence: Evidence) -> set[int]:
    """The pieces of evidence that a passage shows."""
    if report_id != evidence.report_id:
        return set()
    own = evidence.text.trimmed(passage)
    return {number for number, where in enumerate(evidence.pieces) if _shows(own, where)}


def _places(where: Sequence[Span], passages: Sequence[Span]) -> tuple[Place, ...]:
    """The places of one quote with what is enough of it: as the rules say, or the most there is."""
    places = tuple(Place(span, min(ENOUGH, len(span))) for span in where)
    if not where or any(_shows(passage, places) for passage in passages):
        return places
    most = max((_shared(p, span) for p in passages for span in where), default=0)
    return tuple(Place(span, most) for span in where) if most > 0 else places


def _shows(passage: Span, places: Sequence[Place]) -> bool:
    return any(_holds_enough(passage, place) for place in places)


def _holds_enough(passage: Span, place: Place) -> bool:
    shared = _shared(passage, place.span)
    return shared >= place.enough or LEAST <= shared == len(passage)


def _shared(one: Span, other: Span) -> int:
    """How many characters two places share; 0 or less for none."""
    return min(one.end, other.end) - max(one.start, other.start)


def evidence_by_query(
    queries: Sequence[Query],
    texts: Mapping[str, QuotedText],
    passages: Mapping[str, Sequence[Span]],
) -> dict[str, Evidence]:
    """The evidence of every answerable query; texts and passages by report id."""
    return {
        query.query_id: evidence_of(query, texts[query.report_id], passages[query.report_id])
        for query in queries
        if query.answerable
    }
