"""Places, years and kinds to filter by, with their numbers of reports."""

from __future__ import annotations

from corpus.report import Metadata, Region, ReportKind
from indexer.types import ReportInfo
from search_api.web.facets import Place, kinds, places, years


def report(
    name: str | None,
    year: int | None = 2025,
    kind: ReportKind = ReportKind.OTHER,
    *,
    code: str = "",
    province: str = "",
    city: str = "",
    county: str = "",
) -> ReportInfo:
    region = None if name is None else Region(name, code, province, city, county)
    return ReportInfo(f"{name}-{year}", Metadata("", region, year, kind), "", 0, 0, "")


REPORTS = [
    report("杂多县", county="杂多县", code="632722", province="青海省", city="玉树藏族自治州"),
    report("玉树藏族自治州", code="632700", province="青海省", city="玉树藏族自治州"),
    report("青海省", code="630000", province="青海省"),
    report(
        "杂多县", 2024, county="杂多县", code="632722", province="青海省", city="玉树藏族自治州"
    ),
    report("辽宁省", code="210000", province="辽宁省"),
    report("云溪县"),
    report(None),
]


def test_provinces_hold_cities_hold_counties() -> None:
    county = Place("杂多县", "杂多县", 2)
    city = Place("玉树藏族自治州", "玉树藏族自治州", 3, (county,))
    assert places(REPORTS) == (
        Place("辽宁省", "辽宁省", 1),
        Place("青海省", "青海省", 4, (city,)),
        Place("云溪县", "云溪县", 1),  # no gazetteer knows it: by itself, last
    )


def test_two_places_of_one_name_are_told_apart_by_code() -> None:
    twins = [
        report("鼓楼区", code="320106", province="江苏省", city="南京市", county="鼓楼区"),
        report("鼓楼区", code="350102", province="福建省", city="福州市", county="鼓楼区"),
    ]
    values = [province.parts[0].parts[0].value for province in places(twins)]
    assert values == ["320106", "350102"]


def test_a_place_holds_its_parts() -> None:
    qinghai = places(REPORTS)[1]
    assert qinghai.holds("青海省")
    assert qinghai.holds("杂多县")
    assert not qinghai.holds("辽宁省")


def test_years_newest_first_and_kinds_in_their_order() -> None:
    reports = [
        report("甲县", 2023, ReportKind.BULLETIN),
        report("甲县", 2025, ReportKind.WORK_REPORT),
        report("乙县", 2023, ReportKind.WORK_REPORT),
        report("乙县", None, ReportKind.BULLETIN),
    ]
    assert [(each.value, each.count) for each in years(reports)] == [(2025, 1), (2023, 2)]
    assert [(each.value, each.count) for each in kinds(reports)] == [
        (ReportKind.WORK_REPORT, 2),
        (ReportKind.BULLETIN, 2),
    ]
