"""The JSON of compared wordings and outlines."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.comparing.comparison_types import Likeness
from search_api.comparing.outlines.outline_types import OutlineComparison, Place, SectionPair
from search_api.comparing.wording.wording_types import (
    Changed,
    FigureChange,
    Group,
    Revision,
    WordingComparison,
)
from search_api.engine import MAX_QUERY_CHARACTERS
from search_api.shapes.citation_shapes import CitationOut, citation_out
from search_api.shapes.comparison_shapes import ChoiceIn, PieceOut, Relation, piece_out
from search_api.shapes.report_shapes import SectionOut, section_out


class WordingIn(ChoiceIn):
    """The reports whose wording is compared, on a topic; without one, all that they say."""

    topic: str | None = Field(default=None, max_length=MAX_QUERY_CHARACTERS)


class MemberOut(BaseModel):
    """One report's sentence of a group, in pieces against the group's typical one."""

    citation: CitationOut
    relation: Relation
    similarity: float
    wording: list[PieceOut]


class GroupOut(BaseModel):
    """Sentences of one wording: `reports` of the `of` that were asked have it."""

    wording: str
    reports: int
    of: int
    members: list[MemberOut]


class SharedOut(BaseModel):
    """A phrase that `reports` of the `of` that were asked use."""

    phrase: str
    reports: int
    of: int
    citations: list[CitationOut]


class ParticularOut(BaseModel):
    """A sentence no other report has in like words, and the names and words that only it uses."""

    citation: CitationOut
    phrases: list[str]
    similarity: float


class FigureChangeOut(BaseModel):
    """A figure of both reports: later less earlier in `unit`, and in per cent of the earlier one."""

    before: str
    after: str
    difference: float | None
    percent: float | None
    unit: str


class ChangedOut(BaseModel):
    """A sentence that came again in other words or with other figures."""

    before: CitationOut
    after: CitationOut
    before_wording: list[PieceOut]
    after_wording: list[PieceOut]
    relation: Relation
    similarity: float
    figures: list[FigureChangeOut]


class RevisionOut(BaseModel):
    """What one place's later report says otherwise than the earlier one."""

    region: str
    earlier: str
    later: str
    earlier_year: int | None
    later_year: int | None
    kept: int
    changed: list[ChangedOut]
    new: list[CitationOut]
    dropped: list[CitationOut]


class WordingOut(BaseModel):
    """The answer to `POST /api/compare/wording`."""

    topic: str | None
    reports: list[str]
    groups: list[GroupOut]
    phrases: list[SharedOut]
    particular: list[ParticularOut]
    revisions: list[RevisionOut]
    silent: list[str]
    notices: list[str]


class OutlineCompareIn(BaseModel):
    """Two reports, by their ids."""

    model_config = ConfigDict(extra="forbid")

    left: str
    right: str


class SectionPairOut(BaseModel):
    """A section of either report with its counterpart, null where it has none."""

    place: Literal["matched", "moved", "left_only", "right_only"]
    similarity: float
    left: SectionOut | None
    right: SectionOut | None


class OutlineCompareOut(BaseModel):
    """The answer to `POST /api/compare/outline`: every section of both reports in one pair."""

    left: str
    right: str
    counts: dict[str, int]
    pairs: list[SectionPairOut]


def wording_out(compared: WordingComparison) -> WordingOut:
    """Compared wordings as JSON."""
    return WordingOut(
        topic=compared.topic.text if compared.topic else None,
        reports=list(compared.reports),
        groups=[_group_out(each) for each in compared.groups],
        phrases=[
            SharedOut(
                phrase=each.phrase,
                reports=each.reports,
                of=each.of,
                citations=[citation_out(citation) for citation in each.citations],
            )
            for each in compared.phrases
        ],
        particular=[
            ParticularOut(
                citation=citation_out(each.citation),
                phrases=list(each.phrases),
                similarity=round(each.similarity, 4),
            )
            for each in compared.particular
        ],
        revisions=[_revision_out(each) for each in compared.revisions],
        silent=list(compared.silent),
        notices=list(compared.notices),
    )


def outline_comparison_out(compared: OutlineComparison) -> OutlineCompareOut:
    """Compared outlines as JSON."""
    return OutlineCompareOut(
        left=compared.left,
        right=compared.right,
        counts={place.value: compared.count(place) for place in Place},
        pairs=[_pair_out(each) for each in compared.pairs],
    )


def _pair_out(pair: SectionPair) -> SectionPairOut:
    return SectionPairOut(
        place=pair.place.value,
        similarity=round(pair.similarity, 4),
        left=section_out(pair.left) if pair.left else None,
        right=section_out(pair.right) if pair.right else None,
    )


def _group_out(group: Group) -> GroupOut:
    return GroupOut(
        wording=group.wording,
        reports=group.reports,
        of=group.of,
        members=[
            MemberOut(
                citation=citation_out(each.citation),
                relation=_relation(each.likeness),
                similarity=round(each.likeness.similarity, 4),
                wording=[piece_out(piece) for piece in each.pieces],
            )
            for each in group.members
        ],
    )


def _revision_out(revision: Revision) -> RevisionOut:
    return RevisionOut(
        region=revision.region,
        earlier=revision.earlier,
        later=revision.later,
        earlier_year=revision.earlier_year,
        later_year=revision.later_year,
        kept=revision.kept,
        changed=[_changed_out(each) for each in revision.changed],
        new=[citation_out(each) for each in revision.new],
        dropped=[citation_out(each) for each in revision.dropped],
    )


def _changed_out(changed: Changed) -> ChangedOut:
    return ChangedOut(
        before=citation_out(changed.before),
        after=citation_out(changed.after),
        before_wording=[piece_out(each) for each in changed.before_pieces],
        after_wording=[piece_out(each) for each in changed.after_pieces],
        relation=_relation(changed.likeness),
        similarity=round(changed.likeness.similarity, 4),
        figures=[_figure_out(each) for each in changed.figures],
    )


def _figure_out(change: FigureChange) -> FigureChangeOut:
    return FigureChangeOut(
        before=change.before,
        after=change.after,
        difference=None if change.difference is None else float(change.difference),
        percent=None if change.percent is None else float(change.percent),
        unit=change.unit,
    )


def _relation(likeness: Likeness) -> Relation:
    return likeness.relation.value
