"""Which kind of answer a question wants, learned from forms. All forms are invented."""

from __future__ import annotations

from eval.train.operations import LEAST_REPORTS, Form, fit_operations
from search_api.questions.plan import Operation

GIVEN = [
    Form((feature, f"topic of {report}"), operation, report)
    for feature, operation in (("how many", Operation.VALUE), ("who", Operation.NAME))
    for report in "abcd"
]


def test_forms_are_learned_and_topics_are_not() -> None:
    model = fit_operations(GIVEN)
    assert model.weights["value"]["how many"] > 0 > model.weights["name"]["how many"]
    learned = {name for weights in model.weights.values() for name in weights}
    # What stands in the questions of one report only is its topic.
    assert learned == {"how many", "who"}
    assert LEAST_REPORTS <= 4


def test_a_learned_model_tells_them_apart() -> None:
    model = fit_operations(GIVEN)
    for feature, operation in (("how many", Operation.VALUE), ("who", Operation.NAME)):
        chances = model.chances((feature,))
        assert max(chances, key=lambda each: chances[each]) is operation


def test_every_operation_has_a_bias() -> None:
    assert set(fit_operations(GIVEN).biases) == {each.value for each in Operation}
