"""Answers over a small index: figures, refusals with reasons, several reports, their proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.answering.answerer import ask, stream
from search_api.answering.saying import UnprovenError
from search_api.answering.types import Answer, Answering, Found, Said, Why
from search_api.engine import Engine
from search_api.errors import BadRequestError
from search_api.questions.question import Language
from tests.search_api.support import HashEncoder, write_reports


def check_proof(engine: Engine, answer: Answer) -> None:
    for citation in answer.citations:
        assert engine.text(citation.report_id)[citation.start : citation.end] == citation.quote


def test_a_figure_with_the_sentence_that_says_it(engine: Engine) -> None:
    answer = ask(engine, "云溪县调整了多少个人民调解组织？")
    assert answer.answer == "31个"
    assert answer.answering is Answering.FIGURE
    (said,) = answer.said
    assert said.text == said.citation.quote == "全年调整充实了31个人民调解组织的调解员。"
    assert said.citation.report_id == "云溪县-2025"
    assert said.citation.heading_path[-1] == "（一）健全调解网络"
    assert 0.5 < answer.confidence <= 1.0
    check_proof(engine, answer)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("石桥县2024年地区生产总值目标增长多少？", "6%"),
        ("石桥县2023年地区生产总值增长了多少？", "5.5%"),
        ("石桥县2023年粮食产量是多少？", "12万吨"),
        ("石桥县新建公路多少公里", "40公里"),
        ("云溪县新设流动调解室几个？", "2个"),
    ],
)
def test_plans_and_results_years_and_units(engine: Engine, question: str, figure: str) -> None:
    assert ask(engine, question).answer == figure


def test_without_a_place_every_report_answers(engine: Engine) -> None:
    answer = ask(engine, "调整了多少个人民调解组织？")
    assert answer.answer == "云溪县：31个；石桥县：77个"
    assert [each.report_id for each in answer.findings] == ["云溪县-2025", "石桥县/2025 甲.乙"]
    assert answer.coverage is not None
    assert (answer.coverage.reports, answer.coverage.found) == (3, 2)
    assert answer.coverage.not_found == ("石桥县-2024",)
    assert answer.notices
    check_proof(engine, answer)


def test_a_filter_says_which_report_is_meant(engine: Engine) -> None:
    assert ask(engine, "调整了多少个人民调解组织？", region="石桥县", year=2025).answer == "77个"
    assert ask(engine, "调整了多少个人民调解组织？", report_id="云溪县-2025").answer == "31个"


def test_this_year_of_a_place_is_that_of_its_newest_report(engine: Engine) -> None:
    answer = ask(engine, "石桥县今年调整了多少个人民调解组织？")
    assert answer.answer == "77个"
    assert {hit.citation.year for hit in answer.hits} == {2025}


def test_a_topic_alone_asks_for_its_figure(engine: Engine) -> None:
    answer = ask(engine, "石桥县2023年粮食产量")
    assert answer.answer == "12万吨"
    assert answer.question == "石桥县2023年粮食产量"


def test_a_year_that_is_not_covered(engine: Engine) -> None:
    answer = ask(engine, "云溪县2019年调整了多少个人民调解组织？")
    assert not answer.answered
    assert answer.why is Why.YEAR_NOT_COVERED
    assert "2019" in answer.reason
    assert "2025" in answer.reason
    assert answer.citations == ()


def test_a_report_of_another_year_does_not_answer(tmp_path: Path) -> None:
    said = {2024: "重点整治东沟、西沟、南沟三条河道。", 2025: "重点整治河道，工程质量良好。"}
    reports: list[dict[str, str | int]] = [
        {
            "report_id": f"云溪县-{year}",
            "title": f"云溪县{year}年法治政府建设年度报告",
            "region": "云溪县",
            "year": year,
            "text": f"云溪县{year}年法治政府建设年度报告\n一、工作情况\n{sentence}\n",
        }
        for year, sentence in said.items()
    ]
    data = tmp_path / "index"
    folder = tmp_path / "reports"
    folder.mkdir()
    build.add([write_reports(folder, reports)], data, HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(data), HashEncoder, load_gazetteer()) as engine:
        assert "东沟、西沟、南沟" in (ask(engine, "云溪县2024年重点整治哪些河道？").answer or "")
        answer = ask(engine, "云溪县2025年重点整治哪些河道？")
        assert (answer.answer, answer.why) == (None, Why.NOT_STATED)


def test_a_place_without_a_report(engine: Engine) -> None:
    answer = ask(engine, "黑龙江省调整了多少个人民调解组织？")
    assert answer.why is Why.NO_REPORT
    assert "黑龙江省" in answer.reason


def test_what_is_not_stated_is_refused_with_the_nearest_passages(engine: Engine) -> None:
    answer = ask(engine, "云溪县种了多少亩水稻？")
    assert answer.why is Why.NOT_STATED
    assert "云溪县" in answer.reason
    assert answer.hits
    assert answer.answer is None


def test_words_are_answered_with_sentences(engine: Engine) -> None:
    answer = ask(engine, "云溪县存在什么问题？")
    assert answer.answering is Answering.WORDING
    assert answer.answer is not None
    assert "基层执法力量不足" in answer.answer
    check_proof(engine, answer)


def test_english_is_answered_from_the_chinese_sentence(engine: Engine) -> None:
    answer = ask(engine, "How many mediation organizations were adjusted?", region="云溪县")
    assert answer.language is Language.EN
    assert answer.answer == "31个"
    refused = ask(engine, "How many airports were built in 2019?", region="云溪县")
    assert refused.reason.isascii() or "covered" in refused.reason


def test_which_reports_mention_it(engine: Engine) -> None:
    answer = ask(engine, "哪些报告提到流动调解室？")
    assert answer.answer == "云溪县、石桥县"
    assert answer.answering is Answering.COUNT
    assert [each.answer for each in answer.findings] == [
        "新设流动调解室2个。",
        "新设流动调解室9个。",
    ]
    check_proof(engine, answer)


def test_how_many_and_which_do_not(engine: Engine) -> None:
    assert ask(engine, "有几份报告提到公路？").answer == "2：石桥县2024年、石桥县2025年"
    silent = ask(engine, "哪些报告没有提到公路？")
    assert silent.answer == "1：云溪县"
    none = ask(engine, "有几份报告提到高速铁路？")
    assert none.answer == "0"
    assert none.coverage is not None
    assert none.coverage.found == 0


def test_the_most(engine: Engine) -> None:
    answer = ask(engine, "哪个县调整的人民调解组织最多？")
    assert answer.answer == "石桥县：77个"


def test_steps_come_in_order(engine: Engine) -> None:
    events = list(stream(engine, "云溪县调整了多少个人民调解组织？", top_k=1))
    assert isinstance(events[0], Found)
    assert all(isinstance(each, Said) for each in events[1:-1])
    last = events[-1]
    assert isinstance(last, Answer)
    assert len(last.hits) == 1
    assert last == ask(engine, "云溪县调整了多少个人民调解组织？", top_k=1)


def test_a_bad_question_raises_before_the_first_step(engine: Engine) -> None:
    with pytest.raises(BadRequestError):
        next(stream(engine, "  "))


def test_an_answer_that_fails_its_proof_is_never_given(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_text = engine.text

    def changed(report_id: str) -> str:
        return true_text(report_id).replace("31个", "32个")

    monkeypatch.setattr(engine, "text", changed)
    with pytest.raises(UnprovenError):
        ask(engine, "云溪县调整了多少个人民调解组织？")
