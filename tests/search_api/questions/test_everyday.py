"""Everyday words and the words of reports for them."""

from __future__ import annotations

import pytest

from search_api.questions.everyday import (
    EverydayFileError,
    everyday_in,
    load_everyday,
    parse_everyday,
)


def found(text: str) -> list[str]:
    return [each.word for each, _ in everyday_in(text)]


@pytest.mark.parametrize(
    ("asked", "word", "official"),
    [
        ("老百姓的钱袋子鼓了没有", "老百姓", "居民"),
        ("城里人能拿多少", "城里人", "城镇居民"),
        ("修路花了多少钱", "花了多少钱", "支出"),
        ("危险的房子改造了几户", "危险的房子", "危房"),
        ("去哪里看病", "看病", "医疗"),
        ("吃的便宜了吗", "吃的", "食品"),
        ("砍掉了多少审批", "砍掉", "取消"),
        ("一年能挣多少", "挣多少", "收入"),
    ],
)
def test_everyday_words_lead_to_those_of_reports(asked: str, word: str, official: str) -> None:
    assert word in found(asked)
    assert official in load_everyday()[word].official


def test_the_longest_phrase_wins_and_spans_are_where_it_stands() -> None:
    text = "今年修了多长的路"
    ((everyday, span),) = everyday_in(text)
    assert everyday.word == "修了多长的路"
    assert span.of(text) == everyday.word


def test_words_are_found_in_their_order() -> None:
    assert found("老百姓看病花了多少钱") == ["老百姓", "看病", "花了多少钱"]


@pytest.mark.parametrize("text", ["各种地方特色", "装修", "网络", "", "地区生产总值"])
def test_a_part_of_other_words_is_no_everyday_word(text: str) -> None:
    assert found(text) == []


def test_a_phrase_that_overlaps_no_word_whole_does_not_hide_one_behind_it() -> None:
    assert found("各种地方老百姓") == ["老百姓"]


def test_empty_lines_and_comments_are_no_entries() -> None:
    table = parse_everyday("# 甲\n\n房子\t住房 房屋\n")
    assert [each.official for each in table.values()] == [("住房", "房屋")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("房子", "a word, a tab"),
        ("房子\t ", "a word, a tab"),
        ("\t住房", "a word, a tab"),
        ("房子\t住房 住房", "twice"),
        ("房子\t房子 住房", "twice"),
        ("看病\t就医", "twice"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, said: str) -> None:
    with pytest.raises(EverydayFileError, match=f"line 3: .*{said}"):
        parse_everyday(f"# 甲\n看病\t医疗\n{line}\n")
