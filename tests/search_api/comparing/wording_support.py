"""Invented sentences, and those of the tables of pairs, ready to be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.places.regions import load_gazetteer
from corpus.report import Metadata, Passage, Region, ReportKind, Span
from indexer.encoders.encoder import EncoderSettings, open_encoder
from indexer.types import ReportInfo
from search_api.comparing.comparison_types import Relation
from search_api.comparing.likeness.similarity import Prepared, prepare
from search_api.comparing.table.report_sentences import Sentence
from tests.search_api.support import HashEncoder

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Pair = tuple[Relation, str, str]

TABLES = tuple(
    Path(__file__).with_name(f"wording_pairs{name}.tsv")
    for name in ("", "_held_out", "_held_out_2")
)


def places(text: str) -> tuple[Span, ...]:
    """Where a text names places the gazetteer knows, as an engine finds them."""
    return tuple(mention.span for mention in load_gazetteer().find(text))


@cache
def read_pairs(table: Path) -> tuple[Pair, ...]:
    """The pairs of a table, each with how its wordings stand to each other."""
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((Relation(relation), left, right) for relation, left, right in rows)


@cache
def bundled() -> Encode:
    """Sentences as the bundled model embeds them; it is made in the user's cache if it isn't there."""
    return open_encoder(EncoderSettings()).encode_passages


def hashed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Sentences as bags of character pairs."""
    return HashEncoder().encode_passages(texts)


def both_sides(pairs: Sequence[Pair], encode: Encode) -> tuple[list[Prepared], list[Prepared]]:
    """The left and the right wordings of pairs."""
    made = prepare([left for _, left, _ in pairs] + [right for *_, right in pairs], encode, places)
    return made[: len(pairs)], made[len(pairs) :]


def one(text: str) -> Prepared:
    """One wording, embedded as a bag of character pairs."""
    return prepare([text], hashed, places)[0]


def report(
    place: str, texts: Sequence[str], *, year: int = 2025, headings: tuple[str, ...] = ()
) -> list[Sentence]:
    """The sentences of an invented report, one line each, all under the headings."""
    metadata = Metadata(f"{place}{year}年报告", Region(place, ""), year, ReportKind.WORK_REPORT)
    report_id = f"{place}-{year}"
    whole = "\n".join(texts)
    info = ReportInfo(report_id, metadata, f"{report_id}.txt", len(whole), len(texts), "")
    sense = {"工作回顾": -1.0, "工作安排": 1.0}.get(headings[-1] if headings else "", 0.0)
    found: list[Sentence] = []
    start = 0
    for ready in prepare(texts, hashed, places):
        span = Span(start, start + len(ready.text))
        passage = Passage(report_id, span.start, span.end, ready.text, headings, sentences=(span,))
        found.append(Sentence(info, passage, span, ready, sense))
        start = span.end + 1
    return found
