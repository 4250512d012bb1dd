"""Which places does a text or a question name?

A gazetteer of provinces, prefectures and counties as they were in a given year, with official and
customary names, traditional characters, English and pinyin. It prefers to miss a place over seeing
one where there is none: a short name that is an ordinary word (和平, 平安) only counts with its rank
(平安区) or directly after the place that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.places.divisions import (
    COUNTY,
    PROVINCE,
    Division,
    Found,
    Names,
    clamp,
    common_words,
    divisions,
    highest,
    in_year,
    longer_words,
    names,
    simplify,
    stable_codes,
    stable_parents,
)
from corpus.places.english_places import find_english
from corpus.report import Region, Span

COUNTRY = Region(name="全国", code="000000")
# Not a division of GB/T 2260, hence without a code, but it reports like one.
CORPS = Region(name="新疆生产建设兵团", code="", province="新疆维吾尔自治区")
COUNTRY_NAMES = frozenset(
    ("全国", "中国", "国家", "国务院", "中央", "中央人民政府", "中华人民共和国")
) | {
    "中华人民共和国国务院",
    "000000",
    "china",
    "prc",
    "state council",
    "the state council",
    "people's republic of china",
}
# In a text, only these name the country's own reports; 全国 and 中国 are said in every report.
COUNTRY_WORDS = ("国务院", "国务总理")
CORPS_WORDS = ("新疆生产建设兵团", "生产建设兵团")
# Characters after which a short name may begin: 在林周, 2025年丽水.
OPENERS = frozenset("在和与及从对由到问年月省区市州县盟旗比向为于跟同看查说据按请将把的是让以")
# What follows a name at the beginning of a title.
_OFFICIAL = re.compile(r"的|人民政府|政府|[12一二]|国民|统计|法治")
# What may follow a short name that is an ordinary word, directly after its parent: 北京朝阳的.
CLOSERS = frozenset("的在有是和与及、，。？！?!,. ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: `text[span]` is the name.

    `candidates` lists all places the name may mean where it is ambiguous (朝阳区), best first;
    it is empty where the name means `region` only.
    """

    span: Span
    region: Region
    candidates: tuple[Region, ...] = ()


class Gazetteer:
    """The divisions with their names. Get it from `load_gazetteer`, which makes it once."""

    def __init__(self) -> None:
        self._names: Names = names()
        self._codes: dict[str, list[Division]] = {}
        for division in divisions():
            self._codes.setdefault(division.code, []).append(division)

    def find(self, text: str, year: int | None = None) -> list[Mention]:
        """The places named in `text`, in reading order, as they were in `year` (default: today).

        The country is found where its State Council is named and no other place; 全国, 国家级 and
        China are no mentions, for they are said of every place.
        """
        plain = simplify(text)
        found = sorted(
            (
                *self._find_chinese(plain, clamp(year)),
                *find_english(text, self._names, clamp(year)),
            ),
            key=lambda mention: mention.span,
        )
        mentions = [_settle(mention, found) for mention in found]
        mentions = _with_corps(plain, mentions)
        return mentions or _country_mentions(plain)

    def resolve(self, name: str, year: int | None = None) -> Region | None:
        """The place of one name, path of names (北京市朝阳区) or six-digit code.

        None where there is no such place or where it can't be told which one is meant.
        """
        name = simplify(name.strip())
        if name.lower() in COUNTRY_NAMES:
            return COUNTRY
        if name in CORPS_WORDS or name == "兵团":
            return CORPS
        options = self.candidates(name, year)
        if options:
            return options[0] if len(options) == 1 else None
        return self._end_of_path(name, self.find(name, year))

    def candidates(self, name: str, year: int | None = None) -> tuple[Region, ...]:
        """All places that `name` (official, short, or a code) may mean, of the highest rank."""
        name = simplify(name.strip())
        options = self._codes.get(name) or self._names.spellings.get(name)
        options = options or self._names.shorts.get(name) or ()
        return tuple(division.region() for division in highest(in_year(options, clamp(year))))

    def within(self, region: Region, ancestor: Region) -> bool:
        """Whether `region` is `ancestor` or lies in it, also across their changes of name."""
        if ancestor.code == COUNTRY.code:
            return True
        wanted = _stable(ancestor)
        return wanted in {
            _stable(region),
            _stable_parent(region.province, region.province),
            _stable_parent(region.province, region.city),
        }

    def _end_of_path(self, name: str, path: Sequence[Mention]) -> Region | None:
        """The lowest place of a path: 西藏山南林周县, or Linzhou County, Shannan, Tibet."""
        if not path or any(mention.candidates for mention in path):
            return None
        written = "".join(character for character in name if character.isalnum())
        covered = "".join(mention.span.of(name) for mention in path)
        if len(written) != sum(character.isalnum() for character in covered):
            return None
        regions = [mention.region for mention in path]
        if name.isascii():
            regions.reverse()
        if not all(self.within(lower, upper) for upper, lower in pairwise(regions)):
            return None
        return regions[-1]

    def _find_chinese(self, text: str, year: int) -> list[Found]:
        found: list[Found] = []
        position = 0
        while position < len(text):
            for length in self._names.lengths.get(text[position : position + 2], ()):
                end = position + length
                if end > len(text):
                    continue
                span = Span(position, end)
                options = self._read(text, span, year, found[-1] if found else None)
                if options:
                    found.append(Found(span, options))
                    position = end - 1
                    break
            position += 1
        return found

    def _read(self, text: str, span: Span, year: int, before: Found | None) -> tuple[Division, ...]:
        """What the name at `span` means, nothing if it is no place there."""
        name = span.of(text)
        adjacent = before is not None and before.span.end == span.start
        parents = before.options if before is not None and adjacent else ()
        official = in_year(self._names.spellings.get(name, ()), year)
        if official:
            held = _held_by(official, parents)
            if held or _stands_alone(text, span, official, adjacent):
                return held or official
            return ()
        short = in_year(self._names.shorts.get(name, ()), year)
        if not short or _is_longer_word(text, span.start):
            return ()
        top = highest(short)
        if top[0].rank == PROVINCE:
            return () if not adjacent and _between_words(text, span) else top
        held = _held_by(short, parents)
        follows = text[span.end : span.end + 1]
        if held:
            bare = any(division.ordinary for division in held) or _overlaps_next(text, span)
            return held if not bare or not follows or follows in CLOSERS else ()
        unclear = top[0].ordinary or (top[0].rank == COUNTY and len(top) > 1)
        if unclear or not (adjacent or _may_begin(text, span.start)) or _overlaps_next(text, span):
            return ()
        return top


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer, loaded once (about 0.1 s)."""
    return Gazetteer()


def _stable(region: Region) -> str:
    """One key for a place through its changes; places without a code go by their names."""
    return stable_codes().get(
        (region.code, region.name), "/".join((region.province, region.city, region.name))
    )


def _stable_parent(province: str, name: str) -> str:
    return stable_parents().get((province, name), name)


def _parents(division: Division) -> set[str]:
    province = _stable_parent(division.province, division.province)
    return {province, _stable_parent(division.province, division.city)} - {division.stable, ""}


def _held_by(options: Iterable[Division], parents: Iterable[Division]) -> tuple[Division, ...]:
    """The options that lie in one of the parents."""
    above = {parent.stable for parent in parents}
    return tuple(division for division in options if _parents(division) & above)


def _settle(mention: Found, found: Sequence[Found]) -> Mention:
    """Choose among places of one name: those whose parent the text names come first."""
    options = mention.options
    if len(options) > 1:
        others = [division for other in found if other is not mention for division in other.options]
        held = _held_by(options, others)
        options = held or highest(options)
    regions = tuple(division.region() for division in options)
    return Mention(mention.span, regions[0], regions if len(regions) > 1 else ())


def _with_corps(text: str, mentions: list[Mention]) -> list[Mention]:
    """新疆生产建设兵团 is one name, not Xinjiang."""
    start = text.find(CORPS_WORDS[0])
    name = CORPS_WORDS[0] if start >= 0 else CORPS_WORDS[1]
    start = text.find(name)
    if start < 0:
        return mentions
    span = Span(start, start + len(name))
    others = [m for m in mentions if m.span.end <= span.start or m.span.start >= span.end]
    return sorted([*others, Mention(span, CORPS)], key=lambda mention: mention.span)


def _country_mentions(text: str) -> list[Mention]:
    for word in (*COUNTRY_WORDS, "State Council", "state council"):
        start = text.find(word)
        if start >= 0:
            return [Mention(Span(start, start + len(word)), COUNTRY)]
    return []


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


def _may_begin(text: str, start: int) -> bool:
    """Whether a short name may begin here: after no character, punctuation, 在, or a whole word."""
    if start == 0 or not _is_han(text[start - 1]):
        return True
    if text[start - 1 : start + 1] in common_words():
        return False
    return text[start - 1] in OPENERS or text[max(start - 2, 0) : start] in common_words()


def _overlaps_next(text: str, span: Span) -> bool:
    """Whether the last character belongs to the next word rather: 重大理|论."""
    words = common_words()
    crossing = text[span.end - 1 : span.end + 1] in words
    return crossing and text[span.end : span.end + 2] not in words


def _between_words(text: str, span: Span) -> bool:
    """Whether the first character ends a word and the next begins one: 沿海|城市 is no 海城市."""
    words = common_words()
    start = span.start
    return (
        start > 0 and text[start - 1 : start + 1] in words and text[start + 1 : start + 3] in words
    )


def _stands_alone(text: str, span: Span, options: Sequence[Division], adjacent: bool) -> bool:
    """Whether an official name without its parent before it is a place and not part of words."""
    if all(division.needs_parent for division in options):
        before, after = text[: span.start][-1:], text[span.end :]
        begins = not before or before == "年" or not _is_han(before)
        return begins and (not after or _OFFICIAL.match(after) is not None)
    if text[span.end - 1 : span.end + 1] == "区域" and all(d.ordinary for d in options):
        return False
    return adjacent or len(span) > 3 or not _between_words(text, span)


def _is_longer_word(text: str, start: int) -> bool:
    return any(
        text.startswith(word, start) for word in longer_words().get(text[start : start + 2], ())
    )
