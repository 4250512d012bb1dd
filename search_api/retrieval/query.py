"""What is looked for: the text to embed and the weighted words, for either language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.report import Span
from indexer.simplify import simplify
from indexer.tokenizer import tokenize
from search_api.questions.everyday import Everyday, everyday_in
from search_api.questions.question import Language, Question, short_name
from search_api.questions.terms import Term, terms_in
from search_api.retrieval.learned import load_learned
from search_api.retrieval.translate import Glossary, Translated, translate

# Another way to write an official term, beside the word of the question itself.
OTHER_WORDS: Final = 0.9
# A word of reports for an everyday one, which is less surely meant than another name of a term.
EVERYDAY_WORDS: Final = 0.8
# What an official term of an English question weighs, as a phrase that the dictionary has; the half of
# it is the name that reports use most.
OFFICIAL_WEIGHT: Final = 2.0
OFFICIAL_NAME: Final = 0.5


_ASKED: Final = re.compile(r"(?:是|有|为)多少[？?。]?$")


@dataclass(frozen=True, slots=True)
class Query:
    """`texts` are embedded and their mean is compared; `terms` are tokens of the lexical index with
    weights > 0; the characters of `wording` are compared with those of sentences. `groups`: per word
    of the question the Chinese words it may be written as, weights 0..1. `official`: the official
    terms it uses.
    """

    texts: tuple[str, ...]
    terms: Mapping[str, float]
    wording: str
    groups: tuple[Mapping[str, float], ...] = ()
    official: tuple[Term, ...] = ()


def chinese_query(question: Question) -> Query:
    """The question as it was asked for the vectors, its topic's words for the word index.

    Sentences are compared with everyday words as reports write them, too (老百姓 as 居民). The word index
    isn't asked for those: it would find no more with them.
    """
    # 办结数是多少 would be cut into 办结, 数是, 多少.
    topic = _ASKED.sub("", simplify(question.topic)) or simplify(question.topic)
    found = terms_in(topic, Language.ZH)
    everyday = _everyday_beside(topic, found)
    known = {each.word: each for each, _ in everyday}
    groups = tuple(
        _as_reported(known[word]) if word in known else _alternatives(word, found, topic)
        for word in dict.fromkeys(_words_around(topic, everyday))
    )
    terms = dict.fromkeys(tokenize(topic), 1.0)
    return Query((simplify(question.text),), terms, topic, groups, _each_once(found))


def _everyday_beside(topic: str, found: Sequence[tuple[Term, Span]]) -> list[tuple[Everyday, Span]]:
    """The everyday words of a topic that no official term has a part in: those are known better."""
    return [
        (each, span)
        for each, span in everyday_in(topic)
        if not any(span.start < term.end and term.start < span.end for _, term in found)
    ]


def _words_around(topic: str, everyday: Sequence[tuple[Everyday, Span]]) -> Iterator[str]:
    """The words of a topic in order, the everyday ones whole: 城里人 would give 城里 and 里人, too."""
    end = 0
    for each, span in everyday:
        yield from tokenize(topic[end : span.start])
        yield each.word
        end = span.end
    yield from tokenize(topic[end:])


def _as_reported(everyday: Everyday) -> Mapping[str, float]:
    """An everyday word and the words of reports for it, all alike: any of them may be the one."""
    return dict.fromkeys(everyday.official, EVERYDAY_WORDS) | {everyday.word: 1.0}


def _alternatives(word: str, found: Sequence[tuple[Term, Span]], topic: str) -> Mapping[str, float]:
    """A word and, if it is part of an official term of the topic, the other ways to write that.

    Part of it as it is written there or is called in reports; what only another way to write it has
    (经济增速 for GDP) may be a word of its own beside it.
    """
    others = {
        other: OTHER_WORDS
        for term, span in found
        if word in span.of(topic).lower() or word in term.name.lower()
        for other in term.chinese
    }
    return others | {word: 1.0}


def _each_once(found: Iterable[tuple[Term, Span]]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for term, _ in found))


def english_query(
    question: Question, glossary: Glossary, frequency: Callable[[str], float]
) -> Query:
    """Chinese candidates for the word index; the likeliest ones and the question itself to embed.

    The model knows English, but reports lie nearer to Chinese words: the mean of both finds more
    than either. `frequency`: see `translate`.
    """
    found = terms_in(question.topic, Language.EN)
    translated = sorted(
        [*_words_between(question.topic, found, glossary, frequency), *map(_official, found)],
        key=lambda placed: placed[0],
    )
    terms: dict[str, float] = {}
    for _, each in translated:
        for word, weight in each.candidates:
            for token in set(tokenize(word)):
                terms[token] = terms.get(token, 0.0) + weight
    places = [short_name(place.name) for place in question.places]
    best = list(dict.fromkeys(each.candidates[0][0] for _, each in translated))
    chinese = " ".join(dict.fromkeys([*places, *best]))
    texts = (chinese, question.text) if chinese else (question.text,)
    groups = tuple(_relative(each.candidates) for _, each in translated)
    return Query(texts, terms, " ".join(best), groups, _each_once(found))


def _words_between(
    topic: str,
    found: Sequence[tuple[Term, Span]],
    glossary: Glossary,
    frequency: Callable[[str], float],
) -> list[tuple[int, Translated]]:
    """What stands between the official terms by the dictionary, each with its place."""
    placed: list[tuple[int, Translated]] = []
    start = 0
    for end, behind in [*((span.start, span.end) for _, span in found), (len(topic), len(topic))]:
        placed += [
            (start, each)
            for each in translate(topic[start:end], glossary, frequency, load_learned())
        ]
        start = behind
    return placed


def _official(found: tuple[Term, Span]) -> tuple[int, Translated]:
    """A term as reports write it; its other words share what a phrase of the dictionary weighs."""
    term, span = found
    others = len(term.chinese) - 1
    weights = [OFFICIAL_NAME, *[(1 - OFFICIAL_NAME) / others] * others] if others else [1.0]
    candidates = tuple(
        (word, OFFICIAL_WEIGHT * weight) for word, weight in zip(term.chinese, weights, strict=True)
    )
    return span.start, Translated(term.english[0] if term.english else term.name, candidates)


def _relative(candidates: tuple[tuple[str, float], ...]) -> Mapping[str, float]:
    """Candidates with their weights relative to the best one's."""
    most = max(weight for _, weight in candidates)
    return {word: weight / most for word, weight in candidates}
