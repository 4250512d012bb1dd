"""Which figures does a sentence state, and of what? Each with the words that say what it counts.

A sentence of a report holds many: 甲类事项20项、乙类事项7项, 从71家、48家增加到107家、63家,
成交金额达到8.9亿元、增长4.4%. A figure's words are those of its own piece; figures in a row are
dealt out to the names in a row before them; a piece that names nothing goes on with the subject of
the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from corpus.report import Span
from corpus.statements.quantities import DATE, Quantity, half_width, quantities

_PAUSE: Final = re.compile(r"[，,；;：:。！？!?\n]")
_COMMA: Final = "、"
# Words that say how much or since when, not of what.
_MEASURING: Final = re.compile(
    r"同比|环比|实际|名义|可比价|不变价|比上年|较上年|上年|去年|今年|分别|年均|累计|共计|总计|合计|一共|其中|达到?|突破|超过?|约|近|逾|增长|增加|增速|增幅"
    r"|下降|减少|降低|提高|提升|上升|回落|实现|完成|为|到|至|从|由|比|较|高于|低于|全国|平均|水平|居|位居|排名|列|第|了|的|以上|左右|和|与|也|均|都|再|又|新"
)
_CHANGE: Final = re.compile(
    r"(?:增长|增加|增产|增收|多增|减产|减收|(?<!新)增|提高|提升|上升|涨|下降|减少|降低|压减|降|减|回落|收窄|扩大|缩短|高于|低于|高出|压缩)(?:了|约|超过?|近|逾|幅度?[为达]?|\s|以上)*\Z"
)
# 增速达到5% is a change, whatever it came to.
_PACE: Final = re.compile(r"(?:增速|增幅|涨幅|降幅|增长率)[^，,；;、。]{0,8}\Z")
_ORIGIN: Final = re.compile(r"(?:从|由|自|原来的?|原有)[^，,；;。]*\Z")
_REACHED: Final = re.compile(r"(?:到|至|达到?|为|成)\Z")
# What something had come to: 增至3.5万家, 突破2%, 达到60%.
_CAME_TO: Final = re.compile(r"(?:[到至达]|达到|突破|超过?|迈上|跨越)了?(?:约|近|超过?)?\Z")
_PASSED: Final = re.compile(r"(?:突破|超过?|迈上|跨越|跨过|站上)了?\Z")
_THEN: Final = re.compile(r"(?:大关|关口|台阶|以上)?[、，,]?(?:达到?|为|升至|增至|增加到)")
_HAN: Final = re.compile(r"[\u3400-\u9fffA-Za-z]")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# Percentage points only ever tell how far two percentages are apart.
_POINTS: Final = "个百分点"
_BETWEEN: Final = re.compile(r"[、和及与\s]|以及")
_JOINTS: Final = re.compile(r"、|以及|和|及|与")


# Sentences whose figures are kept: those of the last few reports, which are asked in several ways. A sentence
# of five figures has some 4 KB.
SENTENCES_KEPT: Final = 2_048


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence; spans are offsets into the report's text.

    `words`: what it counts, the figure left out; `clause`: all words between its pauses; `change`: it
    says by how much something changed; `came_to`: what something had come to by then;
    `origin`: it is what something came from (从48家); `passed`: a mark that was passed on the way to
    the figure that is told next (突破30亿元、达到32亿元); `year`: named right before it in the
    sentence, 0 if none.
    """

    quantity: Quantity
    sentence: Span
    words: str
    clause: str
    change: bool
    came_to: bool
    origin: bool
    passed: bool
    year: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence with figures in it, or a whole clause without."""

    start: int
    end: int
    clause: Span
    held: tuple[Quantity, ...]


def figures(sentence: str, start: int = 0, lead: str = "", *, dates: bool = False) -> list[Figure]:
    """The figures of a sentence that begins at `start` of a report's text; its dates, if asked for.

    `lead` is what the sentence is about if its first words don't say it (a heading).
    """
    return list(_figures(sentence, start, lead, dates))


@lru_cache(maxsize=SENTENCES_KEPT)
def _figures(sentence: str, start: int, lead: str, dates: bool) -> tuple[Figure, ...]:
    said = half_width(sentence)
    found = quantities(said)
    counted = [each for each in found if (each.kind == DATE) == dates]
    if not counted:
        return ()
    rows = _rows(said, counted)
    dealt = _dealt(said, rows)
    led = {each: row[0] for row in rows for each in row}
    made: list[Figure] = []
    subject = lead
    for piece in _pieces(said, counted):
        inner = said[piece.start : piece.end]
        own = _without(said, Span(piece.start, piece.end), piece.held)
        carried = not _names_something(own)
        words = f"{subject}{own}" if carried else own
        for each in piece.held:
            before, after = _around(said, piece, each)
            # 分别压减11%、19%: what is said before the first of a row is said of all.
            said_before = _around(said, piece, led[each])[0] if led[each] in piece.held else before
            change = bool(_CHANGE.search(said_before)) and not _REACHED.search(said_before)
            change = change or bool(_PACE.search(said_before)) or each.unit == _POINTS
            near = f"{before}{after}"
            if each in dealt:
                name = dealt[each]
            elif len(piece.held) == 1 or not _names_something(near):
                name = words
            else:
                name = near
            made.append(
                Figure(
                    quantity=_moved(each, start),
                    sentence=Span(start, start + len(sentence)),
                    words=name,
                    clause=f"{subject}{piece.clause.of(said)}"
                    if carried
                    else piece.clause.of(said),
                    change=change,
                    came_to=bool(_CAME_TO.search(said_before)),
                    origin=_is_origin(said, piece, each),
                    passed=_is_passed(said, each, counted),
                    year=_year_before(said, each.span.start),
                )
            )
        if not carried:
            subject = _subject(inner, piece)
    return tuple(made)


def _pieces(said: str, counted: Sequence[Quantity]) -> list[_Piece]:
    """Clauses cut at 、 where figures stand on both sides; those without figures left out."""
    inside = [each.span for each in counted]

    def free(at: int) -> bool:
        return not any(span.start <= at < span.end for span in inside)

    pauses = [m.start() for m in _PAUSE.finditer(said) if free(m.start())]
    bounds = [-1, *pauses, len(said)]
    pieces: list[_Piece] = []
    for before, behind in pairwise(bounds):
        clause = Span(before + 1, behind)
        held = [q for q in counted if clause.start <= q.span.start < clause.end]
        if not held:
            if clause:
                pieces.append(_Piece(clause.start, clause.end, clause, ()))
            continue
        start = clause.start
        group: list[Quantity] = []
        for index, each in enumerate(held):
            group.append(each)
            if index + 1 == len(held):
                break
            cut = said.find(_COMMA, each.span.end, held[index + 1].span.start)
            if cut >= 0 and said[each.span.end : held[index + 1].span.start].strip("、 ") != "":
                pieces.append(_Piece(start, cut, clause, tuple(group)))
                start, group = cut + 1, []
        pieces.append(_Piece(start, clause.end, clause, tuple(group)))
    return pieces


def _rows(said: str, counted: Sequence[Quantity]) -> list[list[Quantity]]:
    """Figures of one kind with nothing between them but 、 or 和."""
    rows: list[list[Quantity]] = []
    for each in counted:
        gap = said[rows[-1][-1].span.end : each.span.start] if rows else ""
        if rows and gap and not _BETWEEN.sub("", gap) and rows[-1][-1].kind == each.kind:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _dealt(said: str, rows: Sequence[Sequence[Quantity]]) -> dict[Quantity, str]:
    """Figures in a row, each with its name of the row of names before them."""
    dealt: dict[Quantity, str] = {}
    names_before: dict[int, list[str]] = {}
    previous_end = 0
    for row in rows:
        if len(row) < 2:
            previous_end = row[-1].span.end
            continue
        start = row[0].span.start
        names = _names(said[previous_end:start])
        if len(names) < len(row):
            # 从71家、48家增加到107家、63家: the second row goes with the same names.
            names = (
                names_before.get(len(row), [])
                or _names_of_rows(said, rows, row)
                or _town_and_country(said[previous_end:start], row)
            )
        if len(names) >= len(row):
            names = names[-len(row) :]
            names_before[len(row)] = names
            # 东线、西线、北线道路: the last one's head and what is done belong to all.
            tail = said[previous_end:start]
            shared = tail[tail.rfind(names[-1]) + len(names[-1]) :] if names[-1] in tail else ""
            for each, name in zip(row, names, strict=True):
                dealt[each] = name + _head(name, names[-1]) + shared
        previous_end = row[-1].span.end
    return dealt


def _town_and_country(before: str, row: Sequence[Quantity]) -> list[str]:
    """城乡居民收入分别增长4%、6%: two names in one word, in that order."""
    clause = _PAUSE.split(before)[-1]
    if len(row) != 2 or "城乡" not in clause or "分别" not in clause:
        return []
    return [clause.replace("城乡", each, 1).strip() for each in ("城镇", "农村")]


def _names_of_rows(
    said: str, rows: Sequence[Sequence[Quantity]], row: Sequence[Quantity]
) -> list[str]:
    """甲收入3元，乙收入4元，增长5%和6%: the names of the single figures right before a row without any."""
    number = next(n for n, each in enumerate(rows) if each is row)
    before = rows[max(0, number - len(row)) : number]
    starts = [0, *(each[-1].span.end for each in rows)][number - len(before) : number]
    if len(before) < len(row) or any(len(each) > 1 for each in before):
        return []
    if _names_something(said[before[-1][-1].span.end : row[0].span.start]):
        return []
    names = [
        _PAUSE.split(said[start : each[0].span.start])[-1].strip()
        for start, each in zip(starts, before, strict=True)
    ]
    return names if all(_names_something(name) for name in names) else []


def _head(name: str, last: str) -> str:
    """What the last name of a row says for all: 城镇、农村居民收入 are 城镇居民收入 and 农村居民收入.

    Names that only tell things of one kind apart are short and as long as each other.
    """
    rest = last[len(name) :]
    return rest if name != last and len(name) <= _TELLING_APART and len(rest) > 1 else ""


_TELLING_APART: Final = 4


def _names(text: str) -> list[str]:
    """The names in a row at the end of a text, in order: those of its last clause with a 、 in it."""
    clauses = [each for each in _PAUSE.split(text) if each.strip()]
    for clause in reversed(clauses[-2:]):
        names = [each.strip() for each in _JOINTS.split(clause) if each.strip()]
        if len(names) > 1:
            return names
    return []


def _without(said: str, inner: Span, held: Sequence[Quantity]) -> str:
    kept: list[str] = []
    at = inner.start
    for each in held:
        kept.append(said[at : max(at, each.about.start)])
        at = each.about.end
    kept.append(said[at : inner.end])
    return "".join(kept).strip("、 ")


def _around(said: str, piece: _Piece, each: Quantity) -> tuple[str, str]:
    index = piece.held.index(each)
    start = piece.held[index - 1].span.end if index else piece.start
    end = piece.held[index + 1].span.start if index + 1 < len(piece.held) else piece.end
    return said[start : each.span.start], said[each.span.end : end]


def _names_something(words: str) -> bool:
    return len(_HAN.findall(_MEASURING.sub("", words))) > 1


def _subject(inner: str, piece: _Piece) -> str:
    """The words of a piece before its first figure, or all of them."""
    if not piece.held:
        return inner
    head = inner[: piece.held[0].span.start - piece.start]
    return head if _names_something(head) else _without(inner, Span(0, len(inner)), ()).strip()


def _is_origin(said: str, piece: _Piece, each: Quantity) -> bool:
    """Whether it is what a later figure of the clause came from: 从…, and 到 or 至 behind it."""
    before = said[piece.clause.start : each.span.start]
    behind = said[each.span.end : piece.clause.end]
    return bool(_ORIGIN.search(before)) and bool(re.search(r"[到至为]", behind))


def _is_passed(said: str, each: Quantity, counted: Sequence[Quantity]) -> bool:
    """Whether 突破 or 超过 stands before it and 达到 with a figure of its kind right behind it."""
    if not _PASSED.search(said[: each.span.start]):
        return False
    index = counted.index(each)
    if index + 1 == len(counted) or counted[index + 1].kind != each.kind:
        return False
    between = said[each.span.end : counted[index + 1].span.start]
    return _THEN.fullmatch(between) is not None


def _year_before(said: str, at: int) -> int:
    years = _YEAR.findall(said[:at])
    return int(years[-1]) if years else 0


def _moved(quantity: Quantity, by: int) -> Quantity:
    def move(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return Quantity(
        move(quantity.span),
        move(quantity.about),
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.kind,
        quantity.arabic,
    )
