"""The JSON routes. They translate; everything that computes is plain `def`, run in threads."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated, TypedDict

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, BeforeValidator

from search_api.answering.answerer import ask, stream
from search_api.answering.types import Answer, Event, Found, Said
from search_api.answering.written.language_model import LanguageModel
from search_api.engine import MAX_QUERY_CHARACTERS, MAX_TOP_K, checked_question
from search_api.retrieval.retrieve import Mode
from search_api.shapes.answer_shapes import AnswerOut, AskIn, answer_out, said_out
from search_api.shapes.report_shapes import (
    OutlineOut,
    ReportOut,
    ReportsOut,
    TextOut,
    outline_out,
    report_out,
)
from search_api.shapes.search_shapes import HitsOut, SearchOut, hit_out, search_out
from search_api.shapes.service_shapes import StatusOut
from search_api.web import problems
from search_api.web.problems import RESPONSES
from search_api.web.state import State


def _absent(value: object) -> object:
    """An empty field of a form is no value; digits may be full-width."""
    return unicodedata.normalize("NFKC", value).strip() or None if isinstance(value, str) else value


def _default_mode(value: object) -> object:
    return _absent(value) or Mode.HYBRID


Year = Annotated[int | None, BeforeValidator(_absent)]
ChosenMode = Annotated[Mode, BeforeValidator(_default_mode)]

router = APIRouter(responses=RESPONSES)
_log = logging.getLogger("govsearch")


def state_of(request: Request) -> State:
    """The app's state object."""
    state: State = request.app.state.govsearch
    return state


Shared = Annotated[State, Depends(state_of)]


@router.get("/api/search", tags=["search"])
def search(
    state: Shared,
    q: Annotated[str, Query(description="the question", max_length=MAX_QUERY_CHARACTERS)],
    top_k: Annotated[int, Query(ge=1, le=MAX_TOP_K)] = 10,
    region: Annotated[str | None, Query(description="only this place and its parts")] = None,
    year: Annotated[Year, Query(description="only reports of this year")] = None,
    report_id: Annotated[str | None, Query(description="only this report")] = None,
    kind: Annotated[
        str | None, Query(description="only work_report, rule_of_law, bulletin or other")
    ] = None,
    mode: Annotated[ChosenMode, Query(description="what finds the passages")] = Mode.HYBRID,
) -> SearchOut:
    """The passages that answer a question best, each with its exact citation."""
    result = state.engine().search(
        q,
        top_k=top_k,
        # An empty field of a form is no filter.
        region=region or None,
        year=year,
        report_id=report_id or None,
        kind=kind or None,
        mode=mode,
    )
    state.observe(result.stages_ms)
    return search_out(result)


@router.post("/api/ask", tags=["ask"])
def ask_question(state: Shared, asked: AskIn) -> AnswerOut:
    """The answer to a question with the sentences that prove it, or why there is none."""
    question = checked_question(asked.question, "question")
    return answer_out(ask(state.engine(), question, **_asking(state, asked)))


@router.post(
    "/api/ask/stream",
    tags=["ask"],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "server-sent events"}},
)
def ask_streamed(state: Shared, asked: AskIn) -> StreamingResponse:
    """The same step by step, as server-sent events.

    `hits` (what was found), `sentence` (one for each sentence as soon as it is proven), `answer` (what
    `POST /api/ask` gives; it is the last, and it alone counts), or `error` (problem details).
    """
    question = checked_question(asked.question, "question")
    events = stream(state.engine(), question, **_asking(state, asked))
    # What is wrong with the question shows here, while a status can still be sent.
    first = next(events)
    return StreamingResponse(
        _sent(chain([first], events)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


class _Asking(TypedDict):
    top_k: int
    region: str | None
    year: int | None
    report_id: str | None
    kind: str | None
    model: LanguageModel | None


def _asking(state: State, asked: AskIn) -> _Asking:
    return {
        "top_k": asked.top_k,
        # An empty field of a form is no filter.
        "region": asked.region or None,
        "year": asked.year,
        "report_id": asked.report_id or None,
        "kind": asked.kind or None,
        "model": state.language_model,
    }


def _sent(events: Iterable[Event]) -> Iterator[bytes]:
    """Events in the format of https://html.spec.whatwg.org/multipage/server-sent-events.html."""
    try:
        for event in events:
            match event:
                case Found():
                    yield _event("hits", HitsOut(hits=[hit_out(each) for each in event.hits]))
                case Said():
                    yield _event("sentence", said_out(event))
                case Answer():
                    yield _event("answer", answer_out(event))
    except Exception:  # noqa: BLE001 - it is logged, and the client told
        # The status is sent already, so that no handler can say it any more.
        _log.exception("a streamed answer broke off")
        yield _event("error", problems.unexpected_problem())


def _event(name: str, data: BaseModel) -> bytes:
    return f"event: {name}\ndata: {data.model_dump_json()}\n\n".encode()


@router.get("/api/reports", tags=["reports"])
def reports(state: Shared) -> ReportsOut:
    """All reports of the index."""
    return ReportsOut(reports=[report_out(info) for info in state.engine().reports()])


# A report's id may hold slashes, so that the routes with an ending come before the one without.
@router.get("/api/reports/{report_id:path}/text", tags=["reports"])
def text(state: Shared, report_id: str) -> TextOut:
    """A report's whole text, which the offsets of citations count in."""
    return TextOut(report_id=report_id, text=state.engine().text(report_id))


@router.get(
    "/api/reports/{report_id:path}/outline", tags=["reports"], response_model_exclude_unset=True
)
def outline(state: Shared, report_id: str) -> OutlineOut:
    """A report's sections in reading order."""
    return outline_out(report_id, state.engine().outline(report_id))


@router.get("/api/reports/{report_id:path}", tags=["reports"])
def report(state: Shared, report_id: str) -> ReportOut:
    """What is known of one report."""
    return report_out(state.engine().report(report_id))


@router.get("/healthz", tags=["service"])
async def healthz() -> StatusOut:
    """Whether the process runs. It needs none of the threads that questions wait for."""
    return StatusOut(status="ok")


@router.get("/readyz", tags=["service"])
def readyz(state: Shared) -> StatusOut:
    """Whether questions can be answered; 503 if not."""
    engine = state.engine()
    return StatusOut(
        status="ready", reports=len(engine.reports()), generation=engine.index.generation
    )
