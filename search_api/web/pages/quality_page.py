"""The page that says how good search is: the latest evaluation, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from search_api.web.compare_routes import FILE_POLICY
from search_api.web.pages.language import Say, chosen_language, say_in
from search_api.web.pages.layout import render
from search_api.web.quality import Estimate, Evaluated, Result, System
from search_api.web.routes import Shared

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

# A measure with a depth: `R@5` is `R` at 5. https://ir-measur.es has their definitions.
_AT: Final = re.compile(r"(?P<measure>[A-Za-z]+)@(?P<depth>\d+)")
# The words that explain a measure, by the name in the result; of one with a depth by what is before it.
_MEANINGS: Final = {
    "Success": "success",
    "R": "recall",
    "P": "precision",
    "nDCG": "ndcg",
    "RR": "rr",
    "AP": "ap",
    "wrong report": "wrong_report",
    "answered": "answered",
    "cited": "cited",
    "exact": "exact",
    "proven": "proven",
    "list coverage": "list_coverage",
    "refusal precision": "refusal_precision",
    "refusal recall": "refusal_recall",
    "right": "right",
    "missing": "missing",
    "EM": "em",
    "F1": "f1",
}
# The same of headings, where some have the names of other things.
_OUTLINE: Final = {
    "precision": "outline_precision",
    "recall": "outline_recall",
    "F1": "outline_f1",
    "reports exact": "outline_exact",
}
# Systems that are no ranking; what others are called is what they are.
_SYSTEMS: Final = {"ask": "answers", "compare": "tables"}
# Between 0 and 1 as all are, but no shares of anything: a percentage would say something else.
_NO_SHARES: Final = frozenset(("nDCG", "RR", "AP", "F1"))
_LESS_IS_BETTER: Final = frozenset(("wrong report", "missing"))
# What most people want to know stands first, the rest in the result's order.
_FIRST: Final = ("Success@1", "Success@5", "R@10", "cited", "exact", "answered", "proven")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the page shows it. `width`: of its bar, 0..100."""

    value: str
    interval: str
    n: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: its name, what it means, and its value for each system, None where not measured."""

    name: str
    meaning: str
    less_is_better: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Systems that have measures in common. `times`: p50 and p95 in ms for each, None if not timed."""

    title: str
    systems: tuple[System, ...]
    lines: tuple[Line, ...]
    times: tuple[tuple[str, str] | None, ...]


@router.get("/quality")
def quality_page(request: Request, state: Shared) -> HTMLResponse:
    """The latest evaluation; where there is none, how to make one."""
    found = state.quality.read()
    say = say_in(chosen_language(request))
    latest = found.latest
    values: dict[str, object] = {"found": found, "latest": latest, "tables": (), "outline": ()}
    if latest is not None:
        values |= {
            "tables": tables(latest.result, say),
            "outline": tuple(
                (name, _meaning(name, _OUTLINE, say), f"{value:.1%}")
                for name, value in latest.result.outline.items()
            ),
        }
    return render(request, "quality.html", values, here="quality")


@router.get("/quality/report")
def quality_report(state: Shared) -> Response:
    """The whole report as it was written: one file with its style inside."""
    latest = state.quality.read().latest
    page = _report(latest) if latest is not None else None
    if page is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return HTMLResponse(page, headers={"Content-Security-Policy": FILE_POLICY})


def _report(latest: Evaluated) -> bytes | None:
    try:
        return latest.report.read_bytes() if latest.report is not None else None
    except FileNotFoundError:  # it has just been removed
        return None


def tables(result: Result, say: Say) -> tuple[Table, ...]:
    """One table for rankings, one for answers, one for comparison tables; other systems' beside ours."""
    groups: dict[tuple[str, ...], list[System]] = {}
    for system in result.systems:
        groups.setdefault(tuple(sorted(system.measures)), []).append(system)
    return tuple(_table(tuple(group), say) for group in groups.values())


def _table(systems: tuple[System, ...], say: Say) -> Table:
    given = list(systems[0].measures)
    names: list[str] = [name for name in _FIRST if name in given]
    names += [name for name in given if name not in names]
    kind = _SYSTEMS.get(systems[0].system, "ranking")
    return Table(
        say(f"quality.{kind}"),
        systems,
        tuple(
            Line(
                name,
                _meaning(name, _MEANINGS, say),
                name in _LESS_IS_BETTER,
                tuple(_cell(name, system.measures) for system in systems),
            )
            for name in names
        ),
        tuple(_times(system.latency_ms) for system in systems),
    )


def _meaning(name: str, words: Mapping[str, str], say: Say) -> str:
    """What a measure says in plain words; "" for one we don't know."""
    at = _AT.fullmatch(name)
    if at is None:
        return say(f"quality.{words[name]}") if name in words else ""
    word = words.get(at["measure"])
    if word is None:
        return ""
    if at["depth"] == "1" and at["measure"] in ("Success", "P"):
        return say("quality.success_first")
    return say(f"quality.{word}_at", depth=at["depth"])


def _cell(name: str, measures: Mapping[str, Estimate]) -> Cell | None:
    estimate = measures.get(name)
    if estimate is None:
        return None
    share = name.partition("@")[0] not in _NO_SHARES
    low, high = _shown(estimate.low, share), _shown(estimate.high, share)
    return Cell(
        _shown(estimate.mean, share),
        f"{low}–{high}",
        estimate.n,
        round(100 * min(max(estimate.mean, 0.0), 1.0)),
    )


def _shown(value: float, share: bool) -> str:
    return f"{value:.1%}" if share else f"{value:.3f}"


def _times(latency_ms: Mapping[str, float]) -> tuple[str, str] | None:
    if "p50" not in latency_ms or "p95" not in latency_ms:
        return None
    return f"{latency_ms['p50']:.0f}", f"{latency_ms['p95']:.0f}"
