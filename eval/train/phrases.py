"""Which phrases of two aligned texts stand for each other, and how surely?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from eval.train.alignment import Links

MOST_WORDS: Final = 4  # of either side


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one text in order; `clause`: per word the number of the piece it stands in.

    Phrases don't reach over pieces (marks, words that are left out).
    """

    words: tuple[str, ...]
    clause: tuple[int, ...]


Phrase = tuple[str, ...]


def phrase_pairs(english: Side, chinese: Side, links: Links) -> Iterator[tuple[Phrase, Phrase]]:
    """The pairs of phrases of 1..MOST_WORDS words that are linked with each other and nothing else.

    Both begin and end with linked words: what isn't linked belongs to nothing on the other side.
    """
    by_english: dict[int, list[int]] = {}
    by_chinese: dict[int, list[int]] = {}
    for i, j in links:
        by_english.setdefault(i, []).append(j)
        by_chinese.setdefault(j, []).append(i)
    for start in sorted(by_english):
        reached: set[int] = set()
        for end in range(start, min(start + MOST_WORDS, len(english.words))):
            if english.clause[end] != english.clause[start]:
                break
            reached.update(by_english.get(end, ()))
            first, last = min(reached), max(reached)
            if (
                end in by_english
                and last - first < MOST_WORDS
                and chinese.clause[first] == chinese.clause[last]
                and all(
                    start <= i <= end for j in range(first, last + 1) for i in by_chinese.get(j, ())
                )
            ):
                yield english.words[start : end + 1], chinese.words[first : last + 1]


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair of phrases: how often it was found, and how probable each is given the other, 0..1."""

    english: Phrase
    chinese: Phrase
    count: int
    forth: float  # p(chinese | english)
    back: float  # p(english | chinese)


def score(
    texts: Sequence[tuple[Side, Side]], alignment: Iterable[Links], least: int
) -> list[Scored]:
    """The phrase pairs of texts (English, Chinese) found `least` times and more, in a fixed order."""
    pairs: Counter[tuple[Phrase, Phrase]] = Counter()
    for (english, chinese), links in zip(texts, alignment, strict=True):
        pairs.update(phrase_pairs(english, chinese, links))
    of_english: Counter[Phrase] = Counter()
    of_chinese: Counter[Phrase] = Counter()
    for (one, other), count in pairs.items():
        of_english[one] += count
        of_chinese[other] += count
    return [
        Scored(one, other, count, count / of_english[one], count / of_chinese[other])
        for (one, other), count in sorted(pairs.items())
        if count >= least
    ]
