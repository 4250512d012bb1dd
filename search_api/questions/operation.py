"""Which kind of answer does a question want? Decided once, by a small model over its form.

Features are words of asking (`question_words.tsv`), how the question begins and ends, and nothing of its topic. The
weights are learned from questions whose kind is known (`python -m eval.train operations`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from search_api.questions.plan import Operation
from search_api.questions.question import Language, Question
from search_api.questions.terms import terms_in
from search_api.questions.words import pattern

MODEL_FILE: Final = "operations.json"
CUES: Final = ("yes_no", "date", "which", "list", "name", "value", "words", "told", "change", "level",
               "share", "rank", "difference", "ratio", "goal", "pace", "single")  # fmt: skip
_ENDS: Final = (1, 2, 3)
_EDGES: Final = " \t\n？?。.！!，,：:"
_YEAR: Final = re.compile(r"(?:19|20)\d\d年?")
_LATIN: Final = re.compile(r"[a-z]+|\d+")
# An English noun that may tell what is asked for stands near what asks: which large reservoirs.
_NEAR: Final = 4
# Stands for an official term.
_TERM: Final = "term"
_TERMS: Final = "terms"
_AUXILIARY: Final = frozenset((
    "is", "are", "was", "were", "be", "do", "does", "did", "has", "have", "had", "will", "would", "can", "could",
    "should", "must", "may",
))  # fmt: skip


def form_features(question: Question) -> tuple[str, ...]:
    """The features of a question's form, each once, in order."""
    language = question.language
    text = question.text.strip(_EDGES)
    found = [
        f"cue {name}"
        for name in CUES
        if (cue := _cue(name, language)) is not None and cue.search(question.text)
    ]
    if any(term.indicator for term, _ in terms_in(question.topic, language)):
        found.append("indicator")
    if language is Language.ZH:
        found += _chinese_form(text, question.topic)
    else:
        found += _english_form(text)
    return tuple(dict.fromkeys(found))


def _cue(name: str, language: Language) -> re.Pattern[str] | None:
    try:
        return pattern(f"{language.value}_{name}")
    except KeyError:
        return None


def _chinese_form(text: str, topic: str) -> list[str]:
    bare = _YEAR.sub("", topic).strip(_EDGES)
    found = [f"ends {bare[-length:]}" for length in _ENDS if len(bare) >= length]
    if "的" in bare:
        found.append("of")
    if re.search(r"[0-9]$|年$", text):
        found.append("year last")
    if not any(
        pattern(f"zh_{name}").search(text)
        for name in ("value", "words", "name", "which", "yes_no", "date")
    ):
        found.append("bare")
    found.append("long" if len(bare) > 12 else "short")
    return found


def _english_form(text: str) -> list[str]:
    # The words of official terms (imports and exports) are its topic.
    bare = text.lower()
    for _, span in reversed(terms_in(bare, Language.EN)):
        term = _TERMS if span.of(bare).endswith("s") else _TERM
        bare = f"{bare[: span.start]}{term}{bare[span.end :]}"
    words = _LATIN.findall(bare)
    found = [f"first {words[0]}"] if words else []
    found += [f"first {words[0]} {words[1]}"] if len(words) > 1 else []
    for place, word in enumerate(words):
        if word in ("which", "what") and place < len(words) - 1:
            near = _asked_noun(words[place + 1 : place + 1 + _NEAR])
            found += [f"asks {each}" for each in near]
            if any(each.endswith("s") and len(each) > 3 for each in near):
                found.append("asks plural")
            break
    found += [f"word {each}" for each in dict.fromkeys(words)]
    return found


def _asked_noun(words: list[str]) -> list[str]:
    """The words behind which or what that may say what is asked for: by what percentage did imports grow."""
    for place, word in enumerate(words):
        if place and word in _AUXILIARY:
            return words[:place]
        # What stands behind the one thing that is asked for is what it does: which department leads.
        if pattern("en_name").fullmatch(f"which {word}"):
            return words[: place + 1]
    return words


@dataclass(frozen=True, slots=True)
class OperationModel:
    """Multinomial logit: per operation a bias and a weight for each feature."""

    biases: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]

    def chances(self, features: tuple[str, ...]) -> dict[Operation, float]:
        """The probability of each operation, 0..1."""
        scores = {
            name: bias + sum(self.weights[name].get(each, 0.0) for each in features)
            for name, bias in self.biases.items()
        }
        most = max(scores.values())
        raised = {name: math.exp(score - most) for name, score in scores.items()}
        total = sum(raised.values())
        return {Operation(name): value / total for name, value in raised.items()}


@cache
def load_operations() -> Mapping[Language, OperationModel]:
    """The shipped models by language. Raises ValueError for a file without one of them."""
    text = files("search_api").joinpath("data", MODEL_FILE).read_text(encoding="utf-8")
    stored = json.loads(text)
    missing = [each for each in Language if each.value not in stored["models"]]
    if missing:
        raise ValueError(f"{MODEL_FILE}: no model for {', '.join(missing)}; train again")
    return {
        each: OperationModel(
            stored["models"][each.value]["biases"], stored["models"][each.value]["weights"]
        )
        for each in Language
    }


def operation_of(question: Question) -> tuple[Operation, float]:
    """The likeliest operation, and its probability 0..1."""
    chances = load_operations()[question.language].chances(form_features(question))
    best = max(chances, key=lambda each: (chances[each], each))
    return best, chances[best]
