"""How many of a question's characters does a sentence have?

Chinese abbreviations keep characters of the full form: 高企 is 高新技术企业, 城投 is 城市建设投资. Words
compared as wholes miss them, and a small embedding model often does.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpus.report import Passage
from indexer.simplify import simplify

_CHARACTER = re.compile(r"[0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]")
_FULL_WIDTH = 0xFEE0  # from an ASCII character to its full-width form
# Characters of question words and of grammar: they say nothing of what is asked.
_GRAMMAR = frozenset("的了在是和与及有为多少哪些什么怎样如何几个吗呢之要")


def characters(text: str) -> frozenset[str]:
    """The characters of a text that carry meaning, folded to half width, simplified, lower case."""
    folded = simplify(unicodedata.normalize("NFKC", text)).lower()
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
    text = simplify(passage.text)
    if len(text) != len(passage.text):  # a phrase got longer or shorter: offsets don't fit
        text = passage.text
    start = passage.start
    written = frozenset(wanted)
    return [
        {wanted[char] for char in written.intersection(text[span.start - start : span.end - start])}
        for span in passage.sentences
    ]
