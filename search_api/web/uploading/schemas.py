"""The JSON of uploads and removals."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from search_api.web.schemas import ProblemOut, ReportOut, report_out
from search_api.web.uploading.names import Refusal
from search_api.web.uploading.uploads import Landed, Removal, Status


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


def upload_out(landed: Landed) -> UploadOut:
    """An indexed file as JSON."""
    infos = [each.info for each in landed.reports]
    return UploadOut(
        file=landed.file,
        status=landed.status,
        report_ids=[info.report_id for info in infos],
        characters=sum(info.characters for info in infos),
        passages=sum(info.passages for info in infos),
        reports=[
            UploadedOut(status=each.status, report=report_out(each.info)) for each in landed.reports
        ],
        stayed=list(landed.stayed),
    )


def removed_out(report_id: str, removal: Removal) -> RemovedOut:
    """The removal of one report as JSON."""
    file: Literal["deleted", "kept", "not_uploaded"] = "not_uploaded"
    if removal.deleted or removal.kept:
        file = "deleted" if removal.deleted else "kept"
    return RemovedOut(report_id=report_id, file=file)
