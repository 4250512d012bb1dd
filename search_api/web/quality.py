"""Which evaluation is the latest, and what does it say?

`govsearch eval run` writes a folder an evaluation: `result.json`, and `report.html` beside it. This
reads of the result what the page shows; `eval` itself is not imported, imports point the other way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

# The folder in an index's folder that evaluations of that index are written to.
EVALUATIONS: Final = "evaluations"
_RESULT: Final = "result.json"
_REPORT: Final = "report.html"

Number = Annotated[float, Field(allow_inf_nan=False)]


class _Read(BaseModel):
    """Only what is shown; a result holds each question too."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Estimate(_Read):
    """A mean over `n` questions with its 95% interval."""

    mean: Number
    low: Number
    high: Number
    n: int


class System(_Read):
    """One system's measures by name; `latency_ms`: p50 and p95, empty where nobody measured."""

    system: str
    model: str = ""
    measures: dict[str, Estimate]
    latency_ms: dict[str, Number] = {}


class Judgements(_Read):
    """Which questions."""

    name: str
    checksum: str
    queries: int


class Corpus(_Read):
    """Which reports."""

    reports: int
    passages: int
    checksum: str


class Result(_Read):
    """What `govsearch eval run` measured."""

    format: Literal["govsearch-eval/1"]
    created: AwareDatetime
    version: str
    commit: str
    judgements: Judgements
    corpus: Corpus
    systems: tuple[System, ...]
    outline: dict[str, Number] = {}


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A result with its place below the folder, and its report where there is one."""

    name: str
    result: Result
    report: Path | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A result file that can't be shown, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluations:
    """The latest one that can be read, how many there are, and those that can't be read."""

    latest: Evaluated | None
    count: int
    unreadable: tuple[Unreadable, ...]


class Quality:
    """The folder that evaluations are written to: `result.json` in it or one folder deeper."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def exists(self) -> bool:
        """Whether there is an evaluation to show. Cheap: every page asks."""
        return next(self._files(), None) is not None

    def read(self) -> Evaluations:
        """Read them. What is wrong with a file is part of what is found, not an error."""
        found: list[Evaluated] = []
        unreadable: list[Unreadable] = []
        for path in sorted(self._files()):
            name = path.name if path.parent == self.folder else f"{path.parent.name}/{path.name}"
            match _read(path, name):
                case Evaluated() as each:
                    found.append(each)
                case Unreadable() as each:
                    unreadable.append(each)
        latest = max(found, key=lambda each: (each.result.created, each.name), default=None)
        return Evaluations(latest, len(found), tuple(unreadable))

    def _files(self) -> Iterator[Path]:
        if self.folder is not None:
            yield from self.folder.glob(_RESULT)
            yield from self.folder.glob(f"*/{_RESULT}")


def _read(path: Path, name: str) -> Evaluated | Unreadable:
    try:
        state = path.stat()
        result = _result(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        return Unreadable(name, error.strerror or "can't be read")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return Unreadable(name, f"{where}: {first['msg']}" if where else first["msg"])
    report = path.with_name(_REPORT)
    return Evaluated(name, result, report if report.is_file() else None)


@lru_cache(maxsize=64)
def _result(path: Path, changed: int, size: int) -> Result:
    """Read once as long as the file stays the same. Raises OSError, ValidationError."""
    return Result.model_validate_json(path.read_bytes())
