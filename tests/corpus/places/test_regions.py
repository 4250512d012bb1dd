"""Places in texts and questions. Expected places are those of the official lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places.divisions import english_names
from corpus.places.regions import COUNTRY, Gazetteer, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, text: str, year: int | None = None) -> list[tuple[str, str]]:
    """(what the text says, the place's official name) of each mention."""
    return [(m.span.of(text), m.region.name) for m in gazetteer.find(text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("西藏自治区2026年的目标", [("西藏自治区", "西藏自治区")]),
        ("内蒙古和内蒙", [("内蒙古", "内蒙古自治区"), ("内蒙", "内蒙古自治区")]),
        ("桑日调整了多少个人民调解组织", [("桑日", "桑日县")]),
        ("山南的产业", [("山南", "山南市")]),
        ("恩施州和凉山", [("恩施州", "恩施土家族苗族自治州"), ("凉山", "凉山彝族自治州")]),
        ("延边与鄂温克旗", [("延边", "延边朝鲜族自治州"), ("鄂温克旗", "鄂温克族自治旗")]),
        ("恭城县", [("恭城县", "恭城瑶族自治县")]),
        ("蔚县", [("蔚县", "蔚县")]),
        ("海南州", [("海南州", "海南藏族自治州")]),
        ("海南藏族自治州", [("海南藏族自治州", "海南藏族自治州")]),
        ("海南省", [("海南省", "海南省")]),
        ("吉林市", [("吉林市", "吉林市")]),
        ("吉林", [("吉林", "吉林省")]),
        ("重庆市奉节县", [("重庆市", "重庆市"), ("奉节县", "奉节县")]),
        (
            "西藏、四川、青海哪个高",
            [("西藏", "西藏自治区"), ("四川", "四川省"), ("青海", "青海省")],
        ),
        ("广西安全生产", [("广西", "广西壮族自治区")]),
        ("陕西安康", [("陕西", "陕西省"), ("安康", "安康市")]),
        ("臺灣和廣東", [("臺灣", "台湾省"), ("廣東", "广东省")]),
        ("浦东新区", [("浦东新区", "浦东新区")]),
        ("新疆生产建设兵团", [("新疆生产建设兵团", "新疆生产建设兵团")]),
        ("北京朝阳的经济", [("北京", "北京市"), ("朝阳", "朝阳区")]),
        ("和县2024年政府工作报告", [("和县", "和县")]),
        ("上海合作组织峰会在天津举行", [("天津", "天津市")]),
    ],
)
def test_chinese_names(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "其中卫生支出多少", "文山会海怎么治", "重大理论创新", "沿海城市", "美丽水乡", "确保定期完成", "复合肥",
        "入海口", "朝阳产业", "和平与发展", "平安建设", "大方面", "安定团结", "国泰民安定能", "东方红", "城关",
        "长治久安", "大同小异", "境内江河", "今天等待", "老城区和新城区", "全市城区", "本省", "国家级实验室",
        "全国第一", "中国式现代化", "how many mediation organizations were adjusted", "China's GDP",
        "he can long for peace", "共和国", "东至海边", "沪市", "由市和县的干部", "制定县、省计划",
        "成立60周年大庆安保", "文化惠民", "",
    ],
)  # fmt: skip
def test_no_place(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tibet", [("Tibet", "西藏自治区")]),
        ("xizang gdp", [("xizang", "西藏自治区")]),
        ("Shaanxi vs Shanxi", [("Shaanxi", "陕西省"), ("Shanxi", "山西省")]),
        (
            "in Sangri County, Tibet",
            [("Sangri County", "桑日县"), ("Tibet", "西藏自治区")],
        ),
        ("Guangdong Province's growth", [("Guangdong Province", "广东省")]),
        (
            "Inner Mongolia Autonomous Region",
            [("Inner Mongolia Autonomous Region", "内蒙古自治区")],
        ),
        ("Jilin City and Jilin", [("Jilin City", "吉林市"), ("Jilin", "吉林省")]),
        (
            "Dehong Dai and Jingpo Autonomous Prefecture",
            [("Dehong Dai and Jingpo Autonomous Prefecture", "德宏傣族景颇族自治州")],
        ),
        ("Xi'an and Lu'an", [("Xi'an", "西安市"), ("Lu'an", "六安市")]),
        ("Chaoyang District, Beijing", [("Chaoyang District", "朝阳区"), ("Beijing", "北京市")]),
        ("chengdu", [("chengdu", "成都市")]),
        ("Shanghai", [("Shanghai", "上海市")]),
        ("national-level zones in Tibet", [("Tibet", "西藏自治区")]),
    ],
)
def test_english_names(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(gazetteer, text) == expected


def test_one_name_of_several_places(gazetteer: Gazetteer) -> None:
    (alone,) = gazetteer.find("朝阳区")
    assert {region.province for region in alone.candidates} == {"北京市", "吉林省"}
    city, district = gazetteer.find("长春有一个区叫朝阳区")
    assert city.region.name == "长春市"
    assert (district.region.code, district.candidates) == ("220104", ())


def test_codes_and_names_are_those_of_the_year(gazetteer: Gazetteer) -> None:
    old = gazetteer.resolve("桑日县", 2010)
    new = gazetteer.resolve("桑日县", 2026)
    assert old is not None and new is not None
    assert (old.code, old.city) == ("542224", "山南地区")
    assert (new.code, new.city) == ("540523", "山南市")
    assert gazetteer.within(old, new)
    # a name from before stays understood: the place as it was
    assert found(gazetteer, "堆龙德庆县", 2026) == [("堆龙德庆县", "堆龙德庆县")]


def test_the_country_is_its_state_council(gazetteer: Gazetteer) -> None:
    assert [m.region for m in gazetteer.find("国务院2025年的工作")] == [COUNTRY]
    assert [m.region for m in gazetteer.find("the State Council's report")] == [COUNTRY]
    assert [m.region.name for m in gazetteer.find("国务院支持西藏")] == ["西藏自治区"]
    assert gazetteer.resolve("全国") == gazetteer.resolve("China") == COUNTRY


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("540523", "540523"), ("西藏", "540000"), ("Tibet", "540000"), ("北京市朝阳区", "110105"),
        ("山南桑日", "540523"), ("Sangri County, Shannan, Tibet", "540523"), ("平安", "630203"),
        ("廣東省", "440000"), ("海口", "460100"), ("万宁市", "469006"),
    ],
)  # fmt: skip
def test_resolve(gazetteer: Gazetteer, name: str, code: str) -> None:
    region = gazetteer.resolve(name)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("name", ["朝阳区", "乌有县", "西藏的某地", "", "999999", "四川省桑日县"])
def test_resolve_tells_when_it_cannot(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve(name) is None


def test_within(gazetteer: Gazetteer) -> None:
    county, city, province, other = (
        gazetteer.resolve(name) for name in ("桑日县", "山南市", "西藏", "四川")
    )
    assert county is not None and city is not None and province is not None and other is not None
    assert gazetteer.within(county, county)
    assert gazetteer.within(county, city)
    assert gazetteer.within(county, province)
    assert gazetteer.within(county, COUNTRY)
    assert not gazetteer.within(county, other)
    assert not gazetteer.within(province, county)
    assert not gazetteer.within(COUNTRY, province)


PIECES = st.sampled_from(
    ["西藏", "桑日县", "朝阳区", "和平", "Tibet", "Sangri County", "臺北", "2026年", "的", "，", "海南", "城区",
     "Xi'an", "国务院", "兵团", "生产建设兵团", "\n", "İ", "𠮷"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join)))
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    gazetteer = load_gazetteer()
    end = 0
    for mention in gazetteer.find(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        assert mention.span.of(text).strip() == mention.span.of(text)
        if mention.candidates:
            assert mention.region == mention.candidates[0]


@given(
    st.sampled_from(["西藏自治区", "桑日县", "朝阳区", "浦东新区", "恩施土家族苗族自治州"]),
    st.integers(1950, 2040),
)
def test_an_official_name_alone_is_found_in_every_year(name: str, year: int) -> None:
    (mention,) = load_gazetteer().find(name, year)
    assert mention.region.name == name


def test_english_names_are_understood_again() -> None:
    names = english_names()
    # By code: an autonomous region's customary name, plain pinyin, two provinces told apart, a county.
    assert [names[code] for code in ("540000", "110000", "140000", "610000", "540521")] == [
        "Tibet",
        "Beijing",
        "Shanxi",
        "Shaanxi",
        "Zhanang County",
    ]
    assert found(load_gazetteer(), f"What is the output of {names['610000']}?") == [
        ("Shaanxi", "陕西省")
    ]
