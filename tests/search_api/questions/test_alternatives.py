"""What is measured, and what may be chosen from. All topics are invented."""

from __future__ import annotations

import pytest

from search_api.questions.alternatives import alternatives, is_measured
from search_api.questions.question import Language


@pytest.mark.parametrize(
    "text", ["茶叶产量", "2031年森林覆盖率", "滨河步道里程（公里）", "养蜂户占比"]
)
def test_measured(text: str) -> None:
    assert is_measured(text, Language.ZH)


@pytest.mark.parametrize("text", ["古桥修缮", "茶叶质量", "提高森林覆盖率的措施", "执法力度"])
def test_done_and_not_measured(text: str) -> None:
    assert not is_measured(text, Language.ZH)


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("茶叶产量或茶园面积", Language.ZH, ("茶叶产量", "茶园面积")),
        (
            "2031年茶叶产量或茶园面积是多少？",
            Language.ZH,
            ("2031年茶叶产量是多少？", "2031年茶园面积是多少？"),
        ),
        ("2031年茶叶产量或2030年茶园面积", Language.ZH, ("2031年茶叶产量", "2030年茶园面积")),
        ("古桥修缮或茶园面积", Language.ZH, ("古桥修缮或茶园面积",)),
        ("茶叶产量", Language.ZH, ("茶叶产量",)),
        ("tea output or tea area", Language.EN, ("tea output", "tea area")),
    ],
)
def test_alternatives(text: str, language: Language, parts: tuple[str, ...]) -> None:
    assert alternatives(text, language) == parts
