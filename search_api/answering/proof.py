"""Is every answer proven? Citations are slices of their source, figures stand in what is cited.

Nothing is taken on trust: not from the reader, and not from a language model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from corpus.report import Citation
from corpus.statements.quantities import DATE, Quantity, quantities

Source = Callable[[str], str]  # report id -> its whole text


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a sentence or a citation, for people and logs."""

    problem: str


def citation_flaws(
    citations: Iterable[Citation], source: Source, retrieved: Collection[tuple[str, int, int]]
) -> list[Flaw]:
    """What is wrong with citations: not the slice they say, or not inside anything retrieved.

    `retrieved`: report id, start and end of all passages that were found.
    """
    flaws: list[Flaw] = []
    for each in citations:
        text = source(each.report_id)
        where = f"{each.report_id}:{each.start}-{each.end}"
        if not 0 <= each.start < each.end <= len(text):
            flaws.append(Flaw(f"{where} lies outside the report"))
        elif text[each.start : each.end] != each.quote:
            flaws.append(Flaw(f"{where} is not what is quoted"))
        elif not any(
            report == each.report_id and start <= each.start and each.end <= end
            for report, start, end in retrieved
        ):
            flaws.append(Flaw(f"{where} was not retrieved"))
    return flaws


def figure_flaws(text: str, quotes: Sequence[str]) -> list[Flaw]:
    """The figures and dates of a text that no quote states with the same value and unit."""
    stated = [each for quote in quotes for each in quantities(quote)]
    return [
        Flaw(f"{each.span.of(text)} does not stand in what is cited")
        for each in quantities(text)
        if not any(_backs(other, each) for other in stated)
    ]


def _backs(stated: Quantity, claimed: Quantity) -> bool:
    if DATE in (claimed.kind, stated.kind):
        # 2025 of a text may be the year of 2025年3月; the reverse claims more than is stated.
        return stated.kind == DATE and stated.low == claimed.low
    if (stated.low, stated.high) != (claimed.low, claimed.high):
        return False
    return stated.unit == claimed.unit
