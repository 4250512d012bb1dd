"""Where do two wordings differ, word by word?

Words are jieba's and figures stay whole, so that a mark never cuts a word or a figure. The pieces of
each wording together are that wording again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, pairwise

from corpus.statements.quantities import quantities
from indexer.simplify import simplify
from indexer.tokenizer import tagged
from search_api.comparing.comparison_types import Piece


def words_of(text: str) -> list[str]:
    """The words, figures and signs of a text in order; together they are the text.

    Cut alike however it is written: ＧＤＰ as GDP, 3萬畝 as 3万亩. White space inside a word or a
    figure (3 亿元) stays in it, other white space goes with what stands before it.
    """
    plain, places = _plain(text)
    cuts: list[int] = []
    end = 0
    for quantity in quantities(plain):
        cuts += _word_ends(plain, end, quantity.span.start)
        end = quantity.span.end
        cuts.append(end)
    cuts += _word_ends(plain, end, len(plain))
    # What stands before the first word goes with it.
    inner = [places[cut] for cut in cuts if cut < len(plain)]
    return [text[start:end] for start, end in pairwise([0, *inner, len(text)]) if text]


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


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in half-width, simplified characters, and where each of them stands in it.

    One character for one: those that would become several stay as they are. White space is left
    out, but for that between Latin words or figures.
    """
    kept: list[int] = []
    for place, char in enumerate(text):
        if not char.isspace() or (
            text[:place].rstrip()[-1:].isascii() and text[place:].lstrip()[:1].isascii()
        ):
            kept.append(place)
    return "".join(_simple(text[place]) for place in kept), kept


@lru_cache(maxsize=16_384)
def _simple(char: str) -> str:
    """A character in its half-width and simplified form, itself if that isn't one character."""
    made = simplify(unicodedata.normalize("NFKC", char))
    return made if len(made) == 1 else char


def _word_ends(text: str, start: int, end: int) -> list[int]:
    """Where the words of a stretch of the text end."""
    lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text[start:end])
    return list(accumulate((len(word) for word, _ in tagged(lower)), initial=start))[1:]


def _add(pieces: list[Piece], text: str, common: bool) -> None:
    if text:
        pieces.append(Piece(text, common))
