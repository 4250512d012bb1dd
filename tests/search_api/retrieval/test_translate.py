"""The bridge from English over a dictionary: a tiny one, and the real one where noted."""

import pytest

from search_api.retrieval.translate import (
    PARTIAL_WEIGHT,
    PHRASE_WEIGHT,
    Glossary,
    content_words,
    load_glossary,
    stem,
    translate,
)

LINES = [
    "調解 调解 [tiao2 jie3] /to mediate/to bring parties to an agreement/",
    "勸和 劝和 [quan4 he2] /to mediate/",
    "組織 组织 [zu3 zhi1] /to organize/organization/(biology) tissue/CL:個|个[ge4]/",
    "民間組織 民间组织 [min2 jian1 zu3 zhi1] /civil organization/",
    "法治 法治 [fa3 zhi4] /rule of law/",
    "法 法 [fa3] /law/",
    "古 古 [gu3] /(old) mediation/",
    "AA制 AA制 [A A zhi4] /to split the bill/",
    "卡拉OK 卡拉OK [ka3 la1 O K] /karaoke (loanword)/",
    "XYZ XYZ [x] /mediation/",
]


@pytest.fixture(scope="module")
def small() -> Glossary:
    return Glossary(LINES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mediation", "mediate"),
        ("mediators", "mediate"),
        ("organizations", "organize"),
        ("organisation", "organization"),
        ("adjusted", "adjust"),
        ("policies", "policy"),
        ("enterprise", "enterprises"),
        ("centre", "centers"),
        ("licences", "license"),
        ("planned", "plan"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_different_words_keep_different_stems() -> None:
    stems = [stem(w) for w in ("organ", "organize", "class", "status", "bus", "power", "policy")]
    assert len(set(stems)) == len(stems)


def test_content_words_leave_out_function_words() -> None:
    text = "How many mediation organizations were adjusted in 2025?"
    assert content_words(text) == ["mediat", "organiz", "adjust", "2025"]


def test_candidates_of_a_word(small: Glossary) -> None:
    # 调解 and 劝和 are whole glosses (weight 1 for two characters, first sense); 古 is rare and
    # short (1 character .3, rare .3); the Latin headword is no Chinese word.
    assert small.candidates(["mediat"]) == pytest.approx({"调解": 1.0, "劝和": 1.0, "古": 0.09})


def test_a_longer_gloss_counts_less(small: Glossary) -> None:
    found = small.candidates(["organiz"])
    assert found["组织"] == pytest.approx(1.0)
    assert found["民间组织"] == pytest.approx(0.9 * PARTIAL_WEIGHT / 2)


def test_frequency_decides_between_synonyms(small: Glossary) -> None:
    counts = {"调解": 3.0, "组织": 1.0}
    found = translate("mediation organizations", small, lambda word: counts.get(word, 0.0))
    assert [(each.source, each.candidates) for each in found] == [
        ("mediat", (("调解", 1.0),)),
        ("organiz", (("组织", 1.0),)),
    ]


def test_a_phrase_is_found_whole_and_weighs_more(small: Glossary) -> None:
    found = {each.source: each.candidates for each in translate("the rule of law", small)}
    assert found["rule law"] == (("法治", PHRASE_WEIGHT),)
    assert dict(found["law"]).keys() == {"法", "法治"}


def test_numbers_stand_for_themselves(small: Glossary) -> None:
    assert [each.candidates for each in translate("117 of 5.5%", small)] == [
        (("117", 1.0),),
        (("5.5%", 1.0),),
    ]


def test_nothing_known_gives_nothing(small: Glossary) -> None:
    assert translate("zzzz qqqq", small) == []
    assert translate("", small) == []


def test_the_shipped_dictionary_knows_the_words_of_reports() -> None:
    glossary = load_glossary()
    assert "调解" in glossary.candidates(["mediat"])
    assert "组织" in glossary.candidates([stem("organization")])
    assert "收入" in glossary.candidates([stem("revenue")])
    assert glossary.candidates(["zzzz"]) == {}
