"""Is something measured named, and are several named to choose from (A或B)?"""

from __future__ import annotations

from functools import partial
from typing import Final

from search_api.questions.planning import plan_of
from search_api.questions.question import Language, Question
from search_api.questions.terms import terms_in
from search_api.questions.words import pattern

_words: Final = partial(pattern, file="topic_words.tsv")


def is_measured(text: str, language: Language) -> bool:
    """Whether a phrase names something measured, and nothing done."""
    if language is not Language.ZH:
        if _words("doing_en").match(text):
            return False
        return bool(_words("measure_en").search(text)) or _names_indicator(text, language)
    if _words("theme").search(text) or _words("no_measure").search(text):
        return False
    if not text.endswith(("目标", "指标", "幅度")) and (
        _words("changing").match(text)
        or (_words("doing").match(text) and not _words("measure").search(text))
    ):
        return False
    if _words("measure").search(text) or _names_indicator(text, language):
        return True
    return bool(plan_of(Question(text, language, text)).kinds)


def alternatives(text: str, language: Language) -> tuple[str, ...]:
    """A或B as A and B, if each is something measured; the years named first hold for all, as what asks
    behind the last does.
    """
    asked = _words("how_much").search(text)
    end = asked.start() if asked else len(text)
    parts = [each.strip() for each in _words("or").split(text[:end])]
    if len(parts) == 1 or not all(each and is_measured(each, language) for each in parts):
        return (text,)
    led = _words("years").match(parts[0])
    year = led.group() if led else ""
    others = (each if _words("years").search(each) else year + each for each in parts[1:])
    return tuple(each + text[end:] for each in (parts[0], *others))


def _names_indicator(text: str, language: Language) -> bool:
    return any(term.indicator for term, _ in terms_in(text, language))
