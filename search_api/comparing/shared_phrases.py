"""Which phrases do several reports use on a topic? 11 of 16 say 高效办成一件事.

Sentences are too long to be the same in many reports; what is common property is a run of words inside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from corpus.quantities import quantities
from corpus.report import Span
from indexer.tokenizer import tagged
from search_api.comparing.marking import folded
from search_api.comparing.report_sentences import Sentence
from search_api.comparing.wording_types import Shared

# Where a phrase ends at the latest; quotation marks belong to names, and to phrases.
_PAUSE: Final = re.compile(r"[，,。；;：:！!？?、（）()\s]")
# Characters of the shortest phrase that is worth telling, and words of the longest.
_SHORTEST: Final = 4
_LONGEST: Final = 12
_MOST: Final = 40
# A phrase has both or none: 管家”制度 is cut out of a name.
_QUOTATION_MARKS: Final = ("“”", "‘’", "「」", "『』", "《》")
# Words that neither begin nor end a phrase: particles, conjunctions, prepositions, adverbs, pronouns, signs.
_EDGES: Final = re.compile(r"(?:u|c|p|d|r|x|y|f|m|q)")


def shared_phrases(sentences: Sequence[Sentence], reports: int, topic: str = "") -> list[Shared]:
    """The phrases that two reports at least use, those of most reports first, then the longest.

    Of a phrase and a longer one that as many reports use, only the longer. Figures are no part of one,
    and what the `topic` says itself is no news.
    """
    used: dict[tuple[str, ...], dict[str, Sentence]] = defaultdict(dict)
    written: dict[tuple[str, ...], str] = {}
    for sentence in sentences:
        for words, shown in _runs(sentence.text):
            used[words].setdefault(sentence.report_id, sentence)
            written.setdefault(words, shown)
    common = {words: found for words, found in used.items() if len(found) > 1}
    closed = _closed(common)
    named = folded(topic)
    told = [words for words in closed if "".join(words) not in named]
    ordered = sorted(told, key=lambda words: (-len(common[words]), -len("".join(words)), words))
    return [
        Shared(written[words], tuple(each.citation for each in common[words].values()), reports)
        for words in ordered[:_MOST]
    ]


def _closed(common: dict[tuple[str, ...], dict[str, Sentence]]) -> list[tuple[str, ...]]:
    """The phrases that no longer one replaces: one that holds it and that as many reports use."""
    covered: set[tuple[str, ...]] = set()
    for words, found in common.items():
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                inner = words[start:end]
                if inner != words and inner in common and len(common[inner]) == len(found):
                    covered.add(inner)
    return [words for words in common if words not in covered]


def _runs(text: str) -> list[tuple[tuple[str, ...], str]]:
    """All runs of words of a sentence that could be a phrase: as compared, and as written."""
    figures = [each.span for each in quantities(text)]
    found: list[tuple[tuple[str, ...], str]] = []
    for clause in _clauses(text, figures):
        words = tagged(clause)
        plain = [folded(word) for word, _ in words]
        for start, (_, part) in enumerate(words):
            if _EDGES.match(part):
                continue
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                if _EDGES.match(words[end - 1][1]):
                    continue
                run = tuple(plain[start:end])
                shown = "".join(word for word, _ in words[start:end])
                if sum(map(str.isalnum, shown)) >= _SHORTEST and _closes_quotes(shown):
                    found.append((run, shown))
    return found


def _closes_quotes(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _QUOTATION_MARKS)


def _clauses(text: str, figures: Sequence[Span]) -> list[str]:
    """The stretches between pauses and figures."""
    cuts = {match.start(): match.end() for match in _PAUSE.finditer(text)}
    cuts |= {span.start: span.end for span in figures}
    clauses: list[str] = []
    start = 0
    for cut in sorted(cuts):
        if cut >= start:
            clauses.append(text[start:cut])
            start = cuts[cut]
    clauses.append(text[start:])
    return [clause for clause in clauses if clause]
