"""Reports, sections, passages and vectors as rows of the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from hashlib import blake2b, sha256

import numpy as np
from numpy.typing import NDArray

from corpus.report import (
    Metadata,
    ParsedReport,
    Part,
    Passage,
    PassageKind,
    Region,
    ReportKind,
    Section,
    Span,
)
from indexer.indexed_text import passage_text, sentence_text
from indexer.storage.store import Row, Store
from indexer.types import ReportInfo

VECTOR_TYPE = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report was read from."""

    source: str
    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EmbeddedTexts:
    """The texts of a report that are embedded, and the hashes their vectors are kept under.

    `passages` has one entry a passage (None for passages of headings only), `sentences` one list
    a passage.
    """

    passages: tuple[str | None, ...]
    sentences: tuple[tuple[str, ...], ...]

    def all(self) -> Iterator[str]:
        """Every text, passages and sentences."""
        for passage, sentences in zip(self.passages, self.sentences, strict=True):
            if passage is not None:
                yield passage
            yield from sentences


def embedded_texts(passages: Sequence[Passage], metadata: Metadata) -> EmbeddedTexts:
    """What of a report's passages is embedded."""
    whole: list[str | None] = []
    parts: list[tuple[str, ...]] = []
    for passage in passages:
        found = passage.kind is PassageKind.TEXT
        spans = passage.sentences if found else ()
        whole.append(passage_text(passage, metadata) if found else None)
        parts.append(tuple(sentence_text(passage, span, metadata) for span in spans))
    return EmbeddedTexts(tuple(whole), tuple(parts))


def vector_hash(encoder_identity: str, text: str) -> str:
    """32 hexadecimal digits that differ whenever the text or the encoder differs."""
    return blake2b(f"{encoder_identity}\0{text}".encode(), digest_size=16).hexdigest()


def digest(parsed: ParsedReport) -> str:
    """A hash of everything that was read: equal digests, equal reports."""
    report = parsed.report
    parts = (report.text, report.metadata, report.furniture, parsed.sections, parsed.passages)
    return sha256(repr(parts).encode()).hexdigest()


def vector_ids(store: Store, hashes: Iterable[str]) -> dict[str, int]:
    """The row numbers of the vectors that the store has among those asked for."""
    wanted = json.dumps(list(hashes))
    sql = "SELECT hash, id FROM vector WHERE hash IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in store.rows(sql, (wanted,))}


def write_vectors(store: Store, hashes: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Keep vectors `(n, dim) float32` in 16 bits under their hashes; those present stay."""
    halves = vectors.astype(VECTOR_TYPE)
    store.many(
        "INSERT OR IGNORE INTO vector (hash, data) VALUES (?, ?)",
        ((name, row.tobytes()) for name, row in zip(hashes, halves, strict=True)),
    )


def write_report(
    store: Store, parsed: ParsedReport, origin: Origin, born: int, vectors: Mapping[str, int]
) -> int:
    """Write a report with all that belongs to it; its row number.

    `vectors` maps the embedded texts of the report to row numbers of their vectors.
    """
    report = parsed.report
    texts = embedded_texts(parsed.passages, report.metadata)
    row = store.execute(
        "INSERT INTO report (report_id, born, source, path, fingerprint, digest, metadata, text,"
        " characters, furniture, indexed_at, first_key, end_key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
        (
            report.report_id,
            born,
            origin.source,
            origin.path,
            origin.fingerprint,
            digest(parsed),
            metadata_to_json(report.metadata),
            report.text,
            len(report.text),
            json.dumps([[span.start, span.end] for span in report.furniture]),
            datetime.now(UTC).isoformat(timespec="seconds"),
        ),
    )
    store.many(
        "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((row, ordinal, *_section_row(part)) for ordinal, part in enumerate(parsed.sections)),
    )
    keys: list[int] = []
    for passage, text in zip(parsed.passages, texts.passages, strict=True):
        vector = vectors[text] if text is not None else None
        keys.append(
            store.execute(
                "INSERT INTO passage (report, start, end, text, heading_path, section_id, part,"
                " kind, page, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (row, *_passage_row(passage), vector),
            )
        )
    store.many(
        "INSERT INTO sentence VALUES (?, ?, ?, ?, ?)",
        (
            (key, ordinal, span.start, span.end, vectors[lines[ordinal]] if lines else None)
            for key, passage, lines in zip(keys, parsed.passages, texts.sentences, strict=True)
            for ordinal, span in enumerate(passage.sentences)
        ),
    )
    first = keys[0] if keys else 0
    store.execute(
        "UPDATE report SET first_key = ?, end_key = ? WHERE id = ?", (first, first + len(keys), row)
    )
    return row


def delete_reports(store: Store, rows: Sequence[int]) -> None:
    """Delete reports with all that belongs to them, and the vectors no other report uses."""
    numbers = json.dumps(list(rows))
    vectors = store.rows(
        "SELECT vector FROM passage WHERE report IN (SELECT value FROM json_each(?1))"
        " UNION SELECT s.vector FROM sentence s JOIN passage p ON p.key = s.passage"
        " WHERE p.report IN (SELECT value FROM json_each(?1))",
        (numbers,),
    )
    store.execute("DELETE FROM report WHERE id IN (SELECT value FROM json_each(?))", (numbers,))
    candidates = json.dumps([row[0] for row in vectors if row[0] is not None])
    store.execute(
        "DELETE FROM vector WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM passage WHERE passage.vector = vector.id)"
        " AND NOT EXISTS (SELECT 1 FROM sentence WHERE sentence.vector = vector.id)",
        (candidates,),
    )


def delete_unused_vectors(store: Store) -> None:
    """Delete the vectors that nothing refers to (of an earlier encoder)."""
    store.execute(
        "DELETE FROM vector WHERE id NOT IN"
        " (SELECT vector FROM passage WHERE vector IS NOT NULL"
        " UNION SELECT vector FROM sentence WHERE vector IS NOT NULL)"
    )


def report_infos(store: Store, generation: int, row: int | None = None) -> tuple[ReportInfo, ...]:
    """All reports of a generation, ordered by id; or only the one in this row."""
    sql = (
        "SELECT r.report_id, r.metadata, r.source, r.characters, r.indexed_at,"
        " (SELECT count(vector) FROM passage WHERE report = r.id)"
        " FROM report r WHERE r.born <= ?1 AND (?2 IS NULL OR r.id = ?2) ORDER BY r.report_id"
    )
    return tuple(
        ReportInfo(
            report_id=report_id,
            metadata=metadata_from_json(metadata),
            source=source,
            characters=characters,
            passages=passages,
            indexed_at=indexed_at,
        )
        for report_id, metadata, source, characters, indexed_at, passages in store.rows(
            sql, (generation, row)
        )
    )


_SECTION = tuple(column.name for column in fields(Section))


def sections(store: Store, row: int) -> tuple[Section, ...]:
    """The sections of the report in this row, in reading order."""
    sql = f"SELECT {', '.join(_SECTION)} FROM section WHERE report = ? ORDER BY ordinal"
    named = (dict(zip(_SECTION, found, strict=True)) for found in store.rows(sql, (row,)))
    return tuple(Section(**{**values, "part": Part(values["part"])}) for values in named)


_PASSAGES = (
    "SELECT p.key, r.report_id, p.start, p.end, p.text, p.heading_path, p.section_id, p.part,"
    " p.kind, p.page, (SELECT json_group_array(json_array(s.start, s.end)) FROM"
    " (SELECT start, end FROM sentence WHERE passage = p.key ORDER BY ordinal) s)"
    " FROM passage p JOIN report r ON r.id = p.report"
)


def report_passages(store: Store, row: int) -> tuple[Passage, ...]:
    """The passages of the report in this row, in reading order, headings included."""
    found = store.rows(f"{_PASSAGES} WHERE p.report = ? ORDER BY p.key", (row,))
    return tuple(_passage(columns) for columns in found)


def passages(store: Store, keys: Sequence[int]) -> list[Passage]:
    """The passages of these keys, in their order. Raises KeyError for a key not in the store."""
    sql = f"{_PASSAGES} WHERE p.key IN (SELECT value FROM json_each(?))"
    found = {row[0]: _passage(row) for row in store.rows(sql, (json.dumps(list(keys)),))}
    return [found[key] for key in keys]


def sentence_vector_bytes(store: Store, keys: Sequence[int]) -> list[bytes]:
    """Per passage the stored vectors of its sentences, one after the other (see `from_bytes`)."""
    sql = (
        "SELECT s.passage, v.data FROM sentence s JOIN vector v ON v.id = s.vector"
        " WHERE s.passage IN (SELECT value FROM json_each(?)) ORDER BY s.passage, s.ordinal"
    )
    data: dict[int, list[bytes]] = {key: [] for key in keys}
    for key, vector in store.rows(sql, (json.dumps(list(keys)),)):
        data[key].append(vector)
    return [b"".join(data[key]) for key in keys]


def from_bytes(data: bytes, dimension: int) -> NDArray[np.float32]:
    """Stored vectors, one after the other, as `(n, dim) float32`."""
    return np.frombuffer(data, dtype=VECTOR_TYPE).reshape(-1, dimension).astype(np.float32)


def metadata_to_json(metadata: Metadata) -> str:
    """Metadata as it stands in the store."""
    return json.dumps(asdict(metadata), ensure_ascii=False)


def metadata_from_json(text: str) -> Metadata:
    """Metadata as it stood in the store."""
    known = json.loads(text)
    region = known.pop("region")
    kind = ReportKind(known.pop("kind"))
    return Metadata(region=Region(**region) if region else None, kind=kind, **known)


def _section_row(section: Section) -> Row:
    return tuple(getattr(section, name) for name in _SECTION)


def _passage_row(passage: Passage) -> Row:
    return (
        passage.start,
        passage.end,
        passage.text,
        json.dumps(passage.heading_path, ensure_ascii=False),
        passage.section_id,
        passage.part.value,
        passage.kind.value,
        passage.page,
    )


def _passage(row: Row) -> Passage:
    _, report_id, start, end, text, heading_path, section_id, part, kind, page, sentences = row
    return Passage(
        report_id=report_id,
        start=start,
        end=end,
        text=text,
        heading_path=tuple(json.loads(heading_path)),
        section_id=section_id,
        part=Part(part),
        kind=PassageKind(kind),
        page=page,
        sentences=tuple(Span(*span) for span in json.loads(sentences)),
    )
