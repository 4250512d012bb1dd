"""Which Chinese words do English phrases have in official translations? (`data/english_words.tsv`)

Learned from the government's own English editions (`eval/train/lexicon.py`): a dictionary knows what a
word may mean anywhere, these say what reports call it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

NAME: Final = "english_words.tsv"
_CELLS: Final = 3


@dataclass(frozen=True, slots=True)
class Learned:
    """What one English phrase was translated as: how often it was seen, Chinese words with
    probabilities 0..1, the likeliest first.
    """

    seen: int
    candidates: tuple[tuple[str, float], ...]


class LearnedWords(Mapping[tuple[str, ...], Learned]):
    """Phrases of stems (`translate.stem`) with their Chinese words. A line is read when it is looked up.

    Raises ValueError naming the line that can't be read: at once if its cells are wrong, when it is
    looked up if its numbers are.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, tuple[int, str]] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if not line or line.startswith("#"):
                continue
            phrase, tab, rest = line.partition("\t")
            if not phrase or not tab or rest.count("\t") != _CELLS - 2:
                raise ValueError(f"{NAME}, line {number}: three cells are wanted")
            self._lines[phrase] = number, rest
        self.longest = max((1 + phrase.count(" ") for phrase in self._lines), default=0)

    def __getitem__(self, words: Sequence[str]) -> Learned:
        number, rest = self._lines[" ".join(words)]
        return _read(number, rest)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (tuple(phrase.split(" ")) for phrase in self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _read(number: int, rest: str) -> Learned:
    """`310<tab>增长=0.83 增速=0.12`"""
    seen, _, candidates = rest.partition("\t")
    found: list[tuple[str, float]] = []
    try:
        for each in candidates.split(" "):
            word, _, probability = each.partition("=")
            found.append((word, float(probability)))
        times = int(seen)
    except ValueError as error:
        raise ValueError(f"{NAME}, line {number}: a number, then word=probability") from error
    if times < 1 or not all(word and 0 < value <= 1 for word, value in found):
        raise ValueError(f"{NAME}, line {number}: a probability lies above 0, and not above 1")
    return Learned(times, tuple(found))


NOTHING: Final = LearnedWords("")


@cache
def load_learned() -> LearnedWords:
    """The table, read once a process, when the first English question comes."""
    text = files("search_api").joinpath("data", NAME).read_text(encoding="utf-8")
    return LearnedWords(text)
