"""How does the page show a comparison: in its own language, and no longer than a page?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from search_api.answering.cell import Silence
from search_api.comparing.comparison_types import Comparison, Row
from search_api.comparing.table import notices
from search_api.comparing.table.comparison import in_order
from search_api.comparing.table.selection import Chosen
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.engine import Engine
from search_api.errors import BadRequestError, BusyError
from search_api.exporting.labels import coverage
from search_api.exporting.parts import report_names, unlike
from search_api.exporting.shown import Drawing, drawing_of
from search_api.questions.question import Language
from search_api.web.pages.compare_asked import Asked
from search_api.web.state import State

_log = logging.getLogger("govsearch")

# Of each list of wordings so many are shown; the files have all of them.
MOST_WORDINGS: Final = 20
# What most reports that don't state it are said to do; it is there in both languages.
_REASONS: Final[tuple[Callable[[Language], str], ...]] = (
    notices.not_stated,
    notices.not_there,
    *(partial(notices.silence, each) for each in Silence),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A comparison as the page shows it, in the page's language.

    `wording` is cut to what a page holds, `more` tells how much it leaves out. `problem`: why there is
    no wording, in English, as what is said of requests. `foreign`: the reasons that are left in the
    topic's language, which is `said_in`.
    """

    comparison: Comparison
    coverage: str
    notices: tuple[str, ...]
    drawing: Drawing | None
    with_figures: bool
    with_unlike: bool
    wording: WordingComparison | None
    names: Mapping[str, str]
    more: int
    problem: BadRequestError | None
    said_in: Language
    foreign: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotShown:
    """That there is no comparison, and the name of the words that say why."""

    word: str


def shown(
    state: State, engine: Engine, asked: Asked, chosen: Chosen, language: Language
) -> Shown | NotShown:
    """The comparison, or why there is none: the status is sent already."""
    topic = asked.topic or ""
    wording: WordingComparison | None = None
    problem: BadRequestError | None = None
    try:
        made = in_order(state.comparisons.table(engine, topic, chosen), asked.order)
        if asked.wording:
            try:
                wording = state.comparisons.wording(engine, topic, chosen)
            except BadRequestError as error:
                problem = error
    except BusyError:
        return NotShown("error.busy")
    except Exception:  # noqa: BLE001 - it is logged, and the page says that it failed
        _log.exception("no comparison of %r", topic)
        return NotShown("compare.failed")
    names = report_names(made, wording)
    comparison = in_language(made, language)
    cut = None if wording is None else shortened(wording)
    return Shown(
        comparison=comparison,
        coverage=coverage(comparison),
        notices=(*notices.of_topic(made.topic, language), *notices.of_choice(chosen, language)),
        drawing=drawing_of(comparison),
        with_figures=any(row.value is not None for row in comparison.rows),
        with_unlike=any(map(unlike, comparison.rows)),
        wording=cut,
        names=names,
        more=0 if wording is None or cut is None else _size(wording) - _size(cut),
        problem=problem,
        said_in=made.topic.language,
        foreign=frozenset(
            {row.reason for row in comparison.rows} - {each(language) for each in _REASONS}
            if made.topic.language is not language
            else ()
        ),
    )


def in_language(comparison: Comparison, language: Language) -> Comparison:
    """The same comparison told in another language; the topic stays as it was read."""
    given = comparison.topic.language
    if given is language:
        return comparison
    told = {each(given): each(language) for each in _REASONS}

    def said(row: Row) -> Row:
        return replace(row, reason=told.get(row.reason, row.reason))

    return replace(
        comparison,
        topic=replace(comparison.topic, language=language),
        rows=tuple(map(said, comparison.rows)),
    )


def shortened(wording: WordingComparison, most: int = MOST_WORDINGS) -> WordingComparison:
    """The same with at most so many of each list, and without the notices, which the table has."""
    return replace(
        wording,
        notices=(),
        phrases=wording.phrases[:most],
        groups=wording.groups[:most],
        particular=wording.particular[:most],
        revisions=tuple(
            replace(
                each,
                changed=each.changed[:most],
                new=each.new[:most],
                dropped=each.dropped[:most],
            )
            for each in wording.revisions[:most]
        ),
    )


def _size(wording: WordingComparison) -> int:
    """How many phrases, groups and sentences it lists."""
    return (
        len(wording.phrases)
        + len(wording.groups)
        + len(wording.particular)
        + sum(len(each.changed) + len(each.new) + len(each.dropped) for each in wording.revisions)
    )
