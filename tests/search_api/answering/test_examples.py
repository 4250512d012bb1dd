"""Example questions: they come from the reports, and are answered by them."""

from __future__ import annotations

import pytest

from search_api.answering.answerer import ask
from search_api.answering.examples import example_questions
from search_api.answering.saying import UnprovenError
from search_api.engine import Engine
from search_api.questions.question import Language


def test_a_clause_becomes_a_question_with_its_own_answer(engine: Engine) -> None:
    questions = example_questions(engine, Language.ZH)
    # 31个 is followed by its noun, and its unit stays; the clause has no other figure.
    assert "云溪县全年调整充实了多少个人民调解组织的调解员？" in questions
    for question in questions:
        answer = ask(engine, question)
        assert answer.answered
        assert "多少" in question
        assert not any(char.isdigit() for char in question)


def test_each_place_has_at_most_one(engine: Engine) -> None:
    questions = example_questions(engine, Language.ZH)
    assert sum(question.startswith("云溪县") for question in questions) <= 1
    assert len(example_questions(engine, Language.ZH, wanted=1)) <= 1


def test_english_ones_use_official_terms(engine: Engine) -> None:
    for question in example_questions(engine, Language.EN):
        assert question.startswith("What is the ")
        assert ask(engine, question).answered


def test_a_question_whose_answer_is_unproven_is_no_example(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unproven(*args: object, **kwargs: object) -> object:
        raise UnprovenError("a defect")

    monkeypatch.setattr("search_api.answering.examples.ask", unproven)
    assert example_questions(engine, Language.ZH) == ()
    assert "a defect" in caplog.text


def test_no_question_comes_twice(engine: Engine) -> None:
    for language in Language:
        questions = example_questions(engine, language)
        assert len(set(questions)) == len(questions)
