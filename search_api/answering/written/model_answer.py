"""What a language model adds: an answer in its words as far as they are proven, and a translation."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.statements.quantities import DATE, quantities
from search_api.answering import reasons
from search_api.answering.saying import prove
from search_api.answering.scope import Scope, years_covered
from search_api.answering.settings import AnswerSettings
from search_api.answering.types import Answer, Answering, Event, Said
from search_api.answering.written.language_model import LanguageModel, LanguageModelError
from search_api.answering.written.proven_sentences import (
    NOT_FOUND,
    check,
    english_numbers,
    messages,
    sentences_of,
    shown,
    translation_messages,
    usable_translation,
)
from search_api.engine import Engine
from search_api.questions.question import Language

_log = logging.getLogger("govsearch")


def translated_question(model: LanguageModel | None, question: str) -> str | None:
    """An English question in Chinese by the language model; None if it can't be used.

    Search has a bridge of its own, so that a failure costs quality and nothing else.
    """
    if model is None:
        return None
    try:
        chinese = model.complete(translation_messages(question)).strip()
    except LanguageModelError as error:
        _log.warning("the question is not translated by the language model: %s", error)
        return None
    return chinese if usable_translation(question, chinese) else None


def written_answer(
    engine: Engine,
    model: LanguageModel,
    question: str,
    extractive: Answer,
    scope: Scope,
    settings: AnswerSettings,
    told_in: Language | None = None,
) -> Iterator[Event]:
    """The answer in the language model's words, as far as they are proven; else the extractive one.

    `told_in`: the language of the notices, that of the question if it isn't given.
    """
    language = extractive.language
    told_in = told_in or language
    passages = shown(scope.hits[: settings.shown])
    places = [info.metadata.region.name for info in engine.reports() if info.metadata.region]
    told = {
        info.report_id: years_covered(Scope((), (info,)))
        for info in engine.reports()
        if info.metadata.year is not None
    }
    said: list[Said] = []
    texts: list[str] = []
    dropped = 0
    silent = failed = False
    try:
        for sentence in sentences_of(model.stream(messages(question, passages, language))):
            if NOT_FOUND in sentence:
                silent = True
                continue
            checked = check(sentence, passages, language, places, told)
            if checked.flaws:
                dropped += 1
                problems = "; ".join(each.problem for each in checked.flaws)
                _log.info("a sentence of the language model is dropped: %s", problems)
                continue
            texts.append(checked.text)
            said.extend(checked.said)
            yield from checked.said
    except LanguageModelError as error:
        _log.warning("falling back to the extractive answer: %s", error)
        failed = True
    notices = list(extractive.notices)
    if dropped:
        notices.append(reasons.model_unproven(dropped, told_in))
    if failed or not texts:
        if extractive.answered:
            # Sentences were dropped, the model found nothing, or it failed.
            quiet = silent and not failed and not dropped
            notices.append(
                reasons.model_silent(told_in) if quiet else reasons.model_failed(told_in)
            )
            yield from extractive.said
        yield replace(extractive, notices=tuple(notices))
        return
    prove(engine, "", said, scope.hits)
    answer, differs = _in_short(extractive, texts)
    if differs:
        notices.append(reasons.model_differs(extractive.answer or "", told_in))
    yield replace(
        extractive,
        answer=answer,
        said=tuple(said),
        why=None,
        reason="",
        notices=tuple(notices),
    )


def _in_short(extractive: Answer, texts: Sequence[str]) -> tuple[str, bool]:
    """The answer itself, and whether the reader's own is another figure.

    For a figure it is the figure; the model's sentences stand beside it.
    """
    text = "".join(texts) if extractive.language is Language.ZH else " ".join(texts)
    if extractive.answering is not Answering.FIGURE:
        return text, False
    claimed = [each for each in quantities(text) if each.unit and each.kind != DATE]
    own = [each for each in quantities(extractive.answer or "") if each.unit]
    agreed = any(each.same_as(own[0]) for each in claimed) if own else False
    if own and extractive.language is Language.EN:
        # English has other words for units: the value tells.
        agreed = any(value in (own[0].low, own[0].high) for _, value, _ in english_numbers(text))
    if agreed:
        return extractive.answer or text, False
    if not claimed:
        return text, False
    return claimed[0].span.of(text), bool(own)
