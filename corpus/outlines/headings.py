"""Where does a heading end, and which lines are headings without a number?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from corpus.outlines.lines import Line, goes_on, is_table_row
from corpus.outlines.numbering import Form, Marker
from corpus.outlines.parts import is_salutation
from corpus.report import LineHint, LineKind, Span

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)]*")
_ITEM_STOPS = ("；", ";", "，", ",")
_CLAUSE_END = re.compile(r"[，,；;。！？!?：:]")
# A heading is short; a first sentence longer than this is prose, and the heading is its clause.
_HEADING_SENTENCE_MAX = 60
_RUN_IN_SENTENCE_MAX = 46
_CLAUSE_MIN = 3
# 一、工作回顾：… — a run-in heading that is set off by a colon is short.
_COLON_HEADING_MAX = 25
# An item of an enumeration inside one sentence is all heading up to this length.
_ITEM_MAX = 45
_BARE_MAX = 40
_TOPIC_MAX = 30
_TOPIC_MIN = 4
_DASH_TOPIC_MAX = 45
_PARAGRAPH_MIN, _SENTENCE_MIN = 30, 15
_DASH = re.compile(r"[—–\-－─]{1,3}\s*")
# Openings of sentences that lead on to what follows: they name no topic.
_NOT_A_TOPIC = re.compile(
    r"各位代表|同志们|现在|我|一年来|五年来|过去|今年|同时|与此同时|为此|因此|总之|"
    r"这些|以上|其中|主要|重点|总的|综合|根据|按照|坚持以习近平|.{0,12}(?:如下|以下|包括|是)[。：:]?$"
)
_DATE_OR_PERSON = re.compile(
    r"[（(]?\s*(?:[—–-]{0,2}\s*)?(?:\d{4}|[二一]\S{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月|"
    r".{0,20}(?:省长|市长|县长|区长|州长|盟长|旗长|主席|总理|局长|主任|书记|镇长|乡长)\s*[^，。]{2,12}$"
)


class Bare(IntEnum):
    """How an unnumbered heading stands in the text."""

    LINE = 1  # a line of its own without a stop
    SLOGAN = 2  # a line of its own that ends in 。
    TOPIC = 3  # the first words of a paragraph


def numbered_heading_end(
    text: str,
    marker: Marker,
    start: int,
    limit: int,
    paragraph_end: int,
    next_item: int | None,
    separator: str = "",
) -> int:
    """Where the heading that `marker` numbers ends (exclusive, without its stop).

    `start` is where its words begin, `limit` the end of their line, `paragraph_end` that of its paragraph where lines are
    broken, `next_item` the start of the next number of the same series if it stands in the same
    paragraph, `separator` the character that ends the item before. A heading is cut at 。, not at
    ，; an item of an enumeration within one sentence ends at ； or, where the items themselves are
    set off by commas, at ，.
    """
    item_end = paragraph_end if next_item is None else next_item
    item = text[start:item_end].rstrip()
    first = _SENTENCE_END.search(item)
    if marker.form.rank >= Form.ORDINAL.rank or not marker.line_initial:
        return start + _item_heading(item, first, separator)
    line = text[start:limit]
    stop = _SENTENCE_END.search(line)
    if stop is None:
        if len(line) <= _HEADING_SENTENCE_MAX:
            return start + len(line.rstrip("；;：:，,"))
        stop = _CLAUSE_END.search(line)
        return start + (stop.start() if stop else len(line))
    if stop.start() <= _HEADING_SENTENCE_MAX:
        colon = re.search(r"[：:]", line[: min(stop.start(), _COLON_HEADING_MAX)])
        if colon and colon.start() >= 2:
            return start + colon.start()
        return start + stop.start()
    clause = _CLAUSE_END.search(line, min(_CLAUSE_MIN, stop.start()))
    return start + (clause.start() if clause else stop.start())


def _item_heading(item: str, first: re.Match[str] | None, separator: str) -> int:
    """The heading's length in an enumeration's item, counted from the item's first character.

    The last item of a；b；c。 ends in another stop than the others, but is an item like them.
    """
    whole = item.rstrip("，,；;。、！!：: ")
    if first is None or first.end() >= len(item):  # one sentence, or less
        inner = re.search(r"[；;]", whole)
        if (item.endswith(_ITEM_STOPS) or separator in _ITEM_STOPS) and len(whole) <= _ITEM_MAX:
            return len(whole)
        if first is None and len(whole) <= _ITEM_MAX and "，" not in whole:
            return len(whole)
        clause = _CLAUSE_END.search(whole, _CLAUSE_MIN)
        if clause and (inner is None or clause.start() < inner.start()):
            return clause.start()
        return inner.start() if inner else len(whole)
    if first.start() <= _RUN_IN_SENTENCE_MAX:
        return first.start()
    clause = _CLAUSE_END.search(item, _CLAUSE_MIN)
    return clause.start() if clause else first.start()


def bare_headings(
    text: str, lines: Sequence[Line], numbered: frozenset[int], front: int
) -> dict[int, tuple[Bare, Span]]:
    """Unnumbered headings by line number: how each stands, and the span of its words.

    `numbered` are the lines that begin with an accepted number, `front` the number of lines of the
    title block, which is never a heading of the outline.
    """
    found: dict[int, tuple[Bare, Span]] = {}
    for number in range(front, len(lines)):
        if number in numbered:
            continue
        kind = _bare(text, lines, number, numbered)
        if kind is not None:
            found[number] = kind
    slogans = [n for n, (kind, _) in found.items() if kind is Bare.SLOGAN]
    if len(slogans) == 1:  # a single short sentence on a line is no layout
        del found[slogans[0]]
        slogans = []
    for number in slogans:  # the paragraph under a slogan is its text; its first words are no topic
        if number + 1 in found and found[number + 1][0] is Bare.TOPIC:
            del found[number + 1]
    return found


def _bare(
    text: str, lines: Sequence[Line], number: int, numbered: frozenset[int]
) -> tuple[Bare, Span] | None:
    line = lines[number]
    words = line.of(text)
    if is_table_row(line, text):
        return None
    if line.hint is not None and line.hint.kind is LineKind.HEADING and len(words) <= 80:
        return Bare.LINE, Span(line.start, line.end)
    if number and goes_on(text, lines[number - 1], line):
        return None
    if is_salutation(words) or _DATE_OR_PERSON.match(words):
        return None
    following = lines[number + 1] if number + 1 < len(lines) else None
    leads = following is not None and (
        number + 1 in numbered
        or len(following.of(text)) >= _PARAGRAPH_MIN
        or (len(following.of(text)) >= _SENTENCE_MIN and following.of(text).endswith("。"))
    )
    if following is not None and goes_on(text, line, following):
        return _topic(text, line)
    if leads and len(words) <= _BARE_MAX:
        if _is_bare_title(words):
            return Bare.LINE, Span(line.start, line.end)
        if number + 1 not in numbered and _is_slogan(words):
            return Bare.SLOGAN, Span(line.start, line.end - 1)
    return _topic(text, line)


def _is_bare_title(words: str) -> bool:
    return (
        len(words) >= 2
        and not re.search(r"[。！？；：，,;:!?、]$|^[\d\W]+$", words)
        and not re.search(r"[。；]", words)
        and re.search(r"[\u4e00-\u9fff]{2}", words) is not None
    )


def _is_slogan(words: str) -> bool:
    return (
        words.endswith("。")
        and "。" not in words[:-1]
        and not re.search(r"\d", words)
        and not _NOT_A_TOPIC.match(words)
    )


def _topic(text: str, line: Line) -> tuple[Bare, Span] | None:
    """A run-in topic phrase (综合实力稳步提升。生产总值…) or dash item (——这五年，…。…)."""
    words = line.of(text)
    dash = _DASH.match(words)
    begin = dash.end() if dash else 0
    stop = _SENTENCE_END.search(words)
    if stop is None or stop.end() >= len(words) or len(words) - stop.end() < _PARAGRAPH_MIN:
        return None
    phrase = words[begin : stop.start()]
    longest = _DASH_TOPIC_MAX if begin else _TOPIC_MAX
    if not _TOPIC_MIN <= len(phrase) <= longest or words[stop.start()] != "。":
        return None
    if not begin and (_NOT_A_TOPIC.match(phrase) or re.search(r"\d|[：:“（]|，.*，", phrase)):
        return None
    return Bare.TOPIC, Span(line.start + begin, line.start + stop.start())


def hinted_level(hint: LineHint | None) -> int:
    """The outline level a file format's heading level stands for (1-5), 0 if it gives none."""
    return min(hint.level, 5) if hint is not None and hint.kind is LineKind.HEADING else 0
