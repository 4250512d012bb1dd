"""The JSON routes that change the index. They translate, as `routes` does."""

from __future__ import annotations

from typing import Any, Final, Literal

from fastapi import APIRouter, Response

from search_api.errors import BadRequestError
from search_api.shapes.report_shapes import report_out
from search_api.shapes.upload_shapes import RemovedOut, UploadedOut, UploadOut, UploadProblemOut
from search_api.web.uploading.permission import Changing
from search_api.web.uploading.received import FIELD, Received
from search_api.web.uploading.uploads import Landed, Removal

_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    403: {
        "model": UploadProblemOut,
        "description": "`uploads-not-allowed` without --allow-upload; `cross-site-request` from "
        "another site's page; `unknown-host` under a name the service doesn't know (--allowed-host)",
    },
    409: {
        "model": UploadProblemOut,
        "description": "`index-busy`: another process writes, or too many wait (see Retry-After); "
        "`report-id-in-use`: by another file",
    },
    507: {
        "model": UploadProblemOut,
        "description": "`disk-full`, or `not-writable`: the service can't write to its folder",
    },
}

router = APIRouter(tags=["reports"])


@router.post(
    "/api/reports",
    openapi_extra=_FORM,
    responses=_PROBLEMS
    | {
        201: {"model": UploadOut, "description": "a report was added"},
        413: {"model": UploadProblemOut, "description": "`too-large`"},
        422: {
            "model": UploadProblemOut,
            "description": "`unusable-file`: `reason` says why in a word, `detail` in a sentence",
        },
    },
)
def upload(uploads: Changing, files: Received, response: Response) -> UploadOut:
    """Add a report, or a table of reports, or a new version; it is indexed when the answer comes.

    One file a request, in the field `file`. The report's id is the file's name without its suffix
    (a table's rows may have their own). 201 if a report was added, 200 if not.
    """
    if len(files) > 1:
        raise BadRequestError(FIELD, "more than one file; send one a request")
    landed = uploads.add(files[0].filename or "", files[0].file)
    if landed.status == "added":
        response.status_code = 201
    return upload_out(landed)


@router.delete(
    "/api/reports/{report_id:path}",
    responses=_PROBLEMS | {404: {"model": UploadProblemOut, "description": "`unknown-report`"}},
)
def remove(uploads: Changing, report_id: str) -> RemovedOut:
    """Remove a report with every trace; `file` says what became of the file it was read from."""
    return removed_out(report_id, uploads.remove([report_id]))


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
