"""Names in a row: where they begin and end."""

from __future__ import annotations

import pytest

from search_api.answering.reading.enumerations import enumerations


def rows(sentence: str) -> list[tuple[str, ...]]:
    return [each.names for each in enumerations(sentence)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("推动东岭新城、西岭新城、南岭新城开发提速。", ("东岭新城", "西岭新城", "南岭新城")),
        ("新增白鹤寺、松风沟、石门关3家4A级景区。", ("白鹤寺", "松风沟", "石门关")),
        ("发挥云溪、石桥、松涧、霜溪四个节点城镇作用。", ("云溪", "石桥", "松涧", "霜溪")),
        ("云溪县、石桥县和松涧市调出重点名单。", ("云溪县", "石桥县", "松涧市")),
        ("推进“书香校园”“平安校园”“绿色校园”建设。", ("“书香校园”", "“平安校园”", "“绿色校园”")),
    ],
)
def test_names_without_the_words_around_them(sentence: str, names: tuple[str, ...]) -> None:
    assert names in rows(sentence)


def test_names_are_slices_at_their_offsets() -> None:
    sentence = "支持桑蚕、茶叶、药材等产业。"
    (found,) = enumerations(sentence, start=100)
    assert [sentence[s.start - 100 : s.end - 100] for s in found.items] == list(found.names)
    assert found.names[:2] == ("桑蚕", "茶叶")
    assert found.names[2].startswith("药材")
    assert found.sentence.start == 100


def test_clauses_that_begin_alike_are_a_list() -> None:
    sentence = "必须把发展作为要务，必须把生态作为优势，必须把民生作为追求。"
    assert (
        "必须把发展作为要务",
        "必须把生态作为优势",
        "必须把民生作为追求",
    ) in rows(sentence)


def test_a_sentence_without_a_row_has_none() -> None:
    assert rows("全年办结案件31件。") == []


def test_what_stands_in_brackets_is_one_name() -> None:
    assert ("东区（含甲、乙街）", "西区", "南区") in rows("整治东区（含甲、乙街）、西区、南区。")


def test_a_name_does_not_begin_with_the_words_before_it() -> None:
    assert ("用水总量", "季节性缺口") in rows("集中反映了在用水总量、季节性缺口。")
    assert ("对外贸易", "对内投资") in rows("对外贸易、对内投资。")


def test_a_name_does_not_end_before_the_verb_it_needs() -> None:
    assert ("不平衡", "不协调", "不可持续") in rows("发展不平衡、不协调、不可持续的矛盾突出。")


def test_pieces_of_a_sentence_are_no_names() -> None:
    assert rows("把目标定为七成是必要的、适宜的。") == []
    assert rows("眼下云溪经济和社会生活中还有困难。") == []
