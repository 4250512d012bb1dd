"""How much of what a question says does a piece of a report say too?"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search_api.retrieval.characters import characters

Letters = frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """One word of a question, and the ways to write it: characters, how usual 0..1, what they weigh.

    `worth`: what all of its characters weigh, by the best way to write it.
    """

    word: str
    ways: tuple[tuple[Letters, float, float], ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Wording:
    """The question's words for comparing.

    `weights`: per character its rarity among the sentences that were found; `most`: per group the
    most that any of them has of it.
    """

    groups: tuple[Group, ...]
    weights: Mapping[str, float]
    letters: Letters
    most: tuple[float, ...]
    worth: float

    def share(self, text: str) -> float:
        """The share of the wording that a text has, 0..1: rare characters count more."""
        return self.share_of(characters(text))

    def share_of(self, having: Letters) -> float:
        """The same, of the characters of a text."""
        if not self.worth:
            return 0.0
        return sum(_of(group, having, self.weights) for group in self.groups) / self.worth

    def missing(self, having: Letters) -> float:
        """The share of the wording, 0..1, that some sentence that was found has and this text lacks.

        What no sentence has is asked for in other words than the reports'; what another one has and
        this one lacks is a sign that this one is about something else.
        """
        if not self.worth:
            return 0.0
        lacking = (
            max(0.0, most - _of(group, having, self.weights))
            for group, most in zip(self.groups, self.most, strict=True)
        )
        return sum(lacking) / self.worth

    def lacks_word(self, having: Letters, measures: re.Pattern[str]) -> bool:
        """Whether a text has less than half of one of the words, those that only measure left out."""
        return any(
            _of(group, having, self.weights) < group.worth / 2
            for group in self.groups
            if not measures.fullmatch(group.word)
        )

    def has_word(self, having: Letters, measures: re.Pattern[str]) -> bool:
        """Whether a text has more than half of one of the words, those that only measure left out."""
        return any(
            _of(group, having, self.weights) > group.worth / 2
            for group in self.groups
            if not measures.fullmatch(group.word)
        )

    def has_last(self, having: Letters) -> bool:
        """Whether a text has more than half of the last word: what is measured stands last (水库 库容)."""
        return (
            not self.groups
            or _of(self.groups[-1], having, self.weights) > self.groups[-1].worth / 2
        )

    def covers(self, having: Letters, other: Letters) -> bool:
        """Whether a text has every word, at least half of it, that the other text has whole.

        调整充实54个 and 共有86个 share 人民调解组织; only one of them has 调整.
        """
        return all(
            _of(group, having, self.weights) >= group.worth / 2
            for group in self.groups
            if _of(group, other, self.weights) >= 0.99 * group.worth
        )


def _of(group: Group, having: Letters, weights: Mapping[str, float]) -> float:
    """How much a text has of a group, by the best way to write it: up to the group's worth."""
    weigh = weights.__getitem__
    return group.worth * max(
        [
            usual * sum(map(weigh, letters & having)) / total
            for letters, usual, total in group.ways
            if total
        ]
    )


def _group(word: str, ways: Sequence[tuple[Letters, float, float]]) -> Group:
    return Group(word, tuple(ways), max(usual * total for _, usual, total in ways))


def wording(groups: Iterable[Mapping[str, float]], sentences: Sequence[str]) -> Wording:
    """The wording of a question, weighed by the sentences that were found for it.

    `groups`: per word of the question the ways to write it, with weights 0..1. A character that n of
    N sentences have weighs ln(1 + N / (1 + n)).
    """
    read = [characters(sentence) for sentence in sentences]
    having = Counter(char for letters in read for char in letters)
    ways = {
        max(group, key=lambda word: group[word]): tuple(
            (letters, weight) for word, weight in group.items() if (letters := characters(word))
        )
        for group in groups
        if group
    }
    used = frozenset(char for group in ways.values() for letters, _ in group for char in letters)
    weights = {char: math.log(1 + len(read) / (1 + having[char])) for char in sorted(used)}
    made = tuple(
        _group(word, [(*way, sum(weights[char] for char in way[0])) for way in each])
        for word, each in ways.items()
        if each
    )
    # Only characters that are asked about matter: few different sets are left.
    kept = {letters & used for letters in read}
    most = tuple(
        max((_of(group, letters, weights) for letters in kept), default=0.0) for group in made
    )
    return Wording(made, weights, used, most, sum(group.worth for group in made))
