"""How do two wordings stand to each other: the same, the same with another figure, reworded, different?

Boilerplate is what is left when figures, dates and names of places are taken out. Reworded is judged by
the words both have and by how alike their vectors are: neither alone is enough, since sentences of one
topic have like vectors, and sentences of one pattern share their words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.quantities import quantities
from corpus.report import Span
from indexer.tokenizer import tagged
from search_api.comparing.marking import folded
from search_api.comparing.types import Likeness, Relation

# Finds the names of places in a text.
FindPlaces = Callable[[str], Sequence[Span]]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

_FIGURE: Final = "#"
_PLACE: Final = "@"
# Whose report it is, in its own words: 全县 and 全市 are the same boilerplate.
_OWN: Final = re.compile(r"(?:全|我|本)(?:自治区|自治州|省|市|县|区|州|旗|盟|国)")
# Names of places that no gazetteer has, by their ending: 清河县 in 清河县政府.
_NAMED: Final = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:省|市|县|旗|州|自治区)(?=[政人委，,、的]|全年|共)"
)
# What bounds a figure, or says that it came to be: 5%左右, 5%以上, 达到5% are one boilerplate.
_BOUNDS: Final = re.compile(
    r"以上|以内|以下|左右|上下|超过|突破|不少于|不低于|不超过|达到|达|余|多|约|近|超|新增至|全部|均"
)
# At least this share of the boilerplate is the same word for word. Chosen on tests/search_api/wording_pairs.tsv.
_SAME: Final = 0.86
_REWORDED: Final = 0.4
# The bundled model's cosine of sentences that have nothing in common but their style.
_COSINE_FROM: Final = 0.92


@dataclass(frozen=True, slots=True)
class Prepared:
    """A wording ready to be compared. `bones`: its words, figures and places masked, signs left out."""

    text: str
    plain: str
    bones: tuple[str, ...]
    pairs: Counter[str]
    vector: NDArray[np.float32]


def prepare(texts: Sequence[str], encode: Encode, places: FindPlaces) -> list[Prepared]:
    """Make wordings comparable; they are embedded in one go. `encode` gives unit vectors."""
    if not texts:
        return []
    vectors = encode(list(texts))
    return [_prepared(text, row, places) for text, row in zip(texts, vectors, strict=True)]


def likeness(left: Prepared, right: Prepared) -> Likeness:
    """How two wordings stand to each other. Symmetric."""
    if left.plain == right.plain:
        return Likeness(Relation.IDENTICAL, 1.0)
    same = bones_shared(left, right)
    shared = _dice(left.pairs, right.pairs)
    cosine = float(left.vector @ right.vector)
    meaning = (cosine - _COSINE_FROM) / (1 - _COSINE_FROM)
    alike = max(0.0, min(1.0, (shared + meaning) / 2))
    if same >= _SAME:
        return Likeness(Relation.OTHER_FIGURE, max(same, alike))
    relation = Relation.REWORDED if alike >= _REWORDED else Relation.DIFFERENT
    return Likeness(relation, alike)


def bones_shared(left: Prepared, right: Prepared) -> float:
    """The share of both boilerplates' characters that stand in both in the same order, 0..1."""
    one, other = sorted((left.bones, right.bones))
    total = sum(map(len, one)) + sum(map(len, other))
    if not total:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    blocks = matcher.get_matching_blocks()
    equal = sum(len(word) for block in blocks for word in one[block.a : block.a + block.size])
    return 2 * equal / total


def _prepared(text: str, vector: NDArray[np.float32], places: FindPlaces) -> Prepared:
    plain = "".join(char for char in folded(text) if char.isalnum() or char in "%.#")
    bones = tuple(_bones(text, places))
    letters = "".join(word for word in bones if word not in (_FIGURE, _PLACE))
    pairs = Counter(letters[i : i + 2] for i in range(len(letters) - 1))
    return Prepared(text, plain.strip("."), bones, pairs, vector)


def _bones(text: str, places: FindPlaces) -> list[str]:
    masked = [(quantity.span, _FIGURE) for quantity in quantities(text)]
    masked += [(Span(*match.span()), _PLACE) for match in _OWN.finditer(text)]
    masked += [(span, _PLACE) for span in places(text)]
    masked += [(Span(*match.span()), _PLACE) for match in _NAMED.finditer(text)]
    words: list[str] = []
    end = 0
    for span, mask in sorted(masked, key=lambda each: (each[0].start, -each[0].end)):
        if span.start < end:
            continue
        words += _words(text[end : span.start])
        words.append(mask)
        end = span.end
    return words + _words(text[end:])


def _words(text: str) -> list[str]:
    cut = (folded(word) for word, _ in tagged(_BOUNDS.sub("", text)))
    return [word for word in cut if any(map(str.isalnum, word))]


def _dice(left: Counter[str], right: Counter[str]) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def most_usual(wordings: Sequence[Prepared]) -> int:
    """The number of the wording that shares most with all the others, the first of equals.

    Raises ValueError: there are none.
    """
    shares = [
        sum(_dice(one.pairs, other.pairs) for other in wordings if other is not one)
        for one in wordings
    ]
    return shares.index(max(shares))
