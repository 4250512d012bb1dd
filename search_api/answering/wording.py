"""How much of what a question says does a piece of a report say too?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search_api.retrieval.characters import characters


@dataclass(frozen=True, slots=True)
class Wording:
    """The question's words for comparing, each a group of alternatives with weights 0..1.

    `weights`: per character its rarity among the sentences that were found.
    """

    groups: tuple[Mapping[str, float], ...]
    weights: Mapping[str, float]

    def share(self, text: str) -> float:
        """The share of the wording that a text has, 0..1: rare characters count more."""
        return self.share_of(characters(text))

    def share_of(self, having: frozenset[str]) -> float:
        """The same, of the characters of a text."""
        total = found = 0.0
        for group in self.groups:
            worth, best = self._group(group, having)
            total += worth
            found += best
        return found / total if total else 0.0

    def missing(self, having: frozenset[str], anywhere: Sequence[frozenset[str]]) -> float:
        """The share of the wording, 0..1, that some other text (`anywhere`) has and this one lacks.

        What no text has is asked for in other words than the reports'; what another one has and this
        one lacks is a sign that this one is about something else.
        """
        total = lacking = 0.0
        for group in self.groups:
            worth, best = self._group(group, having)
            if not worth:
                continue
            total += worth
            most = max((self._group(group, other)[1] for other in anywhere), default=0.0)
            lacking += max(0.0, most - best)
        return lacking / total if total else 0.0

    def least(self, having: frozenset[str]) -> float:
        """How much a text has of the group it has least of, 0..1, and of the mean of the worst two."""
        shares = sorted(
            best / worth
            for worth, best in (self._group(group, having) for group in self.groups)
            if worth
        )
        return sum(shares[:2]) / len(shares[:2]) if shares else 0.0

    def _group(self, group: Mapping[str, float], having: frozenset[str]) -> tuple[float, float]:
        """What a group is worth, and how much of that a text has by its best alternative."""
        worth = best = 0.0
        for word, weight in group.items():
            wanted = characters(word)
            total = sum(self.weights.get(char, 1.0) for char in wanted)
            if not total:
                continue
            shared = sum(self.weights.get(char, 1.0) for char in wanted & having)
            worth = max(worth, total * weight)
            best = max(best, weight * shared)
        return worth, best


def wording(groups: Iterable[Mapping[str, float]], sentences: Sequence[str]) -> Wording:
    """The wording of a question, weighed by the sentences that were found for it.

    A character that n of N sentences have weighs ln(1 + N / (1 + n)).
    """
    having = Counter(char for sentence in sentences for char in characters(sentence))
    count = len(sentences)
    kept = tuple(dict(group) for group in groups if group)
    used = {char for group in kept for word in group for char in characters(word)}
    weights = {char: math.log(1 + count / (1 + having[char])) for char in used}
    return Wording(kept, weights)
