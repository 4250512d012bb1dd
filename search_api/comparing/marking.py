"""Where do two wordings differ, word by word?

Words are jieba's and figures stay whole, so that a mark never cuts a word or a figure. The pieces of
each wording together are that wording again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from corpus.quantities import quantities
from indexer.simplify import simplify
from indexer.tokenizer import tagged
from search_api.comparing.types import Piece


def words_of(text: str) -> list[str]:
    """The words, figures and signs of a text in order; together they are the text."""
    words: list[str] = []
    end = 0
    for quantity in quantities(text):
        words += _cut(text[end : quantity.span.start])
        words.append(quantity.span.of(text))
        end = quantity.span.end
    return words + _cut(text[end:])


def marked(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings in pieces, each common to both or of its own.

    Width, letter case and traditional characters don't count as a difference.
    """
    ours, theirs = words_of(left), words_of(right)
    matcher = SequenceMatcher(None, _folded(ours), _folded(theirs), autojunk=False)
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        common = tag == "equal"
        _add(lefts, "".join(ours[i:j]), common)
        _add(rights, "".join(theirs[k:m]), common)
    return tuple(lefts), tuple(rights)


def folded(text: str) -> str:
    """A text as it is compared: half-width, lower case, simplified, without white space."""
    return "".join(simplify(unicodedata.normalize("NFKC", text)).lower().split())


def _folded(words: Sequence[str]) -> list[str]:
    return [folded(word) for word in words]


def _cut(text: str) -> list[str]:
    return [word for word, _ in tagged(text)]


def _add(pieces: list[Piece], text: str, common: bool) -> None:
    if text:
        pieces.append(Piece(text, common))
