"""Tables of named patterns."""

from __future__ import annotations

import re

import pytest

from corpus.patterns import PatternFileError, load_patterns, parse_patterns


def test_lines_of_one_name_are_alternatives_and_names_stand_for_patterns() -> None:
    found = parse_patterns("# words\n\nrise\t增|涨\nrise\t升\nmoved\t@rise@了\n", "words.tsv", {})
    assert found == {"rise": "增|涨|升", "moved": "(?:增|涨|升)了"}
    assert re.search(found["moved"], "升了")


def test_patterns_of_another_table_may_be_referred_to() -> None:
    assert parse_patterns("both\t@one@和\n", "words.tsv", {"one": "甲"}) == {"both": "(?:甲)和"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rise\t增\nrise 升\n", "words.tsv, line 2: a name, a tab"),
        ("rise\t\n", "words.tsv, line 1: a name, a tab"),
        ("rise\t@fall@\n", "words.tsv, line 1: no pattern is called fall"),
        ("rise\t(增\n", "words.tsv, line 1:"),
    ],
)
def test_lines_that_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(PatternFileError, match=re.escape(message)):
        parse_patterns(text, "words.tsv", {})


def test_the_tables_of_the_project_load() -> None:
    assert "pause" in load_patterns("corpus", "statement_words.tsv")
