"""What does the address of a comparison ask for?"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from fastapi import Request

from search_api.comparing.comparison_types import Sort
from search_api.comparing.table.selection import Chosen, choose
from search_api.comparing.table.topic import topic_of
from search_api.engine import Engine
from search_api.errors import BadRequestError, UnknownChoiceError, UnknownYearError
from search_api.shapes.comparison_shapes import MOST_NAMES
from search_api.web.pages.layout import Value, address

PATH: Final = "/compare"
EXPORT_PATH: Final = "/compare/export"
# Each is asked by itself, in some thirty milliseconds: more are waited for too long.
MOST_REPORTS: Final = 400
# A mistyped year (20255) must not ask for thousands.
_MOST_YEARS: Final = 200


class View(StrEnum):
    """What is compared: what the reports say on a topic, or the outlines of two of them."""

    TABLE = "table"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as it was typed. `topic` is None where there is none at all."""

    topic: str | None
    regions: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    kind: str = ""
    reports: tuple[str, ...] = ()
    sort: str = ""
    wording: bool = False
    view: str = ""

    @property
    def values(self) -> dict[str, Value]:
        """What of it goes into an address."""
        return {
            "topic": self.topic,
            "region": self.regions,
            "from": self.first,
            "to": self.last,
            "kind": self.kind,
            "report": self.reports,
            "sort": self.sort,
            "wording": "1" if self.wording else None,
            "view": self.view,
        }

    def address(self, **changed: Value) -> str:
        """The address of the same with something changed; shared addresses say only what matters."""
        return address(PATH, self.values | changed)

    def export(self, format: str) -> str:
        """The address of the same as a file."""
        return address(EXPORT_PATH, self.values | {"format": format})

    @property
    def is_of_outlines(self) -> bool:
        """Whether outlines are compared, which have no topic."""
        return self.view == View.OUTLINE

    @property
    def order(self) -> Sort:
        """The order of rows. Raises BadRequestError."""
        if self.sort and self.sort not in tuple(Sort):
            raise UnknownChoiceError("sort", self.sort, Sort)
        return Sort(self.sort) if self.sort else Sort.REPORT

    def chosen(self, engine: Engine) -> Chosen:
        """The reports to compare. Raises as `choose` does; BadRequestError for more than MOST_REPORTS."""
        found = choose(
            engine,
            self.reports or None,
            self.regions or None,
            self.years(engine),
            self.kind or None,
        )
        if len(found.reports) > MOST_REPORTS:
            raise TooManyReportsError(len(found.reports))
        # Of years that nobody named none is missing.
        return found if self.first and self.last else replace(found, missing_years=())

    def years(self, engine: Engine) -> Sequence[int] | None:
        """The years from `first` to `last`, those of reports where one end is open; None without either.

        Raises UnknownYearError where no report is of such a year, BadRequestError.
        """
        first, last = _year("from", self.first), _year("to", self.last)
        if first is None and last is None:
            return None
        if first is not None and last is not None and first > last:
            raise BadRequestError("from", f"{first} is later than {last}")
        if first is not None and last is not None:
            if last - first > _MOST_YEARS:
                raise BadRequestError("to", f"{first}-{last} are more than {_MOST_YEARS} years")
            # Years without a report are told of: whoever names both ends wants all in between.
            return range(first, last + 1)
        known = {info.metadata.year for info in engine.reports() if info.metadata.year is not None}
        within = [
            year
            for year in sorted(known)
            if (first is None or first <= year) and (last is None or year <= last)
        ]
        if not within:
            raise UnknownYearError(first or last or 0, known, "from" if first else "to")
        return within


class TooManyReportsError(BadRequestError):
    """More reports than are compared while somebody waits."""

    def __init__(self, count: int) -> None:
        super().__init__(
            "report_ids", f"{count:,} reports fit, {MOST_REPORTS} is the most: name places or years"
        )
        self.count = count


def asked_in(request: Request) -> Asked:
    """Read the address; empty fields of a form are none."""
    given = request.query_params

    def all_of(name: str) -> tuple[str, ...]:
        values = (each.strip() for each in given.getlist(name))
        return tuple(dict.fromkeys(filter(None, values)))[:MOST_NAMES]

    return Asked(
        topic=given["topic"].strip() if "topic" in given else None,
        regions=all_of("region"),
        first=_plain(given.get("from", "")),
        last=_plain(given.get("to", "")),
        kind=given.get("kind", "").strip(),
        reports=all_of("report"),
        sort="" if given.get("sort") == Sort.REPORT else given.get("sort", "").strip(),
        wording=given.get("wording", "") not in ("", "0", "false"),
        view="" if given.get("view") == View.TABLE else given.get("view", "").strip(),
    )


def checked(engine: Engine, asked: Asked) -> Chosen:
    """The reports, if a comparison can be made at all: what is wrong is known before it begins.

    Raises GovsearchError.
    """
    if asked.view and asked.view not in tuple(View):
        raise UnknownChoiceError("view", asked.view, View)
    if not asked.is_of_outlines:
        topic_of(asked.topic or "")
    _ = asked.order
    chosen = asked.chosen(engine)
    if asked.is_of_outlines and len(chosen.reports) != 2:
        raise BadRequestError(
            "report", f"outlines of two reports are compared, not of {len(chosen.reports)}"
        )
    if asked.wording and not asked.is_of_outlines and len(chosen.reports) < 2:
        raise BadRequestError("wording", "wording is compared between reports: choose two at least")
    return chosen


def _plain(value: str) -> str:
    """Digits may be full-width."""
    return unicodedata.normalize("NFKC", value).strip()


def _year(field: str, value: str) -> int | None:
    if not value:
        return None
    # Nine digits are no year either, but harmless.
    if not value.isdecimal() or len(value) > 9:
        raise BadRequestError(field, f"{value!r} is not a year")
    return int(value)
