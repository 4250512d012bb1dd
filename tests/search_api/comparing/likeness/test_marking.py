"""Where two wordings differ: nothing is lost, no figure is cut, only what differs is marked."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.statements.quantities import quantities
from search_api.comparing.comparison_types import Piece
from search_api.comparing.likeness.marking import folded, marked, words_of

# Whatever a report or a pasted text may hold; lone surrogates are no text.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
# What reports hold, in all the ways it is written.
WRITTEN = st.text(
    "茶叶产量增长了新建改造修缮古橋園畝萬家亿万吨亩公里座人％%０１２0123456789.．,—-至多余约左右"
    "，。；：（）()、\n\r\t 　ＧＤＰGDPpm①㎡½😀👩\u200d🌾\u0301\x00",
    max_size=80,
)
# The same without white space and signs that several characters make up.
PLAIN = st.text("茶叶产量增长新建了家万亿吨亩公里％%０１0123456789.—，。", max_size=60)


def shown(pieces: tuple[Piece, ...]) -> str:
    """What differs in brackets."""
    return "".join(piece.text if piece.common else f"[{piece.text}]" for piece in pieces)


@given(ANYTHING | WRITTEN, ANYTHING | WRITTEN)
@example("共3万㎡", "共3万㎡\n")
@example("\n 茶园", "")
@example("1\n2", "1 2")
@example("İ茶é", "i茶é")
def test_pieces_together_are_both_wordings(left: str, right: str) -> None:
    lefts, rights = marked(left, right)
    assert "".join(piece.text for piece in lefts) == left
    assert "".join(piece.text for piece in rights) == right
    assert all(piece.text for piece in (*lefts, *rights))


@given(ANYTHING | WRITTEN)
def test_a_wording_has_all_of_itself(text: str) -> None:
    whole = (Piece(text, common=True),) if text else ()
    assert marked(text, text) == (whole, whole)
    assert "".join(words_of(text)) == text


def test_digits_of_other_scripts() -> None:
    lefts, rights = marked("共൦座", "共٣座")
    assert (shown(lefts), shown(rights)) == ("共[൦]座", "共[٣]座")


@given(PLAIN, PLAIN)
def test_what_both_have_is_the_same_in_both(left: str, right: str) -> None:
    lefts, rights = marked(left, right)
    ours, theirs = (
        folded("".join(piece.text for piece in pieces if piece.common))
        for pieces in (lefts, rights)
    )
    assert ours == theirs


@given(PLAIN, PLAIN)
def test_no_figure_is_cut(left: str, right: str) -> None:
    for text, pieces in zip((left, right), marked(left, right), strict=True):
        cuts, end = set(), 0
        for piece in pieces:
            end += len(piece.text)
            cuts.add(end)
        for quantity in quantities(text):
            inside = range(quantity.span.start + 1, quantity.span.end)
            assert not cuts.intersection(inside), quantity.span.of(text)


@pytest.mark.parametrize(
    ("left", "right", "ours", "theirs"),
    [
        # One figure against another: the whole figure, never the digits that differ.
        ("增长5.5%以上", "增长5%以上", "增长[5.5%]以上", "增长[5%]以上"),
        ("新增1.28万家", "新增2.28万家", "新增[1.28万家]", "新增[2.28万家]"),
        ("增长5%—5.5%", "增长5%", "增长[5%—5.5%]", "增长[5%]"),
        ("共12座桥", "共12公里桥", "共[12座]桥", "共[12公里]桥"),
        ("2031年建成", "2032年建成", "[2031年]建成", "[2032年]建成"),
        ("改造１２座", "改造１３座", "改造[１２座]", "改造[１３座]"),
        # Words stay whole.
        ("扎实推进修缮", "加快推进修缮", "[扎实]推进修缮", "[加快]推进修缮"),
        ("修缮古桥", "修缮古桥和码头", "修缮古桥", "修缮古桥[和码头]"),
        ("修缮古桥，新建码头", "修缮古桥", "修缮古桥[，新建码头]", "修缮古桥"),
        ("茶园", "码头", "[茶园]", "[码头]"),
        ("", "码头", "", "[码头]"),
    ],
)
def test_differences(left: str, right: str, ours: str, theirs: str) -> None:
    lefts, rights = marked(left, right)
    assert (shown(lefts), shown(rights)) == (ours, theirs)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("茶叶产量增长５．５％", "茶叶产量增长5.5%"),
        ("ＧＤＰ增长（預計）", "gdp增长(预计)"),
        ("ＰＭ２．５浓度", "pm2.5浓度"),
        ("發展經濟，建設現代化農業", "发展经济，建设现代化农业"),
        ("新增茶園3萬畝", "新增茶园3万亩"),
        ("培育企業1.28萬家", "培育企业1.28万家"),
        ("完成投资 3 亿元\n", "完成投资3亿元"),
        ("新 建 茶 园", "新建茶园"),
    ],
)
def test_width_case_tradition_and_space_are_no_difference(left: str, right: str) -> None:
    assert marked(left, right) == ((Piece(left, common=True),), (Piece(right, common=True),))


def test_words_that_come_again_and_again() -> None:
    # difflib leaves out what makes up more than a hundredth of a long sequence, unless told not to.
    long = "修缮古桥，" * 100
    lefts, rights = marked(long, f"新建码头{long}")
    assert lefts == (Piece(long, common=True),)
    assert rights == (Piece("新建码头", common=False), Piece(long, common=True))


def test_english_words_stay_apart() -> None:
    lefts, rights = marked("tea output grew", "tea exports grew")
    assert shown(lefts) == "tea [output] grew"
    assert shown(rights) == "tea [exports] grew"


def test_a_difference_in_both_widths_is_one() -> None:
    lefts, rights = marked("ＧＤＰ增长5.5％", "GDP增长5.4%")
    assert (shown(lefts), shown(rights)) == ("ＧＤＰ增长[5.5％]", "GDP增长[5.4%]")
