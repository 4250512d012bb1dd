"""What is left of a sentence without figures, dates and names of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.likeness.boilerplate import FIGURE, MASKS, PLACE, boilerplate
from tests.search_api.comparing.wording_support import places

SENTENCES = st.text(
    "鱼塘新建改造达到超过以上左右全县市区镇乡苇塘杭州第十一届“四五”时期，。；：、万亿座亩%％年月日0123456789.— \n",
    max_size=60,
)


def bones(text: str) -> str:
    """The words and masks of a text with white space between."""
    return " ".join(bone.word for bone in boilerplate(text, places))


def masked(text: str, mask: str) -> list[str]:
    """What stands where the text is masked."""
    return [
        bone.span.of(text) for bone in boilerplate(text, places) if bone.span and bone.word == mask
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("新建鱼塘12座。", ["12座"]),
        ("鱼苗产量１.２万吨", ["１.２万吨"]),
        ("鱼苗产量增长5%—6%。", ["5%—6%"]),
        ("鱼塘由12座增至30座。", ["12座", "30座"]),
        ("2024年，新建鱼塘。", ["2024年"]),
        ("3月15日举办鱼市。", ["3月15日"]),
        ("第十一届鱼灯节开幕。", ["第十一届"]),
        ("第3批鱼苗投放。", ["第3批"]),
        ("“十四五”时期建成鱼塘。", ["“十四五”"]),
        ("十四五规划全面实施。", ["十四五"]),
        ("鱼塘干净。", []),
    ],
)
def test_figures_dates_and_numbers_of_a_row_are_masked(text: str, wanted: list[str]) -> None:
    assert masked(text, FIGURE) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # The gazetteer's, anywhere.
        ("杭州市新建鱼塘。", ["杭州市"]),
        ("向绍兴运送鱼苗。", ["绍兴"]),
        # Invented ones, at the head of a clause.
        ("苇塘县新建鱼塘。", ["苇塘县"]),
        ("今年，霜岭旗新建鱼塘；石门坎县清理鱼塘。", ["霜岭旗", "石门坎县"]),
        ("其中：青石镇新建鱼塘，白露乡清理鱼塘。", ["青石镇", "白露乡"]),
        ("竹屿区举办鱼市。", ["竹屿区"]),
        # Whose report it is.
        ("全县新建鱼塘。", ["全县"]),
        ("今年全市新建鱼塘。", ["全市"]),
        ("我省建成鱼塘。", ["我省"]),
        ("县政府批准鱼市方案。", ["县"]),
        ("提请市人大审议。", ["市"]),
        # No names.
        ("城市新建鱼塘。", []),
        ("园区新建鱼塘。", []),
        ("该县新建鱼塘。", []),
        ("各市新建鱼塘。", []),
        ("社区新建鱼塘。", []),
        ("保护区禁止捕鱼。", []),
        ("服务区新建鱼塘。", []),
        ("城镇新增鱼市12家。", []),
        ("城乡居民增收。", []),
        ("乡镇新建鱼塘。", []),
        ("美丽乡村新建鱼塘。", []),
        ("加强市场监管。", []),
        ("促进区域协调。", []),
        ("推动县域增收。", []),
        ("加强城乡统筹。", []),
        ("完善省级鱼塘名录。", []),
        ("按照省里要求清理鱼塘。", []),
        ("两州共建鱼塘。", []),
    ],
)
def test_names_of_places_are_masked_and_nothing_else(text: str, wanted: list[str]) -> None:
    assert masked(text, PLACE) == wanted


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("苇塘县新建鱼塘12座。", "杭州市新建鱼塘3万座。"),
        ("全县新建鱼塘12座以上。", "全市新建鱼塘30座左右。"),
        ("新建鱼塘超过12座", "新建鱼塘30座。"),
        ("新建鱼塘约12座", "新建鱼塘不少于30座"),
        ("水质合格率达到98%", "水质合格率达97%以上"),
        ("2024年，县政府清理鱼塘。", "2025年，市政府清理鱼塘。"),
        ("第十届鱼灯节开幕。", "第十一届鱼灯节开幕。"),
        ("“十三五”时期建成鱼塘", "“十四五”时期建成鱼塘"),
        ("鱼塘１２座全部清理", "魚塘30座清理。"),
    ],
)
def test_what_is_left_is_the_same(left: str, right: str) -> None:
    assert bones(left) == bones(right)


def test_words_masks_and_order() -> None:
    assert bones("2024年，苇塘县新建鱼塘12座以上，清理河道3公里。") == (
        f"{FIGURE} {PLACE} 新建 鱼塘 {FIGURE} 清理 河道 {FIGURE}"
    )


def test_bounds_are_left_out_beside_figures_only() -> None:
    # 达, 均, 超, 多 belong to words here.
    text = "达标率均衡，超市多元，达到12座以上"
    words = bones(text)
    assert words.endswith(f"多元 {FIGURE}")
    assert "".join(words.split()) == f"达标率均衡超市多元{FIGURE}"


def test_bounds_of_nothing_stay() -> None:
    assert bones("渔民越来越多").endswith("多")
    assert bones("渔民多，杭州渔民多").split()[-1].endswith("多")


def test_nothing_has_no_bones() -> None:
    assert boilerplate("", places) == []
    assert boilerplate("，。——（）", places) == []


def test_a_place_is_where_the_finder_says_so() -> None:
    assert [bone.word for bone in boilerplate("向杭州运送鱼苗", lambda _: ())] == [
        "向",
        "杭州",
        "运送",
        "鱼苗",
    ]


@given(SENTENCES)
def test_spans_are_in_order_and_words_have_none(text: str) -> None:
    end = 0
    for bone in boilerplate(text, places):
        assert (bone.span is None) == (bone.word not in MASKS)
        if bone.span is not None:
            assert end <= bone.span.start < bone.span.end <= len(text)
            end = bone.span.end
        else:
            assert any(map(str.isalnum, bone.word))


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_no_figure_makes_a_difference(left: int, right: int) -> None:
    assert bones(f"苇塘县新建鱼塘{left}座。") == bones(f"苇塘县新建鱼塘{right}座。")
    assert masked(f"苇塘县新建鱼塘{left}座。", FIGURE) == [f"{left}座"]
