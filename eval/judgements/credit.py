"""Which passage earns credit for which quote?

Judges quote sentences, systems return passages, and every index cuts its own. The rules:

1. **A passage shows a quote** when it holds at least 40 characters of it; a shorter quote it must
   hold whole. A passage that lies inside a long quote shows it from 15 characters on. (40
   characters are enough to recognise a sentence and to read its figure's context; a passage that
   ends in the middle of the sentence still leads the reader there.)
2. A quote that stands in the report several times may be shown at any of its places.
3. **Evidence is what is counted**, not passages. Quotes that one passage shows together are one
   piece of evidence (transitively), so a passage never earns twice and a question never has more
   relevant documents than passages are needed.
4. The first hit that shows a piece of evidence becomes that piece in the ranking. A later hit that
   shows only what was shown before is taken out: it is neither an answer nor a mistake.
5. Recall at k is divided by min(k, pieces of evidence) (`eval.measures.ranking`).

So a ranking that begins with one passage for each piece of evidence has 1 in every measure, however
the passages were cut, and one that shows none has 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.report import Span
from eval.judgements.quotes import QuotedText
from eval.types import Query, Ranked

ENOUGH: Final = 40  # characters of a quote that a passage must hold
LEAST: Final = 15  # characters of a passage that lies inside a quote

Places = tuple[tuple[Span, ...], ...]  # per quote, where it stands


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is to be found for one question: pieces in one report, each with its quotes' places.

    `pieces[n]` are the places of all quotes of piece n.
    """

    report_id: str
    pieces: tuple[tuple[Span, ...], ...]

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


def evidence_of(query: Query, places: Places, passages: Sequence[Span]) -> Evidence:
    """Group a query's quotes into pieces; `passages` are those of its report in the index.

    Quotes without a place are no evidence: refuse them before (`places_of`).
    """
    groups: list[set[int]] = [{number} for number, where in enumerate(places) if where]
    for passage in passages:
        shown = {number for number, where in enumerate(places) if _shows(passage, where)}
        touched = [group for group in groups if group & shown]
        if len(touched) > 1:
            groups = [group for group in groups if not group & shown]
            groups.append(set().union(*touched))
    groups.sort(key=min)
    return Evidence(
        query.report_id,
        tuple(
            tuple(dict.fromkeys(span for number in sorted(group) for span in places[number]))
            for group in groups
        ),
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
    return {number for number, where in enumerate(evidence.pieces) if _shows(passage, where)}


def _shows(passage: Span, places: Sequence[Span]) -> bool:
    return any(_holds_enough(passage, place) for place in places)


def _holds_enough(passage: Span, quote: Span) -> bool:
    shared = min(passage.end, quote.end) - max(passage.start, quote.start)
    if shared >= min(ENOUGH, len(quote)):
        return shared > 0
    return LEAST <= shared == len(passage)


def evidence_by_query(
    queries: Sequence[Query],
    texts: Mapping[str, QuotedText],
    passages: Mapping[str, Sequence[Span]],
) -> dict[str, Evidence]:
    """The evidence of every answerable query; texts and passages by report id."""
    return {
        query.query_id: evidence_of(
            query, places_of(query, texts[query.report_id]), passages[query.report_id]
        )
        for query in queries
        if query.answerable
    }
