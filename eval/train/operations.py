"""Learns which kind of answer a question wants: the weights of `search_api/data/operations.json`.

A multinomial logit over the form of questions whose kind is known (`search_api.questions.operation`). What only
questions on one report have is its topic and no form: features must stand in several reports' questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from search_api.questions.operation import OperationModel
from search_api.questions.plan import Operation

# Kinds of judged questions and what they ask for. An unanswerable one asks for a figure nearly always, but says
# so no better than the others.
OPERATION_OF_KIND: Final = {
    "number": Operation.VALUE, "date": Operation.DATE, "name": Operation.NAME, "list": Operation.LIST,
    "yesno": Operation.YES_NO, "wording": Operation.WORDS,
}  # fmt: skip
# A feature must stand in the questions of as many reports.
LEAST_REPORTS: Final = 3
# Chosen on reports left out: .3 and 3 were no better.
PENALTY: Final = 1.0
_KEPT: Final = 0.02  # weights nearer to 0 say nothing


@dataclass(frozen=True, slots=True)
class Form:
    """One question's features, what it asks for, and its report."""

    features: tuple[str, ...]
    operation: Operation
    report_id: str


def fit_operations(forms: Sequence[Form]) -> OperationModel:
    """The weights that make the known operations most probable."""
    reports = defaultdict(set)
    for form in forms:
        for each in form.features:
            reports[each].add(form.report_id)
    names = sorted(each for each, where in reports.items() if len(where) >= LEAST_REPORTS)
    column = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(forms), len(names) + 1))
    rows[:, -1] = 1.0
    operations = list(Operation)
    right = np.zeros((len(forms), len(operations)))
    for number, form in enumerate(forms):
        right[number, operations.index(form.operation)] = 1.0
        for each in form.features:
            if each in column:
                rows[number, column[each]] = 1.0

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(len(operations), -1)
        scores = rows @ weights.T
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        held = weights.copy()
        held[:, -1] = 0.0
        total = -float(np.log((chances * right).sum(axis=1) + 1e-12).sum())
        gradient = (chances - right).T @ rows + PENALTY * held
        return total + PENALTY * float((held**2).sum()) / 2, gradient.ravel()

    start = np.zeros(len(operations) * (len(names) + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x.reshape(len(operations), -1)
    weights = {
        operation.value: {
            name: round(float(found[row, column[name]]), 3)
            for name in names
            if abs(found[row, column[name]]) > _KEPT
        }
        for row, operation in enumerate(operations)
    }
    biases = {op.value: round(float(found[row, -1]), 3) for row, op in enumerate(operations)}
    return OperationModel(biases, weights)
