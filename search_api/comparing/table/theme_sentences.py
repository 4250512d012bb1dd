"""Which sentences of a report are on a theme?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.report import Passage, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, as offsets into the report's text, and the passage that holds it."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The sentence."""
        start = self.passage.start
        return self.passage.text[self.span.start - start : self.span.end - start]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a report has all words of a theme; what says most comes first.

    `sentences` have them themselves, `under`: only their headings do, `headings`: the headings.
    """

    sentences: list[Place] = field(default_factory=list)
    under: list[Place] = field(default_factory=list)
    headings: list[Place] = field(default_factory=list)


# What reports say of everything they do: it tells no theme. 优化营商环境 is about 营商环境, whoever
# improves or betters it.
_DOING: Final = re.compile(
    r"优化|加强|推进|推动|深化|完善|提升|提高|促进|加快|发展|建设|实施|保障|健全|落实|强化|改善|支持|开展|做好|抓好"
    r"|持续|全面|深入|大力|积极|进一步|着力|扎实|工作|情况|方面|措施|举措"
)


def theme_words(groups: Sequence[Collection[str]]) -> list[list[str]]:
    """The words that a theme is about, each with the ways to write it; all where there are no others.

    `groups`: per word of the topic the ways to write it, as a query has them.
    """
    telling = [list(group) for group in groups if not any(map(_DOING.fullmatch, group))]
    return telling or [list(group) for group in groups]


def places_of(passages: Sequence[Passage]) -> list[Place]:
    """Every sentence of the passages that is no heading, in order."""
    return [
        place
        for passage in passages
        for place in (Place(passage, span) for span in passage.sentences)
        if not is_heading(place.text, passage.heading_path)
    ]


def mentions(passages: Sequence[Passage], groups: Sequence[Collection[str]]) -> Mentions:
    """Where the passages have all words; `groups`: per word of the theme the ways to write it."""
    found = Mentions()
    for passage in passages:
        headed = _has_all("".join(passage.heading_path), groups)
        for span in passage.sentences:
            place = Place(passage, span)
            own = _has_all(place.text, groups)
            if is_heading(place.text, passage.heading_path):
                found.headings.extend([place] if own else [])
            elif own:
                found.sentences.append(place)
            elif headed:
                found.under.append(place)
    return found


def is_heading(sentence: str, path: Collection[str]) -> bool:
    """Whether a sentence is one of the headings it stands under: alone on its line, or run in (优化服务。)."""
    said = sentence.strip().rstrip("。：:；;，,")
    return any(said == heading.rstrip("。：:；;，,") for heading in path)


def _has_all(text: str, groups: Sequence[Collection[str]]) -> bool:
    return bool(groups) and all(any(word in text for word in group) for group in groups)
