"""Where do the body, its closing words, the annexes and the glossary of a report begin?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.outlines.lines import Line
from corpus.outlines.numbering import markers
from corpus.report import Part

_ANNEX = re.compile(r"(?:附\s*[件录表]|附)\s*(?:[\d一二三四五六七八九十]{1,3})?\s*(?:[：:].*)?$")
_GLOSSARY = re.compile(
    r"(?:附\s*件?\s*\d*\s*[：:]?)?.{0,24}(?:名词(?:术语)?(?:解释|注释|说明)|注释|名词解释|"
    r"用语(?:说明|解释)|术语(?:解释|说明|注释)|有关(?:词语|概念)(?:解释|说明)|缩略语)(?:和说明)?[：:]?$"
)
# A numbered entry with its term set off by a colon: `11.“双一流”：…`, `［1］一降三减：`.
_ENTRY = re.compile(r"(?:[［\[〔【(（]?\d{1,3}[］\]〕】)）]?[.．、]?)\s*.{1,60}?[：:]")
_NOTE = re.compile(r"[［\[〔【]\s*\d{1,3}\s*[］\]〕】]")
_SALUTATION = re.compile(r"(?:各位代表|同志们|各位委员)\s*[！!，,：:]")
_EXHORTATION = re.compile(
    r"让我们|更加紧密地?团结|(?:努力|不懈|共同)?奋斗|作出(?:新的)?更大的?贡献|新篇章|万岁"
)
_PART_TITLE_MAX = 45
# Annexes and glossaries stand at the end; before this share of the report a line that looks like
# their title is a mention.
_EARLIEST = 0.4


@dataclass(frozen=True, slots=True)
class PartStart:
    """A part begins at line number `line`; its title is the `title_lines` lines from there."""

    line: int
    title_lines: int
    part: Part
    label: str


def is_salutation(line: str) -> bool:
    """Whether the line turns to the audience (各位代表！…): it ends what was said before."""
    return _SALUTATION.match(line) is not None


def closing_line(text: str, lines: Sequence[Line]) -> int | None:
    """The line with the report's closing exhortation (让我们…努力奋斗！), if it has one."""
    for number in range(len(lines) - 1, -1, -1):
        words = lines[number].of(text)
        ends = words.endswith(("！", "!")) or (words.endswith("。") and is_salutation(words))
        if ends and _EXHORTATION.search(words) and len(words) > 15:
            return None if _body_goes_on(text, lines, number + 1) else number
        if lines[number].start < _EARLIEST * len(text):
            return None
    return None


def part_starts(text: str, lines: Sequence[Line]) -> list[PartStart]:
    """The annexes and glossaries, in order. What precedes the first is the body."""
    starts: list[PartStart] = []
    number = 0
    while number < len(lines):
        found = _titled(text, lines, number) if _late(text, lines[number]) else None
        if found is None or _body_goes_on(text, lines, number):
            number += 1
        else:
            starts.append(found)
            number += found.title_lines
    if not starts and (untitled := _untitled(text, lines)):
        starts.append(untitled)
    return starts


def _body_goes_on(text: str, lines: Sequence[Line], number: int) -> bool:
    """Whether the series 一、二、 of the lines before goes on below line `number`."""
    last = next((v for v in map(_first_level(text), reversed(lines[:number])) if v), None)
    after = next((v for v in map(_first_level(text), lines[number:]) if v), None)
    return last is not None and after is not None and after == last + 1


def _first_level(text: str) -> Callable[[Line], int | None]:
    def value(line: Line) -> int | None:
        first = next(markers(text, line.start, line.end), None)
        wanted = first is not None and first.line_initial and first.form.level == 1
        return first.value if first is not None and wanted else None

    return value


def _late(text: str, line: Line) -> bool:
    return line.start >= _EARLIEST * len(text)


def _titled(text: str, lines: Sequence[Line], number: int) -> PartStart | None:
    words = lines[number].of(text)
    if len(words) > _PART_TITLE_MAX:
        return None
    following = lines[number + 1].of(text) if number + 1 < len(lines) else ""
    if _ANNEX.match(words):
        has_title = "：" not in words.rstrip("：:") and _is_title(following)
        title = following if has_title else words
        part = Part.GLOSSARY if _GLOSSARY.match(title) else Part.ANNEX
        return PartStart(number, 2 if has_title else 1, part, words)
    if _GLOSSARY.match(words) and _entries_follow(text, lines, number + 1):
        return PartStart(number, 1, Part.GLOSSARY, "")
    return None


def _is_title(words: str) -> bool:
    return bool(words) and len(words) <= _PART_TITLE_MAX and not words.endswith(("。", "；"))


def _entries_follow(text: str, lines: Sequence[Line], number: int) -> bool:
    sample = [line.of(text) for line in lines[number : number + 8]]
    return any(_ENTRY.match(words) or _NOTE.match(words) for words in sample)


def _untitled(text: str, lines: Sequence[Line]) -> PartStart | None:
    """An annex or glossary without a title of its own, after the closing exhortation."""
    closing = closing_line(text, lines)
    if closing is None or closing + 2 >= len(lines):
        return None
    rest = [line.of(text) for line in lines[closing + 1 :]]
    entries = sum(bool(_ENTRY.match(words) or _NOTE.match(words)) for words in rest)
    part = Part.GLOSSARY if entries >= max(2, len(rest) // 4) else Part.ANNEX
    first = rest[0]
    titled = _is_title(first) and not re.match(r"[\d［\[（(一二三四五六七八九十]", first)
    return PartStart(closing + 1, 1 if titled else 0, part, "")
