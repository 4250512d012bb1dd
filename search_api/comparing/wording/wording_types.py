"""What a comparison of wordings is: groups of near-identical sentences, what one report says alone, and
what a place changed from one report to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.report import Citation
from corpus.statements.quantities import Quantity
from search_api.comparing.comparison_types import Likeness, Piece, Topic


@dataclass(frozen=True, slots=True)
class Member:
    """One sentence of a group, in pieces against the group's typical one."""

    citation: Citation
    pieces: tuple[Piece, ...]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of one wording. `members` are in the order of the reports; `typical` is the number of
    the one that is most like all others; `reports` are those that have it, `of` those that were asked.
    """

    members: tuple[Member, ...]
    typical: int
    reports: int
    of: int

    @property
    def wording(self) -> str:
        """The typical sentence."""
        return self.members[self.typical].citation.quote


@dataclass(frozen=True, slots=True)
class Shared:
    """A phrase that several reports use on the topic; `citations`: one sentence of each of them."""

    phrase: str
    citations: tuple[Citation, ...]
    of: int

    @property
    def reports(self) -> int:
        """How many use it."""
        return len(self.citations)


@dataclass(frozen=True, slots=True)
class Particular:
    """A sentence no other report has, or has in like words, and the phrases in it that none uses.

    `phrases` are slices of the quote, in order.
    """

    citation: Citation
    phrases: tuple[str, ...]
    similarity: float  # to the nearest sentence of another report, 0..1


@dataclass(frozen=True, slots=True)
class FigureChange:
    """The same figure in two reports. `difference` is later less earlier in `unit`, and `percent` that
    in per cent of the earlier one; None where units or ranges don't compare. Of percentages the
    difference is in percentage points (`unit` 个百分点), and `percent` None.
    """

    before: str  # as it is written
    after: str
    before_quantity: Quantity
    after_quantity: Quantity
    difference: Decimal | None
    percent: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence that came again in other words or with other figures."""

    before: Citation
    after: Citation
    before_pieces: tuple[Piece, ...]
    after_pieces: tuple[Piece, ...]
    likeness: Likeness
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """What one place's later report says otherwise than the earlier one."""

    region: str
    earlier: str  # report ids
    later: str
    earlier_year: int | None
    later_year: int | None
    kept: int  # sentences that are word for word the same
    changed: tuple[Changed, ...]
    new: tuple[Citation, ...]
    dropped: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WordingComparison:
    """`topic` is None where whole reports were compared. `silent`: the reports without a sentence on
    the topic. `groups` and `phrases`: most reports first.
    """

    topic: Topic | None
    reports: tuple[str, ...]
    groups: tuple[Group, ...]
    particular: tuple[Particular, ...]
    revisions: tuple[Revision, ...]
    phrases: tuple[Shared, ...] = ()
    silent: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
