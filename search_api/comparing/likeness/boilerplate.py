"""What is left of a sentence when figures, dates and names of places are taken out?

Thirty reports that say the same of themselves differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.report import Span
from corpus.statements.quantities import quantities
from indexer.tokenizer import tagged
from search_api.comparing.likeness.marking import folded

# Finds the names of places in a text.
FindPlaces = Callable[[str], Sequence[Span]]

FIGURE: Final = "#"
PLACE: Final = "@"
MASKS: Final = (FIGURE, PLACE)
# Whose report it is, in its own words: 全县 and 全市, 县政府 and 市政府 are the same boilerplate.
_OWN: Final = re.compile(
    r"(?:全|我|本)(?:自治区|自治州|省|市|县|区|州|旗|盟|国)"
    r"|(?:自治区|省|市|县|区|州|旗)(?=政府|委|人大|政协|法院|检察院|人民政府)"
)
# Names of places that no gazetteer has, at the head of a clause by their ending: 清河县调解…; not 城市, 园区,
# 该县, 各市, 城乡, 美丽乡村, which are no names. Also not those a verb stands in: 加强市场监管 (`_named`).
_NAMED: Final = re.compile(
    r"(?:(?<=[，,。；;、：:“”\s])|(?<=间，)|^)(?!该|本|每|以|对|在|从|向|让|把)(?:(?![各全我的和或])[\u4e00-\u9fff]){2,3}"
    r"(?:(?<![城超夜股都集门上辖])市|(?<![小街园社辖景灾山牧林校片库新发地学湖郊城市县护务范户治特产])区"
    r"|(?<![城强])[县旗乡镇]|(?<!两)州|(?<![大强])省|自治[区州县])"
    r"(?=[\u4e00-\u9fff])(?![场民域间块村土贤愁帜舰])"
)
# What no name of a place begins with: prepositions, conjunctions, adverbs, pronouns, and verbs of two characters
# (one may be part of a name). Words are cut right if some characters behind are seen too.
_NO_NAME: Final = re.compile(r"[pcdr]")
_BEHIND: Final = 4
# 第十一届, “十四五”: which one of a row of sessions, which plan.
_WHICH: Final = re.compile(
    r"第[零一二三四五六七八九十百\d]+(?:届|次|批|轮|期|个)|[“\"]?十[一二三四五六七八九]五[”\"]?(?=时期|规划|期间|末|以来)"
)
# What bounds a figure, or says that it came to be: 5%左右, 5%以上, 达到5% are one boilerplate. Elsewhere the
# same characters belong to words (达标, 均衡, 多元).
_BEFORE: Final = re.compile(
    r"(?:超过|突破|不少于|不低于|不超过|达到|新增至|达|余|多|约|近|超|全部|均)+$"
)
_AFTER: Final = re.compile(r"^(?:以上|以内|以下|左右|上下|余|多)+")
_ALL: Final = frozenset(("全部", "均"))


@dataclass(frozen=True, slots=True)
class Bone:
    """A word of the boilerplate, or the mask of what stands at `span` of the text (None for a word).

    `part`: jieba's part of speech of a word, which depends on the words around it.
    """

    word: str
    span: Span | None = None
    part: str = field(default="", compare=False)


def boilerplate(text: str, places: FindPlaces) -> list[Bone]:
    """The words of a text in order, figures and places masked, signs and bounds left out."""
    masked = [(quantity.span, FIGURE) for quantity in quantities(text)]
    masked += [(Span(*match.span()), FIGURE) for match in _WHICH.finditer(text)]
    masked += [(Span(*match.span()), PLACE) for match in _OWN.finditer(text)]
    masked += [(span, PLACE) for span in places(text)]
    masked += [(span, PLACE) for span in _named(text)]
    bones: list[Bone] = []
    end, after = 0, ""
    for span, mask in sorted(masked, key=lambda each: (each[0].start, -each[0].end)):
        if span.start < end:
            continue
        bones += _words(text[end : span.start], after, mask)
        bones.append(Bone(mask, span))
        end, after = span.end, mask
    return bones + _words(text[end:], after, "")


def _named(text: str) -> list[Span]:
    """Where names of places are that no gazetteer has."""
    found: list[Span] = []
    for match in _NAMED.finditer(text):
        word, part = tagged(text[match.start() : match.end() + _BEHIND])[0]
        if not (_NO_NAME.match(part) or (len(word) > 1 and part.startswith("v"))):
            found.append(Span(*match.span()))
    return found


def _words(text: str, after: str, before: str) -> list[Bone]:
    """The words of a stretch `after` one mask and `before` the next, without what bounds a figure."""
    if before == FIGURE:
        text = _BEFORE.sub("", text)
    if after == FIGURE:
        text = _AFTER.sub("", text)
    cut = (Bone(folded(word), part=part) for word, part in tagged(text))
    return [bone for bone in cut if bone.word not in _ALL and any(map(str.isalnum, bone.word))]
