"""Where in a text do a question's words stand, and how is it cut to show them?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.report import Span
from corpus.statements.quantities import kinds_of
from indexer.simplify import simplify
from search_api.retrieval.query import Query

# Candidates of an English word that are far from the best one mark too much.
_LIKELY: Final = 0.5
# Of what may part a figure: 54 is not a part of 154 or 5.4.
_DIGITS: Final = frozenset("0123456789.,")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text. `marked`: it is to be noticed; `said`: it is of the sentence that counts."""

    text: str
    marked: bool = False
    said: bool = False


def words_of(query: Query) -> frozenset[str]:
    """The Chinese words that a question is looked for by."""
    return frozenset(
        word.lower()
        for group in query.groups
        for word, weight in group.items()
        if weight >= _LIKELY and word.strip()
    )


def matches(text: str, words: Collection[str]) -> list[Span]:
    """Where the words stand in a text, touching ones joined; traditional characters count as simplified.

    A figure counts only as a whole. A single character (室) stands everywhere: it counts beside a longer
    word, or if there is nothing else; one that counts things (个, 件) not even there.
    """
    folded = simplify(text).lower()
    # A few phrases change their length; then the text is compared as it is written.
    looked_in = folded if len(folded) == len(text) else text.lower()
    longer = {word for word in words if len(word) > 1}
    found = _spans(looked_in, longer or words)
    if not longer:
        return found
    single = {
        word for word in words if len(word) == 1 and not word.isdigit() and not kinds_of(word)
    }
    return _joined(
        Span(
            span.start - (looked_in[span.start - 1 : span.start] in single),
            span.end + (looked_in[span.end : span.end + 1] in single),
        )
        for span in found
    )


def _spans(text: str, words: Collection[str]) -> list[Span]:
    wanted = [word for word in words if word]
    if not wanted:
        return []
    pattern = "|".join(
        re.escape(word) for word in sorted(wanted, key=lambda each: (-len(each), each))
    )
    return _joined(
        Span(*match.span())
        for match in re.finditer(pattern, text)
        if _is_whole(text, match.start(), match.end())
    )


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end >= span.start:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (text[start].isdigit() and before in _DIGITS and before)
        or (text[end - 1].isdigit() and after in _DIGITS and after)
    )


def stretches(text: str, marked: Iterable[Span], said: Span | None = None) -> tuple[Stretch, ...]:
    """The text cut where what is marked and what is said begins and ends. Together they are the text.

    All spans are offsets into `text`.
    """
    spans = list(marked)
    parts = [*spans, said] if said is not None else spans
    cuts = {0, len(text)} | {
        edge for span in parts for edge in (span.start, span.end) if 0 < edge < len(text)
    }
    return tuple(
        Stretch(
            text[start:end],
            any(span.start <= start and end <= span.end for span in spans),
            said is not None and said.start <= start and end <= said.end,
        )
        for start, end in pairwise(sorted(cuts))
    )


def find_all(quote: str, wanted: Sequence[str]) -> list[Span]:
    """The first place of each text in a quote, as a whole figure where it begins or ends with one."""
    found: list[Span] = []
    for each in wanted:
        at = quote.find(each) if each else -1
        while at >= 0:
            if _is_whole(quote, at, at + len(each)):
                found.append(Span(at, at + len(each)))
                break
            at = quote.find(each, at + 1)
    return found
