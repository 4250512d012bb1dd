"""Do two wordings say opposite things at the same place? 增长2% and 下降2%, 预算收入 and 预算支出
(`data/opposites.tsv`).

Vectors don't tell: opposites stand in the same company (Mohammad, Dorr and Hirst, Computing word-pair
antonymy, EMNLP 2008).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import Final

from search_api.comparing.likeness.boilerplate import MASKS
from search_api.comparing.likeness.differing import differing

# Stretches of more words that differ are other wordings altogether, in which nothing stands at one place.
_SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Opposites:
    """By each word those that are opposed to it; `course`: of how a figure moved."""

    matter: Mapping[str, frozenset[str]]
    course: Mapping[str, frozenset[str]]

    def has(self, one: str, other: str, over_years: bool) -> bool:
        """Whether words are opposed, or are the same but for it: 进口额, 出口额; 女职工, 男职工."""
        tables = (self.matter,) if over_years else (self.matter, self.course)
        return any(
            one[:start] + opposite + one[end:] == other
            for start in range(len(one))
            for end in range(start + 1, len(one) + 1)
            for table in tables
            for opposite in table.get(one[start:end], ())
        )


@cache
def load_opposites() -> Opposites:
    """The table. Raises ValueError naming the line that can't be read."""
    text = files("search_api").joinpath("data", "opposites.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, frozenset[str]]] = {"c": {}, "m": {}}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        kind, *groups = line.split("\t")
        if kind not in found or len(groups) < 2 or not all(map(str.split, groups)):
            raise ValueError(
                f"opposites.tsv, line {number}: c or m and two groups of words at least are wanted"
            )
        for ours, theirs in permutations(groups, 2):
            for word in ours.split():
                known = found[kind].get(word, frozenset())
                found[kind][word] = known | frozenset(theirs.split())
    return Opposites(matter=found["m"], course=found["c"])


def opposed(left: Sequence[str], right: Sequence[str], *, over_years: bool = False) -> bool:
    """Whether two rows of words have opposites at the same place. Symmetric.

    At the same place: where short stretches differ, or beside the same word; where both rows have both
    words (one figure grew, another fell), only if one stands for the other beside it. `over_years`:
    of one place's figures in two years, which may have grown once and fallen then.
    """
    table = load_opposites()
    stretches = differing(left, right)
    lengths = {
        (one.start, other.start): max(len(one.words), len(other.words)) for one, other in stretches
    }
    ours = [(one, i) for one, _ in stretches for i in range(one.start, one.end)]
    theirs = [(other, j) for _, other in stretches for j in range(other.start, other.end)]
    for one, i in ours:
        for other, j in theirs:
            word, opposite = one.row[i], other.row[j]
            if not table.has(word, opposite, over_years):
                continue
            length = lengths.get((one.start, other.start), _SHORT + 1)
            beside = _beside_the_same(one.beside(i), other.beside(j))
            both = opposite in one.row and word in other.row
            if (length == 1 and beside) if both else (length <= _SHORT or beside):
                return True
    return False


def _beside_the_same(ours: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return any(
        one == other and one and one not in MASKS for one, other in zip(ours, theirs, strict=True)
    )
