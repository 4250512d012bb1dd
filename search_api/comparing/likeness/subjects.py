"""Do two wordings of one pattern give figures of other things? 新能源汽车产量增长16%, 集成电路产量增长16%.

What a figure is of stands in the words before it. If those are the same but for nouns that have not even
a character in common, nor are ways to write one official term, the figures are of two things.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import Final

from search_api.comparing.likeness.boilerplate import FIGURE, MASKS, Bone
from search_api.comparing.likeness.differing import blocks, differing
from search_api.questions.question import Language
from search_api.questions.terms import terms_in

# At least this share of the words before a figure is the same: a pattern. 新建改建农村公路420公里 and
# 新建改建城市供水管网420公里 have 8 characters of 18 in common.
_PATTERN: Final = 0.4
# Words before a figure that may say what it is of: what stands farther off is of something else.
_NEAR: Final = 8
_NOUN: Final = re.compile(r"[njl]")
# Nouns that tell no two things apart: who has the benefit of what is done, and how much of it.
_GENERAL: Final = re.compile(
    r"人民|群众|百姓|老百姓|居民|市民|民众|人员|人数|人口|机构|组织|单位|工程|项目|工作|活动|任务|总额|总量|总数|"
    r"规模|数量|比例|比重|水平|方面|全国|全省|全市|全县|同期|上年|去年|年初|年末"
)


def of_other_subjects(left: Sequence[Bone], right: Sequence[Bone]) -> bool:
    """Whether most figures at like places of two wordings are of other things. Symmetric."""
    other = same = 0
    for ours, theirs in _before_figures(left, right):
        told = _told_apart(ours, theirs)
        other += told is True
        same += told is False
    return other > same


def _before_figures(
    left: Sequence[Bone], right: Sequence[Bone]
) -> Iterator[tuple[Sequence[Bone], Sequence[Bone]]]:
    """The words before each figure that stands at like places of both, from the last one on."""
    for i, j, size in blocks([bone.word for bone in left], [bone.word for bone in right]):
        for offset in range(size):
            if left[i + offset].word == FIGURE:
                yield _before(left, i + offset), _before(right, j + offset)


def _before(bones: Sequence[Bone], end: int) -> Sequence[Bone]:
    start = end
    while start and end - start < _NEAR and bones[start - 1].word not in MASKS:
        start -= 1
    return bones[start:end]


def _told_apart(left: Sequence[Bone], right: Sequence[Bone]) -> bool | None:
    """Whether words before a figure name other things, False if they are the same; None: who knows?"""
    ours, theirs = ([bone.word for bone in side] for side in (left, right))
    stretches = differing(ours, theirs)
    if not stretches:
        return False if ours else None
    texts = [_own(one.words, other.words) for one, other in stretches]
    total = sum(map(len, ours)) + sum(map(len, theirs))
    alike = total - sum(len(one) + len(other) for one, other in texts)
    if alike < _PATTERN * total or _one_term("".join(ours), "".join(theirs)):
        return None
    return (
        any(
            _noun(left[i.start : i.end], theirs)
            and _noun(right[j.start : j.end], ours)
            and one
            and other
            and not set(one) & set(other)
            for (i, j), (one, other) in zip(stretches, texts, strict=True)
        )
        or None
    )


def _noun(bones: Sequence[Bone], others: Sequence[str]) -> bool:
    """Whether there is a noun among them that the other words don't have elsewhere."""
    return any(
        _NOUN.match(bone.part) and not _GENERAL.fullmatch(bone.word) and bone.word not in others
        for bone in bones
    )


def _own(one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """Two stretches without the words that both begin or end with, cut alike or not: 汽车 and 电路 of
    汽车产量, 电路 产量.
    """
    ours, theirs = "".join(one), "".join(other)
    tail = _common(ours[::-1], theirs[::-1], _ends(one[::-1]) | _ends(other[::-1]))
    ours, theirs = ours[: len(ours) - tail], theirs[: len(theirs) - tail]
    head = _common(ours, theirs, _ends(one) | _ends(other))
    return ours[head:], theirs[head:]


def _ends(words: Sequence[str]) -> set[int]:
    return set(accumulate(map(len, words)))


def _common(one: str, other: str, ends: Collection[int]) -> int:
    """How many characters both begin with, up to the end of a word."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return max((end for end in ends if end <= same), default=0)


def _one_term(one: str, other: str) -> bool:
    """Whether both use an official term, in other words: 财政收入, 一般公共预算收入."""
    ours, theirs = (
        {(term.name, span.of(text)) for term, span in terms_in(text, Language.ZH)}
        for text in (one, other)
    )
    common = {name for name, _ in ours} & {name for name, _ in theirs}
    return any(name in common for name, _ in ours ^ theirs)
