"""What a person sees when a page can't be shown."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from search_api.web.pages.layout import render


def wants_page(request: Request) -> bool:
    """Whether a browser asks to show something; programs get problem details."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get(
        "accept", ""
    )


def error_page(
    request: Request, status: int, slug: str, detail: str, nearest: Sequence[str] = ()
) -> HTMLResponse:
    """The problem in words, with a way back. `detail` says what exactly was wrong, if the person did it."""
    # A busy service is no broken one, though the status is the same.
    values = {"code": slug if slug == "busy" else str(status), "detail": detail, "nearest": nearest}
    return render(request, "error.html", values, status=status)
