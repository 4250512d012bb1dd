"""Which files does a request bring? Read as they come, never more than is allowed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.types import Message, Receive, Scope

from search_api.errors import BadRequestError
from search_api.web.uploading.permission import Changing
from search_api.web.uploading.storage import storing
from search_api.web.uploading.uploads import too_large

FIELD: Final = "file"
MAX_FILES: Final = 100
# A form without scripts sends all its files at once; together they may be so many times the limit of one.
_LIMITS_OF_ONE: Final = 4
# Boundaries and headers of the parts.
_OVERHEAD: Final = 1 << 16
# Of a body that is too large so many times the limit is thrown away before it is refused: browsers
# don't show an answer that comes while they are still sending.
_PATIENCE: Final = 4
# A hundred ids of reports are some ten thousand bytes.
_IDS_BYTES: Final = 1 << 20


class _Limited:
    """A request's body up to a limit in bytes; `exceeded` once there was more."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._left = limit
        self._more = True
        self.exceeded = False

    async def __call__(self) -> Message:
        message = await self._next()
        if self._left < 0:
            self.exceeded = True
            raise MultiPartException("too large")  # the form parser closes its files on this
        return message

    async def drain(self) -> None:
        """Read on and throw away, within bounds. Past the end one would wait for ever."""
        while self._more and self._left > -self._limit * _PATIENCE:
            await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self._more = message.get("more_body", False)
        return message


def _without_charset(request: Request) -> Scope:
    """The request without what it says of the encoding of names and fields: browsers write UTF-8.

    The form parser would use any codec that Python has: `undefined` fails with every name,
    `unicode_escape` makes halves of characters.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if options.pop(b"charset", None) is None:
        return request.scope
    for name, value in options.items():
        quoted = value.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        kind += b"; " + name + b'="' + quoted + b'"'
    others = [each for each in request.scope["headers"] if each[0] != b"content-type"]
    return {**request.scope, "headers": [*others, (b"content-type", kind)]}


async def received_files(
    request: Request, uploads: Changing
) -> AsyncIterator[tuple[UploadFile, ...]]:
    """The files of a multipart form's field `file`, on disk once they are large.

    Raises RefusedFileError for a body beyond all limits (413) or one that the disk doesn't take
    (507), BadRequestError if there is no file.
    """
    limit = uploads.max_bytes * _LIMITS_OF_ONE + _OVERHEAD
    body = _Limited(request.receive, limit)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        await body.drain()
        raise too_large(uploads.max_bytes)
    try:
        with storing():  # what is large waits on the disk
            form = await Request(_without_charset(request), body).form(max_files=MAX_FILES)
    except HTTPException as error:
        if body.exceeded:
            await body.drain()
            raise too_large(uploads.max_bytes) from error
        raise BadRequestError(FIELD, f"not a multipart form ({error.detail})") from error
    try:
        files = tuple(each for each in form.getlist(FIELD) if isinstance(each, UploadFile))
        # A form in which nobody chose a file sends one without a name.
        named = tuple(each for each in files if each.filename)
        if not named:
            raise BadRequestError(FIELD, "no file; send one as multipart/form-data, field `file`")
        yield named
    finally:
        await form.close()


Received = Annotated[tuple[UploadFile, ...], Depends(received_files)]


async def received_ids(request: Request, uploads: Changing) -> tuple[str, ...]:
    """The values of a form's field `report_id`. Raises BadRequestError if there is none."""
    body = _Limited(request.receive, _IDS_BYTES)
    try:
        form = await Request(_without_charset(request), body).form()
    except (HTTPException, MultiPartException) as error:
        raise BadRequestError("report_id", "not a form, or too many reports at once") from error
    ids = tuple(each for each in form.getlist("report_id") if isinstance(each, str) and each)
    if not ids:
        raise BadRequestError("report_id", "no report is named")
    return ids


ReceivedIds = Annotated[tuple[str, ...], Depends(received_ids)]
