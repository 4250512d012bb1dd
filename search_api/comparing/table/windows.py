"""Where inside a longer sentence does a wording stand? 城镇新增就业7万人以上 among a dozen targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.boilerplate import Bone, FindPlaces, boilerplate
from search_api.comparing.likeness.marking import folded
from search_api.comparing.likeness.opposites import opposed
from search_api.comparing.likeness.similarity import (
    SAME,
    Prepared,
    masked_in,
    plain_of,
    share_of_words,
)
from search_api.comparing.likeness.subjects import of_other_subjects

_PAUSE: Final = re.compile(r"[，,；;：:。！!？?、]")
# A stretch is compared if it is this much as long as the wording that is looked for.
_SHORTER: Final = 0.6
_LONGER: Final = 1.6
# At least this share of the wording's pairs of characters must stand in a sentence: half would do for
# boilerplate with other figures, and sentences with less are many.
_PRESENT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sought:
    """A wording to be found in longer sentences."""

    plain: str
    pairs: frozenset[str]
    bones: tuple[Bone, ...]
    masked: tuple[str, ...]


def sought(wording: Prepared) -> Sought:
    """What of a wording is looked for."""
    return Sought(
        wording.plain,
        letter_pairs(wording.text),
        wording.bones,
        wording.masked,
    )


def may_hold(pairs: frozenset[str], wording: Sought) -> bool:
    """Whether a sentence, by its `letter_pairs`, has enough of the wording's to be looked at."""
    if not wording.pairs:
        return False
    return len(wording.pairs & pairs) >= _PRESENT * len(wording.pairs)


def inside(text: str, wording: Sought, places: FindPlaces) -> Likeness | None:
    """How a stretch of a sentence between pauses stands to the wording; None if none has it.

    Only nearly the same words count here, other figures or not: what is said in other words has no edges.
    """
    best: Likeness | None = None
    words = [bone.word for bone in wording.bones]
    for stretch in _stretches(text, len(wording.plain)):
        if plain_of(stretch) == wording.plain:
            return Likeness(Relation.CONTAINED, 1.0)
        bones = boilerplate(stretch, places)
        ours = [bone.word for bone in bones]
        same = share_of_words(ours, words)
        if (
            same < SAME
            or (best is not None and same <= best.similarity)
            or opposed(ours, words)
            or of_other_subjects(bones, wording.bones)
        ):
            continue
        other = ours == words or masked_in(stretch, bones) != wording.masked
        best = Likeness(Relation.OTHER_FIGURE if other else Relation.REWORDED, same)
    return best


def _stretches(text: str, length: int) -> Iterator[str]:
    """All stretches between two pauses that are about that long."""
    edges = [0, *(match.end() for match in _PAUSE.finditer(text)), len(text)]
    for number, start in enumerate(edges):
        for end in edges[number + 1 :]:
            size = sum(map(str.isalnum, text[start:end]))
            if size > _LONGER * length:
                break
            if size >= _SHORTER * length:
                yield text[start:end]


def letter_pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text as it is compared, figures and signs left out."""
    letters = "".join(char for char in folded(text) if char.isalpha())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
