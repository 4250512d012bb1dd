"""Which year and date does a line name? Chinese official dates, in any of their spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

EARLIEST, LATEST = 1949, 2099  # years a report can be of

_DIGITS = "〇零○Ｏ一二三四五六七八九"
_VALUE = dict(zip(_DIGITS, "0000123456789", strict=True))
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = rf"(?P<year>(?:19|20)\d\d|[一二][{_DIGITS}]{{3}})"
_NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?<![\d{_DIGITS}]){_YEAR}\s*"
    rf"(?:年\s*(?:(?P<month>{_NUMBER})\s*月(?:\s*(?P<day>{_NUMBER})\s*[日号])?)?"
    r"|[-/.](?P<month2>\d{1,2})[-/.](?P<day2>\d{1,2})(?!\d)"
    r"|[-/.](?P<month3>\d{1,2})(?![\d.%％万亿个]))"
)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A year or date named in a line; month and day are 0 where they aren't said."""

    year: int
    month: int
    day: int
    start: int
    end: int

    @property
    def iso(self) -> str:
        """ISO 8601, as precise as the line says."""
        parts = (f"{self.year:04d}", f"{self.month:02d}", f"{self.day:02d}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.month and self.day)])


def find_dates(line: str) -> Iterator[Dated]:
    """The years and dates that `line` names, in order; impossible dates are left out."""
    line = line.translate(_FULL_WIDTH)
    for match in _DATE.finditer(line):
        found = match.groupdict()
        year = number_of_year(found["year"])
        month = _number(found["month"] or found["month2"] or found["month3"] or "")
        day = _number(found["day"] or found["day2"] or "")
        if EARLIEST <= year <= LATEST and _possible(year, month, day):
            yield Dated(year, month, day, match.start(), match.end())


def number_of_year(text: str) -> int:
    """2026 of `2026` or `二〇二六`."""
    return int("".join(_VALUE.get(character, character) for character in text))


def plain_year(text: str) -> int | None:
    """The year that a cell holds: `2026`, `2026年`, `2026年度`; None if it is no year."""
    match = re.fullmatch(r"\s*(\d{4})\s*(?:年度?)?\s*", text.translate(_FULL_WIDTH))
    year = int(match.group(1)) if match else 0
    return year if EARLIEST <= year <= LATEST else None


def iso_date(text: str) -> str:
    """A date in ISO 8601, from any spelling with the date first; empty if there is none."""
    text = text.strip()
    match = _ISO.match(text)
    if match:
        year, month, day = (int(part or 0) for part in match.groups())
        return Dated(year, month, day, 0, 0).iso if _possible(year, month, day) else ""
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    if compact:
        year, month, day = (int(part) for part in compact.groups())
        return Dated(year, month, day, 0, 0).iso if _possible(year, month, day) else ""
    first = next(find_dates(text), None)
    return first.iso if first is not None else ""


def _number(text: str) -> int:
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = int(_VALUE.get(ones, "0")) if ones else 0
    return value + (10 * int(_VALUE.get(tens, "1")) if ten else 0)


def _possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return bool(month) or not day
