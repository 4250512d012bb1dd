"""What is looked for, of a Chinese question."""

from __future__ import annotations

from indexer.tokenizer import tokenize
from search_api.questions.question import Language, Question
from search_api.retrieval.query import (
    EVERYDAY_WORDS,
    Query,
    chinese_query,
)


def query(text: str) -> Query:
    return chinese_query(Question(text, Language.ZH, text))


def test_words_of_reports_join_the_group_of_the_everyday_word() -> None:
    group = next(each for each in query("老百姓用电").groups if "老百姓" in each)
    assert group["老百姓"] == 1.0
    assert group["居民"] == EVERYDAY_WORDS


def test_an_everyday_phrase_is_one_group() -> None:
    words = [max(group, key=lambda word: group[word]) for group in query("城里人花了多少钱").groups]
    assert words == ["城里人", "花了多少钱"]


def test_the_word_index_is_asked_for_the_words_of_the_question_alone() -> None:
    assert set(query("城里人看病").terms) == set(tokenize("城里人看病"))


def test_an_official_term_is_no_everyday_word() -> None:
    groups = query("城镇新增就业").groups
    assert all(EVERYDAY_WORDS not in group.values() for group in groups)


def test_other_words_are_as_they_were() -> None:
    assert query("水库数是多少").terms == {"水库": 1.0, "数": 1.0}
    assert query("水库库容").wording == "水库库容"
