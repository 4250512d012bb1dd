"""What every page has in common: its words, its addresses, its frame."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from indexer.types import ReportInfo
from search_api.questions.question import Language
from search_api.shapes.citation_shapes import reader_link
from search_api.web.pages.language import COOKIE, PARAMETER, TAGS, chosen_language, say_in

_log = logging.getLogger("govsearch")

# Values of an address: a name that comes several times has a sequence; None and "" are left out.
Value = str | int | None | Sequence[str | int]

_YEAR: Final = 365 * 24 * 3600  # seconds
HEADING_SEPARATOR: Final = " › "


def templates() -> Environment:
    """The page templates; everything put into them is escaped, and what is missing is an error."""
    return Environment(
        # What shows a comparison is drawn by the templates of its exported file.
        loader=ChoiceLoader(
            [PackageLoader("search_api.web"), PackageLoader("search_api.exporting")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        # Words are read once as well: files that are upgraded count when the service starts again.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def address(path: str, values: Mapping[str, Value]) -> str:
    """A path with the values that say something, in their order: addresses are meant to be shared."""
    given = {name: value for name, value in values.items() if value not in (None, "", (), [])}
    # Chinese is percent-encoded as the browser would; `urlencode` writes a space as +.
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def shared_values(request: Request) -> dict[str, Value]:
    """The values of this page's address but for its language."""
    names = dict.fromkeys(name for name, _ in request.query_params.multi_items())
    return {name: request.query_params.getlist(name) for name in names if name != PARAMETER}


def web_address(url: str) -> str | None:
    """The address if it is one of the web, else None: a report must not bring a `javascript:` link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that are no IPv6 address
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def report_name(info: ReportInfo) -> str:
    """What people call a report: its place, else its title, else its id."""
    region = info.metadata.region
    return region.name if region else info.metadata.title or info.report_id


def render(
    request: Request,
    template: str,
    values: Mapping[str, object],
    *,
    here: str = "",
    status: int = 200,
) -> HTMLResponse:
    """A whole page. `here` is the part of the site it belongs to: search, compare, corpus or quality."""
    response = HTMLResponse(_rendered(request, template, values, here), status)
    _make_personal(request, response)
    return response


def _rendered(request: Request, template: str, values: Mapping[str, object], here: str) -> str:
    environment: Environment = request.app.state.templates
    return environment.get_template(template).render({**frame(request, here), **values})


def streamed(
    request: Request, template: str, values: Mapping[str, object], *, here: str
) -> Response:
    """A page sent in two parts: up to `{{ flush }}` at once, the rest when it is there.

    What takes long is called by the template after that mark, so that people see at once that their
    question has arrived.
    """
    environment: Environment = request.app.state.templates
    values = {**frame(request, here), **values, "flush": _FLUSH}
    pieces = environment.get_template(template).generate(values)
    broken = environment.get_template("broken.html").render(values)
    response = StreamingResponse(_parts(pieces, broken), media_type="text/html")
    _make_personal(request, response)
    return response


def _parts(pieces: Iterator[str], broken: str) -> Iterator[str]:
    """What is ready at each mark. Where making the page fails, what is left of it is `broken`."""
    held: list[str] = []
    try:
        for piece in pieces:
            before, mark, after = piece.partition(_FLUSH)
            held.append(before)
            if mark:
                yield "".join(held)
                held = [after]
    except Exception:  # noqa: BLE001 - it is logged, and the page says that it broke off
        # The status is sent already, so that no handler can say it any more.
        _log.exception("a page broke off")
        held = [broken]
    yield "".join(held)


# No character of a page's text: nothing that a report or a person writes can be taken for it.
_FLUSH: Final = Markup("<!--\0flush-->")


def frame(request: Request, here: str) -> dict[str, object]:
    """What every template may use."""
    language = chosen_language(request)
    other = Language.EN if language is Language.ZH else Language.ZH
    # An address that begins with two slashes would lead to another site.
    path = "/" + quote(request.url.path.lstrip("/\\"))
    return {
        "say": say_in(language),
        "language": language.value,
        "language_tag": TAGS[language],
        "other_language": other.value,
        "other_tag": TAGS[other],
        "other_address": address(path, shared_values(request) | {PARAMETER: other.value}),
        "here": here,
        "has_quality": request.app.state.govsearch.quality.exists(),
        "address": address,
        "reader_link": reader_link,
        "separator": HEADING_SEPARATOR,
    }


def _make_personal(request: Request, response: Response) -> None:
    """Keep the language that a person has just switched to; nobody else is shown this page from a cache."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept"
    if PARAMETER in request.query_params:
        language = chosen_language(request)
        response.set_cookie(COOKIE, language.value, max_age=_YEAR, samesite="lax", httponly=True)
