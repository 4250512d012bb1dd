"""What can be wrong with judgements, runs and results: each names the file and, if any, the line."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import GovsearchError


class JudgementError(GovsearchError):
    """A file of judgements, a run or a result that can't be used. `line` counts from 1."""

    def __init__(self, path: str | Path, problem: str, line: int | None = None) -> None:
        where = f"{path}: line {line}" if line is not None else str(path)
        super().__init__(f"{where}: {problem}")
        self.path = str(path)
        self.line = line
