"""The words that statements are read by."""

from __future__ import annotations

import pytest

from corpus.statements.lexicon import pattern, twin_words


def test_letter_case_never_matters() -> None:
    assert pattern("pause").search("甲，乙") is not None


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        pattern("no such name")


def test_longer_twins_come_before_the_ones_they_hold() -> None:
    words = [word for word, _ in twin_words()]
    assert dict(twin_words())["城乡"] == ("城镇", "农村")
    for place, word in enumerate(words):
        assert not any(earlier in word for earlier in words[:place])
