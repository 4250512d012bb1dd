"""From hits to an answer: the figure with its unit, the names, or the sentences that say it."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.answering.reading.list_reader import read_list
from search_api.answering.reading.orders import without_orders
from search_api.answering.reading.sentence_reader import read_sentences
from search_api.answering.reading.span_reader import read_span
from search_api.answering.reading.value_candidates import StatementsOf
from search_api.answering.reading.value_features import Compared
from search_api.answering.reading.value_reader import ValuesRead, read_values
from search_api.questions.plan import Operation
from search_api.results import Hit


def read(
    hits: Sequence[Hit],
    compared: Compared,
    statements_of: StatementsOf,
    frames: Sequence[Hit] = (),
) -> ValuesRead:
    """The best answer in these hits; without a reading if they hold nothing of the kind that is asked for.

    `frames`: the passages at a report's beginning and end, where a name or a date is asked of one report.
    """
    hits = without_orders(hits)
    operation = compared.plan.operation
    if operation is Operation.VALUE:
        return read_values(hits, compared, statements_of)
    if operation in (Operation.NAME, Operation.DATE):
        return ValuesRead(read_span(hits, frames, compared))
    if operation is Operation.LIST:
        return ValuesRead(read_list(hits, compared) or read_sentences(hits, compared))
    return ValuesRead(read_sentences(hits, compared))
