"""Which lists does a sentence hold? Names in a row: 东岭新城、西岭新城、南岭新城.

Where a row begins and ends is not marked: 推动 stands before the first name, 开发提速 behind the last.
The names in the middle show how long a name is; the words' kinds show where one can begin.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from corpus.report import Span
from indexer.tokenizer import tagged

_PAUSE: Final = re.compile(r"[，,；;：:。！？!?\n—]")
_COMMA: Final = "、"
_LAST: Final = re.compile(r"以及|和|及|与")
_OPEN: Final = "（(《“‘「『【["
_CLOSE: Final = "）)》”’」』】]"
_QUOTED: Final = re.compile(r"[“‘「《][^”’」》]{1,20}[”’」》]")
# Kinds of words that no name begins after or ends before: verbs, prepositions, adverbs, particles.
_BEFORE_NAME: Final = frozenset(("v", "p", "d", "c", "u", "ul", "uj", "r", "vd", "vi", "t"))
_AFTER_NAME: Final = frozenset(("v", "u", "uj", "ul", "d", "p", "c", "r", "vd", "vi"))
# No name begins or ends with a particle (了, 的, 着); a preposition or conjunction before the first name is
# not part of it.
_PARTICLES: Final = frozenset(("u", "ud", "ug", "uj", "ul", "uv", "uz", "y"))
_JOINING: Final = _PARTICLES | {"p", "c"}
_WITHIN: Final = frozenset("中上里内间")
# What a verb must follow: 不可持续 is not cut behind 不可.
_MODAL: Final = frozenset(
    ("可", "不可", "能", "不能", "会", "要", "应", "须", "必须", "应当", "可以")
)
_LEADING: Final = frozenset((
    "时期", "期间", "包括", "分别", "即", "是", "指", "如", "有", "为", "对", "在", "以", "将", "把", "让", "使",
    "由", "推动", "新增", "其中", "重点", "主要", "等",
))  # fmt: skip
# Where a row of names is summed up: 等, 三条, 四个节点城镇, 3家.
_SUM: Final = re.compile(
    r"(?:等|[两二三四五六七八九十\d]+(?:[个家座条大类种项市县盟州省区块支张名位处所城地村镇只]|多))"
)
_EDGE: Final = " \t\n、，,。；;：:"
LONGEST_NAME: Final = 40
# What speaks for an edge there, in shares of a name's usual length: a verb or the like beside it, an
# ending that the other names have; and against it: no verb.
_VERB: Final = 0.5
_NO_VERB: Final = 0.6
_ALIKE: Final = 1.5
# How long a name is if only the last one, with what follows it, could tell.
_USUAL: Final = 6
# Clauses in a row are a list when they begin with as many like characters; what stands before them
# says what of, as far back.
_ALIKE_START: Final = 2
_LEAD: Final = 30
_HAN: Final = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Names in a row; spans are offsets into the report's text.

    `clause` are the words between the pauses around it, `lead` the clause before that, `tail` what
    follows the last name in its clause (三条古道保护).
    """

    items: tuple[Span, ...]
    names: tuple[str, ...]
    sentence: Span
    clause: str
    lead: str
    tail: str = ""


def enumerations(sentence: str, start: int = 0) -> list[Enumeration]:
    """The rows of names of a sentence that begins at `start` of a report's text."""
    found: list[Enumeration] = []
    lead = ""
    for clause in _clauses(sentence):
        for row in _rows(sentence, clause):
            names = tuple(each.of(sentence) for each in row)
            items = tuple(Span(each.start + start, each.end + start) for each in row)
            where = Span(start, start + len(sentence))
            tail = sentence[row[-1].end : clause.end]
            found.append(Enumeration(items, names, where, clause.of(sentence), lead, tail))
        lead = clause.of(sentence)
    found += _parallels(sentence, start)
    return found


def _parallels(sentence: str, start: int) -> list[Enumeration]:
    """Clauses one after another that begin alike: 必须把发展…，必须把生态…，必须把民生…."""
    clauses = [_stripped(sentence, each) for each in _clauses(sentence)]
    found: list[Enumeration] = []
    where = Span(start, start + len(sentence))
    for alike, group in groupby(clauses, key=lambda each: each.of(sentence)[:_ALIKE_START]):
        row = list(group)
        if len(row) > 1 and len(alike) == _ALIKE_START and _HAN.match(alike):
            before = sentence[: row[0].start]
            found.append(
                Enumeration(
                    items=tuple(Span(each.start + start, each.end + start) for each in row),
                    names=tuple(each.of(sentence) for each in row),
                    sentence=where,
                    clause=sentence[row[0].start : row[-1].end],
                    lead=before[-_LEAD:],
                )
            )
    return found


def _depths(text: str) -> list[int]:
    depth = 0
    depths: list[int] = []
    for char in text:
        if char in _CLOSE:
            depth = max(0, depth - 1)
        depths.append(depth)
        if char in _OPEN:
            depth += 1
    return depths


def _clauses(sentence: str) -> Iterator[Span]:
    depths = _depths(sentence)
    cuts = [m.start() for m in _PAUSE.finditer(sentence) if depths[m.start()] == 0]
    for before, behind in pairwise([-1, *cuts, len(sentence)]):
        if sentence[before + 1 : behind].strip():
            yield Span(before + 1, behind)


def _rows(sentence: str, clause: Span) -> list[list[Span]]:
    """The rows of a clause: its pieces between 、, the outer two trimmed to names."""
    depths = _depths(sentence)
    cuts = [
        at for at in range(clause.start, clause.end) if sentence[at] == _COMMA and depths[at] == 0
    ]
    pieces = [
        Span(before + 1, behind)
        for before, behind in pairwise([clause.start - 1, *cuts, clause.end])
    ]
    pieces = [_stripped(sentence, each) for each in pieces]
    pieces = [each for each in pieces if len(each)]
    quoted = _quoted_row(sentence, clause, pieces)
    if quoted:
        return [quoted]
    rows: list[list[Span]] = []
    for group in _groups(sentence, pieces):
        joined = _split_last(sentence, group)
        if len(joined) < 2:
            continue
        inner = [len(each) for each in joined[1:-1]]
        usual = median(inner) if inner else None
        others = [each.of(sentence) for each in joined[1:]]
        first = _first(sentence, joined[0], usual, others)
        endings = {each.of(sentence)[-1] for each in joined[:-1]}
        last = _last(sentence, joined[-1], usual, len(first), endings)
        row = [first, *joined[1:-1], last]
        if all(0 < len(each) <= LONGEST_NAME for each in row) and not any(
            _is_cut(each.of(sentence)) for each in row
        ):
            rows.append(row)
    return rows


def _is_cut(name: str) -> bool:
    """Whether it begins or ends as no name does: a piece of a sentence (了在就业, 是必要的, 社会生活中)."""
    words = list(tagged(name))
    if not words:
        return False
    last, kind = words[-1]
    return words[0][1] in _PARTICLES or kind in _PARTICLES or (kind == "f" and last in _WITHIN)


def _groups(sentence: str, pieces: Sequence[Span]) -> list[list[Span]]:
    """The pieces, a new group where one in the middle sums up its row (霜溪四个节点城镇)."""
    groups: list[list[Span]] = [[]]
    for piece in pieces:
        groups[-1].append(piece)
        if piece is not pieces[-1] and _SUM.search(sentence, piece.start + 2, piece.end):
            groups.append([])
    return [group for group in groups if group]


def _quoted_row(sentence: str, clause: Span, pieces: Sequence[Span]) -> list[Span]:
    """Names in quotation marks one after another: “A”“B”“C”."""
    marks = list(_QUOTED.finditer(sentence, clause.start, clause.end))
    row: list[Span] = []
    best: list[Span] = []
    for mark in marks:
        gap = sentence[row[-1].end : mark.start()] if row else ""
        if row and gap.strip("、和及与 ") == "":
            row.append(Span(*mark.span()))
        else:
            row = [Span(*mark.span())]
        if len(row) > len(best):
            best = list(row)
    return best if len(best) > 1 and len(best) >= len(pieces) else []


def _split_last(sentence: str, pieces: list[Span]) -> list[Span]:
    """The last piece cut at 和 where that joins the last name to the others."""
    *others, last = pieces
    depths = _depths(sentence)
    for joint in _LAST.finditer(sentence, last.start + 1, last.end - 1):
        if depths[joint.start()] != 0:
            continue
        left, right = Span(last.start, joint.start()), Span(joint.end(), last.end)
        usual = median([len(each) for each in others]) if others else len(right)
        if len(left) <= 2 * usual + 4:
            return [*others, _stripped(sentence, left), _stripped(sentence, right)]
    return pieces


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _first(sentence: str, piece: Span, usual: float | None, others: Sequence[str]) -> Span:
    """The end of a piece that is a name: it begins after a verb, about as long as the others.

    A verb that the others have too belongs to the names (县城新增人口, 新增旅居人口).
    """
    wanted = usual if usual is not None else min(len(others[-1]), _USUAL)
    best, best_cost = piece.start, _length_cost(len(piece), wanted)
    at = piece.start
    depth = 0
    for word, kind in tagged(piece.of(sentence)):
        at += len(word)
        depth += sum(c in _OPEN for c in word) - sum(c in _CLOSE for c in word)
        if at >= piece.end:
            break
        if sentence[at] in _OPEN[:4]:
            continue  # 东区（含甲街）: the bracket belongs to what stands before it
        if any(word in other for other in others):
            break
        verb = kind in _BEFORE_NAME or word in _LEADING
        cost = _length_cost(piece.end - at, wanted) - (_VERB if verb else -_NO_VERB)
        if depth == 0 and cost < best_cost:
            best, best_cost = at, cost
    return _unquoted(sentence, _after_joining(sentence, Span(best, piece.end), others))


def _after_joining(sentence: str, piece: Span, others: Sequence[str]) -> Span:
    """Without the particles and prepositions it begins with, unless other names begin with them too."""
    start = piece.start
    for word, kind in tagged(piece.of(sentence)):
        if kind not in _JOINING or any(other.startswith(word) for other in others):
            break
        start += len(word)
    return _stripped(sentence, Span(start, piece.end)) if start < piece.end else piece


def _last(
    sentence: str, piece: Span, usual: float | None, other: int, endings: Collection[str]
) -> Span:
    """The beginning of a piece that is a name: it ends before 等, a number or a verb.

    `endings`: the last characters of the other names; names in a row often end alike (城, 县).
    """
    wanted = usual if usual is not None else other
    best, best_cost = piece.end, _length_cost(len(piece), wanted)
    at = piece.start
    depth = 0
    before = ""
    for word, kind in tagged(piece.of(sentence)):
        summed = _SUM.match(sentence, at, piece.end) is not None
        if at > piece.start and depth == 0:
            if summed:
                return _unquoted(sentence, Span(piece.start, at))
            cost = _length_cost(at - piece.start, wanted)
            cost -= _VERB if kind in _AFTER_NAME else -_NO_VERB
            if len(endings) == 1 and sentence[at - 1] in endings:
                cost -= _ALIKE
            if cost < best_cost and before not in _MODAL:
                best, best_cost = at, cost
        depth += sum(c in _OPEN for c in word) - sum(c in _CLOSE for c in word)
        at += len(word)
        before = word
    if len(endings) == 1 and sentence[piece.end - 1] in endings:
        return _unquoted(sentence, piece)
    return _unquoted(sentence, Span(piece.start, best))


def _length_cost(length: int, wanted: float) -> float:
    return abs(length - wanted) / max(2.0, wanted)


def _unquoted(sentence: str, span: Span) -> Span:
    """Without a bracket that is opened or closed outside of it."""
    said = span.of(sentence)
    start, end = span.start, span.end
    if said and said[0] in _CLOSE:
        start += 1
    if said and said[-1] in _OPEN:
        end -= 1
    return _stripped(sentence, Span(start, max(start, end)))
