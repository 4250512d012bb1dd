"""What is the value of a numeral: Arabic, Chinese, or both with their multipliers?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

MULTIPLIERS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_LARGEST: Final = max(MULTIPLIERS.values())
DIGITS: Final = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5},
    **{"陆": 6, "柒": 7, "捌": 8, "玖": 9, "拾": 10},
}
_TOKEN: Final = re.compile(r"\d+(?:\.\d+)?|\D", re.ASCII)
_ROUNDED: Final = re.compile("[,多余]")


def number(numeral: str) -> Decimal:
    """The value of an Arabic numeral (`1,234.5`) or a Chinese one (一万二千, 二〇二五, 五点三).

    Raises ValueError: it is neither.
    """
    plain = numeral.replace(",", "").replace("·", ".")
    if plain and plain[0].isdigit() and plain.isascii():
        return Decimal(plain)
    whole, _, fraction = numeral.partition("点")
    value = _han_number(whole)
    if fraction:
        value += Decimal("0." + "".join(str(DIGITS[char]) for char in fraction))
    return value


def _han_number(numeral: str) -> Decimal:
    if not numeral or any(c not in DIGITS and c not in MULTIPLIERS for c in numeral):
        raise ValueError(f"{numeral!r} is no Chinese numeral")
    if not any(char in MULTIPLIERS for char in numeral):
        return Decimal("".join(str(DIGITS[char]) for char in numeral))
    return multiplied(numeral)


def multiplied(written: str) -> Decimal:
    """The value of digits, Chinese or Arabic, and their multipliers: 三亿零四百七十五万, 1亿2千万."""
    parts: list[tuple[Decimal, int]] = []  # (value, its 亿 or 万), from large to small
    section = Decimal(0)  # the tens to thousands behind them
    digit: Decimal | None = None
    for token in _TOKEN.findall(_ROUNDED.sub("", written)):
        times = MULTIPLIERS.get(token)
        if times is None:
            digit = Decimal(DIGITS.get(token, token))
            continue
        behind = section + (digit or 0)
        bare = bool(parts) and digit is None and not section  # 亿万, the 千 of 三百万千瓦
        if (times == 10**3 and (bare or section)) or (
            times == 10**4 and bare and parts[-1][1] > times
        ):
            parts = [((sum(value for value, _ in parts) + behind) * times, _LARGEST)]
            section = Decimal(0)
        elif times >= 10**4:
            # 一万二千亿: 亿 multiplies 一万, too; of 三亿零四百万 the 万 leaves 三亿 alone
            while parts and parts[-1][1] <= times:
                behind += parts.pop()[0]
            parts.append(((behind or Decimal(1)) * times, times))
            section = Decimal(0)
        else:
            section += (digit or 1) * times
        digit = None
    return sum(value for value, _ in parts) + section + (digit or 0)


def times_of(multipliers: str | None) -> int:
    value = 1
    for char in multipliers or "":
        value *= MULTIPLIERS[char]
    return value
