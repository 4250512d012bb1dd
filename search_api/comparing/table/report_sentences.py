"""The sentences of a report, ready to be compared with those of others.

Their vectors are those of the index, so that whole reports are compared without encoding anything. They
were made with the place's name before the sentence; what all of a report's sentences share (its place, the
style) is taken out with their mean.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Citation, Part, Passage, Span
from indexer.types import ReportInfo
from search_api.comparing.likeness.similarity import (
    Prepared,
    centred,
    plain_of,
    prepared,
    usual_sentences,
)
from search_api.comparing.table.rows import sentence_citation
from search_api.comparing.table.theme_sentences import Place, places_of
from search_api.engine import Engine
from search_api.retrieval.figure_fit import sense_score

# 各位代表, a date, a name under the text: too little to be a wording.
_SHORTEST: Final = 6
# Below so many sentences a report's own mean says as much of its subjects as of its style: the usual
# sentences then count beside them.
_ENOUGH: Final = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report.

    `sense`: -1 where its headings say that it tells what was done, 1 what is planned, 0 unknown.
    """

    info: ReportInfo
    passage: Passage
    span: Span
    prepared: Prepared
    sense: float

    @property
    def report_id(self) -> str:
        """Whose sentence it is."""
        return self.info.report_id

    @property
    def text(self) -> str:
        """The sentence."""
        return self.prepared.text

    @property
    def citation(self) -> Citation:
        """Where it stands."""
        return sentence_citation(self.passage, self.span, self.info)


def sentences_of(
    engine: Engine, info: ReportInfo, wanted: Collection[Span] | None = None
) -> list[Sentence]:
    """The sentences of a report's body in order, or those of them that are wanted."""
    passages = engine.passages(info.report_id)
    vectors = _centred_vectors(engine, info)
    title = plain_of(info.metadata.title)
    places = [
        place
        for place in places_of(passages)
        if place.passage.part is Part.BODY
        and place.span in vectors
        and sum(map(str.isalnum, place.text)) >= _SHORTEST
        # What all reports are called is no wording of theirs.
        and plain_of(place.text) not in title
    ]
    if wanted is not None:
        places = [place for place in places if place.span in wanted]
    return [_sentence(engine, info, place, vectors[place.span]) for place in places]


def nearest_spans(
    engine: Engine, info: ReportInfo, sought: NDArray[np.float32], most: int
) -> set[Span]:
    """The sentences of a report nearest to each of some centred vectors `(k, dim)`, `most` of each."""
    vectors = _centred_vectors(engine, info)
    if not vectors:
        return set()
    spans = list(vectors)
    every = np.stack(list(vectors.values()))
    # One after the other: sums over a whole table round otherwise, which may turn equals about.
    return {
        spans[row]
        for vector in sought
        for row in np.argsort(-(every @ vector), kind="stable")[:most]
    }


def _sentence(
    engine: Engine, info: ReportInfo, place: Place, vector: NDArray[np.float32]
) -> Sentence:
    return Sentence(
        info=info,
        passage=place.passage,
        span=place.span,
        prepared=prepared(place.text, vector, engine.places_in),
        sense=sense_score(place.passage.heading_path, ""),
    )


def _centred_vectors(engine: Engine, info: ReportInfo) -> dict[Span, NDArray[np.float32]]:
    spans, every = engine.sentence_vectors(info.report_id)
    if not spans:
        return {}
    centre = every.mean(axis=0)
    if len(every) < _ENOUGH:
        name = info.metadata.region.name if info.metadata.region else ""
        style = engine.phrase_vectors(
            [f"{name}:{usual}" if name else usual for usual in usual_sentences()]
        )
        centre = np.concatenate([every, style]).mean(axis=0)
    return dict(zip(spans, centred(every, centre), strict=True))
