"""Where are the figures of a text, and what is their value, unit and kind?

Arabic and Chinese numerals, 万 and 亿, ranges, percentages said in words (百分之五), ordinals (第3位),
dates. Units are data (`data/units.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from corpus.report import Span

DATE: Final = "date"
RANK: Final = "rank"
PERCENT: Final = "percent"
# The kind of a figure whose unit no table knows.
UNKNOWN: Final = ""

# One character each, so that offsets stay: full-width digits, letters and signs.
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HALF_WIDTH_COMMA: Final = ord("，")
del _HALF_WIDTH[_HALF_WIDTH_COMMA]  # a pause between clauses, not between thousands

_MULTIPLIERS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_DIGITS: Final = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5},
    **{"陆": 6, "柒": 7, "捌": 8, "玖": 9, "拾": 10},
}
_ARABIC: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN: Final = r"[零〇○一二两三四五六七八九十百千万亿]+(?:点[零〇○一二三四五六七八九]+)?"
_ABOUT_BEFORE: Final = r"(?:超过|超|近|约|逾|大约|不低于|不少于|不超过|至少|最多)"
_ABOUT_AFTER: Final = r"(?:以上|以下|以内|左右|上下|之内)"
_DATE: Final = (
    r"(?:19|20)\d\d年(?:度|(?:\d{1,2}月份?(?:\d{1,2}日)?)|[上下]半年|年?(?:[初底末]|中(?![华国央共心型小学东西南北医])))?|"
    r"(?<!\d)\d{1,2}月份?(?:\d{1,2}日)?(?![\d个])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text, offsets into it.

    `span` holds number and unit (`超3万名` without 超, `20户` without 以上); `about` also the words
    right before and behind that bound it. `low` and `high` are the value with 万 and 亿 multiplied
    out, equal unless it is a range; of a percentage the number before the sign. `unit` is the
    canonical name, empty if there is none; `kind` of `data/units.tsv`, `date`, or empty.
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
            kinds[unit] = (*kinds.get(unit, ()), kind)
            names[unit] = name or unit
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
def _pattern() -> re.Pattern[str]:
    unit = _units().pattern
    per = r"(?:/(?:人|月|年|日|天|亩|户|立方米|平方米|吨|小时|公里|度|次))?"
    many = r"[十百千万亿兆]*"
    return re.compile(
        rf"(?P<date>{_DATE})"
        rf"|百分之(?P<percent>{_ARABIC}|{_HAN})"
        rf"|第(?P<rank>{_ARABIC}|{_HAN})(?P<rank_unit>位|名)?"
        rf"|(?P<low>{_ARABIC})(?P<low_unit>%|％|‰)?(?P<low_many>{many})"
        rf"(?:(?:—|－|-|–|~|～|至|到)(?P<high>{_ARABIC}))?"
        rf"(?P<sign>%|％|‰)?(?P<odd_many>[多余](?=[万亿]))?(?P<many>{many})(?P<rest>\d+[千百](?=[多余]?(?:{unit})))?(?P<odd>[多余])?"
        rf"(?P<unit>(?:{unit}){per})?"
        rf"|(?P<han>{_HAN})(?P<han_odd>[多余])?(?P<han_unit>(?:{unit}){per})",
        re.ASCII,  # digits of other scripts are letters here
    )


_RANKED = re.compile(r"(?:居|列|排|名|排名|排在|前进到|升至|升到)(?:全国|全省|全球|世界)?\Z")
_BEFORE = re.compile(_ABOUT_BEFORE + r"\Z")
_AFTER = re.compile(_ABOUT_AFTER)


def half_width(text: str) -> str:
    """The text with full-width digits, letters and signs (not ，) made half-width, same length."""
    return text.translate(_HALF_WIDTH)


def quantities(text: str) -> list[Quantity]:
    """The figures of a text in order, none overlapping another."""
    return list(_found(half_width(text)))


def _found(text: str) -> Iterator[Quantity]:
    for match in _pattern().finditer(text):
        if (found := _read(text, match)) is not None:
            yield found


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if start and text[start - 1].isascii() and text[start - 1].isalnum() and match["date"] is None:
        return None  # the 5 of PM2.5, the 9 of G9
    if start and text[start - 1] == "." and match["low"]:
        return None
    if match["date"] is not None:
        return _quantity(text, start, end, Decimal(re.findall(r"\d+", match[0])[0]), "", (DATE,))
    if match["percent"] is not None:
        return _quantity(text, start, end, number(match["percent"]), "%", (PERCENT,))
    if match["rank"] is not None:
        if not match["rank_unit"] and not _RANKED.search(text, max(0, start - 4), start):
            return None  # 第八届, 第二产业: a name, not a place in a ranking
        return _quantity(text, start, end, number(match["rank"]), "位", (RANK,))
    if match["han"] is not None:
        return _han(text, match)
    return _arabic(text, match)


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
        end = match.end("many")  # 多 without a unit belongs to what follows (多年)
    times = _times(match["many"])
    low = number(match["low"]) * _times(match["low_many"])
    if not ranged:
        low = low * times + _rest(match["rest"])
        return _quantity(text, start, end, low, unit, kinds)
    high = number(match["high"]) * times
    if not match["low_many"]:
        low *= times
    return _quantity(text, start, end, low, unit, kinds, max(low, high))


def _rest(written: str | None) -> Decimal:
    """The 5千 of 2万5千公里."""
    return number(written[:-1]) * _times(written[-1]) if written else Decimal(0)


def _han(text: str, match: re.Match[str]) -> Quantity | None:
    numeral = match["han"]
    if not any(char in _DIGITS or char == "十" for char in numeral):
        return None  # 万亿级 and the like have no number of their own
    unit, kinds = _named(match["han_unit"])
    if numeral == "一" and kinds[0] == "count":
        return None  # 一批, 一步, 一个: an article more than a figure
    start, end = match.span()
    return _quantity(text, start, end, number(numeral), unit, kinds, arabic=False)


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


def number(numeral: str) -> Decimal:
    """The value of an Arabic numeral (`1,234.5`) or a Chinese one (一万二千, 二〇二五, 五点三).

    Raises ValueError: it is neither.
    """
    plain = numeral.replace(",", "")
    if plain and plain[0].isdigit() and plain.isascii():
        return Decimal(plain)
    whole, _, fraction = numeral.partition("点")
    value = Decimal(_han_number(whole))
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[char]) for char in fraction))
    return value


def _han_number(numeral: str) -> int:
    if not numeral or any(c not in _DIGITS and c not in _MULTIPLIERS for c in numeral):
        raise ValueError(f"{numeral!r} is no Chinese numeral")
    if not any(char in _MULTIPLIERS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS and char not in _MULTIPLIERS:
            digit = _DIGITS[char]
            continue
        times = _MULTIPLIERS[char]
        if times >= 10**4:
            total = (total + section + digit or 1) * times
            section = digit = 0
        else:
            section += (digit or 1) * times
            digit = 0
    return total + section + digit


def _times(multipliers: str | None) -> int:
    value = 1
    for char in multipliers or "":
        value *= _MULTIPLIERS[char]
    return value
