"""Which section of one report is which of the other's?

Two outlines are aligned in three steps:

1. How alike are any two sections? By heading, by content, and by the sections they stand under.
   Figures, years and places of headings are masked, so that 2025年工作回顾 of one report is
   2024年工作回顾 of another.
2. Which pairs together are most alike? One assignment over all sections, by the Jonker-Volgenant
   method (Crouse, On implementing 2D rectangular assignment algorithms, IEEE TAES 52(4), 2016).
   Not level by level: reports skip levels, so that one report's （一） is another's 一是, and a
   section must be found under whatever heading it was moved to.
3. Again, now that it is known which parents are counterparts (as similarity flooding carries
   likeness along edges: Melnik, Garcia-Molina and Rahm, ICDE 2002, but in one round: outlines
   are shallow).

What was done and what is planned are never counterparts, however alike they are: 扩大内需 in the
review and 扩大内需 among next year's tasks are what a reader wants told apart.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from corpus.report import Metadata, Part, ReportKind, Section, Span
from indexer.tokenizer import tokenize
from indexer.types import ReportInfo
from search_api.comparing.marking import folded
from search_api.comparing.outline_types import OutlineComparison, Place, SectionPair
from search_api.comparing.similarity import Encode, FindPlaces
from search_api.engine import Engine
from search_api.errors import BadRequestError

Vectors = NDArray[np.float32]
# In 64 bits: sections that are equal must come out equal, whatever they are multiplied with.
Floats = NDArray[np.float64]

# Sections less alike than this are no counterparts. Read off the pairs that 10 provinces' reports
# make at a lower one: from .33 to .4 most are right, below .3 few are.
THRESHOLD: Final = 0.33
# What the likeness of two sections is made of; they sum to 1. Content weighs most: provinces write
# the same matter under other slogans. Parents only tip the scales: at .25 hardly anything was found
# that had moved, and counterparts of parents drew children together that have nothing in common.
_HEADING: Final = 0.4
_CONTENT: Final = 0.45
_PARENTS: Final = 0.15
# A section of this many characters has its content count half: a line or two says little by itself.
_HALF_TRUSTED: Final = 30
# Likeness of the places two sections stand at where one is at the top and one is not.
_OTHER_DEPTH: Final = 0.2
# Of sections that are alike to the last digit (一是 under each of two equal headings) those at like
# places in their reports belong together; too little to matter otherwise.
_PLACE_BONUS: Final = 1e-3
# Characters of a heading that are embedded: some are whole sentences, and their gist comes first.
_LONGEST_HEADING: Final = 24

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
# A five-year plan by its short name: 十 and 五 are the tenth plan, 十五 and 五 the fifteenth.
_FIVE_YEARS: Final = re.compile(
    r"[“\"']?([一二三四五六七八九十]{1,3})五[”\"']?(?=时期|规划|发展|收官|以来|$)"
)
_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?%?")
_OWN: Final = re.compile(r"(?:全|我|本)(?:自治区|自治州|省|市|县|区|州|旗|盟|国)")
_HERE: Final = "本地"
# Vectors shorter than this are what is left of 16-bit numbers that should cancel out.
_ROUNDING: Final = 1e-3
_NUMERALS: Final = {char: value for value, char in enumerate("零一二三四五六七八九十")}
# The first year of the nth five-year plan is 1951 + 5n, from the third plan on.
_BEFORE_FIRST_PLAN: Final = 1951


class Stance(StrEnum):
    """Whether a section tells what was done or what is planned."""

    DONE = "done"
    PLANNED = "planned"


# What the headings of a report's parts say of them, years and plans being masked. A heading with cues
# of both kinds says nothing.
_CUES: Final = {
    Stance.DONE: re.compile(r"回顾|成就|成绩|成效|总结|情况|过去|上年|上个五年"),
    Stance.PLANNED: re.compile(
        r"任务|目标|安排|打算|部署|重点工作|要求|考虑|规划|计划|思路|展望|下一?步|今后|今年|下个五年"
    ),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of one report, ready to be compared. All other fields have one entry a section.

    `parents`: the number of the section it stands under, always a smaller one; None at the top.
    `headings`: masked, see `masked_heading`. `heading_vectors`: `(n, dim)`, rows of unit
    length, or zero for no heading. `contents`: what a section says beyond the report's average,
    its subsections included, `(n, dim)`, rows of unit length, or zero where nothing is known.
    `words`: the words of the same text. `lengths`: its characters, the heading's own not counted.
    """

    report_id: str
    sections: tuple[Section, ...]
    parents: tuple[int | None, ...]
    headings: tuple[str, ...]
    stances: tuple[Stance | None, ...]
    heading_vectors: Floats
    contents: Floats
    words: tuple[Counter[str], ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Two sections, by their numbers, that are each other's counterpart."""

    left: int
    right: int
    similarity: float
    moved: bool = False


def compare_outlines(engine: Engine, left: str, right: str) -> OutlineComparison:
    """The outlines of two reports side by side: what is matched, moved, or in one of them only.

    Only sections of the body are compared. Annexes and glossaries are left out: they list terms
    and projects by the dozen, which would hide what the reports themselves say.
    Exchanging the reports gives the same pairs the other way round.
    Raises UnknownReportError; BadRequestError: one report twice, or one without sections.
    """
    one, other = engine.report(left), engine.report(right)
    if one.report_id == other.report_id:
        raise BadRequestError("right", f"{right!r} is the left report too: name another one")
    return compared(_outline_of(engine, one, "left"), _outline_of(engine, other, "right"))


def compared(left: Outline, right: Outline) -> OutlineComparison:
    """Two outlines side by side. Exchanging them gives the same pairs the other way round."""
    if left.report_id <= right.report_id:
        links = align(left, right)
    else:
        # Always the same way round, so that neither side is favoured where two choices are equal.
        found = align(right, left)
        links = [Link(each.right, each.left, each.similarity, each.moved) for each in found]
    pairs = in_order(left.sections, right.sections, links)
    return OutlineComparison(left.report_id, right.report_id, pairs)


def read_outline(
    report_id: str,
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Span],
    vectors: Vectors,
    metadata: Metadata,
    encode: Encode,
    places: FindPlaces,
) -> Outline:
    """The body's sections of a report, ready to be compared.

    `sentences` are all of the report's that have vectors, in order, `vectors` `(n, dim) float32`.
    `encode` gives the headings' vectors, of unit length; `places` finds names of places.
    """
    body = tuple(section for section in sections if section.part is Part.BODY)
    numbers = {section.section_id: number for number, section in enumerate(body)}
    parents = tuple(numbers.get(each.parent_id) if each.parent_id else None for each in body)
    year = metadata.year if metadata.kind is ReportKind.WORK_REPORT else None
    headings = tuple(masked_heading(each.heading, places, year) for each in body)
    return Outline(
        report_id=report_id,
        sections=body,
        parents=parents,
        headings=headings,
        stances=stances(headings, parents),
        heading_vectors=_heading_vectors(headings, encode),
        contents=_contents(body, sentences, vectors),
        words=tuple(
            Counter(word for word in tokenize(_content(text, each)) if not _FIGURE.match(word))
            for each in body
        ),
        lengths=tuple(len(_content(text, each)) for each in body),
    )


def masked_heading(heading: str, places: FindPlaces, year: int | None) -> str:
    """A heading without what differs between reports anyway: years, figures, names of places.

    With the `year` of a work report its own and later years become 今年, earlier ones 上年, and
    five-year plans likewise: 2025年工作回顾 and 2026年工作安排 differ by more than a figure.
    """
    spans = sorted(places(heading))
    parts: list[str] = []
    end = 0
    for span in spans:
        if span.start >= end:
            parts += (heading[end : span.start], _HERE)
            end = span.end
    masked = _OWN.sub(_HERE, folded("".join((*parts, heading[end:]))))
    masked = _FIVE_YEARS.sub(lambda found: _five_years(found[1], year), masked)
    masked = _YEAR.sub(lambda found: _year(int(found[1]), year), masked)
    return "".join(char for char in _FIGURE.sub("", masked) if char.isalnum())


def stances(headings: Sequence[str], parents: Sequence[int | None]) -> tuple[Stance | None, ...]:
    """Does each section tell what was done or what is planned? None where headings don't say.

    A section says what the one above it says. Where that is open its own heading tells, else the
    section before it: reports look back first and then ahead, and don't say so again each time.
    """
    found: list[Stance | None] = []
    newest: dict[int | None, Stance | None] = {}
    for heading, parent in zip(headings, parents, strict=True):
        above = found[parent] if parent is not None else None
        cues = [stance for stance, cue in _CUES.items() if cue.search(heading)]
        own = cues[0] if len(cues) == 1 else None
        stance = above or own or (newest.get(parent) if not cues else None)
        found.append(stance)
        newest[parent] = stance
    return tuple(found)


def align(left: Outline, right: Outline) -> list[Link]:
    """Which sections are counterparts, in the order of the left ones, and which of them moved."""
    own = _own_likeness(left, right)
    allowed = _allowed(left.stances, right.stances)
    alike = _with_parents(own, allowed, left.parents, right.parents, None)
    counterparts = assign(alike)
    alike = _with_parents(own, allowed, left.parents, right.parents, counterparts)
    counterparts = assign(alike)
    moved = moved_sections(counterparts, left.parents, right.parents)
    return [Link(i, j, min(1.0, float(alike[i, j])), i in moved) for i, j in counterparts.items()]


def assign(alike: Floats) -> dict[int, int]:
    """The pairs that together are most alike, each row and column in one at most.

    `alike` is `(n, m)`, 0..1. Pairs below the threshold are never made, nor do they count.
    """
    rows, columns = alike.shape
    place = (np.arange(rows) / rows)[:, None] - (np.arange(columns) / columns)[None, :]
    bonus = _PLACE_BONUS * (1 - place**2)
    worth = np.where(alike >= THRESHOLD, alike - THRESHOLD + bonus, 0.0)
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {int(i): int(j) for i, j in chosen if worth[i, j] > 0}


def moved_sections(
    counterparts: Mapping[int, int],
    left_parents: Sequence[int | None],
    right_parents: Sequence[int | None],
) -> set[int]:
    """The left sections whose counterpart stands under another section or in another order.

    Of siblings the most that are in the same order on both sides stay, the others moved.
    """
    moved: set[int] = set()
    families: dict[int | None, list[int]] = {}
    for i, j in sorted(counterparts.items()):
        ours, theirs = left_parents[i], right_parents[j]
        expected = None if ours is None else counterparts.get(ours)
        if (ours is None) != (theirs is None) or expected != theirs:
            moved.add(i)
        else:
            families.setdefault(ours, []).append(i)
    for family in families.values():
        staying = longest_rising([counterparts[i] for i in family])
        moved.update(i for place, i in enumerate(family) if place not in staying)
    return moved


def longest_rising(values: Sequence[int]) -> set[int]:
    """The places of a longest rising subsequence (patience sorting, Fredman 1975)."""
    tails: list[int] = []  # place of the smallest value that ends a subsequence of each length
    before: list[int | None] = []
    for place, value in enumerate(values):
        length = bisect_left(tails, value, key=lambda tail: values[tail])
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [place]
    found: set[int] = set()
    at = tails[-1] if tails else None
    while at is not None:
        found.add(at)
        at = before[at]
    return found


def in_order(
    left: Sequence[Section], right: Sequence[Section], links: Sequence[Link]
) -> tuple[SectionPair, ...]:
    """Every section in one pair: as the left report has them, the right one's own in between.

    A section only the right report has follows the pair of the right section before it.
    """
    by_left = {link.left: link for link in links}
    by_right = {link.right: link for link in links}
    # What follows each left section; None: what stands before all of them.
    following: dict[int | None, list[SectionPair]] = {}
    behind: int | None = None
    for number, section in enumerate(right):
        if number in by_right:
            behind = by_right[number].left
        else:
            alone = SectionPair(None, section, Place.RIGHT_ONLY, 0.0)
            following.setdefault(behind, []).append(alone)
    pairs = list(following.get(None, ()))
    for number, section in enumerate(left):
        link = by_left.get(number)
        if link is None:
            pairs.append(SectionPair(section, None, Place.LEFT_ONLY, 0.0))
        else:
            place = Place.MOVED if link.moved else Place.MATCHED
            pairs.append(SectionPair(section, right[link.right], place, link.similarity))
        pairs += following.get(number, ())
    return tuple(pairs)


def _outline_of(engine: Engine, info: ReportInfo, field: str) -> Outline:
    report_id = info.report_id
    passages = engine.passages(report_id)
    keys = [
        key for start, end in engine.index.keys_of([report_id]).ranges for key in range(start, end)
    ]
    spans: list[Span] = []
    vectors: list[Vectors] = []
    for passage, rows in zip(passages, engine.index.sentence_vectors(keys), strict=True):
        if len(rows):  # passages of headings only have none
            spans += passage.sentences
            vectors.append(rows)
    found = read_outline(
        report_id,
        engine.text(report_id),
        engine.outline(report_id),
        spans,
        np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32),
        info.metadata,
        engine.encoder.encode_passages,
        engine.places_in,
    )
    if not found.sections:
        raise BadRequestError(
            field, f"{report_id!r} has no sections to compare: name a report with headings"
        )
    return found


def _five_years(numeral: str, year: int | None) -> str:
    """What a five-year plan is to a report of a year: the last one, the next one, or neither."""
    number = sum(_NUMERALS[char] for char in numeral)
    first = _BEFORE_FIRST_PLAN + 5 * number
    if year is None or first <= year - 1 <= first + 3:
        return "五年"
    return "上个五年" if first < year else "下个五年"


def _year(year: int, own: int | None) -> str:
    if own is None:
        return ""
    return "今" if year >= own else "上"


def _content(text: str, section: Section) -> str:
    return text[section.heading_end : section.end]


def _heading_vectors(headings: Sequence[str], encode: Encode) -> Floats:
    distinct = list(dict.fromkeys(heading[:_LONGEST_HEADING] for heading in headings if heading))
    if not distinct:
        return np.zeros((len(headings), 0))
    encoded = encode(distinct).astype(np.float64)
    row = {heading: number for number, heading in enumerate(distinct)}
    rows = np.zeros((len(headings), encoded.shape[1]))
    for number, heading in enumerate(headings):
        if heading:
            rows[number] = encoded[row[heading[:_LONGEST_HEADING]]]
    return rows


def _contents(sections: Sequence[Section], sentences: Sequence[Span], vectors: Vectors) -> Floats:
    """Each section's mean sentence less the report's mean: `(n, dim)`, rows of unit length or zero.

    Sentences of one report all lie in one direction, that of its place and of officialese. Without
    it they tell subjects apart (Mu and Viswanath, All-but-the-Top, ICLR 2018).
    """
    starts = [sentence.start for sentence in sentences]
    sums = np.concatenate((np.zeros((1, vectors.shape[1])), np.cumsum(vectors, 0, np.float64)))
    rows = np.zeros((len(sections), vectors.shape[1]))
    for number, section in enumerate(sections):
        first, end = bisect_left(starts, section.start), bisect_left(starts, section.end)
        # A heading on its own line counts as heading already.
        while first < end and sentences[first].end <= section.heading_end + 1:
            first += 1
        if first < end:
            rows[number] = (sums[end] - sums[first]) / (end - first) - sums[-1] / len(sentences)
    return _unit(rows)


def _unit(rows: Floats) -> Floats:
    """Rows of unit length; those that are nothing but rounding become zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    known: Floats = rows / np.maximum(lengths, _ROUNDING) * (lengths > _ROUNDING)
    return known


def _own_likeness(left: Outline, right: Outline) -> Floats:
    """How alike heading and content of any two sections are: `(n, m)`, 0..1."""
    ours, theirs = _centred(left.heading_vectors, right.heading_vectors)
    heading = _mean_of_known(
        _shared(_pairs_of(left.headings), _pairs_of(right.headings)), _cosines(ours, theirs)
    )
    content = _mean_of_known(
        _shared(left.words, right.words), _cosines(left.contents, right.contents)
    )
    shorter = np.minimum.outer(np.array(left.lengths), np.array(right.lengths))
    of_heading = _HEADING * ~np.isnan(heading)
    of_content = _CONTENT * ~np.isnan(content) * shorter / (shorter + _HALF_TRUSTED)
    total = of_heading + of_content
    likeness = of_heading * np.nan_to_num(heading) + of_content * np.nan_to_num(content)
    # Two sections without heading and text are as alike as anyone can tell.
    own: Floats = np.divide(likeness, total, out=np.ones_like(total), where=total > 0)
    return own


def _with_parents(
    own: Floats,
    allowed: NDArray[np.bool_],
    left_parents: Sequence[int | None],
    right_parents: Sequence[int | None],
    counterparts: Mapping[int, int] | None,
) -> Floats:
    """The likeness of any two sections with that of what they stand under: `(n, m)`, 0..1.

    With `counterparts`, parents are alike if they are each other's, and count half if not.
    """
    top = np.array([parent is None for parent in right_parents], dtype=np.bool_)
    parents = np.array([parent or 0 for parent in right_parents], dtype=np.intp)
    alike = np.zeros_like(own)
    for i, parent in enumerate(left_parents):
        if parent is None:
            above = np.where(top, 1.0, _OTHER_DEPTH)
        else:
            above = alike[parent, parents]
            if counterparts is not None:
                above = np.where(parents == counterparts.get(parent, -1), 1.0, above / 2)
            above = np.where(top, _OTHER_DEPTH, above)
        alike[i] = np.where(allowed[i], (1 - _PARENTS) * own[i] + _PARENTS * above, 0.0)
    return alike


def _allowed(left: Sequence[Stance | None], right: Sequence[Stance | None]) -> NDArray[np.bool_]:
    """`(n, m)`: not one of them done and the other planned."""
    rows = [[one is other or one is None or other is None for other in right] for one in left]
    return np.array(rows, dtype=np.bool_)


def _shared(left: Sequence[Counter[str]], right: Sequence[Counter[str]]) -> Floats:
    """The share of words that two bags have in common, rare words counting more: `(n, m)`, 0..1.

    The cosine of tf-idf (Salton and Buckley 1988, logarithmic tf); NaN where a bag is empty.
    """
    bags = (*left, *right)
    usual = Counter(word for bag in bags for word in bag)
    columns = {word: column for column, word in enumerate(usual)}
    rows = np.zeros((len(bags), max(1, len(columns))))
    for row, bag in zip(rows, bags, strict=True):
        for word, count in bag.items():
            row[columns[word]] = (1 + math.log(count)) * math.log1p(len(bags) / usual[word])
    unit = _unit(rows)
    return _cosines(unit[: len(left)], unit[len(left) :])


def _pairs_of(headings: Sequence[str]) -> list[Counter[str]]:
    """The pairs of neighbouring characters of each heading: words, however they are cut."""
    return [
        Counter(heading[i : i + 2] for i in range(max(1, len(heading) - 1)) if heading)
        for heading in headings
    ]


def _centred(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Both without their common mean: short Chinese headings all have like vectors. Zero rows stay."""
    if left.shape[1] != right.shape[1]:  # one report has none
        return left, right
    both = np.concatenate((left, right))
    known = both.any(axis=1)
    if known.any():
        both[known] -= both[known].mean(axis=0)
    unit = _unit(both)
    return unit[: len(left)], unit[len(left) :]


def _cosines(left: Floats, right: Floats) -> Floats:
    """`(n, m)`, 0..1, of unit rows; NaN where either row is zero."""
    if left.shape[1] != right.shape[1]:  # one report has no vectors
        return np.full((len(left), len(right)), np.nan)
    cosines: Floats = np.clip(left @ right.T, 0.0, 1.0)
    cosines[~left.any(axis=1)] = np.nan
    cosines[:, ~right.any(axis=1)] = np.nan
    return cosines


def _mean_of_known(one: Floats, other: Floats) -> Floats:
    """The mean of both, or the one that is known, or NaN."""
    mean = (one + other) / 2
    return np.where(np.isnan(one), other, np.where(np.isnan(other), one, mean))
