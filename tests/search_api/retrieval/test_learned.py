"""The words that official translations have: the table's lines, the shipped table, what questions get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places.regions import load_gazetteer
from search_api.questions.question import understand
from search_api.retrieval.learned import NOTHING, Learned, LearnedWords, load_learned
from search_api.retrieval.query import english_query
from search_api.retrieval.translate import (
    MAX_CANDIDATES,
    PHRASE_WEIGHT,
    Glossary,
    content_words,
    load_glossary,
    translate,
)

GLOSSARY = Glossary([
    "調解 调解 [tiao2 jie3] /to mediate/",
    "勸和 劝和 [quan4 he2] /to mediate/",
    "組織 组织 [zu3 zhi1] /organization/",
])  # fmt: skip
LEARNED = LearnedWords(
    "# what it is\n\n"
    "mediat\t3\t人民调解=0.600 调解=0.400\n"
    "mediat organiz\t5\t调解组织=1.000\n"
    "mediat organiz law\t4\t调解组织法=1.000\n"
    "survey\t1\t普查=1.000\n"
    "census\t400\t普查=0.900 清查=0.100\n"
)


def test_a_line_is_a_phrase_how_often_it_was_seen_and_its_words() -> None:
    assert LEARNED["mediat",] == Learned(3, (("人民调解", 0.6), ("调解", 0.4)))
    assert ("mediat", "organiz") in LEARNED
    assert ("organiz",) not in LEARNED
    assert LEARNED.get(("organiz",)) is None
    assert LEARNED.longest == 3
    assert len(LEARNED) == len(set(LEARNED)) == 5
    assert NOTHING.longest == 0


@pytest.mark.parametrize("line", ["word", "word\t3", "\t3\t词=1", "word\t3\t词=1\tmore"])
def test_wrong_cells_are_refused_at_once_with_the_line(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        LearnedWords(f"# header\n{line}\n")


@pytest.mark.parametrize("rest", ["x\t词=1", "3\t词", "3\t词=x", "3\t词=1.5", "0\t词=1", "3\t=1"])
def test_wrong_numbers_are_refused_when_they_are_looked_up(rest: str) -> None:
    words = LearnedWords(f"# header\n\nword\t{rest}\n")
    with pytest.raises(ValueError, match="line 3"):
        words["word",]


def test_the_shipped_table_can_be_read_and_is_written_as_questions_are() -> None:
    learned = load_learned()
    assert len(learned) > 1000
    for phrase in learned:
        entry = learned[phrase]
        values = [value for _, value in entry.candidates]
        assert values == sorted(values, reverse=True)
        assert sum(values) == pytest.approx(1, abs=0.01)
        assert len({word for word, _ in entry.candidates}) == len(values)
    assert learned[tuple(content_words("expressways"))].candidates[0][0] == "高速公路"
    assert learned[tuple(content_words("the unemployment rate"))].candidates[0][0] == "失业率"


def test_the_longest_learned_phrase_is_taken_whole() -> None:
    found = translate("mediation organization laws", GLOSSARY, learned=LEARNED)
    assert [(each.source, each.candidates) for each in found] == [
        ("mediat organiz law", (("调解组织法", PHRASE_WEIGHT),))
    ]


def test_a_phrase_that_does_not_occur_leaves_its_words_to_shorter_ones() -> None:
    usual = {"调解组织": 1.0, "组织": 1.0}
    found = translate("mediation organization laws", GLOSSARY, lambda w: usual.get(w, 0.0), LEARNED)
    assert [each.source for each in found] == ["mediat organiz"]
    found = translate("mediation organization laws", GLOSSARY, lambda w: w == "组织", LEARNED)
    assert [each.source for each in found] == ["organiz"]


def test_what_was_seen_seldom_is_weighed_with_the_dictionary() -> None:
    # Seen as often as DOUBT: the half is learned (.6 and .4 of it), the half the dictionary's (each
    # headword .5 of it).
    (found,) = translate("mediation", GLOSSARY, learned=LEARNED)
    assert dict(found.candidates) == pytest.approx({"人民调解": 0.3, "调解": 0.45, "劝和": 0.25})
    assert found.candidates[0][0] == "调解"


def test_what_was_seen_often_needs_no_dictionary() -> None:
    (found,) = translate("census", GLOSSARY, learned=LEARNED)
    assert dict(found.candidates) == pytest.approx({"普查": 0.9, "清查": 0.1})


def test_what_only_one_of_both_knows_is_as_it_says() -> None:
    (found,) = translate("survey", GLOSSARY, learned=LEARNED)
    assert dict(found.candidates) == pytest.approx({"普查": 1.0})
    assert translate("organizations", GLOSSARY, learned=LEARNED) == translate(
        "organizations", GLOSSARY
    )


@given(
    st.lists(st.sampled_from(["mediation", "organization", "law", "survey", "census", "12", "zzz"]))
)
def test_every_source_shares_out_its_whole_weight(words: list[str]) -> None:
    for each in translate(" ".join(words), GLOSSARY, learned=LEARNED):
        total = sum(weight for _, weight in each.candidates)
        assert total == pytest.approx(PHRASE_WEIGHT if " " in each.source else 1.0)
        assert 0 < len(each.candidates) <= MAX_CANDIDATES
        values = [weight for _, weight in each.candidates]
        assert values == sorted(values, reverse=True)


def test_official_terms_come_before_what_was_learned() -> None:
    question = understand("unemployment rate and reservoirs", load_gazetteer(), ())
    query = english_query(question, load_glossary(), lambda word: 1.0)
    assert query.official
    assert any("水库" in group for group in query.groups)
    assert all(max(group.values()) == 1.0 for group in query.groups)
