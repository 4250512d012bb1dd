"""Does an index hold what it should? Everything that can be checked without reading files again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.report import Passage, Span
from indexer.progress import Progress, Stage, Step, silent
from indexer.restate import made_again
from indexer.storage import records, stated
from indexer.storage.derived import DerivedMissingError, open_derived
from indexer.storage.records import VECTOR_TYPE
from indexer.storage.store import Store, open_for_reading

# Unit vectors in 16 bits are off by less than this.
_LENGTH_TOLERANCE = 5e-3
_VECTORS_AT_ONCE = 10_000
_LACKING = (
    "{} reports have no statements stored as they are read now; they are read again each time they"
    " are asked for, until `govsearch index` or `govsearch rebuild` stores them"
)


@dataclass(frozen=True, slots=True)
class VerifySummary:
    """What was checked and what is wrong, each problem a line for people."""

    reports: int
    passages: int
    vectors: int
    statements: int  # those stored
    problems: tuple[str, ...]


def verify(data: Path, progress: Progress = silent) -> VerifySummary:
    """Check the newest generation of an index. Raises only if it can't be opened at all.

    Checked are SQLite's own consistency, each passage's text against its report, that passages
    cover the body exactly once, that each passage to be found and each of its sentences has a
    vector of unit length, that the statements are stored, and are those of the text, and that the
    vector and word indexes hold these passages and no others.
    """
    store = open_for_reading(data)
    try:
        generation = store.generation
        problems = [f"store: {line}" for line in store.problems()]
        found = store.rows(
            "SELECT id, report_id, text, furniture FROM report WHERE born <= ? ORDER BY report_id",
            (generation,),
        )
        kept = stated.stated(store, generation)
        passages = statements = 0
        for done, (row, report_id, text, furniture) in enumerate(found):
            progress(Step(Stage.CHECKING, done, len(found), report_id))
            pieces = records.report_passages(store, row)
            passages += len(pieces)
            spans = [Span(*span) for span in json.loads(furniture)]
            problems += [f"{report_id}: {line}" for line in _text_problems(text, spans, pieces)]
            if row in kept:
                said = stated.statements(store, row)
                statements += len(said)
                if said != tuple(made_again(store, row)):
                    problems.append(f"{report_id}: the statements stored aren't those of its text")
        if len(kept) < len(found):
            problems.append(_LACKING.format(len(found) - len(kept)))
        problems += _vector_problems(store)
        problems += _derived_problems(store, generation)
        vectors = int(store.rows("SELECT count(*) FROM vector")[0][0])
        progress(Step(Stage.CHECKING, len(found), len(found)))
    finally:
        store.close()
    return VerifySummary(len(found), passages, vectors, statements, tuple(problems))


def _text_problems(
    text: str, furniture: list[Span], passages: tuple[Passage, ...]
) -> Iterator[str]:
    covered = np.zeros(len(text), dtype=np.int32)
    for passage in passages:
        covered[passage.start : passage.end] += 1
        if text[passage.start : passage.end] != passage.text:
            yield f"passage {passage.start}-{passage.end} isn't what stands there in the text"
        if any(span.start < passage.start or span.end > passage.end for span in passage.sentences):
            yield f"passage {passage.start}-{passage.end} has sentences outside itself"
    wanted = np.array([not character.isspace() for character in text], dtype=bool)
    for span in furniture:
        wanted[span.start : span.end] = False
    for problem, wrong in (
        ("is in no passage", wanted & (covered == 0)),
        ("is in more than one passage", covered > 1),
    ):
        places = np.flatnonzero(wrong)
        if len(places):
            yield f"{len(places)} characters, the first at {places[0]}: {problem}"


def _vector_problems(store: Store) -> Iterator[str]:
    missing = store.rows("SELECT count(*) FROM passage WHERE kind = 'text' AND vector IS NULL")[0][
        0
    ]
    if missing:
        yield f"{missing} passages have no vector"
    missing = store.rows(
        "SELECT count(*) FROM sentence s JOIN passage p ON p.key = s.passage"
        " WHERE p.kind = 'text' AND s.vector IS NULL"
    )[0][0]
    if missing:
        yield f"{missing} sentences have no vector"
    dimension = int(store.setting("dimension") or 0)
    last = 0
    while rows := store.rows(
        "SELECT id, data FROM vector WHERE id > ? ORDER BY id LIMIT ?", (last, _VECTORS_AT_ONCE)
    ):
        last = rows[-1][0]
        whole = [data for _, data in rows if len(data) == dimension * VECTOR_TYPE.itemsize]
        if len(whole) < len(rows):
            yield f"{len(rows) - len(whole)} vectors are not of {dimension} dimensions"
        lengths = np.linalg.norm(records.from_bytes(b"".join(whole), dimension), axis=1)
        wrong = int((np.abs(lengths - 1) > _LENGTH_TOLERANCE).sum())
        if wrong:
            yield f"{wrong} vectors are not of length 1"


def _derived_problems(store: Store, generation: int) -> Iterator[str]:
    try:
        derived = open_derived(store, generation)
    except DerivedMissingError as error:
        yield f"{error}; it is made again when the index is opened"
        return
    wanted = {
        row[0]
        for row in store.rows(
            "SELECT key FROM passage p JOIN report r ON r.id = p.report"
            " WHERE p.vector IS NOT NULL AND r.born <= ?",
            (generation,),
        )
    }
    for name, keys in (
        ("vector index", set(derived.vectors.keys().tolist())),
        ("word index", derived.words.keys()),
    ):
        if keys != wanted:
            yield (
                f"the {name} lacks {len(wanted - keys)} passages and has"
                f" {len(keys - wanted)} too many"
            )
