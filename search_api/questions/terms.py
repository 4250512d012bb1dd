"""Which official terms does a text use, in whatever words? 财政收入 is 一般公共预算收入, and so is
"fiscal revenue" (`data/official_terms.tsv`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.report import Span
from search_api.questions.question import Language, language_of

_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
# GDP, R&D, PM2.5, 5A: what stands between Chinese characters.
_LATIN_WORD = re.compile(r"[A-Za-z0-9&.]*[A-Za-z][A-Za-z0-9&.]*")


@dataclass(frozen=True, slots=True)
class Term:
    """A term as reports write it, with the other ways to say it.

    `indicator`: it has a figure (a yearly statistic, a number of things).
    """

    name: str
    chinese: tuple[str, ...]  # the name first
    english: tuple[str, ...]
    indicator: bool

    def stands_in(self, text: str) -> bool:
        """Whether a Chinese text uses it, in any of its words."""
        return any(each in text for each in self.chinese)


@cache
def load_terms() -> tuple[Term, ...]:
    """The table, in its order. Raises ValueError naming the line that can't be read."""
    text = files("search_api").joinpath("data", "official_terms.tsv").read_text(encoding="utf-8")
    terms: list[Term] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 4 or cells[0] not in ("i", "t"):
            raise ValueError(
                f"official_terms.tsv, line {number}: four cells are wanted, i or t first"
            )
        kind, name, others, english = cells
        words = tuple(each.strip().lower() for each in english.split(";") if each.strip())
        terms.append(Term(name, (name, *others.split()), words, kind == "i"))
    return tuple(terms)


@cache
def _by_words(language: Language) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    found: dict[str, Term] = {}
    for term in load_terms():
        for word in term.chinese if language is Language.ZH else term.english:
            found.setdefault(word.lower(), term)
    longest = sorted(found, key=lambda word: (-len(word), word))
    edge = r"(?<![a-z])", r"(?![a-z])"
    parts = (
        f"{edge[0]}{re.escape(word)}{edge[1]}" if _LATIN.search(word) else re.escape(word)
        for word in longest
    )
    return re.compile("|".join(parts)), found


def terms_in(text: str, language: Language) -> list[tuple[Term, Span]]:
    """The terms of a text in order, the longest where several fit, none overlapping."""
    pattern, found = _by_words(language)
    return [(found[match.group()], Span(*match.span())) for match in pattern.finditer(text.lower())]


@cache
def _latin_words() -> Mapping[str, str]:
    """The Latin words of Chinese terms as reports write them, by their lower case."""
    return {
        word.lower(): word
        for term in load_terms()
        for each in term.chinese
        for word in _LATIN_WORD.findall(each)
    }


def official_spelling(text: str) -> str:
    """A Chinese question with the Latin words of official terms as reports write them: gdp, Gdp -> GDP.

    Sentences are compared letter by letter. Half-width (NFKC); an English question stays as it is.
    """
    asked = unicodedata.normalize("NFKC", text)
    if language_of(asked) is not Language.ZH:
        return text
    words = _latin_words()
    return _LATIN_WORD.sub(lambda match: words.get(match[0].lower(), match[0]), asked)
