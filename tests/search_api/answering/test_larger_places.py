"""A smaller place's report never answers for the larger place that is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.answering.answerer import ask
from search_api.answering.scope import missing_places, only_parts
from search_api.answering.types import Why
from search_api.engine import Engine
from search_api.results import Filters
from tests.search_api.support import HashEncoder, write_reports


def report(place: str, region: str) -> dict[str, str | int]:
    return {
        "report_id": f"{place}-2026",
        "title": f"{place}2026年政府工作报告",
        "region": region,
        "year": 2026,
        "text": (
            f"{place}2026年政府工作报告\n一、2025年工作回顾\n2025年地区生产总值达到600亿元，增长5%。\n"
            "二、2026年工作安排\n2026年地区生产总值增长6%左右。\n"
        ),
    }


@pytest.fixture(scope="module")
def towns_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("towns")
    reports = [
        report("楚雄市", "楚雄市"),
        report("吉林市", "吉林市"),
        report("平潭综合实验区", "平潭综合实验区"),
    ]
    data = folder / "index"
    build.add([write_reports(folder, reports)], data, HashEncoder(), EncoderSettings(), silent)
    return data


@pytest.fixture
def towns(towns_data: Path) -> Iterator[Engine]:
    with Engine(Index.open(towns_data), HashEncoder, load_gazetteer()) as opened:
        yield opened


def larger(engine: Engine, question: str) -> list[str]:
    consulted = engine.consult(question, Filters(), top_k=5)
    return [each.name for each in only_parts(engine, consulted)]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("楚雄州2025年地区生产总值是多少？", ["楚雄彝族自治州"]),
        ("云南省2025年地区生产总值是多少？", ["云南省"]),
        ("云南2025年地区生产总值", ["云南省"]),
        ("What was Yunnan's GDP in 2025?", ["云南省"]),
        ("What was Chuxiong Prefecture's GDP in 2025?", ["楚雄彝族自治州"]),
        ("吉林2025年地区生产总值是多少？", ["吉林省"]),  # alone it is the province
        # its own report
        ("楚雄市2025年地区生产总值是多少？", []),
        ("楚雄2025年地区生产总值是多少？", []),
        ("What was Chuxiong City's GDP in 2025?", []),
        ("吉林市2025年地区生产总值是多少？", []),
        # a path to it
        ("云南省楚雄市2025年地区生产总值是多少？", []),
        # the places inside are asked for
        ("云南省各县市2025年地区生产总值", []),
        ("云南省哪些县2025年地区生产总值超过500亿元", []),
        ("Which counties of Yunnan grew in 2025?", []),
        ("2025年地区生产总值是多少？", []),
    ],
)
def test_places_of_which_only_parts_have_a_report(
    towns: Engine, question: str, places: list[str]
) -> None:
    assert larger(towns, question) == places


def test_the_larger_place_is_refused(towns: Engine) -> None:
    for question in ("楚雄州2025年地区生产总值是多少？", "云南省2025年地区生产总值是多少？"):
        answer = ask(towns, question)
        assert (answer.answer, answer.why) == (None, Why.NO_REPORT)
    assert "云南省" in ask(towns, "云南省2025年地区生产总值是多少？").reason


def test_a_zone_may_be_called_like_a_county(towns: Engine) -> None:
    for question in ("平潭综合实验区2025年地区生产总值", "平潭2025年地区生产总值"):
        assert missing_places(towns, towns.consult(question, Filters(), top_k=5)) == []
