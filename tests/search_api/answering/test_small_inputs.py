"""Small reports in the shapes of real ones, asked with the bundled model: what was answered wrongly before."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import Encoder, EncoderSettings, open_encoder
from indexer.index import Index
from indexer.progress import silent
from search_api.answering.answerer import ask
from search_api.engine import Engine
from tests.shared import SHARED, needs_shared


@cache
def encoder() -> Encoder:
    return open_encoder(EncoderSettings(), lambda _: None)


@needs_shared
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (
            "白鹭市-2025预算",
            {
                "白鹭市2025年社会保险基金预算收入": "62.3亿元",
                "白鹭市2025年市本级社会保险基金预算收入": "43.5亿元",
            },
        ),
        (
            "云栎市-2025预算",
            {
                "云栎市2025年一般公共预算收入": "39.34亿元",
                "云栎市2025年税收收入": "21.13亿元",
                "云栎市2025年市本级税收收入": "6.34亿元",
                "云栎市2025年政府债务余额": "137.8亿元",
                "云栎市2025年专项债务余额": "114.9亿元",
            },
        ),
        (
            "海岭市-预算",
            {
                "海岭市2025年一般公共预算收入": "278.26亿元",
                "海岭市2025年一般公共预算收入的预算数": "335.79亿元",
                "海岭市政府债务余额": "1376.8亿元",
            },
        ),
        (
            "石洼地区-公报",
            {"石洼地区地区生产总值": "1812.4 亿元", "石洼地区2025年进出口总额": "28.02亿美元"},
        ),
        ("石蕨州-2025公报", {"石蕨州生产总值": "1723.53 亿元"}),
        ("霜溪地区-2025公报", {"霜溪地区全年GDP增速": "6.6%", "霜溪地区粮食产量": "127.29万吨"}),
    ],
)
def test_what_each_answers(name: str, asked: dict[str, str], tmp_path: Path) -> None:
    data = tmp_path / "index"
    file = SHARED / "faults" / f"{name}.txt"
    if not file.exists():
        pytest.skip("the small inputs (../shared/faults) are not beside the project")
    build.add([file], data, encoder(), EncoderSettings(), silent)
    with Engine(Index.open(data), encoder, load_gazetteer()) as engine:
        assert {question: ask(engine, question).answer for question in asked} == asked
