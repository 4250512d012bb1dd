"""Where are the figures of a text, and what is their value, unit and kind?

Arabic and Chinese numerals and mixtures (1亿2千万), ranges, shares said in words (百分之五, 千分之三),
ordinals (第3位), dates (2025年3月, 一九五二年). Units are data (`data/units.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from corpus.report import Span
from corpus.statements.numerals import DIGITS, multiplied, number, times_of

DATE: Final = "date"
RANK: Final = "rank"
PERCENT: Final = "percent"
COUNT: Final = "count"
RATIO: Final = "ratio"
# The unit of 2.27:1.
TO_ONE: Final = ":1"
# The kind of a figure whose unit no table knows.
UNKNOWN: Final = ""

# One character each, so that offsets stay: full-width digits, letters and signs.
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HALF_WIDTH_COMMA: Final = ord("，")
del _HALF_WIDTH[_HALF_WIDTH_COMMA]  # a pause between clauses
# The number before a comma, no more than three digits that stand alone: not those of 第1，700家,
# 1/10，400万, G7，200个, 5.2，300个, 2025，100个.
_BEFORE_COMMA: Final = r"(?<![\d.第/A-Za-z])\d{1,3}"
# ３，６８０: with three digits behind it and no fourth, the comma parts thousands.
_THOUSANDS: Final = rf"(?<!\d[,，]){_BEFORE_COMMA}(?:，\d{{3}}(?!\d))+"
# What follows such a number and isn't joined to it (3，68亿斤) is only the rest of some figure.
_CUT_OFF: Final = re.compile(rf"{_BEFORE_COMMA}[,，]\Z", re.ASCII)
_CUT_OFF_LENGTH: Final = 4

_ARABIC: Final = r"\d+(?:,\d{3})*(?:[.·]\d+)?"
_HAN_NUMERAL: Final = "零〇○一二两三四五六七八九十百千万亿"
_HAN_DIGIT: Final = "[零〇○一二三四五六七八九]"
# Possessive: a numeral is all of its characters or none.
_HAN_FRACTION: Final = rf"(?:点{_HAN_DIGIT}++)?+"
_HAN: Final = rf"[{_HAN_NUMERAL}]++{_HAN_FRACTION}"
_ABOUT_BEFORE: Final = r"(?:超过|超|近|约|逾|大约|不低于|不少于|不超过|至少|最多)"
_ABOUT_AFTER: Final = r"(?:以上|以下|以内|左右|上下|之内)"
_PART_OF_YEAR: Final = r"[上下]半年|年?(?:[初底末]|中(?![华国央共心型小学东西南北医]))"
_HAN_DAY: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE: Final = (
    rf"(?:19|20)\d\d年(?:度|(?:\d{{1,2}}月份?(?:\d{{1,2}}日)?)|{_PART_OF_YEAR})?|"
    r"(?<!\d)\d{1,2}月份?(?:\d{1,2}日)?(?![\d个])|"
    # 一九五二年三月; of 一九八一、一九八二两年 the second year
    rf"(?<![{_HAN_NUMERAL}点])[一二]{_HAN_DIGIT}{{3}}"
    rf"(?:年(?:度|{_HAN_DAY}月份?(?:{_HAN_DAY}日)?|{_PART_OF_YEAR})?|(?=两年))"
)
# 5%—6%, 3至5个
_TO: Final = "(?:—|－|-|–|~|～|至|到)"
_SHARES: Final = MappingProxyType({"百": "%", "千": "‰"})
# The 六 of 百分之五到六, but not of 到六万, 到六个; nor 百分之五到一九五七年.
_SHARE_TO: Final = (
    rf"(?:{_ARABIC}|(?!百)[零〇○一二三四五六七八九十百]++{_HAN_FRACTION})"
    rf"(?![\d.{_HAN_NUMERAL}点分多余几年月日])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text, offsets into it.

    `span` holds number and unit (`超3万名` without 超, `20户` without 以上); `about` also the words
    right before and behind that bound it. `low` and `high` are the value with 万 and 亿 multiplied
    out, equal unless it is a range; of a percentage the number before the sign. `unit` is the
    canonical name, empty if there is none; `kind` of `data/units.tsv`, `date`, or empty. `arabic` is
    false for a count in Chinese numerals (一年来, 两会: often a name), not for shares, ranks and dates.
    """

    span: Span
    about: Span
    low: Decimal
    high: Decimal
    unit: str
    kind: str
    arabic: bool = True

    def same_as(self, other: Quantity) -> bool:
        """Whether value and unit are equal."""
        return (self.low, self.high, self.unit) == (other.low, other.high, other.unit)


@dataclass(frozen=True, slots=True)
class _Units:
    kinds: Mapping[str, tuple[str, ...]]  # unit -> its kinds, the first is the usual one
    names: Mapping[str, str]  # unit -> canonical name
    pattern: str


@cache
def _units() -> _Units:
    text = files("corpus").joinpath("data", "units.tsv").read_text(encoding="utf-8")
    kinds: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, units = line.split("\t")
        for each in units.split():
            unit, _, name = each.partition("=")
            # 微克/立方米 is also written as it is spoken: 微克每立方米.
            for spelling in {unit, unit.replace("/", "每")}:
                kinds[spelling] = (*kinds.get(spelling, ()), kind)
                names[spelling] = name or unit
    longest = sorted(kinds, key=lambda unit: (-len(unit), unit))
    return _Units(
        MappingProxyType(kinds), MappingProxyType(names), "|".join(map(re.escape, longest))
    )


def units_of(kind: str) -> frozenset[str]:
    """All units of a kind as they are written; empty for a kind that no table has."""
    return frozenset(unit for unit, kinds in _units().kinds.items() if kind in kinds)


def kinds_of(unit: str) -> frozenset[str]:
    """The kinds of quantities a unit measures (位 counts people and ranks)."""
    return frozenset(_units().kinds.get(unit, ()))


@cache
def _thousands() -> re.Pattern[str]:
    counted = rf"[多余]?(?:[十百千万亿兆]|%|‰|{_units().pattern})"
    # What shows that it is one number: a group 000 or 050, the unit behind it, the other end of a range.
    return re.compile(
        rf"(?P<sure>{_THOUSANDS}(?:(?<=，0\d\d)|(?=(?:\.\d+)?(?:{counted}|{_TO}\d))))|{_THOUSANDS}",
        re.ASCII,
    )


@cache
def _pattern() -> re.Pattern[str]:
    unit = _units().pattern
    per = r"(?:/(?:人|月|年|日|天|亩|户|立方米|平方米|吨|小时|公里|度|次))?"
    many = r"[十百千万亿兆]*"
    rest = _rest_pattern(unit)
    return re.compile(
        rf"(?=[\d{_HAN_NUMERAL}第首])(?:"  # what a figure begins with: most positions fail at once
        rf"(?P<date>{_DATE})"
        # not the 百分之一 of 二百分之一
        rf"|(?<![{_HAN_NUMERAL}])(?P<share>[百千])分之(?P<percent>{_ARABIC}|{_HAN})"
        rf"(?:{_TO}(?:(?P=share)分之(?P<percent_to>{_ARABIC}|{_HAN})"
        rf"|(?P<percent_short>{_SHARE_TO}(?!{unit}))))?"
        rf"|第(?P<rank>{_ARABIC}|{_HAN})(?P<rank_unit>位|名)?|(?P<first>首位)"
        r"|(?<![\d:.])(?P<ratio>\d+(?:\.\d+)?)[:∶]1(?![\d.:])"  # 城乡居民收入比2.27:1
        rf"|(?P<low>{_ARABIC})(?P<low_unit>%|％|‰)?(?P<low_many>{many})"
        rf"(?:{_TO}(?P<high>{_ARABIC}))?"
        rf"(?P<sign>%|％|‰)?(?P<odd_many>[多余](?=[万亿]))?(?P<many>{many})(?P<rest>{rest})?(?P<odd>[多余])?"
        rf"(?P<unit>(?:{unit}){per})?"
        # 四亿零七百多万吨, 五点五万元: multipliers behind 多 and behind a fraction
        rf"|(?P<han>{_HAN})(?P<han_odd>[多余])?(?P<han_many>[百千万亿]*+)(?P<han_unit>(?:{unit}){per}))",
        re.ASCII,  # digits of other scripts are letters here
    )


def _rest_pattern(unit: str) -> str:
    """What may follow a number and its multipliers and still belong to it."""
    counted = rf"(?=[多余]?(?:{unit}))"
    thousands = r"\d+(?:千(?:\d百)?|百)"
    return (
        # 1亿|2千万, 3亿|5000多万, 1亿|2345万6789人
        rf"(?<=亿)零?(?:{thousands}|\d+(?:\.\d+)?)[多余]?万(?:零?\d{{1,4}}{counted})?"
        r"|(?<=千)\d百[多余]?[万亿]"  # 6千|6百多万
        rf"|(?<=万)(?!\d+[年月日])(?:零\d{{1,3}}|\d{{3,4}}){counted}"  # 2万|5329人
        rf"|{thousands}{counted}"  # 2万|5千公里
    )


_RANKED = re.compile(
    r"(?:居|列|排|名|排名|排在|前进到|升至|升到)(?:全国|全省|全球|世界)?\Z|(?:全国|全省|全球|世界|全区)\Z"
)
_BEFORE = re.compile(_ABOUT_BEFORE + r"\Z")
_AFTER = re.compile(_ABOUT_AFTER)


def half_width(text: str) -> str:
    """The text with full-width digits, letters and signs made half-width, same length.

    ， stays, but for the one that parts the thousands of a figure (３，６８０亿斤, 33，212万吨): between
    half-width digits it is usually a pause, so that a unit or the like must show it.
    """
    plain = text.translate(_HALF_WIDTH)
    if "，" not in plain:
        return plain
    return _thousands().sub(lambda match: _joined(match, text), plain)


def _joined(match: re.Match[str], text: str) -> str:
    written = text[match.start() : match.end()]
    sure = match["sure"] or not re.search(r"\d", written, re.ASCII)
    return match[0].replace("，", ",") if sure else match[0]


def quantities(text: str) -> list[Quantity]:
    """The figures of a text in order, none overlapping another."""
    return list(_found(half_width(text)))


def _found(text: str) -> Iterator[Quantity]:
    for match in _pattern().finditer(text):
        if (found := _read(text, match)) is not None:
            yield found


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if start and _begins_inside(text, start, match):
        return None
    if match["date"] is not None:
        return _quantity(text, start, end, _first_of_date(match[0]), "", (DATE,))
    if match["percent"] is not None:
        bounds = [number(each) for each in _given(match, "percent", "percent_to", "percent_short")]
        unit = _SHARES[match["share"]]
        return _quantity(text, start, end, min(bounds), unit, (PERCENT,), max(bounds))
    if match["first"] is not None or match["rank"] is not None:
        return _ranked(text, match)
    if match["ratio"] is not None:
        return _quantity(text, start, end, number(match["ratio"]), TO_ONE, (RATIO,))
    if match["han"] is not None:
        return _han(text, match)
    return _arabic(text, match)


def _ranked(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if match["first"] is not None:
        return _quantity(text, start, end, Decimal(1), "位", (RANK,))
    if not match["rank_unit"] and not _RANKED.search(text, max(0, start - 4), start):
        return None  # 第八届, 第二产业: a name, not a place in a ranking
    return _quantity(text, start, end, number(match["rank"]), "位", (RANK,))


def _begins_inside(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether what stands before it shows that it is only the rest of a name or a figure."""
    before = text[start - 1]
    if before.isascii() and before.isalnum() and match["date"] is None:
        return True  # the 5 of PM2.5, the 9 of G9
    if not match["low"]:
        return False
    if before in ",，":
        return _CUT_OFF.search(text, max(0, start - _CUT_OFF_LENGTH), start) is not None
    return before == "."


def _given(match: re.Match[str], *groups: str) -> Sequence[str]:
    """What those of the groups hold that took part in the match."""
    return [match[each] for each in groups if match[each] is not None]


def _first_of_date(date: str) -> Decimal:
    """The year of a date, the month of one without."""
    arabic = re.match(r"\d+", date, re.ASCII)
    return Decimal(arabic[0]) if arabic else number(date[:4])


def _arabic(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    sign = (match["sign"] or match["low_unit"] or "").replace("％", "%")
    # 5%—6 is no range of percentages: the second number is another figure.
    ranged = bool(match["high"]) and bool(match["sign"] or not match["low_unit"])
    kinds: tuple[str, ...] = ()
    unit = sign
    if sign:
        kinds = (PERCENT,)
        end = match.end("sign") if match["sign"] else match.end("low_unit")
    elif match["unit"]:
        unit, kinds = _named(match["unit"])
    elif not match["high"]:
        # 多 without a unit belongs to what follows (多年)
        end = match.end("rest") if match["rest"] else match.end("many")
    times = times_of(match["many"])
    low = number(match["low"]) * times_of(match["low_many"])
    if not ranged:
        if match["rest"]:
            low = multiplied("".join(_given(match, "low", "low_many", "many", "rest")))
        else:
            low *= times
        return _quantity(text, start, end, low, unit, kinds)
    high = number(match["high"]) * times
    if match["rest"]:
        high = multiplied("".join(_given(match, "high", "many", "rest")))
    if not match["low_many"]:
        low *= times
    return _quantity(text, start, end, low, unit, kinds, max(low, high))


def _han(text: str, match: re.Match[str]) -> Quantity | None:
    numeral, many = match["han"], match["han_many"]
    if not any(char in DIGITS or char == "十" for char in numeral):
        return None  # 万亿级 and the like have no number of their own
    unit, kinds = _named(match["han_unit"])
    if numeral == "一" and kinds[0] == "count":
        return None  # 一批, 一步, 一个: an article more than a figure
    start, end = match.span()
    value = number(numeral) * times_of(many) if "点" in numeral else number(numeral + many)
    return _quantity(text, start, end, value, unit, kinds, arabic=False)


def unit_named(written: str) -> tuple[int, str, str]:
    """A unit as it stands above a column (亿元, 万人次, %): its multiplier, canonical name and kind.

    A unit that no table knows is its own name, of no kind.
    """
    plain = half_width(written).strip()
    unit = plain.lstrip("十百千万亿")
    times = times_of(plain[: len(plain) - len(unit)])
    if unit.partition("/")[0] not in _units().kinds:
        return times, unit, UNKNOWN
    name, kinds = _named(unit)
    return times, name, kinds[0]


def _named(unit: str) -> tuple[str, tuple[str, ...]]:
    table = _units()
    base, slash, per = unit.partition("/")
    if unit in table.kinds:
        return table.names[unit], table.kinds[unit]
    return table.names[base] + slash + per, table.kinds[base]


def _quantity(
    text: str,
    start: int,
    end: int,
    low: Decimal,
    unit: str,
    kinds: tuple[str, ...],
    high: Decimal | None = None,
    arabic: bool = True,
) -> Quantity:
    before = _BEFORE.search(text, max(0, start - 4), start)
    after = _AFTER.match(text, end)
    about = Span(before.start() if before else start, after.end() if after else end)
    kind = kinds[0] if kinds else UNKNOWN
    return Quantity(Span(start, end), about, low, high or low, unit, kind, arabic)
