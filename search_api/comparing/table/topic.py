"""What kind of topic is compared: one with a figure, a theme, or a passage to find elsewhere?"""

from __future__ import annotations

from functools import partial
from typing import Final

from search_api.comparing.comparison_types import Topic, TopicKind
from search_api.engine import checked_question
from search_api.questions.alternatives import alternatives, is_measured
from search_api.questions.plan import Plan
from search_api.questions.planning import plan_of
from search_api.questions.question import Language, Question, language_of
from search_api.questions.terms import terms_in
from search_api.questions.words import pattern

table = partial(pattern, file="topic_words.tsv")


# A topic is a phrase; what is longer, or ends as sentences do, was copied from a report.
_PASSAGE_CHARACTERS: Final = 45


def topic_of(text: str) -> Topic:
    """Read a topic. Raises BadRequestError: empty, without words, or too long."""
    given = checked_question(text, "topic")
    language = language_of(given)
    if _is_passage(given):
        return Topic(given, TopicKind.PASSAGE, (given,), language)
    if _is_asked(given, language):
        return Topic(given, TopicKind.FIGURE, (given,), language)
    asked = given.rstrip("。？?！! ：:")
    bare = table("of_all").sub("", asked) or asked
    told = table("question").search(given) and (
        language is not Language.ZH or table("told").search(bare)
    )
    if told or not is_measured(bare, language):
        return Topic(given, TopicKind.THEME, (given if bare == asked else bare,), language)
    thing = _is_thing(bare, language)
    return Topic(given, TopicKind.FIGURE, alternatives(bare, language), language, thing)


def _is_thing(text: str, language: Language) -> bool:
    """Whether things are named, and no measure of them."""
    if language is Language.ZH:
        return bool(table("thing").search(text))
    named = [term.name for term, _ in terms_in(text, language)]
    return not table("measure_en").search(text) and any(map(table("thing").search, named))


def _is_asked(text: str, language: Language) -> bool:
    """Whether it is a question for a figure already."""
    if table("asked").search(text):
        return True
    return bool(table("question").search(text)) and _plan(text, language).figure


def _plan(text: str, language: Language) -> Plan:
    return plan_of(Question(text, language, text))


def _is_passage(text: str) -> bool:
    if "\n" in text or table("predicate").search(text):
        return True
    return len(text) > _PASSAGE_CHARACTERS * (1 if language_of(text) is Language.ZH else 4) or bool(
        table("passage_end").search(text)
    )
