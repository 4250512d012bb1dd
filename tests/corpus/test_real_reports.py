"""The parser on real reports: nothing lost, nothing twice, the judged outline found."""

from __future__ import annotations

import json
import time
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from corpus.furniture import find_furniture
from corpus.parse import parse
from corpus.report import Metadata, ParsedReport, Part, Report
from tests.corpus.test_passages import assert_partition
from tests.shared import REPORTS, SHARED, needs_shared

Key = tuple[int, str, str]


def read(path: Path) -> ParsedReport:
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    return parse(
        Report(path.stem, text, Metadata(path.stem), path.name, furniture=find_furniture(text))
    )


def key(level: int, number: str, heading: str) -> Key:
    folded = "".join(unicodedata.normalize("NFKC", heading).split()).lower()
    return level, number, folded[:8]


@needs_shared
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_character_is_in_one_passage(path: Path) -> None:
    begun = time.perf_counter()
    found = read(path)
    assert time.perf_counter() - begun < 2
    assert_partition(found)
    assert found.sections or len(found.report.text) < 500 or "1954" in path.stem
    for section in found.sections:
        assert section.start <= section.heading_end <= section.end


@needs_shared
def test_judged_outline() -> None:
    judged: dict[str, set[Key]] = defaultdict(set)
    for line in (SHARED / "judged" / "outline.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        judged[row["report"]].add(key(row["level"], row["number"], row["heading"]))
    right = found = wanted = 0
    for path in REPORTS:
        if path.stem not in judged:
            continue
        parsed = {
            key(s.level, s.number, s.heading)
            for s in read(path).sections
            if s.number and s.part is Part.BODY
        }
        right += len(parsed & judged[path.stem])
        found += len(parsed)
        wanted += len(judged[path.stem])
    assert 2 * right / (found + wanted) >= 0.98
