"""What is usual wording, what is one place's own, and what did a place change over the years?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus.report import Span
from indexer.types import ReportInfo
from search_api.answering.settings import DEFAULT_ANSWERS, AnswerSettings
from search_api.comparing.comparison_types import Topic, TopicKind
from search_api.comparing.table import notices
from search_api.comparing.table.elsewhere import pasted, sentences_like
from search_api.comparing.table.report_sentences import Sentence, sentences_of
from search_api.comparing.table.rows import figure_row
from search_api.comparing.table.selection import Chosen
from search_api.comparing.table.theme_sentences import mentions, theme_words
from search_api.comparing.table.topic import topic_of
from search_api.comparing.wording.grouping import groups_of, linked, particular_of
from search_api.comparing.wording.revisions import revision
from search_api.comparing.wording.shared_phrases import shared_phrases
from search_api.comparing.wording.wording_types import Revision, WordingComparison
from search_api.engine import Engine
from search_api.errors import BadRequestError
from search_api.questions.question import Language
from search_api.results import Filters

# All pairs of sentences are compared: of more the tables of likeness would not fit into memory.
MOST_SENTENCES: Final = 6_000
# Characters of a report for each of its sentences, by and large and at the most: 69 reports have 44, and
# none more than 80. Reading them all only to refuse them takes seconds.
_CHARACTERS: Final = 44
_MOST_CHARACTERS: Final = 80


def compare_wording(
    engine: Engine,
    topic: str | None,
    chosen: Chosen,
    settings: AnswerSettings = DEFAULT_ANSWERS,
) -> WordingComparison:
    """How the chosen reports word a topic; without one, all that they say.

    Raises BadRequestError: for the topic, for fewer than two reports, for more sentences than can be
    compared at once.
    """
    if len(chosen.reports) < 2:
        raise BadRequestError(
            "report_ids", "wording is compared between reports: choose two at least"
        )
    asked = topic_of(topic) if topic is not None else None
    by_report = (
        _whole(engine, chosen.reports)
        if asked is None
        else {info.report_id: _sentences(engine, asked, info, settings) for info in chosen.reports}
    )
    every = [each for sentences in by_report.values() for each in sentences]
    if len(every) > MOST_SENTENCES:
        raise _too_many(len(every), "a narrower topic")
    links = linked(every)
    texts = {report_id: engine.text(report_id) for report_id in by_report}
    return WordingComparison(
        topic=asked,
        reports=tuple(by_report),
        groups=tuple(groups_of(every, links, len(by_report))),
        particular=tuple(particular_of(every, links, texts, engine.places_in)),
        phrases=tuple(shared_phrases(every, len(by_report), asked.text)) if asked else (),
        revisions=tuple(_revisions(engine, chosen.reports, by_report)),
        silent=tuple(report_id for report_id, found in by_report.items() if not found),
        # Without a topic nothing tells the reader's language: that of the reports.
        notices=notices.of_choice(chosen, asked.language if asked else Language.ZH),
    )


def _whole(engine: Engine, reports: Sequence[ReportInfo]) -> dict[str, list[Sentence]]:
    """All that the reports say, sentence by sentence. Too much is refused as early as it is known."""
    characters = sum(info.characters for info in reports)
    if characters > MOST_SENTENCES * _MOST_CHARACTERS:
        raise _too_many(characters // _CHARACTERS, "a topic", about=True)
    found: dict[str, list[Sentence]] = {}
    sentences = read = 0
    for info in reports:
        found[info.report_id] = sentences_of(engine, info)
        sentences += len(found[info.report_id])
        read += info.characters
        if sentences > MOST_SENTENCES:
            raise _too_many(sentences * characters // read, "a topic", about=read < characters)
    return found


def _too_many(sentences: int, wanted: str, *, about: bool = False) -> BadRequestError:
    return BadRequestError(
        "topic",
        f"{'about ' if about else ''}{sentences:,} sentences are more than the "
        f"{MOST_SENTENCES:,} that are compared at once: name {wanted}, or fewer reports",
    )


def _sentences(
    engine: Engine, topic: Topic, info: ReportInfo, settings: AnswerSettings
) -> list[Sentence]:
    """What a report says on the topic, sentence by sentence."""
    if topic.kind is TopicKind.PASSAGE:
        return sentences_like(engine, info, pasted(engine, topic))
    return sentences_of(engine, info, _spans(engine, topic, info, settings))


def _spans(
    engine: Engine, topic: Topic, info: ReportInfo, settings: AnswerSettings
) -> frozenset[Span]:
    if topic.kind is TopicKind.FIGURE:
        citation = figure_row(engine, topic, info, settings).citation
        return frozenset([Span(citation.start, citation.end)] if citation else [])
    groups = engine.consult(
        topic.questions[0], Filters(report_id=info.report_id), top_k=1
    ).query.groups
    found = mentions(engine.passages(info.report_id), theme_words(groups))
    return frozenset(place.span for place in (*found.sentences, *found.under))


def _revisions(
    engine: Engine,
    reports: Sequence[ReportInfo],
    by_report: dict[str, list[Sentence]],
) -> list[Revision]:
    """From each report to the next one of the same place and kind."""
    series: dict[tuple[str, str], list[ReportInfo]] = defaultdict(list)
    for info in reports:
        if info.metadata.region is not None and info.metadata.year is not None:
            series[info.metadata.region.name, info.metadata.kind].append(info)
    found: list[Revision] = []
    for infos in series.values():
        ordered = sorted(infos, key=lambda info: (info.metadata.year or 0, info.report_id))
        for before, after in pairwise(ordered):
            made = revision(
                (before, after),
                by_report[before.report_id],
                by_report[after.report_id],
                engine.places_in,
            )
            found += [made] if made is not None else []
    return found
