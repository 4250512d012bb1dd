"""Topics to try: what several of the reports state, by their texts alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.comparing.table.topic_examples import example_topics
from search_api.engine import Engine
from search_api.questions.question import Language
from tests.search_api.support import HashEncoder, write_reports

# 固定资产投资 has a figure in three, 一般公共预算收入 in two, 地区生产总值 in one: elsewhere it is only named.
# 营商环境 is in two, 低空经济 in one; 增长 is everywhere and too short to be a topic.
SENTENCES = (
    "固定资产投资增长6%，一般公共预算收入12亿元。优化营商环境。",
    "固定资产投资增长7%，一般公共预算收入增长9%。地区生产总值增长5%。发展低空经济。",
    "固定资产投资增长8%。稳住地区生产总值和一般公共预算收入。改善营商环境。",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("examples")
    reports: list[dict[str, str | int]] = [
        {
            "report_id": f"第{number}份",
            "title": "政府工作报告",
            "region": f"禾{number}县",
            "year": 2025,
            "text": f"政府工作报告\n一、工作回顾\n{sentence}\n",
        }
        for number, sentence in enumerate(SENTENCES)
    ]
    table = write_reports(folder, reports)
    build.add([table], folder / "index", HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(folder / "index"), HashEncoder, load_gazetteer()) as opened:
        yield opened


def test_what_most_reports_state_comes_first(engine: Engine) -> None:
    assert example_topics(engine, Language.ZH) == ("固定资产投资", "一般公共预算收入", "营商环境")


def test_no_more_than_wanted(engine: Engine) -> None:
    assert example_topics(engine, Language.ZH, 1) == ("固定资产投资",)


def test_english_readers_get_english_words(engine: Engine) -> None:
    assert example_topics(engine, Language.EN) == (
        "fixed asset investment",
        "general public budget revenue",
        "business environment",
    )
