"""How text becomes the words of the lexical index. Passages and questions go the same way.

Words are cut by jieba's algorithm and dictionary in search mode, which adds the shorter words
inside a long one: 人民调解 gives 人民, 调解 and 人民调解. rjieba, which does it in Rust, is used where
it is installed, jieba itself elsewhere: slower, with the same words and the same tags.
"""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Protocol

from indexer.simplify import simplify

# Figures are cut out before the words are: jieba breaks `3,500.5` at the comma and glues digits to
# Latin letters. A percent sign belongs to the figure, the thousands separator does not.
_FIGURE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?")

# Stamped in each index: change it whenever the same text gives other tokens than before. It doesn't
# say which cutter was used: both give the same.
TOKENIZER_IDENTITY = "rjieba-0.2.2 search, opencc t2s, figures whole, stop words 1"


class Cutter(Protocol):
    """Cuts text into words, in one of two ways."""

    def search_words(self, text: str) -> list[str]:
        """The words in order, each after the shorter words inside it."""

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """The words in order, with their part of speech; together they are the text again."""


class RjiebaCutter:
    """jieba's algorithm in Rust, many times as fast."""

    def __init__(self) -> None:
        import rjieba  # noqa: PLC0415  not to be had everywhere

        self._jieba: Any = rjieba.Jieba()

    def search_words(self, text: str) -> list[str]:
        return list(self._jieba.cut_for_search(text, True))

    def tagged(self, text: str) -> list[tuple[str, str]]:
        return list(self._jieba.tag(text, True))


# In two things rjieba does otherwise than jieba, and JiebaCutter follows it, since its words are in
# the indexes there are and are the better ones. First, rare characters may stand in a word, too.
_IDEOGRAPHS = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002f800-\U0002fa1f"
)
_BLOCK = re.compile(rf"([a-zA-Z0-9+#&._%\-{_IDEOGRAPHS}]+)")
# What stands between blocks is one word per character.
_ALONE = re.compile(r"\r\n|.", re.DOTALL)
# The characters that jieba's model of unknown words was trained on.
_MODELLED = re.compile("([\u4e00-\u9fd5]+)")
_CHINESE = re.compile(f"[{_IDEOGRAPHS}]")
# Second, Latin names with signs inside are one word, and their parts are found as well:
# `tjj.hubei.gov.cn`, `g-a`. jieba cuts them at each sign.
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:[._-][a-zA-Z0-9]+)*%?)")
_JOINTS = re.compile(r"[._-]")
_ALPHANUMERIC, _LETTER = re.compile("[a-zA-Z0-9]"), re.compile("[a-zA-Z]")

# jieba's logarithm of a probability of 0, and where in a word (begin, middle, end, single) a
# character is, in the order in which rjieba tries them.
_NEVER = -3.14e100
_POSITIONS = "BMES"
_GUESSES_KEPT = 1 << 16

_State = tuple[str, str]  # position in the word, part of speech


class JiebaCutter:
    """jieba's dictionary and models, put together as rjieba does.

    jieba's own `cut_for_search` cuts Latin names elsewhere, and `jieba.posseg` cuts and tags in one
    go, with other words; rjieba tags the words that were cut.
    """

    def __init__(self) -> None:
        # jieba's source has escapes that Python deprecates, and asks setuptools for its files.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba  # noqa: PLC0415  loaded only where rjieba is missing
            from jieba import finalseg, posseg  # noqa: PLC0415

            content = resources.files("jieba").joinpath("dict.txt").read_bytes()
        # Loaded here and not by jieba, which would report it on stderr, and would read the words from
        # a file in the temporary folder, whoever wrote it, or write that file.
        self._jieba: Any = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = jieba.Tokenizer.gen_pfdict(io.BytesIO(content))
        self._jieba.initialized = True
        self._unknown: Callable[[str], Iterator[str]] = finalseg.cut
        self._tags: dict[str, str] = posseg.dt.word_tag_tab
        self._start: dict[_State, float] = posseg.start_P
        self._moves: dict[_State, dict[_State, float]] = posseg.trans_P
        self._emitted: dict[_State, dict[str, float]] = posseg.emit_P
        self._states_of: dict[str, tuple[_State, ...]] = posseg.char_state_tab_P
        self._guess = lru_cache(_GUESSES_KEPT)(self._guessed_tag)

    def search_words(self, text: str) -> list[str]:
        words: list[str] = []
        for word in self._cut(text):
            parts = _JOINTS.split(word)
            if len(parts) > 1:
                words += [part for part in parts if len(part) > 1 and _LETTER.search(part)]
            for length in (2, 3):
                if len(word) > length:
                    grams = (word[i : i + length] for i in range(len(word) - length + 1))
                    words += filter(self._jieba.FREQ.get, grams)
            words.append(word)
        return words

    def tagged(self, text: str) -> list[tuple[str, str]]:
        return [(word, self._tags.get(word) or self._guess(word)) for word in self._cut(text)]

    def _cut(self, text: str) -> Iterator[str]:
        for number, block in enumerate(_BLOCK.split(text)):
            if number % 2:
                yield from self._cut_block(block)
            else:
                yield from _ALONE.findall(block)

    def _cut_block(self, block: str) -> Iterator[str]:
        """The most probable words of the dictionary; what is left between them, as the model has it."""
        route: dict[int, tuple[float, int]] = {}
        self._jieba.calc(block, self._jieba.get_DAG(block), route)
        left = at = 0
        while at < len(block):
            end = route[at][1] + 1
            if end - at > 1:
                yield from self._cut_rest(block[left:at])
                yield block[at:end]
                left = end
            at = end
        yield from self._cut_rest(block[left:])

    def _cut_rest(self, rest: str) -> Iterator[str]:
        if len(rest) < 2 or self._jieba.FREQ.get(rest):
            yield from rest
            return
        for number, run in enumerate(_MODELLED.split(rest)):
            yield from self._unknown(run) if number % 2 else filter(None, _LATIN.split(run))

    def _guessed_tag(self, word: str) -> str:
        """The part of speech of a word that isn't in the dictionary."""
        if found := _ALPHANUMERIC.findall(word):
            return "m" if all(map(str.isdigit, found)) else "eng"
        if not _CHINESE.search(word):
            return "x"
        path = self._path(word)
        ends = [i for i, (position, _) in enumerate(path) if position in "ES"]
        lengths = [end - before for before, end in itertools.pairwise([-1, *ends])]
        # The tag of the longest word that the model sees in it, of the last one among equals.
        longest = max(zip(lengths, ends, strict=True), default=None)
        return path[longest[1]][1] if longest else "x"

    def _path(self, word: str) -> list[_State]:
        """The most probable states of the characters of a word (Viterbi); none if there are none."""
        scores = {
            state: self._start[state] + emitted
            for state, emitted in self._states(word[0])
            if self._start[state] > _NEVER
        }
        origins: list[dict[_State, _State]] = []
        for char in word[1:]:
            following: dict[_State, float] = {}
            origins.append({})
            for state, emitted in self._states(char):
                reached = [
                    (score + move + emitted, before)
                    for before, score in scores.items()
                    if (move := self._moves[before].get(state, _NEVER)) > _NEVER
                ]
                if reached:
                    following[state], origins[-1][state] = max(reached, key=lambda each: each[0])
            scores = following
        last = [state for state in scores if state[0] in "ES"]
        if not last:
            return []
        path = [max(last, key=scores.__getitem__)]
        for origin in reversed(origins):
            path.append(origin[path[-1]])
        return path[::-1]

    def _states(self, char: str) -> list[tuple[_State, float]]:
        states = self._states_of.get(char) or self._moves.keys()
        found = [(state, self._emitted[state].get(char, _NEVER)) for state in states]
        found.sort(key=lambda each: (_POSITIONS.index(each[0][0]), each[0][1]))
        return [(state, emitted) for state, emitted in found if emitted > _NEVER]


def choose_cutter(fast: Callable[[], Cutter] = RjiebaCutter) -> Cutter:
    """rjieba's cutter, or jieba's where rjieba isn't installed.

    rjieba has no wheel for every platform (see the marker in pyproject.toml). One that is installed
    and doesn't load is an error and no reason to be slow unseen.
    """
    try:
        return fast()
    except ModuleNotFoundError as error:
        if error.name != "rjieba":
            raise
        return JiebaCutter()


@cache
def _cutter() -> Cutter:
    return choose_cutter()


@cache
def _stop_words() -> frozenset[str]:
    lines = resources.files("indexer").joinpath("data/stop_words.txt").read_text("utf-8")
    return frozenset(
        word for line in lines.splitlines() if not line.startswith("#") for word in line.split()
    )


def tokenize(text: str, cutter: Cutter | None = None) -> list[str]:
    """The words of a text in order, repeated as often as they stand in it.

    Full-width forms are folded (NFKC), traditional characters made simplified, Latin letters lower
    case. Figures are kept whole without thousands separators (`5.5%`, `54`, `3500.5`). Punctuation
    and function words are dropped. `cutter`: the one to use instead of the one that is installed.
    """
    cutter = cutter or _cutter()
    folded = simplify(unicodedata.normalize("NFKC", text)).lower()
    tokens: list[str] = []
    end = 0
    for figure in _FIGURE.finditer(folded):
        tokens += _words(folded[end : figure.start()], cutter)
        tokens.append(figure.group().replace(",", ""))
        end = figure.end()
    tokens += _words(folded[end:], cutter)
    return tokens


def _words(text: str, cutter: Cutter) -> list[str]:
    if not text:
        return []
    stop = _stop_words()
    return [
        word
        for word in cutter.search_words(text)
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
    return _cutter().tagged(text) if text else []
