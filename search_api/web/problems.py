"""What went wrong: RFC 9457 problem details a program can rely on, or a page for people.

Only what the caller can act on is told. Anything unexpected is logged and answered without its
text, which might name files or hosts.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from corpus.errors import GovsearchError
from indexer.errors import UnknownReportError
from search_api.errors import BadRequestError, BusyError, UnknownRegionError, UnknownYearError
from search_api.shapes.service_shapes import ProblemOut
from search_api.web.pages.error_page import error_page, wants_page

MEDIA_TYPE = "application/problem+json"
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "description": HTTPStatus(status).phrase}
    for status in (404, 422, 503)
}
_log = logging.getLogger("govsearch")


class NotReadyError(GovsearchError):
    """The service has no index it could search."""


class ProblemError(GovsearchError):
    """A problem with its own status and stable type; `extra` are further fields of its details."""

    def __init__(
        self,
        status: int,
        slug: str,
        title: str,
        detail: str,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.slug = slug
        self.title = title
        self.extra = extra or {}
        self.headers = headers or {}


def problem(
    status: int,
    slug: str,
    title: str,
    detail: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem response; `/problems/{slug}` is its stable type."""
    body = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        **(extra or {}),
    }
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def answer(
    request: Request,
    status: int,
    slug: str,
    title: str,
    detail: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The same as a page, where a browser asked for one."""
    if not wants_page(request):
        return problem(status, slug, title, detail, extra, headers)
    # What went wrong inside is said in the page's own words.
    own = detail if status < HTTPStatus.INTERNAL_SERVER_ERROR else ""
    page = error_page(request, status, slug, own, (extra or {}).get("nearest", ()))
    page.headers.update(headers or {})
    return page


def install(app: FastAPI) -> None:
    """Answer every error of the app as problem details, or as a page."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(GovsearchError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _known(request: Request, error: Exception) -> Response:
    match error:
        case ProblemError():
            return answer(
                request,
                error.status,
                error.slug,
                error.title,
                str(error),
                error.extra,
                error.headers,
            )
        case BusyError():
            later = {"Retry-After": "5"}
            return answer(request, 503, "busy", "Busy", str(error), headers=later)
        case UnknownReportError():
            extra = {"field": error.field, "nearest": list(error.nearest)}
            return answer(request, 404, "unknown-report", "Unknown report", str(error), extra)
        case UnknownRegionError():
            extra = {"field": error.field, "nearest": list(error.nearest)}
            return answer(request, 422, "unknown-region", "Unknown region", str(error), extra)
        case UnknownYearError():
            return answer(
                request, 422, "unknown-year", "Unknown year", str(error), {"field": error.field}
            )
        case BadRequestError():
            extra = {"field": error.field}
            return answer(request, 422, "invalid-request", "Invalid request", str(error), extra)
    # Anything else is the service's own trouble (its index, its model): not the caller's business.
    _log.error("%s %s: %s", request.method, request.url.path, error)
    detail = "The service can't search at the moment. Its log says why."
    return answer(request, 503, "not-ready", "Not ready", detail, headers={"Retry-After": "5"})


def _invalid(request: Request, error: Exception) -> Response:
    errors: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    found = [{"field": _field(each), "problem": _told(each)} for each in errors]
    detail = "; ".join(f"{each['field']}: {each['problem']}" for each in found)
    extra = {"field": found[0]["field"] if found else None, "errors": found}
    return answer(request, 422, "invalid-request", "Invalid request", detail, extra)


# What FastAPI says of a body that is no JSON; its place is that of a character.
_NO_JSON = "json_invalid"


def _field(error: Mapping[str, Any]) -> str:
    """The field of a request that is wrong: `topic`, `report_ids[0]`, or `body` as a whole."""
    where, *inside = error["loc"]
    if error["type"] == _NO_JSON or not inside:
        return str(where)
    path = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in inside)
    return path.removeprefix(".")


def _told(error: Mapping[str, Any]) -> str:
    if error["type"] == _NO_JSON:
        return f"{error['msg']} at character {error['loc'][-1]}: {error['ctx']['error']}"
    return str(error["msg"])


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    phrase = HTTPStatus(status).phrase
    slug = phrase.lower().replace(" ", "-")
    headers = error.headers if isinstance(error, HTTPException) else None
    return answer(
        request, status, slug, phrase, f"{request.method} {request.url.path}", headers=headers
    )


_UNEXPECTED = "An unexpected error. The service's log has more."


def unexpected_problem() -> ProblemOut:
    """What is told where an answer breaks off in the middle."""
    return ProblemOut(
        type="/problems/internal-error", title="Internal error", status=500, detail=_UNEXPECTED
    )


def _unexpected(request: Request, error: Exception) -> Response:
    # The server logs the traceback itself once this handler has answered.
    return answer(request, 500, "internal-error", "Internal error", _UNEXPECTED)
