"""What is looked for: the text to embed and the weighted words, for either language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.simplify import simplify
from indexer.tokenizer import tokenize
from search_api.retrieval.question import Question, short_name
from search_api.retrieval.translate import Glossary, translate


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is embedded; `terms` are tokens of the lexical index with weights > 0."""

    text: str
    terms: Mapping[str, float]


def chinese_query(question: Question) -> Query:
    """The question as it was asked for the vectors, its topic's words for the word index."""
    return Query(simplify(question.text), dict.fromkeys(tokenize(question.topic), 1.0))


def english_query(
    question: Question, glossary: Glossary, frequency: Callable[[str], float]
) -> Query:
    """The likeliest Chinese words to embed, all candidates for the word index.

    `frequency`: see `translate`.
    """
    translated = translate(question.topic, glossary, frequency)
    terms: dict[str, float] = {}
    for each in translated:
        for word, weight in each.candidates:
            for token in set(tokenize(word)):
                terms[token] = terms.get(token, 0.0) + weight
    places = [short_name(place.name) for place in question.places]
    best = [each.candidates[0][0] for each in translated]
    return Query(" ".join(dict.fromkeys([*places, *best])) or question.text, terms)
