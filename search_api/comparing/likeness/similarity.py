"""How do two wordings stand to each other: the same, the same with another figure, reworded, different?

Boilerplate is what is left when figures, dates and names of places are taken out (`boilerplate`).
Reworded is judged by the words both have and by how alike their vectors are: neither alone is enough, since
sentences of one topic have like vectors, and sentences of one pattern share their words. Vectors are
compared without what all official sentences have in common (Mu and Viswanath, All-but-the-Top, ICLR 2018).
Sentences that tell of other indicators, have figures and none in common, say the opposite (`opposites`) or
give figures of other things (`subjects`) are different whatever else they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Span
from corpus.statements.quantities import DATE, quantities
from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.boilerplate import MASKS, Bone, FindPlaces, boilerplate
from search_api.comparing.likeness.differing import blocks
from search_api.comparing.likeness.marking import folded
from search_api.comparing.likeness.opposites import opposed
from search_api.comparing.likeness.subjects import of_other_subjects
from search_api.questions.question import Language
from search_api.questions.terms import terms_in

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
# At least this share of the boilerplate is the same word for word.
SAME: Final = 0.86
# Reworded sentences have near vectors and some words in common. On the pairs of
# tests/search_api/comparing/wording_pairs*.tsv that were there when they were chosen, any threshold from .70 to .78
# and any weight from .2 to .5 did equally well.
_REWORDED: Final = 0.74
_SHARED_WORDS: Final = 0.3
# What one place says of the same indicators in two years is told in other words, round other figures; most
# of the indicators of both are the same.
_SAME_INDICATORS: Final = 0.6
_MOST: Final = 0.6
# `may_be_alike` compares sets of pairs, which come to a little less or more than bags of them; and bones
# that are the same share nearly all pairs.
_SLACK: Final = 0.03
_LOOSE: Final = 0.3
# No vector is shorter, but for one that is its own centre.
_TINY: Final = 1e-9
# What two sentences that have nothing in common but their style come to, and two that are nearly equal:
# the ends of the scale of similarity.
_NOTHING: Final = 0.2
_ALL: Final = 1.25


@dataclass(frozen=True, slots=True)
class Prepared:
    """A wording ready to be compared.

    `plain`: without signs and white space; `bones`: its words, figures and places masked (`boilerplate`);
    `masked`: what was masked, with what bounds it; `pairs` of its neighbouring characters; `values` of
    its figures, dates left out; `indicators`: the names of those it tells of; `vector` `(dim,)`, of unit
    length.
    """

    text: str
    plain: str
    bones: tuple[Bone, ...]
    masked: tuple[str, ...]
    pairs: Counter[str]
    values: frozenset[tuple[Decimal, Decimal]]
    indicators: frozenset[str]
    vector: NDArray[np.float32]

    @property
    def words(self) -> list[str]:
        """The words and masks of its boilerplate."""
        return [bone.word for bone in self.bones]


def prepare(texts: Sequence[str], encode: Encode, places: FindPlaces) -> list[Prepared]:
    """Make wordings comparable; they are embedded in one go. `encode` gives unit vectors."""
    if not texts:
        return []
    vectors = centred(encode(list(texts)), encode(usual_sentences()).mean(axis=0))
    return [prepared(text, row, places) for text, row in zip(texts, vectors, strict=True)]


def centred(vectors: NDArray[np.float32], centre: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors `(n, dim)` seen from `centre` `(dim,)`, of unit length again."""
    rows = vectors - centre
    unit: NDArray[np.float32] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), _TINY
    )
    return unit


@cache
def usual_sentences() -> tuple[str, ...]:
    """Sentences of the usual style of reports (`data/usual_sentences.txt`)."""
    text = files("search_api").joinpath("data", "usual_sentences.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def likeness(left: Prepared, right: Prepared, *, over_years: bool = False) -> Likeness:
    """How two wordings stand to each other. Symmetric.

    `over_years`: one place says them in two years. Figures always differ then, and may have grown once
    and fallen then; and what tells of the same indicators needs less in common.
    """
    if left.plain == right.plain:
        return Likeness(Relation.IDENTICAL, 1.0)
    near = float(left.vector @ right.vector) + _SHARED_WORDS * dice(left.pairs, right.pairs)
    alike = min(1.0, max(0.0, (near - _NOTHING) / (_ALL - _NOTHING)))
    same = bones_shared(left, right)
    of_one = over_years and of_one_indicator(left, right)
    if (
        (same < SAME and near < (_SAME_INDICATORS if of_one else _REWORDED))
        or (same < SAME and not over_years and _other_values(left, right))
        or _of_other_things(left, right)
        or opposed(left.words, right.words, over_years=over_years)
        or of_other_subjects(left.bones, right.bones)
    ):
        return Likeness(Relation.DIFFERENT, alike)
    if same < SAME:
        return Likeness(Relation.REWORDED, alike)
    # Nearly the same boilerplate: of other figures or places, or with a word more or less.
    other = left.masked != right.masked or left.words == right.words
    return Likeness(Relation.OTHER_FIGURE if other else Relation.REWORDED, max(same, alike))


def of_one_indicator(left: Prepared, right: Prepared) -> bool:
    """Whether both give figures, and most indicators that either tells of are told of by both (Jaccard
    1901). Without a figure the name of an indicator is a theme like others.
    """
    if not (left.values and right.values):
        return False
    either = left.indicators | right.indicators
    return bool(either) and len(left.indicators & right.indicators) >= _MOST * len(either)


def similarity(cosines: NDArray[np.float32], shared: NDArray[np.float32]) -> NDArray[np.float32]:
    """How similar wordings are, 0..1, by their vectors and the words they share (see `dice`)."""
    near = cosines + _SHARED_WORDS * shared
    return np.clip((near - _NOTHING) / (_ALL - _NOTHING), 0.0, 1.0).astype(np.float32)


def may_be_alike(cosines: NDArray[np.float32], shared: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which pairs are worth looking at: all but those that `likeness` would call different."""
    return (cosines + _SHARED_WORDS * shared >= _REWORDED - _SLACK) | (shared >= SAME - _LOOSE)


def bones_shared(left: Prepared, right: Prepared) -> float:
    """The share of both boilerplates' characters that stand in both in the same order, 0..1."""
    return share_of_words(left.words, right.words)


def share_of_words(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of the characters of two rows of words that stand in both in the same order, 0..1."""
    total = sum(map(len, left)) + sum(map(len, right))
    if not total:
        return 0.0
    equal = sum(len(word) for i, _, size in blocks(left, right) for word in left[i : i + size])
    return 2 * equal / total


def dice(left: Counter[str], right: Counter[str]) -> float:
    """The share of two bags that is in both (Dice 1945), 0..1; 0 if both are empty."""
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def pairs_of(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text as it is compared, figures left out."""
    return _pairs(boilerplate(text, _no_places))


def most_usual(texts: Sequence[str]) -> int:
    """The number of the wording that shares most with all the others, the first of equals.

    Raises ValueError: there are none.
    """
    # Bags as sets of numbers, one for the nth time a pair stands there: hundreds of reports have
    # hundreds of thousands of pairs of wordings.
    numbers: dict[tuple[str, int], int] = {}
    bags = [
        frozenset(
            numbers.setdefault((pair, nth), len(numbers))
            for pair, count in pairs_of(text).items()
            for nth in range(count)
        )
        for text in texts
    ]
    shares = [0.0] * len(bags)
    for (i, one), (j, other) in combinations(enumerate(bags), 2):
        share = 2 * len(one & other) / max(1, len(one) + len(other))
        shares[i] += share
        shares[j] += share
    return shares.index(max(shares))


def _of_other_things(left: Prepared, right: Prepared) -> bool:
    """Whether they tell of other indicators; what gives the same figure may call it by another name."""
    one, other = left.indicators, right.indicators
    return bool(one and other and not one & other and not left.values & right.values)


def _other_values(left: Prepared, right: Prepared) -> bool:
    return bool(left.values and right.values and not left.values & right.values)


def plain_of(text: str) -> str:
    """A text without signs and white space, as it is compared."""
    kept = "".join(char for char in folded(text) if char.isalnum() or char in "%.#")
    return kept.strip(".")


def prepared(text: str, vector: NDArray[np.float32], places: FindPlaces) -> Prepared:
    """One wording, with its centred vector `(dim,)`."""
    bones = tuple(boilerplate(text, places))
    figures = [each for each in quantities(text) if each.kind != DATE]
    named = terms_in(folded(text), Language.ZH)
    return Prepared(
        text=text,
        plain=plain_of(text),
        bones=bones,
        masked=masked_in(text, bones),
        pairs=_pairs(bones),
        values=frozenset((each.low, each.high) for each in figures),
        indicators=frozenset(term.name for term, _ in named if term.indicator),
        vector=vector,
    )


def masked_in(text: str, bones: Sequence[Bone]) -> tuple[str, ...]:
    """The figures and places of a text's boilerplate as they stand in it, with what bounds them."""
    bounds = {each.span: each.about for each in quantities(text)}
    spans = [bounds.get(bone.span, bone.span) for bone in bones if bone.span is not None]
    return tuple(folded(span.of(text)) for span in spans)


def _pairs(bones: Sequence[Bone]) -> Counter[str]:
    letters = "".join(bone.word for bone in bones if bone.word not in MASKS)
    return Counter(letters[i : i + 2] for i in range(len(letters) - 1))


def _no_places(text: str) -> Sequence[Span]:
    return ()
