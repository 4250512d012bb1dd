"""What can be wrong with a question or its filters, each naming the field and what was wanted."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from corpus.errors import GovsearchError


class BadRequestError(GovsearchError):
    """A field of a request that can't be used. `field` is its name in the interface."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class UnknownChoiceError(BadRequestError):
    """A field of a few choices that was given another value."""

    def __init__(self, field: str, value: str, choices: Iterable[str]) -> None:
        super().__init__(field, f"{value!r} is none of {', '.join(choices)}")
        self.value = value


class UnknownRegionError(BadRequestError):
    """A place to filter by that no report of the index is of."""

    def __init__(self, name: str, known: Collection[str], field: str = "region") -> None:
        nearest = difflib.get_close_matches(name, known, n=3, cutoff=0.3)
        advice = f"Did you mean {', '.join(nearest)}?" if nearest else "See `govsearch list`"
        super().__init__(field, f"no report of {name!r} is in the index. {advice}")
        self.name = name
        self.known = tuple(known)
        self.nearest = tuple(nearest)


class UnknownYearError(BadRequestError):
    """A year to filter by that no report of the index is of."""

    def __init__(self, year: int, known: Collection[int], field: str = "year") -> None:
        years = ", ".join(str(each) for each in sorted(known)) or "none"
        super().__init__(field, f"no report of {year} is in the index (there are: {years})")


class BusyError(GovsearchError):
    """Too many ask for the same at once; a little later it will be done."""
