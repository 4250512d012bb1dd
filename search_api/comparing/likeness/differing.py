"""Where do two rows of words differ?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start` to `end` of a row, that the other row hasn't at that place."""

    row: tuple[str, ...]
    start: int
    end: int

    @property
    def words(self) -> tuple[str, ...]:
        """The words, none where only the other row has some."""
        return self.row[self.start : self.end]

    def beside(self, number: int) -> tuple[str, str]:
        """The words before and behind a word of the row, empty at its ends."""
        before = self.row[number - 1] if number else ""
        return before, self.row[number + 1] if number + 1 < len(self.row) else ""


def blocks(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """What stands in both rows in the same order: where it begins in each, and how many words. The
    last one is empty, at both ends. Symmetric.
    """
    one, other = list(left), list(right)
    turned = other < one
    if turned:
        one, other = other, one
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield (block.b, block.a, block.size) if turned else (block.a, block.b, block.size)


def differing(left: Sequence[str], right: Sequence[str]) -> list[tuple[Stretch, Stretch]]:
    """The stretches between what both rows have, in order. Symmetric."""
    one, other = tuple(left), tuple(right)
    found: list[tuple[Stretch, Stretch]] = []
    start = begin = 0
    for i, j, size in blocks(left, right):
        if i > start or j > begin:
            found.append((Stretch(one, start, i), Stretch(other, begin, j)))
        start, begin = i + size, j + size
    return found
