"""Which passages answer a query best? Vectors and words, then sentences, then what an answer needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.report import Part, Passage, Span
from indexer.index import Index
from indexer.types import Scored, Selection
from search_api.questions.plan import Plan
from search_api.retrieval.characters import character_overlap
from search_api.retrieval.fusion import convex, min_max, ranked, reciprocal_rank
from search_api.retrieval.query import Query
from search_api.retrieval.rerank import Reranker, rerank
from search_api.retrieval.settings import Fusion, RetrievalSettings
from search_api.retrieval.timing import Stopwatch

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


class Mode(StrEnum):
    """What finds the candidates: vectors and words, or one of them alone."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Preference:
    """Reports that come before others by `weight` points of score, without shutting them out.

    With `searched` their passages are also looked for on their own, so that they can't all be
    missing among the candidates.
    """

    selection: Selection
    weight: float
    searched: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage found. Higher scores are better and compare within one query.

    `sentence` is the best one inside the passage (offsets into the report's text), None where only
    words were compared. `likeness`: per sentence of the passage how like the question it is, on the
    scale of the settings' weights.
    """

    key: int
    passage: Passage
    score: float
    sentence: Span | None = None
    likeness: tuple[float, ...] = ()
    cosines: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for, and where. `within` shuts out every other passage; `preferences` (selections inside
    `within`) only raise some.
    """

    plan: Plan
    query: Query
    mode: Mode
    top_k: int
    within: Selection | None
    preferences: Sequence[Preference]


def retrieve(
    index: Index,
    encode: Encode | None,
    wanted: Wanted,
    report_years: Mapping[str, int | None],
    settings: RetrievalSettings,
    watch: Stopwatch,
    reranker: Reranker | None = None,
) -> list[Candidate]:
    """The best passages, ordered by `(-score, passage_id)`, none overlapping another.

    The years asked about are looked for in the passages' own words. With `settings.rerank` the candidates
    are ranked again by what the plan wants of an answer; `report_years` are those of all reports,
    by id. `encode` gives unit vectors of the question's texts; it may be None for `Mode.LEXICAL`.
    """
    query, mode, plan, top_k = wanted.query, wanted.mode, wanted.plan, wanted.top_k
    within, preferences = wanted.within, wanted.preferences
    vector = None
    if encode is not None and mode is not Mode.LEXICAL:
        vector = _mean_direction(encode(query.texts))
        watch.lap("encode")
    field_weights = {
        "body": 1.0,
        "heading": settings.heading_words,
        "place": settings.place_words,
    }
    scopes = [within, *(p.selection for p in preferences if p.searched)]
    dense: dict[int, float] = {}
    lexical: dict[int, float] = {}
    for scope in scopes:
        if vector is not None:
            dense |= _scores(index.dense(vector, settings.depth, scope))
            watch.lap("dense")
        if mode is not Mode.DENSE and query.terms:
            lexical |= _scores(index.lexical(query.terms, settings.depth, scope, field_weights))
            watch.lap("lexical")
    fused = _fuse(dense, lexical, mode, settings)
    for key in fused:
        fused[key] += sum(p.weight for p in preferences if key in p.selection)
    kept = dict(ranked(fused)[: max(settings.candidates, top_k)])
    keys = list(kept)
    passages = index.passages(keys)
    watch.lap("passages")
    cosines: list[NDArray[np.float32]] | None = None
    if vector is not None:
        cosines = [rows @ vector for rows in index.sentence_vectors(keys)]
        watch.lap("sentences")
    overlaps: list[list[float]] | None = None
    if mode is not Mode.DENSE:
        overlaps = character_overlap(query.wording, passages)
        watch.lap("characters")
    likeness = _likeness(cosines, overlaps, passages, settings)
    found = _score(kept, passages, likeness, plan.when.years, settings)
    if settings.rerank:
        found = _reranked(found, likeness, plan, report_years, settings)
    if reranker is not None:
        found = _read_together(found, plan.text, reranker, settings)
        watch.lap("rerank")
    ordered = sorted(found, key=lambda c: (-c.score, c.passage.passage_id))
    hits = list(islice(_without_overlaps(ordered), top_k))
    watch.lap("rank")
    return hits


def _mean_direction(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit vector (dim,) between unit rows (n, dim)."""
    mean: NDArray[np.float32] = rows.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _scores(found: Iterable[Scored]) -> dict[int, float]:
    return {each.key: each.score for each in found}


def _fuse(
    dense: dict[int, float], lexical: dict[int, float], mode: Mode, settings: RetrievalSettings
) -> dict[int, float]:
    if mode is Mode.DENSE:
        return min_max(dense)
    if mode is Mode.LEXICAL:
        return min_max(lexical)
    if settings.fusion == Fusion.RRF:
        # Scaled to 0..1 like the convex sum, or the sentences would drown it.
        return min_max(reciprocal_rank([dense, lexical]))
    return convex([dense, lexical], [settings.dense_weight, settings.lexical_weight])


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How like the question the sentences of one passage are.

    `sentences`: per sentence, on the scale of the settings' weights; `best_cosine` and
    `best_overlap` of any of them, None where they weren't compared or there is no sentence.
    """

    sentences: list[float]
    cosines: list[float]
    best_cosine: float | None
    best_overlap: float | None


def _likeness(
    cosines: Sequence[NDArray[np.float32]] | None,
    overlaps: Sequence[Sequence[float]] | None,
    passages: Sequence[Passage],
    settings: RetrievalSettings,
) -> list[_Likeness]:
    """Per passage; `cosines`: (n_sentences,) a passage, `overlaps` likewise, 0..1."""
    tops = [float(each.max()) for each in cosines or () if len(each)]
    low = min(tops, default=0.0)
    width = max(tops, default=0.0) - low or 1.0
    found: list[_Likeness] = []
    for row, passage in enumerate(passages):
        sentences = [0.0] * len(passage.sentences)
        if cosines is not None:
            scaled = settings.sentence_weight * (cosines[row] - low) / width
            sentences = scaled.tolist()
        if overlaps is not None:
            weight = settings.character_weight
            sentences = [s + weight * o for s, o in zip(sentences, overlaps[row], strict=True)]
        found.append(
            _Likeness(
                sentences,
                cosines[row].tolist() if cosines is not None else [],
                float(cosines[row].max()) if cosines is not None and len(cosines[row]) else None,
                max(overlaps[row]) if overlaps is not None and overlaps[row] else None,
            )
        )
    return found


def _score(
    fused: dict[int, float],
    passages: Sequence[Passage],
    likeness: Sequence[_Likeness],
    years: Collection[int],
    settings: RetrievalSettings,
) -> list[Candidate]:
    """Scores by passage: `fused`, best sentence and best shared characters, years, part."""
    keys = list(fused)
    by_sentence = _scaled(keys, [each.best_cosine for each in likeness])
    by_characters = _scaled(keys, [each.best_overlap for each in likeness])
    found: list[Candidate] = []
    for key, passage, like in zip(keys, passages, likeness, strict=True):
        total = fused[key] + settings.sentence_weight * by_sentence.get(key, 0.0)
        total += settings.character_weight * by_characters.get(key, 0.0)
        if any(f"{year}年" in passage.text for year in years):
            total += settings.year_weight
        if passage.part is not Part.BODY:
            total += settings.annex_weight
        found.append(
            Candidate(
                key,
                passage,
                total,
                _sentence(passage, like),
                tuple(like.sentences),
                tuple(like.cosines),
            )
        )
    return found


def _scaled(keys: Sequence[int], values: Sequence[float | None]) -> dict[int, float]:
    return min_max({k: v for k, v in zip(keys, values, strict=True) if v is not None})


def _sentence(passage: Passage, likeness: _Likeness, row: int | None = None) -> Span | None:
    """The sentence of that row, else the likest; None where sentences had no vectors."""
    if likeness.best_cosine is None:
        return None
    if row is None:
        row = max(range(len(likeness.sentences)), key=likeness.sentences.__getitem__)
    return passage.sentences[row]


def _reranked(
    found: Sequence[Candidate],
    likeness: Sequence[_Likeness],
    plan: Plan,
    report_years: Mapping[str, int | None],
    settings: RetrievalSettings,
) -> list[Candidate]:
    """The candidates with what `rerank` adds to their scores, and the sentences it prefers."""
    passages = [each.passage for each in found]
    sentences = [each.sentences for each in likeness]
    again = rerank(passages, sentences, plan, report_years, settings)
    return [
        replace(
            each,
            score=each.score + more.bonus,
            sentence=_sentence(each.passage, like, more.sentence),
        )
        for each, like, more in zip(found, likeness, again, strict=True)
    ]


def _read_together(
    found: Sequence[Candidate], question: str, reranker: Reranker, settings: RetrievalSettings
) -> list[Candidate]:
    """The best `settings.reranked` candidates with the reranker's scores added, before the others."""
    ordered = sorted(found, key=lambda c: (-c.score, c.passage.passage_id))
    first, rest = ordered[: settings.reranked], ordered[settings.reranked :]
    texts = ["\n".join((*each.passage.heading_path, each.passage.text)) for each in first]
    scaled = min_max(dict(enumerate(reranker.scores(question, texts))))
    # Nothing is lost by being read: the others stay behind those that were.
    lift = settings.reranker_weight
    again = [
        replace(each, score=each.score + lift * (1 + scaled[row])) for row, each in enumerate(first)
    ]
    return [*again, *rest]


def _without_overlaps(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of passages that overlap, only the first: the same words must not be shown twice."""
    taken: dict[str, list[Span]] = {}
    for candidate in found:
        passage = candidate.passage
        spans = taken.setdefault(passage.report_id, [])
        if not any(s.start < passage.end and passage.start < s.end for s in spans):
            spans.append(Span(passage.start, passage.end))
            yield candidate
