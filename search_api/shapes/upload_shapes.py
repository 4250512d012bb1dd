"""The JSON of uploads and removals."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field

from search_api.shapes.report_shapes import ReportOut
from search_api.shapes.service_shapes import ProblemOut

Status = Literal["added", "updated", "unchanged"]


class Refusal(StrEnum):
    """Why a file is not taken. The page has words for each: `corpus.refused_<value>`."""

    NO_NAME = "no_name"
    HIDDEN = "hidden"
    RESERVED = "reserved"
    LONG_NAME = "long_name"
    MANIFEST = "manifest"
    UNKNOWN_FORMAT = "unknown_format"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    TOO_COMPLEX = "too_complex"
    TOO_MANY_REPORTS = "too_many_reports"
    TOO_LONG = "too_long"
    ID_IN_USE = "id_in_use"
    BUSY = "busy"
    CROWDED = "crowded"
    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"


class UploadedOut(BaseModel):
    """A report of an uploaded file as it is indexed now."""

    status: Status
    report: ReportOut


class UploadOut(BaseModel):
    """The answer to `POST /api/reports`. `characters` and `passages` are those of all its reports."""

    file: str = Field(description="the name it is kept under")
    status: Status
    report_ids: list[str]
    characters: int
    passages: int
    reports: list[UploadedOut]
    stayed: list[str] = Field(
        description="reports of the file's earlier version that it has no more; they are still indexed"
    )


class RemovedOut(BaseModel):
    """The answer to `DELETE /api/reports/{id}`."""

    report_id: str
    file: Literal["deleted", "kept", "not_uploaded"] = Field(
        description="kept: a table that holds other reports too; not_uploaded: it lies elsewhere and "
        "is not touched. Indexing either again brings the report back."
    )


class UploadProblemOut(ProblemOut):
    """Problem details; `reason` is stable where a file is refused."""

    reason: Refusal | None = None
