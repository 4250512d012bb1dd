"""Words learned from aligned sentences: links, phrases, and the lines of the table, on hand-made ones."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from eval.train.__main__ import app
from eval.train.alignment import align
from eval.train.lexicon import (
    chinese_side,
    english_side,
    known_words,
    learn,
    read_pairs,
    table,
)
from eval.train.phrases import MOST_WORDS, Side, phrase_pairs, score
from search_api.retrieval.learned import LearnedWords

TEXTS = [
    ("修建水库。", "We built reservoirs."),
    ("修建桥梁。", "We built bridges."),
    ("修建学校。", "We built schools."),
    ("加固水库。", "We reinforced reservoirs."),
    ("加固桥梁。", "We reinforced bridges."),
    ("加固学校。", "We reinforced schools."),
    ("水库和桥梁", "reservoirs, bridges"),
    ("学校和水库", "schools, reservoirs"),
]
WORDS = [(tuple(en.split()), tuple(zh.split())) for en, zh in [
    ("a b", "甲 乙"), ("b c", "乙 丙"), ("a c", "甲 丙"), ("c a", "丙 甲"), ("b", "乙"),
]]  # fmt: skip
WORD = st.sampled_from("abcd")
TEXT = st.lists(WORD, max_size=6).map(tuple)


def plain(words: tuple[str, ...]) -> Side:
    return Side(words, (0,) * len(words))


def test_words_that_come_together_are_linked() -> None:
    expected = {("a", "甲"), ("b", "乙"), ("c", "丙")}
    links = align(WORDS)
    for (one, other), found in zip(WORDS, links, strict=True):
        assert {(one[i], other[j]) for i, j in found} <= expected
        assert len(found) == len(one)


def test_a_dictionary_decides_where_the_texts_cannot() -> None:
    pairs = [(("x", "y"), ("子", "丑"))]
    assert align(pairs, {("x", "丑"): 1.0, ("y", "子"): 1.0}) == [frozenset({(0, 1), (1, 0)})]


def test_no_texts_and_empty_ones_have_no_links() -> None:
    assert align([]) == []
    assert align([((), ("甲",)), (("a",), ()), ((), ())]) == [frozenset()] * 3


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_links_lie_inside_their_texts(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    found = align(pairs)
    assert len(found) == len(pairs)
    for (one, other), links in zip(pairs, found, strict=True):
        assert all(0 <= i < len(one) and 0 <= j < len(other) for i, j in links)


def test_phrases_are_linked_with_each_other_only() -> None:
    english, chinese = plain(("fixed", "asset", "rise")), plain(("固定", "资产", "上升"))
    crossed = frozenset({(0, 1), (1, 0), (2, 2)})
    assert set(phrase_pairs(english, chinese, crossed)) == {
        (("fixed",), ("资产",)),
        (("asset",), ("固定",)),
        (("fixed", "asset"), ("固定", "资产")),
        (("rise",), ("上升",)),
        (("fixed", "asset", "rise"), ("固定", "资产", "上升")),
    }
    # One Chinese word for two English ones belongs to both together.
    one_word = frozenset({(0, 0), (1, 0)})
    assert set(phrase_pairs(plain(("a", "b")), plain(("甲",)), one_word)) == {(("a", "b"), ("甲",))}


def test_phrases_do_not_reach_over_marks() -> None:
    links = frozenset({(0, 0), (1, 1)})
    apart = Side(("a", "b"), (0, 1))
    assert (("a", "b"), ("甲", "乙")) not in phrase_pairs(apart, plain(("甲", "乙")), links)
    chinese = Side(("甲", "乙"), (0, 1))
    assert (("a", "b"), ("甲", "乙")) not in phrase_pairs(plain(("a", "b")), chinese, links)


@given(TEXT, TEXT, st.data())
def test_no_link_leaves_a_pair_of_phrases(
    one: tuple[str, ...], other: tuple[str, ...], data: st.DataObject
) -> None:
    # Words that are all different, so that positions can be read from them.
    english = plain(tuple(f"{word}{n}" for n, word in enumerate(one)))
    chinese = plain(tuple(f"{word}{n}" for n, word in enumerate(other)))
    cells = [(i, j) for i in range(len(one)) for j in range(len(other))]
    links = frozenset(data.draw(st.sets(st.sampled_from(cells))) if cells else ())
    for left, right in phrase_pairs(english, chinese, links):
        assert 1 <= len(left) <= MOST_WORDS
        assert 1 <= len(right) <= MOST_WORDS
        for i, j in links:
            assert (english.words[i] in left) == (chinese.words[j] in right)


def test_scores_are_shares_of_what_was_found() -> None:
    texts = [(plain(("a",)), plain(("甲",)))] * 3 + [(plain(("a",)), plain(("乙",)))]
    (found,) = score(texts, [frozenset({(0, 0)})] * 4, least=2)
    assert (found.count, found.forth, found.back) == (3, 0.75, 1.0)


def test_sides_are_cut_into_words_and_pieces() -> None:
    assert english_side("We built 12,000 reservoirs, and bridges.") == Side(
        ("built", "12000", "reservoir", "bridg"), (0, 0, 0, 1)
    )
    assert chinese_side("修建水库，桥梁的") == Side(("修建", "水库", "桥梁"), (0, 0, 1))


def test_a_dictionary_gives_the_words_of_its_glosses() -> None:
    lines = ["水庫 水库 [shui3 ku4] /reservoir/water store/", "法 法 [fa3] /law/"]
    known = known_words(lines, {"水库"})
    assert known["reservoir", "水库"] == 1.0
    assert known["water", "水库"] < known["reservoir", "水库"]
    assert all(word == "水库" for _, word in known)


def test_the_table_has_the_words_of_the_texts() -> None:
    lines = learn(TEXTS, dictionary=[])
    words = LearnedWords(table(lines, {2008, 2010}))
    assert words["reservoir",].candidates == (("水库", 1.0),)
    assert words["built",].candidates[0][0] == "修建"
    assert lines == sorted(lines)
    assert "2008 to 2010" in table(lines, {2008, 2010})


def test_a_table_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("year\tzh\ten\n2008\t水库\treservoirs\n2009\t水库\treservoir\n", "utf-8")
    assert read_pairs(path, without=[2009]) == [(2008, "水库", "reservoirs")]
    path.write_text("year\tzh\ten\n2008\t水库\n", "utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv, line 2"):
        read_pairs(path)
    path.write_text("zh\ten\n", "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        read_pairs(path)


def test_the_command_writes_the_table(tmp_path: Path) -> None:
    path, out = tmp_path / "pairs.tsv", tmp_path / "words.tsv"
    rows = [f"2008\t{chinese}\t{english}" for chinese, english in TEXTS]
    path.write_text("\n".join(["year\tzh\ten", *rows, ""]), "utf-8")
    done = CliRunner().invoke(app, ["lexicon", str(path), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert ("reservoir",) in LearnedWords(out.read_text("utf-8"))
    refused = CliRunner().invoke(
        app, ["lexicon", str(path), "--out", str(out), "--without", "2008"]
    )
    assert refused.exit_code == 2
