"""How does a judged collection that brings its own texts (BEIR, SQuAD layout) become an index?

As a user's reports would: its documents are written as a table of reports and indexed. Long
documents are cut into passages; a document ranks where its best passage does (MaxP: Dai and
Callan, Deeper Text Understanding for IR with Contextual Neural Language Modeling, SIGIR 2019).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import GovsearchError
from eval.types import Document, JudgedSet
from indexer import build
from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.progress import Progress
from indexer.storage.store import FILE_NAME

# Document ids may hold any characters, report ids may not: documents are numbered.
_PREFIX = "d"


def index_documents(
    judged: JudgedSet,
    data: Path,
    encoder: Encoder,
    settings: EncoderSettings,
    progress: Progress,
) -> None:
    """Index a collection into `data`; what is there already costs a hash.

    Raises GovsearchError if a document can't be read as a report, or if `data` is an index itself.
    """
    if (data / FILE_NAME).exists():
        raise GovsearchError(
            f"--data: {data} holds an index of reports; give the collection a folder of its own"
        )
    data.mkdir(parents=True, exist_ok=True)
    table = data / "documents.jsonl"
    table.write_text(_table(judged.documents), encoding="utf-8")
    summary = build.add([table], data / "index", encoder, settings, progress)
    for skipped in summary.skipped:
        raise GovsearchError(f"{judged.path}: can't be indexed: {skipped.reason}")


def index_folder(data: Path) -> Path:
    """Where the index of a collection lies inside its folder."""
    return data / "index"


def document_ids(documents: Sequence[Document]) -> dict[str, str]:
    """Report id in the index -> document id."""
    return {report_id(number): each.doc_id for number, each in enumerate(documents)}


def report_id(number: int) -> str:
    """The id of the document with this place in the collection, from 0."""
    return f"{_PREFIX}{number}"


def _table(documents: Sequence[Document]) -> str:
    rows = (
        {"report_id": report_id(number), "title": each.title, "text": each.text}
        for number, each in enumerate(documents)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
