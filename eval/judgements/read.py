"""Which layout do some judgements have?"""

from __future__ import annotations

from pathlib import Path

from eval.errors import JudgementError
from eval.judgements import spans
from eval.judgements.beir import read_beir
from eval.judgements.spans import read_spans
from eval.judgements.squad import read_squad
from eval.judgements.trec import read_trec
from eval.types import JudgedSet


def read_judgements(
    path: Path, *, topics: Path | None = None, split: str | None = None
) -> JudgedSet:
    """Read judgements by what lies at `path`. Raises JudgementError saying what was looked for."""
    if not path.exists():
        raise JudgementError(path, "is not there")
    if topics is not None:
        return read_trec(path, topics)
    if path.is_dir():
        if (path / spans.FILE).exists():
            return read_spans(path)
        if (path / "corpus.jsonl").exists():
            return read_beir(path, split)
        raise JudgementError(
            path, f"has neither {spans.FILE} (ours) nor corpus.jsonl with queries.jsonl (BEIR)"
        )
    if path.suffix == ".json":
        return read_squad(path)
    raise JudgementError(
        path,
        "is neither a folder (ours, BEIR) nor a .json file in SQuAD's layout; TREC qrels need"
        " --topics",
    )
