"""Which passages answer a query best? Vectors and words, then sentences, then place and year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.report import Part, Passage, Span
from indexer.encoder import Encoder
from indexer.index import Index
from indexer.types import Scored, Selection
from search_api.retrieval.characters import character_overlap
from search_api.retrieval.fusion import convex, min_max, ranked
from search_api.retrieval.query import Query
from search_api.retrieval.settings import RetrievalSettings
from search_api.retrieval.timing import Stopwatch


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
    words were compared.
    """

    key: int
    passage: Passage
    score: float
    sentence: Span | None = None


def retrieve(
    index: Index,
    encoder: Encoder | None,
    query: Query,
    *,
    mode: Mode,
    top_k: int,
    within: Selection | None,
    preferences: Sequence[Preference],
    years: Collection[int],
    settings: RetrievalSettings,
    watch: Stopwatch,
) -> list[Candidate]:
    """The best passages, ordered by `(-score, passage_id)`, none overlapping another.

    `within` shuts out every other passage; `preferences` (selections inside `within`) only raise
    some; `years` are looked for in the passages' own words. The encoder may be None for
    `Mode.LEXICAL`.
    """
    vector = None
    if encoder is not None and mode is not Mode.LEXICAL:
        vector = _mean_direction(encoder.encode_queries(query.texts))
        watch.lap("encode")
    scopes = [within, *(p.selection for p in preferences if p.searched)]
    dense: dict[int, float] = {}
    lexical: dict[int, float] = {}
    for scope in scopes:
        if vector is not None:
            dense |= _scores(index.dense(vector, settings.depth, scope))
            watch.lap("dense")
        if mode is not Mode.DENSE and query.terms:
            lexical |= _scores(index.lexical(query.terms, settings.depth, scope))
            watch.lap("lexical")
    fused = _fuse(dense, lexical, mode, settings)
    for key in fused:
        fused[key] += sum(p.weight for p in preferences if key in p.selection)
    kept = dict(ranked(fused)[: max(settings.candidates, top_k)])
    keys = list(kept)
    passages = index.passages(keys)
    watch.lap("passages")
    sentences: dict[int, tuple[float, Span]] = {}
    if vector is not None:
        sentences = _best_sentences(keys, passages, index.sentence_vectors(keys), vector)
        watch.lap("sentences")
    shared: dict[int, float] = {}
    if mode is not Mode.DENSE:
        shared = dict(zip(keys, character_overlap(query.wording, passages), strict=True))
        watch.lap("characters")
    found = _score(kept, passages, sentences, shared, years, settings)
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
    return convex([dense, lexical], [settings.dense_weight, settings.lexical_weight])


def _best_sentences(
    keys: Sequence[int],
    passages: Sequence[Passage],
    vectors: Sequence[NDArray[np.float32]],
    query: NDArray[np.float32],
) -> dict[int, tuple[float, Span]]:
    """The sentence of each passage whose vector is nearest to the query, with its inner product.

    `vectors`: per passage (n_sentences, dim) float32, rows of unit length; `query`: (dim,).
    """
    best: dict[int, tuple[float, Span]] = {}
    for key, passage, rows in zip(keys, passages, vectors, strict=True):
        if len(rows):
            scores = rows @ query
            row = int(scores.argmax())
            best[key] = (float(scores[row]), passage.sentences[row])
    return best


def _score(
    fused: dict[int, float],
    passages: Sequence[Passage],
    sentences: dict[int, tuple[float, Span]],
    shared: dict[int, float],
    years: Collection[int],
    settings: RetrievalSettings,
) -> list[Candidate]:
    by_sentence = min_max({key: score for key, (score, _) in sentences.items()})
    by_characters = min_max(shared)
    found: list[Candidate] = []
    for (key, score), passage in zip(fused.items(), passages, strict=True):
        total = score + settings.sentence_weight * by_sentence.get(key, 0.0)
        total += settings.character_weight * by_characters.get(key, 0.0)
        if any(f"{year}年" in passage.text for year in years):
            total += settings.year_weight
        if passage.part is not Part.BODY:
            total += settings.annex_weight
        sentence = sentences[key][1] if key in sentences else None
        found.append(Candidate(key, passage, total, sentence))
    return found


def _without_overlaps(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of passages that overlap, only the first: the same words must not be shown twice."""
    taken: dict[str, list[Span]] = {}
    for candidate in found:
        passage = candidate.passage
        spans = taken.setdefault(passage.report_id, [])
        if not any(s.start < passage.end and passage.start < s.end for s in spans):
            spans.append(Span(passage.start, passage.end))
            yield candidate
