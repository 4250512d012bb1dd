"""Which places of a text could be the number of a heading, and what they count.

The forms are those of GB/T 9704-2012 §7.3.3 (一、 （一） 1. （1）), the chapter forms of longer
documents, and the run-in enumerations official prose uses (一是, 一要, 第一，, 首先). A marker found
here is only a candidate: whether it really begins a heading is decided by the outline parser,
which reads all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "两": 2}
# Numbers that are one character: ① ❶ ⑴ ⒈ ㈠.
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x2776 + i): i + 1 for i in range(10)}
_GLYPHS = (
    _CIRCLED
    | {chr(0x2474 + i): i + 1 for i in range(20)}
    | {chr(0x2488 + i): i + 1 for i in range(20)}
    | {chr(0x3220 + i): i + 1 for i in range(10)}
)
_NUMERAL = "[一二三四五六七八九十百]{1,5}"


class Form(Enum):
    """A way of writing a heading's number: `(level, rank)`.

    `level` is the outline level of the interface; `rank` orders the forms by how they usually
    nest, which the level alone does not say (第一章 and 一、 are both of level 1).
    """

    CHAPTER = (1, 0)  # 第一部分 第一章
    CHINESE = (1, 2)  # 一、
    ARTICLE = (2, 1)  # 第一节
    BRACKETED = (2, 3)  # （一）
    ARABIC = (3, 4)  # 1.
    BRACKETED_ARABIC = (4, 5)  # （1）
    CIRCLED = (4, 6)  # ①
    ORDINAL = (5, 7)  # 第一，
    RUN_IN = (5, 8)  # 一是
    RUN_IN_MUST = (5, 9)  # 一要
    ADVERB = (5, 10)  # 首先

    @property
    def level(self) -> int:
        return self.value[0]

    @property
    def rank(self) -> int:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Marker:
    """A possible heading number. `start` is its first character, `end` where the heading begins."""

    form: Form
    value: int
    number: str  # the bare numeral as written, empty for 首先
    label: str  # the marker as written
    start: int
    end: int
    line_initial: bool


def numeral_value(text: str) -> int | None:
    """The value of a Chinese or Arabic numeral below 1000, None if it is not one.

    >>> numeral_value("十三"), numeral_value("二十"), numeral_value("１０")
    (13, 20, 10)
    """
    if text.isdecimal():
        return int(text)
    if text in _GLYPHS:
        return _GLYPHS[text]
    total, unit_value = 0, 0
    for char in text:
        if char in _DIGITS:
            if unit_value:  # two digits in a row (二三) are no numeral of a heading
                return None
            unit_value = _DIGITS[char]
        elif char in "十百":
            scale = 10 if char == "十" else 100
            if scale >= 10 and total and total % (scale * 10):
                return None
            total += (unit_value or 1) * scale
            unit_value = 0
        else:
            return None
    return total + unit_value or None


# What may stand before a heading number in the middle of a line: the end of a sentence or clause.
_AFTER_SENTENCE = r"(?<=[。；：！？;:!?”’）)])\s*"
_AFTER_CLAUSE = r"(?<=[。；：！？;:!?，,、”’）)\s])"
# 一、二、三产业, 三、四线城市 and 第一、二轮 count things; they number no heading.
_COUNTED = re.compile(rf"({_NUMERAL})(?:[、，,和至到]|[轮批产季线期月级类次号个年日])")

_LINE_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (Form.CHAPTER, rf"第({_NUMERAL}|\d{{1,2}})(?:部分|[章编篇])[\s：:、，.．]*"),
        (Form.ARTICLE, rf"第({_NUMERAL}|\d{{1,2}})节[\s：:、，.．]*"),
        (
            Form.CHINESE,
            rf"({_NUMERAL})\s?(?:[、．]|[.](?!\d)|，(?=[^，。]{{2,40}}$))\s*",
        ),
        (Form.CHINESE, rf"({_NUMERAL})(?=\s*$|[ \u3000]+[^，。；]{{2,30}}$)\s*"),
        (Form.BRACKETED, rf"[（(〔]\s*({_NUMERAL})\s*[）)〕][、.．]?\s*"),
        (Form.BRACKETED, r"([㈠-㈩])[、.．]?\s*"),
        (
            Form.ARABIC,
            r"(\d{1,3})\s?(?:、|[.．](?!\d)|[.．](?=(?:19|20)\d\d年|\d{3,}[^\d%％.．]|\dG))\s*",
        ),
        (Form.ARABIC, r"([⒈-⒛])\s*"),
        (Form.BRACKETED_ARABIC, r"[（(]\s*(\d{1,2})\s*[）)][、.．]?\s*"),
        (Form.BRACKETED_ARABIC, r"([⑴-⒇])[、.．]?\s*"),
        (Form.BRACKETED_ARABIC, r"(\d{1,2})[）)]\s*"),
        (Form.CIRCLED, r"([①-⑳❶-❿])[、.．]?\s*"),
        (Form.ORDINAL, rf"第({_NUMERAL})[，,、：:。]\s*"),
        (Form.RUN_IN, rf"(?:其)?({_NUMERAL})(?:个)?[是为靠][，,]?\s*"),
        (Form.RUN_IN_MUST, rf"({_NUMERAL})要[，,]?\s*"),
        (Form.ADVERB, r"(首先|其次|再次|再者|最后)[，,]\s*"),
    )
)
# Inside a paragraph only the run-in enumerations number anything a reader would call an item of the
# outline; 一、 and （一） stand there where a line break was lost. （1）…；（2）… within a sentence is
# part of that sentence.
_INLINE_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (Form.CHINESE, rf"(?<=[。！？])\s*({_NUMERAL})、\s*"),
        (Form.BRACKETED, rf"{_AFTER_SENTENCE}[（(]({_NUMERAL})[）)]\s*"),
        (Form.ORDINAL, rf"{_AFTER_SENTENCE}第({_NUMERAL})[，,、]\s*"),
        (Form.RUN_IN, rf"{_AFTER_CLAUSE}(?:其)?({_NUMERAL})是[，,]?"),
        (Form.RUN_IN_MUST, rf"{_AFTER_CLAUSE}({_NUMERAL})要[，,]?"),
        (Form.ADVERB, rf"{_AFTER_SENTENCE}(首先|其次|再次|再者|最后)[，,]"),
    )
)
_ADVERBS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4}


def markers(text: str, start: int, end: int) -> Iterator[Marker]:
    """All heading-number candidates in the line `text[start:end]`, in reading order.

    `start` is the line's first character that is not white space. Of candidates that begin at the
    same place, the form listed first wins.
    """
    line = text[start:end]
    taken = 0
    for form, pattern in _LINE_FORMS:
        found = pattern.match(line)
        if found and (marker := _marker(form, found, start, line_initial=True)):
            yield marker
            taken = found.end()
            break
    inline: dict[int, Marker] = {}
    for form, pattern in _INLINE_FORMS:
        for found in pattern.finditer(line, taken):
            marker = _marker(form, found, start, line_initial=False)
            if marker:
                inline.setdefault(marker.start, marker)
    yield from (inline[key] for key in sorted(inline))


def _marker(form: Form, found: re.Match[str], offset: int, *, line_initial: bool) -> Marker | None:
    written = found.group(1)
    value = _ADVERBS[written] if form is Form.ADVERB else numeral_value(written)
    if value is None or _counts(found, value):
        return None
    whole = found.group()
    lead = len(whole) - len(whole.lstrip())
    return Marker(
        form=form,
        value=value,
        number="" if form is Form.ADVERB else written,
        label=whole.strip(),
        start=offset + found.start() + lead,
        end=offset + found.end(),
        line_initial=line_initial,
    )


def _counts(found: re.Match[str], value: int) -> bool:
    """Whether the next numeral follows at once, as in 一、二、三产业."""
    counted = _COUNTED.match(found.string, found.end())
    return counted is not None and numeral_value(counted.group(1)) == value + 1
