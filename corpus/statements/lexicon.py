"""The one vocabulary of statements: `corpus/data/statement_words.tsv` and `twin_words.tsv`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpus.patterns import load_patterns

FILE = "statement_words.tsv"
TWINS = "twin_words.tsv"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name. Raises KeyError for a name the table doesn't have."""
    return load_patterns("corpus", FILE)[name]


@cache
def twin_words() -> tuple[tuple[str, tuple[str, str]], ...]:
    """Words that hold two names, with these in the order of their figures: 城乡, (城镇, 农村).

    Raises ValueError naming the line that can't be read.
    """
    text = files("corpus").joinpath("data", TWINS).read_text(encoding="utf-8")
    found: list[tuple[str, tuple[str, str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        word, _, names = line.partition("\t")
        first, blank, second = names.partition(" ")
        if not blank or not second:
            raise ValueError(f"{TWINS}, line {number}: a word, a tab and two names are wanted")
        found.append((word, (first, second)))
    return tuple(found)
