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
    report("丁青县", county="丁青县", code="540324", province="西藏自治区", city="昌都市"),
    report("昌都市", code="540300", province="西藏自治区", city="昌都市"),
    report("西藏自治区", code="540000", province="西藏自治区"),
    report("丁青县", 2024, county="丁青县", code="540324", province="西藏自治区", city="昌都市"),
    report("北京市", code="110000", province="北京市"),
    report("云溪县"),
    report(None),
]


def test_provinces_hold_cities_hold_counties() -> None:
    county = Place("丁青县", "丁青县", 2)
    city = Place("昌都市", "昌都市", 3, (county,))
    assert places(REPORTS) == (
        Place("北京市", "北京市", 1),
        Place("西藏自治区", "西藏自治区", 4, (city,)),
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
    tibet = places(REPORTS)[1]
    assert tibet.holds("西藏自治区")
    assert tibet.holds("丁青县")
    assert not tibet.holds("北京市")


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
