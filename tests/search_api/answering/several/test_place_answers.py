"""Questions that name several places: each is asked on its own, and those without an answer are named."""

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
from search_api.answering.several.place_answers import each_place
from search_api.answering.types import Answering, Why
from search_api.engine import Engine
from search_api.questions.question import Language
from tests.search_api.support import HashEncoder, write_reports


def _report(place: str, year: int, grown: str, jobs: str) -> dict[str, str | int]:
    return {
        "report_id": f"{place}-{year}",
        "title": f"{year}年{place}政府工作报告",
        "region": place,
        "year": year,
        "text": (
            f"{year}年{place}政府工作报告\n"
            f"一、{year - 1}年工作回顾\n"
            f"{year - 1}年水产品产量达到{grown}。\n"
            f"二、{year}年工作安排\n"
            f"{year}年主要预期目标是：{jobs}。\n"
        ),
    }


@pytest.fixture(scope="module")
def provinces_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("provinces")
    data = tmp_path_factory.mktemp("data") / "index"
    reports = [
        _report("辽宁省", 2026, "512亿斤", "新增高技能人才46万人，地区生产总值增长5%左右"),
        _report("云南省", 2026, "1，968万吨", "新增高技能人才50万人以上，地区生产总值增长5%以上"),
        _report("青海省", 2026, "115万吨", "重大项目开工率稳步提高"),
    ]
    build.add([write_reports(folder, reports)], data, HashEncoder(), EncoderSettings(), silent)
    return data


@pytest.fixture
def provinces(provinces_data: Path) -> Iterator[Engine]:
    with Engine(Index.open(provinces_data), HashEncoder, load_gazetteer()) as opened:
        yield opened


def put(engine: Engine, question: str) -> list[tuple[str, str]]:
    return [
        (each.region.name, each.question) for each in each_place(engine, engine.consult(question))
    ]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "辽宁省和云南省2025年水产品产量分别是多少？",
            [
                ("辽宁省", "辽宁省2025年水产品产量是多少?"),
                ("云南省", "云南省2025年水产品产量是多少?"),
            ],
        ),
        (
            "2025年辽宁、云南与青海三省的水产品产量各多少",
            [
                ("辽宁省", "2025年辽宁的水产品产量多少"),
                ("云南省", "2025年云南的水产品产量多少"),
                ("青海省", "2025年青海的水产品产量多少"),
            ],
        ),
        (
            "2025年辽宁的水产品产量和云南的就业目标分别是多少",
            [("辽宁省", "2025年辽宁的水产品产量是多少"), ("云南省", "2025年云南的就业目标是多少")],
        ),
        (
            "What were the grain outputs of Liaoning and Yunnan in 2025, respectively?",
            [
                ("辽宁省", "What were the grain outputs of Liaoning in 2025?"),
                ("云南省", "What were the grain outputs of Yunnan in 2025?"),
            ],
        ),
        (
            "黑龙江省和云南省的就业目标",
            [("黑龙江省", "黑龙江省的就业目标"), ("云南省", "云南省的就业目标")],
        ),
    ],
)  # fmt: skip
def test_what_is_asked_of_each_place(
    provinces: Engine, question: str, asked: list[tuple[str, str]]
) -> None:
    assert put(provinces, question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "辽宁省2025年水产品产量是多少？",
        "辽宁省沈阳市的水产品产量是多少？",  # a path
        "辽宁和云南之间的航线有几条",
        "辽宁和云南共建了多少个园区",
        "从辽宁和云南引进了多少人才",
        "辽宁、云南等地的企业投资多少",
        "辽宁省对口支援云南省多少亿元",
        "What is the distance between Liaoning and Yunnan?",
        "黑龙江省和陕西省的水产品产量分别是多少",  # neither has a report
        "各省的水产品产量是多少",
        "分别说说辽宁的水产品产量，云南的呢",
    ],
)
def test_one_thing_is_asked_once(provinces: Engine, question: str) -> None:
    assert put(provinces, question) == []


def test_every_place_is_answered_from_its_own_report(provinces: Engine) -> None:
    answer = ask(provinces, "辽宁省和云南省2025年水产品产量分别是多少？")
    assert answer.answering is Answering.FIGURE
    assert answer.answer == "辽宁省：512亿斤；云南省：1，968万吨"
    assert [(each.report_id, each.answer) for each in answer.findings] == [
        ("辽宁省-2026", "512亿斤"),
        ("云南省-2026", "1，968万吨"),
    ]
    assert answer.notices == ()
    for citation in answer.citations:
        text = provinces.text(citation.report_id)
        assert text[citation.start : citation.end] == citation.quote


def test_places_without_an_answer_are_named(provinces: Engine) -> None:
    question = "辽宁、青海和黑龙江2026年新增高技能人才目标是多少万人"
    answer = ask(provinces, question)
    assert answer.answer == "辽宁省：46万人"
    assert answer.notices == ("没有收录黑龙江省的报告。", "青海省的报告没有说明这一点。")
    english = ask(provinces, question, told_in=Language.EN)
    assert (english.answer, english.language) == (answer.answer, Language.ZH)
    assert english.notices == (
        "No report of Heilongjiang is in the index.",
        "The reports of Qinghai don't say it.",
    )


def test_if_no_place_has_one_it_is_refused(provinces: Engine) -> None:
    answer = ask(provinces, "辽宁省和云南省2035年水产品产量分别是多少")
    assert (answer.answered, answer.why) == (False, Why.YEAR_NOT_COVERED)
    assert answer.reason == (
        "辽宁省的报告没有涉及2035年，只涉及2025、2026年。"
        "云南省的报告没有涉及2035年，只涉及2025、2026年。"
    )


def test_a_filter_says_whose_report_is_meant(provinces: Engine) -> None:
    question = "辽宁省和云南省2025年水产品产量分别是多少"
    answer = ask(provinces, question, region="云南省")
    # Not split by place: both are asked of one report, in whose words it is answered.
    assert {each.report_id for each in answer.citations} == {"云南省-2026"}
    assert "1，968万吨" in (answer.answer or "")


def test_invented_places_of_several_years(engine: Engine) -> None:
    answer = ask(engine, "云溪县和石桥县分别新设了几个流动调解室？")
    assert answer.answer == "云溪县：2个；石桥县：9个"


def test_which_provinces_have_a_target(provinces: Engine) -> None:
    every = ask(provinces, "哪些省份设定了2026年新增高技能人才目标？")
    assert every.answer == "云南省：50万人以上；辽宁省：46万人"
    about = ask(provinces, "哪些省份设定了5%左右的增长目标？")
    assert about.answer == "辽宁省：5%左右"
    none = ask(provinces, "哪些省份设定了8%左右的增长目标？")
    assert (none.answered, none.why) == (False, Why.NOT_STATED)
    assert none.reason == "3份报告中有2份说明，没有一份符合条件。"


def test_names_of_provinces_are_never_pieces_of_a_sentence(provinces: Engine) -> None:
    answer = ask(provinces, "哪些省份有就业、增长目标？")
    assert (answer.answered, answer.why) == (False, Why.NOT_STATED)


def test_a_reason_is_told_in_the_language_of_the_page(provinces: Engine) -> None:
    question = "辽宁省2035年水产品产量是多少"
    assert ask(provinces, question).reason.startswith("辽宁省的报告没有涉及2035年")
    english = ask(provinces, question, told_in=Language.EN)
    assert english.language is Language.ZH
    assert english.reason == (
        "2035 is not covered by the reports of Liaoning; they tell of 2025, 2026."
    )
    asked_in_english = "What was the grain output of Liaoning in 2035?"
    assert ask(provinces, asked_in_english).reason == english.reason
    told = ask(provinces, asked_in_english, told_in=Language.ZH).reason
    assert told == ask(provinces, question).reason


def test_small_letters_are_as_good(provinces: Engine) -> None:
    small, large = (ask(provinces, f"辽宁省2026年{name}增长目标是多少") for name in ("gdp", "GDP"))
    assert small.answer == large.answer == "5%左右"
    assert small.confidence == large.confidence
