"""How much of what sentences state does the system read, and is it right field by field?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.report import Span
from corpus.statements.quantities import unit_named
from corpus.statements.statement import Aspect, Bound, Period, Scope, Statement
from eval.judgements.statements import JudgedSentence, JudgedStatement

FIELDS: Final = ("value", "unit", "bound", "what", "aspect", "period", "sense", "scope")
# Beside the fields: whether what is labelled is named at all, whatever else is.
NAMED: Final = "named"
# Of the labelled words this much must be there.
_ENOUGH: Final = 0.8
# So many other characters, or as many as the labelled ones, may stand beside them: an adverb, a verb.
_BESIDE: Final = 6
# What stands beside a name and names nothing: when, where as a whole, what became of it.
_FILLER: Final = re.compile(
    r"全[年市县区省州国]|[今去上当本]年|比上年末?|较上年|同比|年末|其中|累计|分别|平均|"
    r"增长|下降|提高|降低|增加|减少|上升|上涨|达到?|完成|实现|新增|新建|建成|突破|超过?|预计|安排|"
    r"(?:调整)?预算数|决算数|执行数|绝对数|[\W\d_]"
)


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that went wrong at a figure. `field`: one of FIELDS, `missed` or `made up`."""

    group: str
    report_id: str
    figure: Span  # in the report's text
    field: str
    labelled: str = ""
    given: str = ""


@dataclass(slots=True)
class Tally:
    """Counts over judged sentences. `right`: by field, of the matched ones; `whole`: records right in all."""

    sentences: int = 0
    labelled: int = 0
    matched: int = 0
    made_up: int = 0
    whole: int = 0
    right: Counter[str] = field(default_factory=Counter)

    @property
    def missed(self) -> int:
        """How many labelled statements have no counterpart."""
        return self.labelled - self.matched

    def add(self, other: Tally) -> None:
        """Count the other's too."""
        self.sentences += other.sentences
        self.labelled += other.labelled
        self.matched += other.matched
        self.made_up += other.made_up
        self.whole += other.whole
        self.right.update(other.right)


def measure_sentence(
    text: str, gold: JudgedSentence, given: Iterable[Statement]
) -> tuple[Tally, list[Miss]]:
    """Compare what a sentence of the report `text` states with what the system reads in it.

    `given` may be the whole report's. Two statements are the same if their figures overlap. Right is
    what equals one of the alternatives; `aspect` with its sign. Of the scopes only of_which and
    own_level are asked for: that something is urban or rural the words say.

    `what` is right if at least four fifths of the characters of one alternative are among those of the
    system's words (for a component with the whole it is of), and the others there, filler like 全年 and 增长
    left out, are no more than six or than the alternative has: hardly a second thing's name. The first half
    alone is counted as NAMED.
    """
    inside = [each for each in given if gold.span.start <= each.quantity.span.start < gold.span.end]
    tally, misses = Tally(sentences=1), []
    pairs = _pairs(gold, inside)
    for index, judged in enumerate(gold.statements):
        if judged.optional:
            continue
        tally.labelled += 1
        place = _moved(judged.figure, gold.span.start)
        if index not in pairs:
            misses.append(Miss(gold.group, gold.report_id, place, "missed"))
            continue
        wrong = _wrong(text, gold.span.start, judged, pairs[index])
        tally.matched += 1
        tally.whole += not wrong
        tally.right.update(set(FIELDS) - wrong.keys())
        words = _words(pairs[index])
        names = _names(text, gold.span.start, judged)
        tally.right[NAMED] += any(names_at_all(name, words) for name in names)
        misses += [
            Miss(gold.group, gold.report_id, place, name, *wrong[name])
            for name in FIELDS
            if name in wrong
        ]
    paired = {id(each) for each in pairs.values()}
    for each in inside:
        if id(each) not in paired:
            tally.made_up += 1
            made = Miss(gold.group, gold.report_id, each.quantity.span, "made up", given=each.words)
            misses.append(made)
    return tally, misses


def names_at_all(labelled: str, words: str) -> bool:
    """Whether words name what was labelled (see `measure_sentence`)."""
    wanted, there = _characters(labelled), _characters(words)
    return (wanted & there).total() >= _ENOUGH * wanted.total()


def names_it(labelled: str, words: str) -> bool:
    """Whether words name what was labelled and hardly anything else (see `measure_sentence`)."""
    if not names_at_all(labelled, words):
        return False
    wanted = _characters(labelled)
    beside = Counter(_FILLER.sub("", words)) - wanted
    return beside.total() <= max(_BESIDE, wanted.total())


def period_text(period: Period | None) -> str:
    """A period as judgements write it."""
    if period is None:
        return "?"
    years = f"{period.first}-{period.last}" if period.several else str(period.first)
    return f"{'@' if period.point else ''}{years}{period.part}"


def _pairs(gold: JudgedSentence, given: Sequence[Statement]) -> dict[int, Statement]:
    """The system's statement of each labelled one's index, those that overlap most first."""
    overlaps = sorted(
        (
            (-size, index, number)
            for index, judged in enumerate(gold.statements)
            for number, each in enumerate(given)
            if (size := _overlap(_moved(judged.figure, gold.span.start), each.quantity.span)) > 0
        ),
    )
    pairs: dict[int, Statement] = {}
    used: set[int] = set()
    for _, index, number in overlaps:
        if index not in pairs and number not in used:
            pairs[index] = given[number]
            used.add(number)
    return pairs


def _wrong(
    text: str, start: int, judged: JudgedStatement, given: Statement
) -> dict[str, tuple[str, str]]:
    """The fields that are wrong, with what was labelled and what was given."""
    quantity = given.quantity
    said = {
        "unit": quantity.unit,
        "bound": (Bound.EXACT if given.bound is Bound.RANGE else given.bound).value,
        "aspect": _aspect(given),
        "period": period_text(given.period),
        "sense": given.sense.value if given.sense else "?",
        "scope": "/".join(sorted(_scopes(given))),
    }
    labels = {**judged.listed, "unit": tuple(_unit(each) for each in judged.listed["unit"])}
    wrong = {
        name: (" | ".join(labels[name]), value)
        for name, value in said.items()
        if name != "scope" and value not in labels[name]
    }
    wanted = {each if each in ("of_which", "own_level") else "whole" for each in labels["scope"]}
    if not wanted & _scopes(given):
        wrong["scope"] = " | ".join(labels["scope"]), said["scope"]
    if (quantity.low, quantity.high) not in judged.values:
        lows = " | ".join(f"{low:f}" for low, _ in judged.values)
        wrong["value"] = lows, f"{quantity.low:f}"
    words, names = _words(given), _names(text, start, judged)
    if not any(names_it(name, words) for name in names):
        wrong["what"] = " | ".join(names), words
    return wrong


def _words(given: Statement) -> str:
    return f"{given.whole} {given.words}" if given.component else given.words


def _names(text: str, start: int, judged: JudgedStatement) -> list[str]:
    """The alternatives of what a figure measures, in words."""
    return [" ".join(_moved(piece, start).of(text) for piece in pieces) for pieces in judged.what]


def _characters(words: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", words))


def _aspect(given: Statement) -> str:
    signed = given.aspect in (Aspect.CHANGE, Aspect.DIFFERENCE)
    return given.aspect.value + ("-0+"[given.sign + 1] if signed else "")


def _scopes(given: Statement) -> set[str]:
    """Both may hold: a part of the government's own."""
    own = {"own_level"} if given.scope is Scope.OWN_LEVEL else set()
    return own | ({"of_which"} if given.component else set()) or {"whole"}


def _unit(written: str) -> str:
    """Its usual name, so that another spelling is no error."""
    return unit_named(written)[1] if written else ""


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _overlap(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
