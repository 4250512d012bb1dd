"""Which phrases several reports use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.statements.quantities import quantities
from search_api.comparing.likeness.marking import folded
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.wording.shared_phrases import shared_phrases
from search_api.comparing.wording.wording_types import Shared
from tests.search_api.comparing.wording_support import report

PLACES = ("苇塘县", "竹屿县", "石埠县", "鹿鸣县")
WORDS = st.lists(
    st.sampled_from(["推行", "鱼塘", "管家", "“", "”", "，", "3座", "的", "石栏", "。", " "]),
    max_size=14,
).map("".join)


def sentences(*texts: str | list[str]) -> list[Sentence]:
    """Sentences of as many reports as there are texts."""
    lines = [[text] if isinstance(text, str) else text for text in texts]
    return [
        each
        for place, each_lines in zip(PLACES, lines, strict=False)
        for each in report(place, each_lines)
    ]


def phrases(*texts: str | list[str], topic: str = "") -> list[tuple[str, int]]:
    """The phrases, each with how many reports use it."""
    found = shared_phrases(sentences(*texts), len(texts), topic)
    return [(each.phrase, each.reports) for each in found]


def test_of_a_phrase_and_a_longer_one_as_many_use_only_the_longer() -> None:
    # 鱼塘管家 is in 聘请鱼塘管家 of two; of three it is told beside it.
    assert phrases("聘请鱼塘管家", "再聘请鱼塘管家") == [("聘请鱼塘管家", 2)]
    assert phrases("聘请鱼塘管家", "再聘请鱼塘管家", "鱼塘管家上岗") == [
        ("鱼塘管家", 3),
        ("聘请鱼塘管家", 2),
    ]


def test_a_report_counts_once_and_is_cited_by_its_first_sentence() -> None:
    found = shared_phrases(
        sentences(["先聘请鱼塘管家。", "再聘请鱼塘管家。"], "又聘请鱼塘管家。", "登记贝类。"), 3
    )
    assert [(each.phrase, each.reports, each.of) for each in found] == [("聘请鱼塘管家", 2, 3)]
    assert [(each.report_id, each.quote) for each in found[0].citations] == [
        ("苇塘县-2025", "先聘请鱼塘管家。"),
        ("竹屿县-2025", "又聘请鱼塘管家。"),
    ]


def test_what_one_report_says_twice_is_not_shared() -> None:
    assert phrases(["聘请鱼塘管家。", "聘请鱼塘管家。"], "登记贝类。") == []
    assert shared_phrases([], 0) == []


@pytest.mark.parametrize("pause", ["，", "、", "；", "：", "。", "（", " ", "12座", "2024年"])
def test_pauses_and_figures_end_a_phrase(pause: str) -> None:
    text = f"聘请鱼塘管家{pause}保护海滩贝类"
    assert sorted(phrases(text, text)) == [("保护海滩贝类", 2), ("聘请鱼塘管家", 2)]


def test_without_a_pause_it_is_one_phrase() -> None:
    text = "聘请鱼塘管家保护海滩贝类"
    assert phrases(text, text) == [(text, 2)]


def test_what_is_short_is_no_phrase() -> None:
    assert phrases("鱼塘干净", "鱼塘很深") == []


def test_particles_and_adverbs_are_no_edges() -> None:
    assert phrases("也聘请鱼塘管家了", "也聘请鱼塘管家了") == [("聘请鱼塘管家", 2)]
    # Inside they stay.
    text = "管家和渔民"
    assert phrases(text, text) == [(text, 2)]


def test_a_name_in_quotation_marks_is_not_cut() -> None:
    text = "推行“鱼塘管家”制度"
    assert phrases(text, text) == [(text, 2)]
    # The name is one word, at the edges of a phrase and alone.
    assert phrases("学习“鱼塘管家”制度", "复制“鱼塘管家”制度") == [("“鱼塘管家”制度", 2)]
    assert phrases("坚持和发展“鱼塘经验”", "要坚持和发展“鱼塘经验”。") == [
        ("坚持和发展“鱼塘经验”", 2)
    ]
    assert phrases("学习“鱼塘管家”", "复制“鱼塘管家”") == [("“鱼塘管家”", 2)]
    # With and without marks it is one name, shown as the first report writes it.
    assert phrases("学习“鱼塘管家”", "复制鱼塘管家") == [("“鱼塘管家”", 2)]
    # Of a name that is too long to be one nothing is cut.
    text = "推行“聘请鱼塘管家保护海滩贝类资源的”做法"
    assert phrases(text, text) == [(text, 2)]


@pytest.mark.parametrize(
    "text",
    ["持续优化", "重点领域", "实际工作", "大力发展", "服务体系", "专项行动", "生态环境"],
)
def test_a_word_or_general_words_tell_nothing(text: str) -> None:
    assert phrases(f"{text}。", f"{text}。") == []
    # Beside one that tells something they are part of a phrase.
    assert phrases(f"{text}渔业。", f"{text}渔业。") == [(f"{text}渔业", 2)]


def test_a_phrase_ends_where_two_reports_end_it() -> None:
    # 保护海滩 is cut out of two longer ones; what follows does not belong to it in the others.
    cut = "保护海滩贝类", "保护海滩鹅卵石"
    assert phrases(*cut) == []
    assert phrases(*cut, "保护海滩。", "保护海滩和鱼塘") == [("保护海滩", 4)]


def test_of_the_same_reports_only_the_longest_however_it_is_cut() -> None:
    # 聘请鱼塘管家 and 鱼塘管家, both of the first two; 鱼塘管家 of other two would be told beside it.
    assert phrases("聘请“鱼塘管家”", "聘请鱼塘管家", "登记贝类") == [("聘请“鱼塘管家”", 2)]


def test_the_topics_own_words_are_no_news() -> None:
    texts = "聘请鱼塘管家", "聘请鱼塘管家"
    assert phrases(*texts, topic="聘请鱼塘管家的做法") == []
    assert phrases(*texts, topic="聘請魚塘管家") == []
    # More than the topic says is.
    assert phrases(*texts, topic="鱼塘管家") == [("聘请鱼塘管家", 2)]


def test_width_tradition_and_case_are_no_difference() -> None:
    # Shown as the first report writes it.
    assert phrases("聘请ABC管家", "聘请abc管家") == [("聘请ABC管家", 2)]
    assert phrases("聘請魚塘管家", "聘请鱼塘管家") == [("聘請魚塘管家", 2)]


def test_most_reports_first_then_the_longest() -> None:
    assert phrases(
        "聘请鱼塘管家；保护海滩贝类资源；投放鱼苗",
        "聘请鱼塘管家；保护海滩贝类资源；投放鱼苗",
        "投放鱼苗",
    ) == [("投放鱼苗", 3), ("保护海滩贝类资源", 2), ("聘请鱼塘管家", 2)]


def plain(text: str) -> str:
    """As phrases are compared: names without their quotation marks."""
    return folded(text).replace("“", "").replace("”", "")


def check(found: list[Shared], reports: int) -> None:
    keys = [(-each.reports, -len(folded(each.phrase))) for each in found]
    assert keys == sorted(keys)
    for each in found:
        ids = [citation.report_id for citation in each.citations]
        assert 2 <= each.reports == len(set(ids)) <= each.of == reports
        assert all(plain(each.phrase) in plain(citation.quote) for citation in each.citations)
        assert not quantities(each.phrase)
        assert not set("，。 ") & set(each.phrase)
        assert each.phrase.count("“") == each.phrase.count("”")
        assert sum(map(str.isalnum, each.phrase)) >= 4


@given(st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=4))
def test_every_phrase_stands_in_its_citations(texts: list[list[str]]) -> None:
    check(shared_phrases(sentences(*texts), len(texts)), len(texts))


@given(st.lists(WORDS, min_size=2, max_size=4))
def test_no_phrase_is_inside_a_longer_one_of_the_same_reports(texts: list[str]) -> None:
    found = {
        each.phrase: [citation.report_id for citation in each.citations]
        for each in shared_phrases(sentences(*texts), len(texts))
    }
    for phrase, ids in found.items():
        # Of one kind of words only: 塘管 would be no run of them.
        holders = [longer for longer in found if longer != phrase and phrase in longer]
        assert all(len(found[longer]) < len(ids) for longer in holders)
