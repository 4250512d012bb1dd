"""Which sentences of several reports have one wording, and what does one report say alone?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.tokenizer import tagged
from search_api.comparing.comparison_types import Likeness, Relation
from search_api.comparing.likeness.boilerplate import FindPlaces
from search_api.comparing.likeness.marking import folded, marked
from search_api.comparing.likeness.similarity import likeness, similarity
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.wording.candidates import nearness_matrix, worth_comparing
from search_api.comparing.wording.wording_types import Group, Member, Particular

# Sentences of one report's own that are shown: the rest has hardly a word of its own.
MOST_PARTICULAR: Final = 20
# Names that reports give to what they do: “最多跑一次”.
_QUOTED: Final = re.compile(r"[“「](?P<name>[^“”「」，。；：]{2,12})[”」]")
# Words that say something: nouns, names, abbreviations, idioms, verbs used as nouns.
_TELLING: Final = re.compile(r"(?:n(?!r)|j|i|l|vn)")


@dataclass(frozen=True, slots=True)
class Links:
    """Which sentences are alike, by their numbers: `near[i][j]` of any two that are not different.

    `nearest`: per sentence how similar the nearest of any other report is, 0..1.
    """

    near: Mapping[int, Mapping[int, Likeness]]
    nearest: tuple[float, ...]


def linked(sentences: Sequence[Sentence]) -> Links:
    """Compare all sentences of different reports. What is done and what is planned aren't alike."""
    if not sentences:
        return Links({}, ())
    ready = [each.prepared for each in sentences]
    near: dict[int, dict[int, Likeness]] = defaultdict(dict)
    cosines, shared = nearness_matrix(ready, ready)
    for i, j in worth_comparing(cosines, shared):
        one, other = sentences[i], sentences[j]
        if i >= j or one.report_id == other.report_id or one.sense * other.sense < 0:
            continue
        like = likeness(one.prepared, other.prepared)
        if like.relation is not Relation.DIFFERENT:
            near[i][j] = near[j][i] = like
    owners = np.array([each.report_id for each in sentences])
    alike = np.where(owners[:, None] == owners[None, :], 0.0, similarity(cosines, shared))
    return Links(near, tuple(float(best) for best in alike.max(axis=1)))


def groups_of(sentences: Sequence[Sentence], links: Links, reports: int) -> list[Group]:
    """Sentences of one wording, said by two reports at least; those that most reports have first.

    Star clustering (Aslam, Pelekhov and Rus 1999): the sentence with most near-identical ones around it
    becomes the typical one of a group; what is left goes on. Each sentence is in one group at most, and
    every member is like the typical one, not only like another member. Of each report the nearest one.
    """
    left = set(links.near)
    stars: dict[int, list[int]] = {}
    worth: dict[int, tuple[int, float, int]] = {}
    changed: Collection[int] = left
    made: list[Group] = []
    while left:
        for i in changed:
            stars[i] = _around(i, left, sentences, links)
            near = sum(links.near[i][j].similarity for j in stars[i])
            worth[i] = len(stars[i]), near, -i
        typical = max(left, key=worth.__getitem__)
        if not stars[typical]:
            break
        members = sorted([typical, *stars[typical]])
        made.append(_group(sentences, links, typical, members, reports))
        left -= set(members)
        # Only what was near to one that is gone has other ones around it now.
        changed = {i for gone in members for i in links.near[gone] if i in left}
    return sorted(made, key=lambda group: -group.reports)


def _around(
    number: int, left: Collection[int], sentences: Sequence[Sentence], links: Links
) -> list[int]:
    """Of each other report the sentence nearest to this one, of those that are like it."""
    best: dict[str, int] = {}
    near = links.near[number]
    for other in sorted(near):
        report_id = sentences[other].report_id
        if other in left and (
            report_id not in best or near[other].similarity > near[best[report_id]].similarity
        ):
            best[report_id] = other
    return list(best.values())


def _group(
    sentences: Sequence[Sentence],
    links: Links,
    typical: int,
    members: Sequence[int],
    reports: int,
) -> Group:
    same = Likeness(Relation.IDENTICAL, 1.0)
    return Group(
        members=tuple(
            Member(
                sentences[i].citation,
                marked(sentences[i].text, sentences[typical].text)[0],
                same if i == typical else links.near[typical][i],
            )
            for i in members
        ),
        typical=members.index(typical),
        reports=len(members),
        of=reports,
    )


def particular_of(
    sentences: Sequence[Sentence],
    links: Links,
    texts: Mapping[str, str],
    places: FindPlaces,
) -> list[Particular]:
    """The sentences that no other report has in like words, with what only their report names.

    `texts`: by report id the whole text of each report that is compared: what another one says anywhere
    is not this one's own. Report by report, those with most of their own first, `MOST_PARTICULAR` at
    most.
    """
    plain = {report_id: folded(text) for report_id, text in texts.items()}
    found: list[Particular] = []
    for number, sentence in enumerate(sentences):
        if links.near.get(number):
            continue
        others = [text for report_id, text in plain.items() if report_id != sentence.report_id]
        own = own_phrases(sentence.text, others, places)
        found.append(Particular(sentence.citation, own, links.nearest[number]))
    return [
        each
        for report_id in texts
        for each in sorted(
            (one for one in found if one.citation.report_id == report_id),
            key=lambda one: (-len(one.phrases), one.similarity, one.citation.start),
        )[:MOST_PARTICULAR]
    ]


def own_phrases(text: str, others: Collection[str], places: FindPlaces) -> tuple[str, ...]:
    """Names and words of a sentence that none of the other texts has, as they stand in it, in order, each
    once.

    `others` are folded (`marking.folded`). Names of places are left out: they are always one's own.
    """
    named = places(text)
    spans = [match.span("name") for match in _QUOTED.finditer(text)]
    start = 0
    for word, part in tagged(text):
        end = start + len(word)
        if len(word) > 1 and _TELLING.match(part):
            spans.append((start, end))
        start = end
    own: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if any(begin < end and start < stop for begin, stop in own):
            continue
        if any(place.start < end and start < place.end for place in named):
            continue
        word = folded(text[start:end])
        if not any(map(str.isdigit, word)) and not any(word in other for other in others):
            own.append((start, end))
    return tuple(dict.fromkeys(text[start:end] for start, end in _joined(own)))


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Words side by side are one phrase."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
