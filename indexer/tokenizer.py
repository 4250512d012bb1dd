"""How text becomes the words of the lexical index. Passages and questions go the same way.

Words are cut by rjieba (jieba's algorithm and dictionary in Rust) in search mode, which adds the
shorter words inside a long one: 人民调解 gives 人民, 调解 and 人民调解.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

import rjieba

from indexer.simplify import simplify

# Figures are cut out before the words are: jieba breaks `3,500.5` at the comma and glues digits to
# Latin letters. A percent sign belongs to the figure, the thousands separator does not.
_FIGURE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?")

# Stamped in each index: change it whenever the same text gives other tokens than before.
TOKENIZER_IDENTITY = "rjieba-0.2.2 search, opencc t2s, figures whole, stop words 1"


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()


@cache
def _stop_words() -> frozenset[str]:
    lines = resources.files("indexer").joinpath("data/stop_words.txt").read_text("utf-8")
    return frozenset(
        word for line in lines.splitlines() if not line.startswith("#") for word in line.split()
    )


def tokenize(text: str) -> list[str]:
    """The words of a text in order, repeated as often as they stand in it.

    Full-width forms are folded (NFKC), traditional characters made simplified, Latin letters lower
    case. Figures are kept whole without thousands separators (`5.5%`, `54`, `3500.5`). Punctuation
    and function words are dropped.
    """
    folded = simplify(unicodedata.normalize("NFKC", text)).lower()
    tokens: list[str] = []
    end = 0
    for figure in _FIGURE.finditer(folded):
        tokens += _words(folded[end : figure.start()])
        tokens.append(figure.group().replace(",", ""))
        end = figure.end()
    tokens += _words(folded[end:])
    return tokens


def _words(text: str) -> list[str]:
    if not text:
        return []
    stop = _stop_words()
    return [
        word
        for word in _jieba().cut_for_search(text, True)
        if word not in stop and (word.isalnum() or _has_content(word))
    ]


def _has_content(word: str) -> bool:
    """Whether a word with signs in it (`c++`, `。`) is more than punctuation.

    The index keeps words apart by white space, so none may be inside one.
    """
    return any(map(str.isalnum, word)) and not any(map(str.isspace, word))


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text as they stand in it, each with jieba's part of speech (v, n, m, x, ...).

    Together they are the text again.
    """
    return list(_jieba().tag(text, True)) if text else []
