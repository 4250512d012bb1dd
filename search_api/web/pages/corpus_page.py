"""The page that says what is indexed, and where people add and remove reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from indexer.types import ReportInfo
from search_api.engine import Engine
from search_api.errors import BadRequestError, UnknownRegionError
from search_api.results import Filters
from search_api.shapes.citation_shapes import reader_link
from search_api.web.coverage import coverage, in_order, with_parents
from search_api.web.facets import Place, kinds, places
from search_api.web.pages.language import PARAMETER
from search_api.web.pages.layout import Value, address, render, web_address
from search_api.web.routes import Shared
from search_api.web.state import State
from search_api.web.uploading.names import FORMATS, RefusedFileError
from search_api.web.uploading.permission import Changing
from search_api.web.uploading.received import Received, ReceivedIds
from search_api.web.uploading.refusal_reasons import Meaning, meaning
from search_api.web.uploading.uploads import Landed

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PATH: Final = "/corpus"
# A page stays small with thousands of reports: rows of places, and of reports, which say more.
PLACES_SHOWN: Final = 200
REPORTS_SHOWN: Final = 100
# Marked for removal at a time: they stand in the address.
MAX_REMOVING: Final = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks to see. `as_list`: reports one by one, not places by year."""

    region: str = ""
    kind: str = ""
    as_list: bool = False
    page: int = 1
    removing: tuple[str, ...] = ()

    def address(self, **changed: Any) -> str:
        """The address of the same with something changed; another choice begins at its first page."""
        if "page" not in changed and "removing" not in changed:
            changed["page"] = 1
        wanted = replace(self, **changed)
        values: dict[str, Value] = {
            "region": wanted.region,
            "kind": wanted.kind,
            "view": "list" if wanted.as_list else None,
            "page": wanted.page if wanted.page > 1 else None,
            "removing": wanted.removing,
        }
        return address(PATH, values)

    def marking(self, report_id: str) -> str:
        """The address with one report more marked for removal."""
        return self.address(removing=(*self.removing, report_id))

    def sparing(self, report_id: str) -> str:
        """The address with one report less marked for removal."""
        return self.address(removing=tuple(each for each in self.removing if each != report_id))


@dataclass(frozen=True, slots=True)
class Totals:
    """What the whole index holds."""

    reports: int
    places: int
    first_year: int | None
    last_year: int | None
    characters: int
    passages: int
    indexed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file that was sent as `given`: it landed, or was refused."""

    given: str
    landed: Landed | None = None
    refused: RefusedFileError | None = None

    @property
    def state(self) -> str:
        """added, updated, unchanged or refused."""
        return self.landed.status if self.landed is not None else "refused"

    @property
    def meaning(self) -> Meaning | None:
        """What a reading library's own reason means, if there is one."""
        return meaning(self.refused.said) if self.refused and self.refused.said else None


@router.get(PATH)
def corpus_page(
    request: Request,
    state: Shared,
    region: str = "",
    kind: str = "",
    view: str = "",
    page: str = "",
    removing: Annotated[Sequence[str], Query()] = (),
    notice: str = "",
) -> Response:
    """The reports by place and year, or one by one."""
    engine = state.engine()
    known = {info.report_id for info in engine.reports()}
    asked = tuple(dict.fromkeys(removing))[:MAX_REMOVING] if state.uploads is not None else ()
    marked = tuple(each for each in asked if each in known)
    shown = Shown(
        region.strip(),
        kind.strip(),
        view == "list",
        _page(page),
        marked,
    )
    values: dict[str, object] = {
        "removed": state.uploads.notices.take(notice) if state.uploads and notice else None,
        # As on the page that the browser's Back button shows after a removal.
        "not_there": len(asked) - len(marked),
    }
    return _page_of(request, state, engine, shown, values)


@router.post(f"{PATH}/upload")
def upload(request: Request, state: Shared, uploads: Changing, files: Received) -> Response:
    """Index the files that were sent, and say of each what became of it."""
    outcomes: list[Outcome] = []
    for file in files:
        given = file.filename or ""
        try:
            outcomes.append(Outcome(given, landed=uploads.add(given, file.file)))
        except RefusedFileError as error:
            outcomes.append(Outcome(given, refused=error))
    # A refused file is no failed request: the page says what became of each. Programs use the API.
    values: dict[str, object] = {
        "outcomes": outcomes,
        "sums": Counter(each.state for each in outcomes),
    }
    return _page_of(request, state, state.engine(), Shown(), values)


@router.get(f"{PATH}/remove")
@router.get(f"{PATH}/upload")
def changed(request: Request) -> Response:
    """Where a switch of language on the page of results leads: the results are gone by then."""
    return RedirectResponse(address(PATH, {PARAMETER: request.query_params.get(PARAMETER)}), 303)


@router.post(f"{PATH}/remove")
def remove(request: Request, state: Shared, uploads: Changing, report_ids: ReceivedIds) -> Response:
    """Remove the reports that a person has confirmed, and go back to the page, which tells of it."""
    try:
        removed = uploads.remove_those_left(report_ids)
    except RefusedFileError as error:
        engine = state.engine()
        known = {info.report_id for info in engine.reports()}
        marked = tuple(each for each in dict.fromkeys(report_ids) if each in known)
        shown = Shown(as_list=True, removing=marked[:MAX_REMOVING])
        page = _page_of(request, state, engine, shown, {"not_removed": error})
        page.status_code = error.status
        return page
    ticket = uploads.notices.keep(removed)
    return RedirectResponse(address(PATH, {"view": "list", "notice": ticket}), 303)


def _page_of(
    request: Request,
    state: State,
    engine: Engine,
    shown: Shown,
    values: Mapping[str, object],
) -> Response:
    infos = engine.reports()
    by_id = {info.report_id: info for info in infos}
    common: dict[str, object] = {
        "shown": shown,
        "totals": _totals(infos),
        "uploads": state.uploads,
        "formats": FORMATS,
        "removing": [by_id[each] for each in shown.removing],
        "removal": state.uploads.plan(shown.removing) if state.uploads and shown.removing else None,
        "max_removing": MAX_REMOVING,
        "reader_link": reader_link,
        "web_address": web_address,
        "local_time": local_time,
        "removed": None,
        "not_removed": None,
        "not_there": 0,
        "outcomes": (),
        "sums": {},
        "problem": None,
        "nearest": (),
    }
    try:
        found = engine.selected(Filters(region=shown.region or None, kind=shown.kind or None))
        common |= {
            # Without reports of the kind the place has none: the counts say so, it is no mistake.
            "places": places(engine.selected(Filters(kind=shown.kind or None))),
            "kinds": kinds(engine.selected(Filters(region=shown.region or None))),
        }
    except BadRequestError as error:
        common |= {
            "problem": error,
            "nearest": error.nearest if isinstance(error, UnknownRegionError) else (),
        }
        return render(request, "corpus.html", common | dict(values), here="corpus", status=422)
    common |= _listed(found, shown) | {"trail": _trail(common["places"], shown.region)}
    return render(request, "corpus.html", common | dict(values), here="corpus")


def _listed(found: Sequence[ReportInfo], shown: Shown) -> dict[str, object]:
    """One page of the table, or of the list."""
    if shown.as_list:
        reports = in_order(found)
        pages, start = _paged(len(reports), REPORTS_SHOWN, shown.page)
        return {
            "found": len(found),
            "pages": pages,
            "reports": reports[start : start + REPORTS_SHOWN],
        }
    table = coverage(found)
    pages, start = _paged(len(table.rows), PLACES_SHOWN, shown.page)
    rows = list(with_parents(table.rows[start : start + PLACES_SHOWN]))
    return {"found": len(found), "pages": pages, "years": table.years, "rows": rows}


def _paged(rows: int, size: int, page: int) -> tuple[int, int]:
    """How many pages there are, and where the asked one (or the last) begins."""
    pages = max(1, -(-rows // size))
    return pages, (min(page, pages) - 1) * size


def _trail(all_places: object, region: str) -> tuple[Place, ...]:
    """The places from the province down to the chosen one."""
    level: Sequence[Place] = all_places if isinstance(all_places, tuple) else ()
    trail: list[Place] = []
    while region and (inside := [place for place in level if place.holds(region)]):
        trail.append(inside[0])
        level = () if inside[0].value == region else inside[0].parts
    return tuple(trail)


def _totals(infos: Sequence[ReportInfo]) -> Totals:
    years = [info.metadata.year for info in infos if info.metadata.year is not None]
    moments = [datetime.fromisoformat(info.indexed_at) for info in infos if info.indexed_at]
    return Totals(
        reports=len(infos),
        places=len({info.metadata.region for info in infos if info.metadata.region}),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        characters=sum(info.characters for info in infos),
        passages=sum(info.passages for info in infos),
        indexed_at=max(moments, default=None),
    )


def local_time(moment: datetime | str) -> str:
    """A moment in the service's time zone; scripts show it in the reader's."""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known.astimezone().strftime("%Y-%m-%d %H:%M")


def _page(page: str) -> int:
    return int(page) if page.isdecimal() and len(page) < 7 and int(page) else 1
