"""Which reports are compared: in which order, and what is said of a choice that can't be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.errors import UnknownReportError
from indexer.index import Index
from indexer.progress import silent
from search_api.comparing.table.notices import of_choice
from search_api.comparing.table.selection import Chosen, choose, years_of
from search_api.engine import Engine
from search_api.errors import BadRequestError, UnknownRegionError, UnknownYearError
from search_api.questions.question import Language
from tests.search_api.support import HashEncoder, write_reports

# Codes say the official order: 青海省 630000, 西宁市 630100, 称多县 632723. That the gazetteer knows these
# three is what 青海省 and its parts needs; 霜岭县 is invented and has no code. The texts are all invented.
NATION_25 = "全国-2025"
PROVINCE_24, PROVINCE_25 = "青海省政府-2024", "青海省-2025"
CITY_25, COUNTY_25, INVENTED_25 = "西宁市-2025", "称多县-2025", "霜岭县-2025"
HANDBOOK = "养蜂手册"
# In the official order; what no place is known of stands last.
ALL = [NATION_25, PROVINCE_24, PROVINCE_25, CITY_25, COUNTY_25, INVENTED_25, HANDBOOK]


def report(place: str, year: int, title: str, report_id: str | None = None) -> dict[str, str | int]:
    full = f"{place}{year}年{title}"
    return {
        "report_id": report_id or f"{place}-{year}",
        "title": full,
        "region": place,
        "year": year,
        "text": f"{full}\n一、{year - 1}年工作回顾\n新建茶厂12家。\n",
    }


REPORTS: list[dict[str, str | int]] = [
    report("霜岭县", 2025, "国民经济和社会发展统计公报"),
    report("称多县", 2025, "法治政府建设年度报告"),
    {"report_id": HANDBOOK, "title": HANDBOOK, "text": "养蜂手册\n春天检查蜂箱。\n"},
    report("青海省", 2025, "政府工作报告"),
    report("全国", 2025, "政府工作报告"),
    report("西宁市", 2025, "政府工作报告"),
    # By its id it would stand behind that of 2025.
    report("青海省", 2024, "政府工作报告", PROVINCE_24),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on reports of places that lie in each other."""
    folder = tmp_path_factory.mktemp("reports")
    data = tmp_path_factory.mktemp("data") / "index"
    table = write_reports(folder, REPORTS)
    build.add([table], data, HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(data), HashEncoder, load_gazetteer()) as opened:
        yield opened


def ids(chosen: Chosen) -> list[str]:
    return [info.report_id for info in chosen.reports]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019", [2019]),
        ("2019-2022", [2019, 2020, 2021, 2022]),
        ("2019-2019", [2019]),
        # In the order given, each once.
        ("2021,2010,2021", [2021, 2010]),
        ("2020-2022,2010,2021-2023", [2020, 2021, 2022, 2010, 2023]),
        # As people type them.
        (" 2019， 2020、2021  2022 ", [2019, 2020, 2021, 2022]),
        ("２０１９—２０２１", [2019, 2020, 2021]),
        ("2019～2021", [2019, 2020, 2021]),
        ("2019–2020", [2019, 2020]),
        ("2019 - 2021, 2024", [2019, 2020, 2021, 2024]),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert years_of(text) == years


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "''"),
        ("2019,", "''"),
        ("今年", "今年"),
        ("19", "'19'"),
        ("20195", "20195"),
        ("2019,x,2020", "'x'"),
        ("2019-2020-2021", "2019-2020-2021"),
        ("2022-2019", "2022-2019"),
        ("-2019", "-2019"),
        # A slip of the finger must not ask for thousands of years.
        ("2019-20255", "2019-20255"),
        ("1019-2025", "1019-2025"),
    ],
)
def test_what_is_no_year_is_named(text: str, named: str) -> None:
    with pytest.raises(BadRequestError) as raised:
        years_of(text)
    assert raised.value.field == "years"
    assert named in str(raised.value)


def test_without_a_choice_all_reports_by_place_and_year(places: Engine) -> None:
    chosen = choose(places)
    assert ids(chosen) == ALL
    assert chosen.missing_years == ()


def test_named_reports_come_in_the_order_they_are_named_in(places: Engine) -> None:
    assert ids(choose(places, report_ids=[COUNTY_25, NATION_25, HANDBOOK])) == [
        COUNTY_25,
        NATION_25,
        HANDBOOK,
    ]
    assert ids(choose(places, report_ids=[COUNTY_25, NATION_25, COUNTY_25])) == [
        COUNTY_25,
        NATION_25,
    ]


def test_a_region_with_its_parts(places: Engine) -> None:
    assert ids(choose(places, regions=["青海省"])) == [
        PROVINCE_24,
        PROVINCE_25,
        CITY_25,
        COUNTY_25,
    ]
    assert ids(choose(places, regions=["西宁市"])) == [CITY_25]


def test_regions_come_in_the_order_they_are_named_in(places: Engine) -> None:
    # By short name, by name, by code.
    assert ids(choose(places, regions=["霜岭", "西宁市", "630000"])) == [
        INVENTED_25,
        CITY_25,
        PROVINCE_24,
        PROVINCE_25,
        COUNTY_25,
    ]


def test_years_in_the_order_of_places(places: Engine) -> None:
    assert ids(choose(places, years=[2024])) == [PROVINCE_24]
    chosen = choose(places, regions=["青海省"], years=[2025, 2024])
    assert ids(chosen) == [PROVINCE_24, PROVINCE_25, CITY_25, COUNTY_25]
    # What has no year is of none.
    assert HANDBOOK not in ids(choose(places, years=[2024, 2025]))


def test_all_that_is_given_must_fit(places: Engine) -> None:
    named = [COUNTY_25, INVENTED_25, PROVINCE_24]
    assert ids(choose(places, report_ids=named, regions=["青海省"])) == [COUNTY_25, PROVINCE_24]
    assert ids(choose(places, report_ids=named, years=[2025])) == [COUNTY_25, INVENTED_25]
    assert ids(choose(places, named, ["青海省"], [2025], "county")) == [COUNTY_25]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("national", [NATION_25]),
        ("provincial", [PROVINCE_24, PROVINCE_25]),
        ("province", [PROVINCE_24, PROVINCE_25]),
        (" City ", [CITY_25]),
        # A place that no gazetteer has is what its name says.
        ("county", [COUNTY_25, INVENTED_25]),
        ("work_report", [NATION_25, PROVINCE_24, PROVINCE_25, CITY_25]),
        ("政府工作报告", [NATION_25, PROVINCE_24, PROVINCE_25, CITY_25]),
        ("rule_of_law", [COUNTY_25]),
        ("bulletin", [INVENTED_25]),
        ("other", [HANDBOOK]),
    ],
)
def test_kinds(places: Engine, kind: str, expected: list[str]) -> None:
    assert ids(choose(places, kind=kind)) == expected


def test_a_kind_there_is_none_of(places: Engine) -> None:
    with pytest.raises(BadRequestError, match=r"'village' is none of national.*work_report") as one:
        choose(places, kind="village")
    with pytest.raises(BadRequestError, match="none of the reports chosen is 'bulletin'") as other:
        choose(places, regions=["青海省"], kind="bulletin")
    assert one.value.field == other.value.field == "kind"


def test_an_unknown_report_suggests_the_nearest(places: Engine) -> None:
    with pytest.raises(UnknownReportError, match="青海省-2023") as raised:
        choose(places, report_ids=[PROVINCE_24, "青海省-2023"])
    assert set(raised.value.nearest[:2]) == {PROVINCE_24, PROVINCE_25}


def test_an_unknown_region_suggests_the_nearest(places: Engine) -> None:
    with pytest.raises(UnknownRegionError, match=r"霜岭市.*Did you mean 霜岭县") as raised:
        choose(places, regions=["青海省", "霜岭市"])
    assert raised.value.nearest[0] == "霜岭县"
    with pytest.raises(UnknownRegionError, match="govsearch list") as nothing:
        choose(places, regions=["xyz"])
    assert nothing.value.nearest == ()


def test_a_place_without_a_report_is_unknown_though_the_gazetteer_has_it(places: Engine) -> None:
    with pytest.raises(UnknownRegionError):
        choose(places, regions=["玉树市"])


@pytest.mark.parametrize("field", ["report_ids", "regions", "years"])
def test_an_empty_list_is_a_mistake(places: Engine, field: str) -> None:
    empty: dict[str, list[str] | list[int]] = {field: []}
    with pytest.raises(BadRequestError, match="empty") as raised:
        choose(places, **empty)  # type: ignore[arg-type]
    assert raised.value.field == field


def test_a_choice_that_nothing_fits(places: Engine) -> None:
    with pytest.raises(BadRequestError, match="no report fits all of the filters") as raised:
        choose(places, report_ids=[INVENTED_25], regions=["青海省"])
    assert raised.value.field == "report_ids"


def test_years_that_no_chosen_report_is_of(places: Engine) -> None:
    # 2024 has a report, but none of that county.
    with pytest.raises(UnknownYearError, match=r"2024.*there are: 2025"):
        choose(places, regions=["称多县"], years=[2024])
    with pytest.raises(UnknownYearError, match=r"1999.*there are: 2024, 2025"):
        choose(places, years=[1999, 1998])


def test_some_years_missing_are_told(places: Engine) -> None:
    chosen = choose(places, regions=["青海省"], years=[2026, 2025, 2022, 2021, 2026, 2023])
    assert ids(chosen) == [PROVINCE_25, CITY_25, COUNTY_25]
    assert chosen.missing_years == (2026, 2022, 2021, 2023)
    assert of_choice(chosen, Language.ZH) == ("没有收录2021-2023、2026年的报告。",)
    assert of_choice(chosen, Language.EN) == ("No report of 2021-2023, 2026 is indexed.",)


def test_one_report_alone_is_told(places: Engine) -> None:
    chosen = choose(places, regions=["西宁市"])
    assert of_choice(chosen, Language.ZH) == ("只选了一份报告，没有可比较的对象。",)
    assert of_choice(chosen, Language.EN) == ("Only one report: nothing to compare it with.",)
    assert of_choice(choose(places, regions=["青海省"]), Language.ZH) == ()
    both = of_choice(choose(places, regions=["西宁市"], years=[2025, 2031]), Language.ZH)
    assert both == ("没有收录2031年的报告。", "只选了一份报告，没有可比较的对象。")


def test_an_index_without_reports(tmp_path: Path) -> None:
    data = tmp_path / "index"
    table = write_reports(tmp_path, REPORTS[:1])
    build.add([table], data, HashEncoder(), EncoderSettings(), silent)
    build.remove([INVENTED_25], data, silent)
    with (
        Engine(Index.open(data), HashEncoder, load_gazetteer()) as opened,
        pytest.raises(BadRequestError, match="no reports yet"),
    ):
        choose(opened)
