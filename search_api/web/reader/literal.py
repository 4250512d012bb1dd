"""Where does a report say the very words that are looked for?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from corpus.report import Passage, Span
from indexer.simplify import simplify

# One character stands in every sentence.
_SHORTEST: Final = 2
# More places of one word are not gone through one by one.
MOST_PLACES: Final = 200


def literal_places(text: str, words: str, passages: Sequence[Passage]) -> list[Span]:
    """The sentences that say `words` as they are written, in order; traditional characters count as
    simplified, capital letters as small ones. At most `MOST_PLACES`; none for a single character.

    Where no sentence holds a place (furniture, a place across two), the words themselves are it.
    """
    wanted = words.strip().lower()
    if len(wanted) < _SHORTEST:
        return []
    folded = simplify(text).lower()
    if len(folded) == len(text):  # else a phrase changed its length: compared as it is written
        text, wanted = folded, simplify(wanted)
    sentences = sorted(span for passage in passages for span in passage.sentences)
    starts = [each.start for each in sentences]
    found: dict[Span, None] = {}
    at = text.find(wanted)
    while at >= 0 and len(found) < MOST_PLACES:
        end = at + len(wanted)
        number = bisect_right(starts, at) - 1
        inside = number >= 0 and end <= sentences[number].end
        found[sentences[number] if inside else Span(at, end)] = None
        at = text.find(wanted, end)
    return list(found)
