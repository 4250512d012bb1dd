"""Which words would a report use for the everyday ones of a question? 老百姓 are 居民 there, 看病 is 医疗
(`data/everyday_words.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from corpus.report import Span
from indexer.tokenizer import tagged

FILE: Final = "everyday_words.tsv"


class EverydayFileError(ValueError):
    """A line of the table can't be read: names file and line."""


@dataclass(frozen=True, slots=True)
class Everyday:
    """An everyday word or short phrase, and the words of reports for it: the likeliest first."""

    word: str
    official: tuple[str, ...]


def parse_everyday(text: str) -> Mapping[str, Everyday]:
    """A table's entries by word, in its order. Raises EverydayFileError."""
    found: dict[str, Everyday] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, others = line.partition("\t")
        official = tuple(others.split())
        if not word.strip() or not official:
            raise EverydayFileError(
                f"{FILE}, line {number}: a word, a tab and words of reports are wanted"
            )
        if word in found or word in official or len(set(official)) < len(official):
            raise EverydayFileError(f"{FILE}, line {number}: {word} stands there twice")
        found[word] = Everyday(word, official)
    return MappingProxyType(found)


@cache
def load_everyday() -> Mapping[str, Everyday]:
    """The table of this package. Raises EverydayFileError."""
    return parse_everyday(files("search_api").joinpath("data", FILE).read_text(encoding="utf-8"))


@cache
def _words() -> re.Pattern[str]:
    return re.compile(
        "|".join(map(re.escape, sorted(load_everyday(), key=lambda word: (-len(word), word))))
    )


def everyday_in(text: str) -> list[tuple[Everyday, Span]]:
    """The everyday words of a Chinese text in order, the longest where several fit, none overlapping.

    The tokenizer knows few of the phrases, so not both ends need to be ends of its words; but 种地 in
    各种地方 has neither, and a single character is only a word where the tokenizer leaves it alone.
    """
    found: list[tuple[Everyday, Span]] = []
    edges: frozenset[int] | None = None
    start = 0
    while match := _words().search(text, start):
        edges = _edges(text) if edges is None else edges
        span = Span(*match.span())
        ends = (span.start in edges) + (span.end in edges)
        if ends >= (2 if len(span) == 1 else 1):
            found.append((load_everyday()[match.group()], span))
            start = span.end
        else:
            start = span.start + 1
    return found


def _edges(text: str) -> frozenset[int]:
    """Where words begin and end."""
    edges = {0}
    end = 0
    for word, _ in tagged(text):
        end += len(word)
        edges.add(end)
    return frozenset(edges)
