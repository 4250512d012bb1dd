"""How many of a question's characters does a sentence have?

Chinese abbreviations keep characters of the full form: 高企 is 高新技术企业, 城投 is 城市建设投资. Words
compared as wholes miss them, and a small embedding model often does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from corpus.report import Passage
from indexer.simplify import simplify
from search_api.retrieval.folding import nfkc

# What was made of texts lately: those of a few reports, asked in several ways. A set has some 2 KB; a text that
# is simplified already, as nearly all are, isn't kept twice.
SETS_KEPT: Final = 1_024
SIMPLIFIED_KEPT: Final = 2_048

_CHARACTER = re.compile(r"[0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]")
_FULL_WIDTH = 0xFEE0  # from an ASCII character to its full-width form
# Characters of question words and of grammar: they say nothing of what is asked.
_GRAMMAR = frozenset("的了在是和与及有为多少哪些什么怎样如何几个吗呢之要")


@lru_cache(maxsize=SETS_KEPT)
def characters(text: str) -> frozenset[str]:
    """The characters of a text that carry meaning, folded to half width, simplified, lower case."""
    folded = simplify(nfkc(text)).lower()
    return frozenset(_CHARACTER.findall(folded)) - _GRAMMAR


def character_overlap(wording: str, passages: Sequence[Passage]) -> list[list[float]]:
    """Per passage and sentence the share of the wording's characters that the sentence has, 0..1.

    Characters that few of these passages' sentences have count more: ln(1 + n / (1 + n_with)).
    """
    wanted = _with_variants(characters(wording))
    sentences = [_shared(passage, wanted) for passage in passages]
    count = sum(len(each) for each in sentences)
    having = Counter(char for each in sentences for found in each for char in found)
    weights = {char: math.log(1 + count / (1 + having[char])) for char in set(wanted.values())}
    total = sum(weights.values())
    if total == 0:
        return [[0.0] * len(each) for each in sentences]
    return [[sum(weights[char] for char in found) / total for found in each] for each in sentences]


def _with_variants(wanted: Iterable[str]) -> dict[str, str]:
    """How each character may be written in a report: upper case, full width."""
    variants: dict[str, str] = {}
    for char in wanted:
        for written in (char, char.upper()):
            variants[written] = char
            if written.isascii():
                variants[chr(ord(written) + _FULL_WIDTH)] = char
    return variants


def _shared(passage: Passage, wanted: Mapping[str, str]) -> list[set[str]]:
    """Per sentence the wanted characters it has. Folding whole texts would take ten times longer."""
    text = _simplified(passage.text)
    start = passage.start
    # A sentence is searched for the few characters that its passage has at all.
    here = [(char, meant) for char, meant in wanted.items() if char in text]
    said = (text[span.start - start : span.end - start] for span in passage.sentences)
    return [{meant for char, meant in here if char in sentence} for sentence in said]


@lru_cache(maxsize=SIMPLIFIED_KEPT)
def _simplified(text: str) -> str:
    """The text in simplified characters, if that leaves its length (offsets would not fit)."""
    simple = simplify(text)
    # The text itself where nothing changed: two equal ones would be kept.
    return text if len(simple) != len(text) or simple == text else simple
