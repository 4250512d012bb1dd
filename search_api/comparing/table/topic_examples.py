"""Which topics can be compared across these very reports? Official terms that several of them state."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, zip_longest
from typing import Final

from indexer.types import ReportInfo
from search_api.engine import Engine
from search_api.questions.question import Language
from search_api.questions.terms import Term, load_terms

# Reports looked into: enough to see what several say, and read in a moment.
_LOOKED_INTO: Final = 40
# What fewer reports say is no topic to compare.
_LEAST: Final = 2
# A figure stands so near to the name of what it measures, in characters.
_NEAR: Final = 12
# A name of two characters (增长, 目标) is a topic of its own nowhere.
_SHORTEST: Final = 4
_DIGIT: Final = re.compile(r"\d")


def example_topics(engine: Engine, language: Language, wanted: int = 4) -> tuple[str, ...]:
    """Up to `wanted` topics that most reports say something on: figures and themes in turn.

    Only the texts are looked at, nothing is searched.
    """
    texts = [engine.text(info.report_id) for info in _spread(engine.reports())]
    terms = [
        each
        for each in load_terms()
        if len(each.name) >= _SHORTEST and (language is Language.ZH or each.english)
    ]
    figures = _most_stated((each for each in terms if each.indicator), texts)
    themes = _most_stated((each for each in terms if not each.indicator), texts)
    # Two figures for each theme: tables of figures are what people come for.
    in_turn = chain.from_iterable(
        zip_longest(figures[::2], figures[1::2], themes[: len(figures) // 2 + wanted])
    )
    chosen: list[str] = []
    for term in filter(None, in_turn):
        if not _is_like(term.name, chosen):
            chosen.append(term.name)
        if len(chosen) == wanted:
            break
    if language is Language.ZH:
        return tuple(chosen)
    english = {each.name: each.english for each in terms}
    return tuple(_in_words(english[name]) for name in chosen)


def _in_words(names: Sequence[str]) -> str:
    """The first that is no abbreviation (the table has them in small letters), else the first."""
    return next((each for each in names if " " in each), names[0])


def _spread(infos: Sequence[ReportInfo]) -> Sequence[ReportInfo]:
    """Some of the reports, from the whole of the list: neighbours are of one place."""
    step = -(-len(infos) // _LOOKED_INTO) or 1
    return infos[::step]


def _most_stated(terms: Iterable[Term], texts: Sequence[str]) -> list[Term]:
    """Those that several of the texts state, most texts first; where as many do, in their order."""
    counted = [(sum(_is_stated(term, text) for text in texts), term) for term in terms]
    several = [each for each in counted if each[0] >= _LEAST]
    return [term for _, term in sorted(several, key=lambda each: -each[0])]


def _is_stated(term: Term, text: str) -> bool:
    """Whether the text has the term; of an indicator, with a figure behind it."""
    found = text.find(term.name)
    while found >= 0:
        end = found + len(term.name)
        if not term.indicator or _DIGIT.search(text, end, end + _NEAR):
            return True
        found = text.find(term.name, end)
    return False


def _is_like(name: str, chosen: Collection[str]) -> bool:
    """Whether one names the other (a total and its share per head): one of them is enough."""
    return any(name in each or each in name for each in chosen)
