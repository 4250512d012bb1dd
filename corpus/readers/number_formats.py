"""How does Word write a number: 十一, （三）, ⑤, iv, 乙?

Names and forms follow ECMA-376 Part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_DIGITS_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(value: int, number_format: str) -> str:
    """`value` as Word shows it in `number_format`; decimal where the format is not known."""
    write = _FORMATS.get(number_format, str)
    return write(value) if value >= 0 else str(value)


def chinese_thousand(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Chinese numeral with units below ten thousand: 10 十, 11 十一, 20 二十, 105 一百零五."""
    if value == 0 or value > 9999:
        return digits[0] if value == 0 else str(value)
    written = ""
    pending_zero = False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            pending_zero = bool(written)
            continue
        if pending_zero:
            written += digits[0]
            pending_zero = False
        # 10 to 19 are 十…, not 一十…; legal numerals write the 壹.
        bare = digit == 1 and power == 1 and not written and digits is _DIGITS
        written += ("" if bare else digits[digit]) + (units[power - 1] if power else "")
    return written


def _chinese_counting(value: int) -> str:
    # From one hundred on this form lists the digits: 100 一○○.
    return chinese_thousand(value) if 0 < value < 100 else _digital(value, "○")


def _japanese_counting(value: int) -> str:
    if not 0 < value <= 9999:
        return "〇" if value == 0 else str(value)
    written = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = value // 10**power % 10
        if digit:
            written += ("" if digit == 1 and power else _DIGITS[digit]) + unit
    return written


def _digital(value: int, zero: str = "〇") -> str:
    return "".join(_DIGITS[int(d)] if d != "0" else zero for d in str(value))


def _legal(value: int) -> str:
    return chinese_thousand(value, _LEGAL_DIGITS, "拾佰仟")


def _legal_traditional(value: int) -> str:
    return chinese_thousand(value, _LEGAL_DIGITS_TRADITIONAL, "拾佰仟")


def _one_of(characters: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        return characters[value - 1] if 1 <= value <= len(characters) else str(value)

    return write


def _block(first: str, count: int) -> Callable[[int], str]:
    return _one_of("".join(chr(ord(first) + i) for i in range(count)))


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value else "0"


def _letters(value: int) -> str:
    # After z come aa, bb, cc: the letter is repeated.
    return (
        chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        if 0 < value < 800
        else str(value)
    )


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    written = ""
    for worth, numeral in _ROMAN:
        written += numeral * (value // worth)
        value %= worth
    return written


def _full_width(value: int) -> str:
    return "".join(chr(ord(d) - ord("0") + ord("０")) for d in str(value))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda v: f"{v:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _block("①", 20),
    "decimalEnclosedCircleChinese": _block("①", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalEnclosedFullstop": _block("⒈", 20),
    "numberInDash": lambda v: f"- {v} -",
    "lowerLetter": _letters,
    "upperLetter": lambda v: _letters(v).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda v: _roman(v).upper(),
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": chinese_thousand,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": chinese_thousand,
    "japaneseCounting": _japanese_counting,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": lambda v: _digital(v, "○"),
    "ideographDigital": _digital,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _block("㊀", 10),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "japaneseLegal": _legal_traditional,
}
