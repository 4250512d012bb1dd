"""Shared characters: values worked out by hand."""

import math

import pytest

from corpus.report import Passage, Span
from search_api.retrieval.characters import character_overlap, characters


def passage(*sentences: str) -> Passage:
    text = "".join(sentences)
    spans, start = [], 100
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence)
    return Passage("r", 100, 100 + len(text), text, (), sentences=tuple(spans))


def test_characters_are_folded_and_without_grammar() -> None:
    assert characters("申遗的ＡB，１和遺？") == frozenset("申遗ab1")


def test_overlap_by_hand() -> None:
    found = character_overlap(
        "申遗", [passage("申报遗产。", "无关。"), passage("申请。"), passage()]
    )
    # Three sentences; 申 is in two of them, 遗 in one.
    first, second = math.log(1 + 3 / 3), math.log(1 + 3 / 2)
    assert found[0] == pytest.approx([1.0, 0.0])
    assert found[1] == pytest.approx([first / (first + second)])
    assert found[2] == []


def test_every_sentence_has_its_own_share() -> None:
    together, apart = character_overlap("甲乙", [passage("甲乙。"), passage("甲。", "乙。")])
    assert together == [1.0]
    assert apart == pytest.approx([0.5, 0.5])


def test_nothing_asked_or_nothing_there() -> None:
    assert character_overlap("？", [passage("甲。")]) == [[0.0]]
    assert character_overlap("甲", []) == []
