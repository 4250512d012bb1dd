"""Places named in English or pinyin: Tibet, Linzhou County, Guangxi Zhuang Autonomous Region."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.places.divisions import (
    CITY,
    COUNTY,
    PROVINCE,
    Division,
    Found,
    Names,
    english_key,
    highest,
    in_year,
)
from corpus.report import Span

# Apostrophes belong to a word (Xi'an), but not the possessive (Tibet's).
WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:(?:['’](?!s\b)|-)[A-Za-zÀ-ÿ]+)*")
MOST_WORDS = 3  # words of the longest name without its rank
MOST_BETWEEN = 4  # words between a name and Autonomous: X Dai and Jingpo Autonomous Prefecture
# Without its rank a name must be this long to be no English word or name of a person by accident.
SHORTEST_PLAIN = {PROVINCE: 4, CITY: 4, COUNTY: 5}
LOWER_CASE_CITY = 6  # a city's name in lower case: chengdu, not dali


RANKS: dict[str, tuple[tuple[int, str], ...]] = {
    # word after the name -> (rank, endings of the Chinese name) in order of preference
    "province": ((PROVINCE, ""),),
    "municipality": ((PROVINCE, "市"), (CITY, "市")),
    "region": ((PROVINCE, "区"), (CITY, "")),
    "prefecture": ((CITY, "州盟区"), (CITY, "")),
    "league": ((CITY, "盟"), (CITY, "")),
    "city": ((PROVINCE, "市"), (CITY, "市"), (CITY, ""), (COUNTY, "市"), (COUNTY, "")),
    "county": ((COUNTY, "县"), (COUNTY, "旗"), (COUNTY, "")),
    "district": ((COUNTY, "区"), (COUNTY, "")),
    "banner": ((COUNTY, "旗"),),
}


def find_english(text: str, names: Names, year: int) -> list[Found]:
    """English names in `text`, longest first match, as the divisions were in `year`."""
    words = list(WORD.finditer(text))
    found: list[Found] = []
    index = 0
    while index < len(words):
        step = 1
        for count in range(min(MOST_WORDS, len(words) - index), 0, -1):
            mention, used = _read(text, words, index, count, names, year)
            if mention is not None:
                found.append(mention)
                step = used
                break
        index += step
    return found


def _read(
    text: str, words: Sequence[re.Match[str]], index: int, count: int, names: Names, year: int
) -> tuple[Found | None, int]:
    """The name of `count` words at `index` with its rank, and how many words it takes in all."""
    last = index + count - 1
    start, end = words[index].start(), words[last].end()
    written = text[start:end]
    options = names.english.get(english_key(" ".join(written.split())), ())
    if not options:
        return None, 0
    rank, extent = _rank_after(text, words, last)
    if rank:
        chosen = _of_rank(options, rank, year)
        if chosen:
            return Found(Span(start, words[extent].end()), chosen), extent - index + 1
    chosen = _plain(written, options, year)
    return (Found(Span(start, end), chosen), count) if chosen else (None, 0)


def _rank_after(text: str, words: Sequence[re.Match[str]], last: int) -> tuple[str, int]:
    """The rank said after the name at word `last`, and the index of its word."""
    for index in range(last + 1, min(last + 2 + MOST_BETWEEN, len(words))):
        if text[words[index - 1].end() : words[index].start()].strip():
            break  # punctuation in between
        word = words[index].group().lower()
        if index == last + 1 and word in RANKS:
            return word, index
        after = words[index + 1].group().lower() if index + 1 < len(words) else ""
        if word == "autonomous" and after in RANKS:
            return after, index + 1
    return "", last


def _of_rank(options: Sequence[Division], rank: str, year: int) -> tuple[Division, ...]:
    for level, endings in RANKS[rank]:
        fitting = [
            division
            for division in options
            if division.rank == level and (not endings or division.name[-1] in endings)
        ]
        if fitting:
            return in_year(fitting, year)
    return ()


def _plain(written: str, options: Sequence[Division], year: int) -> tuple[Division, ...]:
    """A name without its rank: provinces always, the others when they can't be a common word."""
    now = [division for division in options if division.distance(year) == 0] or list(options)
    chosen = in_year(highest(now), year)
    top = chosen[0].rank
    letters = len(english_key(written))
    if letters < SHORTEST_PLAIN[top]:
        return ()
    if top == CITY and written[0].islower() and letters < LOWER_CASE_CITY:
        return ()
    if top == COUNTY and (written[0].islower() or len(chosen) > 1):
        return ()
    return chosen
