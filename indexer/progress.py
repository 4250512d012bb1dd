"""How far a long piece of work has got, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """The stages of a build, in order. Times left are computed from one stage's steps."""

    HASHING = "hashing"  # unit: bytes of files looked at
    INDEXING = "indexing"  # unit: bytes of new or changed files read, embedded and written
    EMBEDDING = "embedding"  # unit: characters of reports embedded again by a rebuild
    STATING = "stating"  # unit: reports whose statements are made from what is stored
    FINDING = "finding"  # unit: passages put in the vector and word indexes
    CHECKING = "checking"  # unit: reports verified


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` units of a stage. `name` is the file or report at hand, if any."""

    stage: Stage
    done: int
    total: int
    name: str = ""


class Progress(Protocol):
    """Called often, from the thread that does the work: must be quick and must not raise."""

    def __call__(self, step: Step) -> None: ...


def silent(step: Step) -> None:
    """A progress that shows nothing."""
