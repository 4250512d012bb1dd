"""The administrative divisions of China, year by year: records, names and parents.

Sources and licences of the data: corpus/data/README.md. `corpus.data.build` makes the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.report import Region, Span

PROVINCE, CITY, COUNTY = 1, 2, 3
FIRST_YEAR, LAST_YEAR = 1980, 2024
# The administrative ranks as official names end, longest first, and how people shorten them.
ENDINGS = {"自治区": "区", "自治州": "州", "自治县": "县", "自治旗": "旗"}


@dataclass(frozen=True, slots=True)
class Division:
    """A division as it was from `first` to `last` (years, both included)."""

    rank: int
    code: str
    stable: str  # one code for a place through all its names and codes
    first: int
    last: int
    name: str
    short: str
    province: str
    city: str  # its prefecture; empty for provinces and what they govern directly
    pinyin: str
    ordinary: bool  # the short name is also an ordinary word
    needs_parent: bool  # so is the official name: 城区

    def region(self) -> Region:
        """The division as a report's region."""
        return Region(
            name=self.name,
            code=self.code,
            province=self.province,
            city="" if self.rank == PROVINCE else self.city,
            county=self.name if self.rank == COUNTY else "",
        )

    def distance(self, year: int) -> int:
        """How many years `year` is away from this division's time (0: inside)."""
        return max(self.first - year, year - self.last, 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text and the divisions it may mean."""

    span: Span
    options: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names and what they may mean. `spellings` are of Chinese names, `english` of words."""

    spellings: dict[str, tuple[Division, ...]]  # with the rank: 恩施土家族苗族自治州, 恩施州
    shorts: dict[str, tuple[Division, ...]]  # without it: 恩施
    english: dict[str, tuple[Division, ...]]  # lower case, without the rank: linzhou
    lengths: dict[str, tuple[int, ...]]  # first two characters -> lengths of names, longest first


def clamp(year: int | None) -> int:
    """The data's year to use for a report's year; None means today."""
    return LAST_YEAR if year is None else min(max(year, FIRST_YEAR), LAST_YEAR)


def in_year(options: Iterable[Division], year: int) -> tuple[Division, ...]:
    """The options of that year; where there is none, those of the nearest year. One per place."""
    options = tuple(options)
    nearest = min((division.distance(year) for division in options), default=0)
    places: dict[str, Division] = {}
    for division in options:
        if division.distance(year) == nearest:
            places.setdefault(division.stable, division)
    return tuple(places.values())


def highest(options: Sequence[Division]) -> tuple[Division, ...]:
    """The options of the highest rank among them."""
    top = min((division.rank for division in options), default=COUNTY)
    return tuple(division for division in options if division.rank == top)


def _lines(name: str) -> list[str]:
    return files("corpus").joinpath("data", name).read_text("utf-8").splitlines()


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions of all years."""
    found = []
    for line in _lines("divisions.tsv"):
        rank, code, stable, first, last, name, short, province, city, pinyin, flags = line.split(
            "\t"
        )
        found.append(
            Division(
                int(rank), code, stable, int(first), int(last), name, short, province, city, pinyin,
                "o" in flags, "p" in flags,
            )
        )  # fmt: skip
    return tuple(found)


@cache
def common_words() -> frozenset[str]:
    """Frequent two-character words, to see a name that only arises between two words."""
    return frozenset(_lines("common_words.txt"))


@cache
def longer_words() -> dict[str, tuple[str, ...]]:
    """Words that begin like a short name and mean something else, by their first two characters."""
    grouped: dict[str, list[str]] = {}
    for word in _lines("longer_words.txt"):
        grouped.setdefault(word[:2], []).append(word)
    return {start: tuple(words) for start, words in grouped.items()}


@cache
def _simplifier() -> dict[int, str]:
    pairs = (line.split("\t") for line in _lines("traditional.tsv"))
    return {ord(old): new for old, new in pairs}


def simplify(text: str) -> str:
    """Characters of place names in simplified form, one for one: offsets stay the same."""
    return text.translate(_simplifier())


def _spellings(division: Division) -> Iterator[str]:
    """The official name and the forms with the rank said in short."""
    name, short = division.name, division.short
    yield name
    if short == name:
        return
    for ending, rank in ENDINGS.items():
        if name.endswith(ending):
            yield short + ending
            if division.rank != PROVINCE:
                yield short + rank
    if name.endswith("地区") or (division.rank == CITY and name.endswith("州")):
        yield short + "地区"


def _aliases() -> dict[str, list[str]]:
    """Official name -> names that can't be derived: Tibet, 克州."""
    aliases: dict[str, list[str]] = {}
    for line in _lines("aliases.tsv"):
        alias, name = line.split("\t")
        aliases.setdefault(name, []).append(alias)
    return aliases


def english_key(words: str) -> str:
    """How English names are compared: lower case, without apostrophes: Xi'an -> xian."""
    return words.lower().replace("'", "").replace("’", "").replace("-", " ")


@cache
def names() -> Names:
    """The index of names over all divisions."""
    spellings: dict[str, dict[Division, None]] = {}
    shorts: dict[str, dict[Division, None]] = {}
    english: dict[str, dict[Division, None]] = {}
    aliases = _aliases()
    for division in divisions():
        for spelling in _spellings(division):
            spellings.setdefault(spelling, {})[division] = None
        if division.short != division.name:
            shorts.setdefault(division.short, {})[division] = None
        english.setdefault(division.pinyin, {})[division] = None
        if len(division.short) == 2 and division.short[-1] in "县":  # 蔚县: Yuxian, Yu County
            english.setdefault(division.pinyin.removesuffix("xian"), {})[division] = None
        for alias in aliases.get(division.name, ()):
            table = english if alias.isascii() or alias[0] < "一" else spellings
            key = english_key(alias) if table is english else alias
            table.setdefault(key, {})[division] = None
    lengths: dict[str, set[int]] = {}
    for name in (*spellings, *shorts):
        lengths.setdefault(name[:2], set()).add(len(name))
    return Names(
        spellings={name: tuple(found) for name, found in spellings.items()},
        shorts={name: tuple(found) for name, found in shorts.items()},
        english={name: tuple(found) for name, found in english.items()},
        lengths={start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()},
    )


@cache
def english_names() -> Mapping[str, str]:
    """What places are called in English, by code: pinyin with a county's rank; the customary name of an
    autonomous region, and of a province that shares its pinyin (Shaanxi).
    """
    aliases = {
        name: alias
        for name, found in _aliases().items()
        for alias in reversed(found)
        if alias.isascii()
    }
    found = {"000000": "China"}
    pinyin: dict[str, str] = {}  # of provinces: Shanxi is one of two
    for each in divisions():
        name = each.pinyin.capitalize()
        if each.rank == PROVINCE and (
            each.name.endswith("区") or pinyin.setdefault(each.pinyin, each.name) != each.name
        ):
            name = aliases.get(each.name, name)
        elif each.rank == COUNTY:
            name += _ENGLISH_RANKS.get(each.name[-1:], "")
        found[each.code] = name
    return found


_ENGLISH_RANKS = {"县": " County", "区": " District", "旗": " Banner"}


@cache
def stable_codes() -> dict[tuple[str, str], str]:
    """(code, name) -> the place's stable code."""
    return {(d.code, d.name): d.stable for d in divisions()}


@cache
def stable_parents() -> dict[tuple[str, str], str]:
    """(province, name) -> stable code, for provinces and prefectures."""
    return {(d.province, d.name): d.stable for d in divisions() if d.rank != COUNTY}
