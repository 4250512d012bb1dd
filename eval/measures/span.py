"""How well does a short answer fit the gold ones? Exact match and F1 of Chinese reading comprehension.

As in the evaluation script of CMRC 2018 (Cui et al., EMNLP 2019): punctuation is dropped, letters are
lower case, Chinese is compared by characters, everything else by words; F1 is of the longest run that
both have in common. Words are cut at white space and signs, where the script calls NLTK; its
`……` is two characters, which match no single one, so that … stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SIGNS: Final = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_HAN: Final = re.compile(r"[\u4e00-\u9fa5]")
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")


def exact_match(given: str, gold: Sequence[str]) -> float:
    """1 if it is one of the gold answers but for punctuation and case, else 0."""
    return float(any(_plain(given) == _plain(each) for each in gold))


def f1(given: str, gold: Sequence[str]) -> float:
    """The best F1, 0..1, of the longest common run with any gold answer."""
    return max((_f1(segments(given), segments(each)) for each in gold), default=0.0)


def segments(text: str) -> list[str]:
    """Chinese characters and other words, punctuation left out."""
    found: list[str] = []
    held = ""
    for char in text.lower().strip():
        if char in _SIGNS:
            continue
        if _HAN.match(char):
            found += _WORD.findall(held)
            held = ""
            found.append(char)
        else:
            held += char
    return found + _WORD.findall(held)


def _plain(text: str) -> str:
    return "".join(char for char in text.lower().strip() if char not in _SIGNS)


def _f1(given: Sequence[str], gold: Sequence[str]) -> float:
    common = _longest_run(given, gold)
    if not common:
        return 0.0
    precision, recall = common / len(given), common / len(gold)
    return 2 * precision * recall / (precision + recall)


def _longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest stretch that stands in both."""
    best = 0
    before = [0] * (len(other) + 1)
    for left in one:
        row = [0] * (len(other) + 1)
        for column, right in enumerate(other):
            if left == right:
                row[column + 1] = before[column] + 1
                best = max(best, row[column + 1])
        before = row
    return best
