"""Which phrases do several reports use on a topic? 11 of 16 say 高效办成一件事.

Sentences are too long to be the same in many reports; what is common property is a run of words inside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.report import Span
from corpus.statements.quantities import quantities
from indexer.tokenizer import tagged
from search_api.comparing.likeness.marking import folded
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.wording.wording_types import Shared

# Where a phrase ends at the latest; quotation marks belong to names, and to phrases.
_PAUSE: Final = re.compile(r"[，,。；;：:！!？?、（）()\s]")
# Characters of the shortest phrase that is worth telling, and words of the longest.
_SHORTEST: Final = 4
_LONGEST: Final = 12
_MOST: Final = 40
# A phrase has both or none: 管家”制度 is cut out of a name.
_QUOTATION_MARKS: Final = ("“”", "‘’", "「」", "『』", "《》")
# A name in quotation marks, “枫桥经验”, and its part of speech.
_QUOTED: Final = re.compile(r"[“「](?P<name>[^“”「」]{2,12})[”」]")
_NAME: Final = "name"
# Words that neither begin nor end a phrase: particles, conjunctions, prepositions, adverbs, pronouns, signs.
_EDGES: Final = re.compile(r"(?:u|c|p|d|r|x|y|f|m|q)|是$")


@dataclass(frozen=True, slots=True)
class _Word:
    """`plain` as it is compared, without quotation marks; `part`: jieba's part of speech."""

    shown: str
    plain: str
    part: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row that could be a phrase; `whole`: a pause, a particle or the like
    follows, or it ends with a name.
    """

    words: tuple[_Word, ...]
    whole: bool

    @property
    def plain(self) -> str:
        """As it is compared, however it was cut."""
        return "".join(word.plain for word in self.words)

    @property
    def shown(self) -> str:
        """As it is written."""
        return "".join(word.shown for word in self.words)


def shared_phrases(sentences: Sequence[Sentence], reports: int, topic: str = "") -> list[Shared]:
    """The phrases that two reports at least use, those of most reports first, then the longest.

    Of a phrase and a longer one that the same reports use, only the longer. Two words at least, of which
    one tells something, or a name in quotation marks; and two of the reports end it there (健全基层, of
    健全基层治理 and 健全基层组织, is none). Figures are no part of one, and what
    the `topic` says itself is no news.
    """
    used: dict[str, dict[str, Sentence]] = defaultdict(dict)
    whole: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for sentence in sentences:
        for run in _runs(sentence.text):
            used[run.plain].setdefault(sentence.report_id, sentence)
            written.setdefault(run.plain, run.shown)
            if run.whole:
                whole[run.plain].add(sentence.report_id)
    named = folded(topic)
    common = {
        plain: found
        for plain, found in used.items()
        if len(whole[plain]) > 1 and plain not in named
    }
    ordered = sorted(
        _closed(common),
        key=lambda plain: (-len(common[plain]), -sum(map(str.isalnum, plain)), plain),
    )
    return [
        Shared(written[plain], tuple(each.citation for each in common[plain].values()), reports)
        for plain in ordered[:_MOST]
    ]


def _closed(common: Mapping[str, Mapping[str, Sentence]]) -> list[str]:
    """The phrases that no longer one replaces: one that holds it and that the same reports use."""
    by_reports: dict[frozenset[str], list[str]] = defaultdict(list)
    for plain, found in common.items():
        by_reports[frozenset(found)].append(plain)
    return [
        plain
        for phrases in by_reports.values()
        for plain in phrases
        if not any(plain != longer and plain in longer for longer in phrases)
    ]


def _runs(text: str) -> Iterator[_Run]:
    """All runs of words of a sentence that could be a phrase."""
    figures = [each.span for each in quantities(text)]
    for clause in _clauses(text, figures):
        words = _words(clause)
        for start, first in enumerate(words):
            if _EDGES.match(first.part):
                continue
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                if _EDGES.match(words[end - 1].part):
                    continue
                whole = (
                    end == len(words)
                    or words[end - 1].part == _NAME
                    or bool(_EDGES.match(words[end].part))
                )
                run = _Run(tuple(words[start:end]), whole)
                if _tells(run):
                    yield run


def _tells(run: _Run) -> bool:
    """Whether a run is long enough, cuts no name, and is more than a word or general words."""
    if sum(map(str.isalnum, run.plain)) < _SHORTEST or not _closes_quotes(run.shown):
        return False
    if len(run.words) == 1:
        return run.words[0].part == _NAME
    return not all(word.plain in _general_words() for word in run.words)


def _words(clause: str) -> list[_Word]:
    """The words of a clause; a name in quotation marks is one."""
    words: list[_Word] = []
    start = 0
    for match in _QUOTED.finditer(clause):
        words += [
            _Word(word, folded(word), part) for word, part in tagged(clause[start : match.start()])
        ]
        words.append(_Word(match.group(), folded(match["name"]), _NAME))
        start = match.end()
    return words + [_Word(word, folded(word), part) for word, part in tagged(clause[start:])]


@cache
def _general_words() -> frozenset[str]:
    """`data/general_words.txt`."""
    text = files("search_api").joinpath("data", "general_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


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
