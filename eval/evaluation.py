"""What is the result of an evaluation? The JSON file that `run` writes and the others read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import JudgementError

# What questions are told apart by, in tables and comparisons.
CATEGORIES: Final = ("kind", "language", "place")
_PLACE: Final = {True: "place named", False: "not named", None: ""}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimate(_Frozen):
    """A mean over `n` questions with its 95% bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int


class Shown(_Frozen):
    """A passage as the list of worst questions shows it."""

    rank: int
    report_id: str
    heading_path: tuple[str, ...] = ()
    text: str
    relevant: bool = False


class QueryResult(_Frozen):
    """One question: its measures by name (`R@5`, `exact`, ...), and what came back first.

    `gold`: the quotes (or the texts of the relevant documents), `returned`: the first passages,
    kept only for questions that went wrong. `latency_ms` is None for external runs.
    """

    query_id: str
    text: str
    language: str = ""
    kind: str = ""
    named: bool | None = None
    report_id: str = ""
    measures: dict[str, float]
    latency_ms: float | None = None
    gold: tuple[str, ...] = ()
    returned: tuple[Shown, ...] = ()

    @property
    def categories(self) -> dict[str, str]:
        """The question's value in each of CATEGORIES; "" where nobody said."""
        values = (self.kind, self.language, _PLACE[self.named])
        return dict(zip(CATEGORIES, values, strict=True))


class SystemResult(_Frozen):
    """One system on one judged set.

    `tables`: per category (`kind`, `language`, `place`), per value, the estimates by measure.
    `recall_by_depth`: depth (as text, JSON has no other keys) -> mean recall. `latency_ms`: `p50`
    and `p95`, empty for external runs. `settings` are all retrieval settings in force.
    """

    system: str
    settings: dict[str, float | int | str | bool] = {}
    model: str = ""
    measures: dict[str, Estimate]
    tables: dict[str, dict[str, dict[str, Estimate]]] = {}
    recall_by_depth: dict[str, float] = {}
    latency_ms: dict[str, float] = {}
    queries: tuple[QueryResult, ...]


class JudgementsStamp(_Frozen):
    """Which judgements: `checksum` is the SHA-256 of their files."""

    name: str
    path: str
    checksum: str
    queries: int


class CorpusStamp(_Frozen):
    """Which index: `checksum` is the SHA-256 over all report ids and texts."""

    reports: int
    passages: int
    checksum: str


class Evaluation(_Frozen):
    """Systems side by side on one judged set and one corpus; the first is the baseline.

    `outline`: precision, recall and F1 of the outline parser, where headings were judged too.
    """

    format: Literal["govsearch-eval/1"] = "govsearch-eval/1"
    created: str
    version: str
    commit: str
    command: str = ""
    judgements: JudgementsStamp
    corpus: CorpusStamp
    systems: tuple[SystemResult, ...]
    outline: dict[str, float] = {}


def read_evaluation(path: Path) -> Evaluation:
    """Read a result file. Raises JudgementError naming the file and the field that is wrong."""
    try:
        return Evaluation.model_validate_json(path.read_bytes())
    except OSError as error:
        raise JudgementError(path, f"can't be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise JudgementError(
            path,
            f"is no result of `govsearch eval run`: {where}: {first['msg']}",
        ) from error


def write_evaluation(evaluation: Evaluation, path: Path) -> None:
    """Write a result file, Chinese characters as they are."""
    text = json.dumps(evaluation.model_dump(mode="json"), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def slim(evaluation: Evaluation) -> Evaluation:
    """What a baseline needs, fit to be kept with code: no texts, no paths of the machine it ran on."""
    systems = tuple(
        system.model_copy(
            update={
                "queries": tuple(
                    query.model_copy(update={"gold": (), "returned": ()})
                    for query in system.queries
                )
            }
        )
        for system in evaluation.systems
    )
    judgements = evaluation.judgements.model_copy(update={"path": evaluation.judgements.name})
    return evaluation.model_copy(
        update={"systems": systems, "judgements": judgements, "command": ""}
    )
