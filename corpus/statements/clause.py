"""Which words of a sentence go with each of its figures?

A sentence of a report holds many: 甲类事项20项、乙类事项7项, 从71家、48家增加到107家、63家, 成交金额达到8.9亿元、增长4.4%.
A figure's words are those of its own piece; figures in a row are dealt out to the names in a row before them; a
piece that names nothing goes on with the subject of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.report import Span
from corpus.statements.lexicon import pattern, twin_words
from corpus.statements.quantities import Quantity

_COMMA: Final = "、"
_HAN: Final = re.compile(r"[\u3400-\u9fffA-Za-z]")
_BETWEEN: Final = re.compile(r"[、和及与\s]|以及")
_JOINTS: Final = re.compile(r"、|以及|和|及|与")
# Names in a row that only tell things of one kind apart are short.
_TELLING_APART: Final = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """A figure with its words; `span`s count in the sentence.

    `words`: what it counts, the figure left out; `clause`: the words between its pauses, with the subject it
    goes on with; `before`, `behind`: what stands between it and the next figures of its piece; `row_before`: the
    same before the first of a row of figures (分别压减11%、19%); `own`: the span of its clause; `whole`: what
    the sentence told of first, empty where this is it.
    """

    quantity: Quantity
    words: str
    clause: str
    before: str
    behind: str
    row_before: str
    own: Span
    whole: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence with figures in it, or a whole clause without."""

    start: int
    end: int
    clause: Span
    held: tuple[Quantity, ...]


def wordings(said: str, counted: Sequence[Quantity], lead: str = "") -> list[Wording]:
    """The figures of a sentence with their words; `lead`: what it is about if its first words don't say it."""
    if not counted:
        return []
    rows = _rows(said, counted)
    dealt = _dealt(said, rows)
    led = {each: row[0] for row in rows for each in row}
    made: list[Wording] = []
    subject, whole = lead, ""
    for piece in _pieces(said, counted):
        stopped = piece.start and pattern("sentence_stop").match(said, piece.start - 1)
        if stopped and not pattern("component").match(said, piece.start):
            whole = ""
        inner = said[piece.start : piece.end]
        own = _without(said, Span(piece.start, piece.end), piece.held)
        carried = not names_something(own) or bool(pattern("goes_on").search(own))
        words = f"{subject}{own}" if carried else own
        for each in piece.held:
            before, behind = _around(said, piece, each)
            row_before = _around(said, piece, led[each])[0] if led[each] in piece.held else before
            near = _near(piece, each, before, behind)
            if each in dealt:
                name = dealt[each]
            elif len(piece.held) == 1 or not names_something(near):
                name = words
            else:
                name = near
            clause = piece.clause.of(said)
            made.append(
                Wording(
                    quantity=each,
                    words=name,
                    clause=f"{subject}{clause}" if carried else clause,
                    before=before,
                    behind=behind,
                    row_before=row_before,
                    own=piece.clause,
                    whole="" if whole == subject and carried else whole,
                )
            )
        aside = not piece.held and pattern("aside").search(own)
        if not carried and not aside:
            subject = _subject(inner, piece)
            whole = whole or (subject if piece.held else "")
    return made


def _near(piece: _Piece, each: Quantity, before: str, behind: str) -> str:
    """The words on both sides of a figure; of 200个项目和1.5万名人员 those that stand behind each only."""
    if pattern("row_joint").search(behind):
        behind = pattern("row_joint").sub("", behind)
    elif (
        piece.held[0] is not each
        and pattern("row_joint").search(before)
        and names_something(behind)
    ):
        before = ""
    return f"{before}{behind}"


def names_something(words: str) -> bool:
    """Whether words say what is measured, and not only how much or since when."""
    return len(_HAN.findall(pattern("measuring").sub("", words))) > 1


def _pieces(said: str, counted: Sequence[Quantity]) -> list[_Piece]:
    """Clauses cut at 、 where figures stand on both sides; those without figures left out."""
    inside = [each.span for each in counted]

    def free(at: int) -> bool:
        return not any(span.start <= at < span.end for span in inside)

    pauses = [m.start() for m in pattern("pause").finditer(said) if free(m.start())]
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
            between = Span(each.about.end, held[index + 1].about.start)
            cut = said.find(_COMMA, between.start, between.end)
            if cut >= 0 and between.of(said).strip("、 ") != "":
                pieces.append(_Piece(start, cut, clause, tuple(group)))
                start, group = cut + 1, []
        pieces.append(_Piece(start, clause.end, clause, tuple(group)))
    return pieces


def _rows(said: str, counted: Sequence[Quantity]) -> list[list[Quantity]]:
    """Figures of one kind with nothing between them but 、 or 和."""
    rows: list[list[Quantity]] = []
    for each in counted:
        # 3.5%左右、7%左右: what bounds a figure parts no row.
        gap = said[rows[-1][-1].about.end : each.about.start] if rows else ""
        alike = bool(rows) and (rows[-1][-1].kind == each.kind or _apart(said, rows[-1][0]))
        if alike and gap and not _BETWEEN.sub("", gap):
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _apart(said: str, first: Quantity) -> bool:
    """Whether 分别 stands in the clause before a figure: what follows may be of several kinds."""
    return "分别" in pattern("pause").split(said[: first.span.start])[-1]


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
                _twins(said[previous_end:start], row)
                or names_before.get(len(row), [])
                or _names_of_rows(said, rows, row)
            )
        if len(names) >= len(row):
            names = names[-len(row) :]
            names_before[len(row)] = names
            # 东线、西线、北线道路: the last one's head and what is done belong to all.
            tail = said[previous_end:start]
            shared = tail[tail.rfind(names[-1]) + len(names[-1]) :] if names[-1] in tail else ""
            opened = pattern("shared_lead").match(names[0])
            lead = opened[0] if opened else ""
            closed = pattern("shared_tail").search(names[-1])
            for place, (each, name) in enumerate(zip(row, names, strict=True)):
                first, last = place == 0, place + 1 == len(names)
                rest = _head(name, names[-1]) or (closed[0] if closed and not last else "")
                dealt[each] = f"{'' if first else lead}{name}{rest}{shared}"
        previous_end = row[-1].span.end
    return dealt


def _twins(before: str, row: Sequence[Quantity]) -> list[str]:
    """城乡居民收入分别增长4%、6%: two names in one word, in that order."""
    clause = pattern("pause").split(before)[-1]
    if len(row) != 2 or "分别" not in clause:
        return []
    for word, names in twin_words():
        if word in clause:
            return [clause.replace(word, each, 1).strip() for each in names]
    return []


def _names_of_rows(
    said: str, rows: Sequence[Sequence[Quantity]], row: Sequence[Quantity]
) -> list[str]:
    """甲收入3元，乙收入4元，增长5%和6%: the names of the single figures right before a row without any."""
    number = next(n for n, each in enumerate(rows) if each is row)
    before = rows[max(0, number - len(row)) : number]
    starts = [0, *(each[-1].span.end for each in rows)][number - len(before) : number]
    if len(before) < len(row) or any(len(each) > 1 for each in before):
        return []
    between = pattern("pause").split(said[before[-1][-1].span.end : row[0].span.start])
    if any(names_something(each) and not pattern("aside").search(each) for each in between):
        return []
    names = [
        pattern("pause").split(said[start : each[0].span.start])[-1].strip()
        for start, each in zip(starts, before, strict=True)
    ]
    return names if all(names_something(name) for name in names) else []


def _head(name: str, last: str) -> str:
    """What the last name of a row says for all: 城镇、农村居民收入 are 城镇居民收入 and 农村居民收入."""
    rest = last[len(name) :]
    return rest if name != last and len(name) <= _TELLING_APART and len(rest) > 1 else ""


def _names(text: str) -> list[str]:
    """The names in a row at the end of a text, in order: those of its last clause with a 、 in it."""
    clauses = [each for each in pattern("pause").split(text) if each.strip()]
    for clause in reversed(clauses[-2:]):
        bare = pattern("component").sub("", clause)
        names = [each.strip() for each in _JOINTS.split(bare) if each.strip()]
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


def _subject(inner: str, piece: _Piece) -> str:
    """The words of a piece before its first figure, or all of them."""
    if not piece.held:
        return inner
    head = inner[: piece.held[0].span.start - piece.start]
    return head if names_something(head) else _without(inner, Span(0, len(inner)), ()).strip()
