"""What a question asks: language, places, years, topic."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from corpus.report import Region, Span
from search_api.questions.question import (
    HOLDS,
    OWN,
    PART_OF,
    Language,
    affinity,
    language_of,
    understand,
)

NORTH = Region("北岭省", "110000", province="北岭省")
SOUTH = Region("南原省", "120000", province="南原省")
TOWN = Region("清河市", "110100", province="北岭省", city="清河市")
COUNTY = Region("石桥县", "110101", province="北岭省", city="清河市", county="石桥县")
INVENTED = Region("云溪县", "", county="云溪县")
NATION = Region("全国", "000000")
NAMES = {
    "北岭": NORTH,
    "南原": SOUTH,
    "清河": TOWN,
    "石桥县": COUNTY,
    "North": NORTH,
    "全国": NATION,
}


@dataclass(frozen=True)
class Named:
    span: Span
    region: Region
    candidates: tuple[Region, ...] = ()


class Places:
    """A gazetteer of four invented places; codes nest as the real ones do."""

    def find(self, text: str, year: int | None = None) -> Sequence[Named]:
        found = []
        for name, region in NAMES.items():
            start = text.find(name)
            if start >= 0:
                found.append(Named(Span(start, start + len(name)), region))
        return found

    def within(self, region: Region, ancestor: Region) -> bool:
        stem = ancestor.code.rstrip("0")
        return ancestor.code == "000000" or (bool(stem) and region.code.startswith(stem))


PLACES = Places()


def test_place_and_year_leave_the_topic() -> None:
    asked = understand("北岭2025年一共修了多少公里公路？", PLACES, [NORTH, SOUTH])
    assert asked.places == (NORTH,)
    assert asked.years == (2025,)
    assert asked.topic == "一共修了多少公里公路?"
    assert asked.placeless == "2025年一共修了多少公里公路?"
    assert asked.language is Language.ZH


def test_a_place_without_reports_does_not_matter() -> None:
    asked = understand("北岭修了多少公路", PLACES, [SOUTH])
    assert asked.places == ()
    assert asked.topic == "北岭修了多少公路"
    assert asked.placeless == ""


def test_a_town_of_a_province_with_a_report_stays_in_the_topic() -> None:
    asked = understand("清河的机场", PLACES, [NORTH])
    assert asked.places == (TOWN,)
    assert asked.topic == "清河的机场"


def test_a_province_leaves_the_topic_when_only_its_county_has_a_report() -> None:
    asked = understand("北岭的机场", PLACES, [COUNTY])
    assert (asked.places, asked.topic) == ((NORTH,), "机场")


def test_the_whole_country_is_no_preference() -> None:
    asked = understand("全国有多少", PLACES, [NORTH, NATION])
    assert asked.places == ()


@pytest.mark.parametrize("text", ["云溪县有多少个", "云溪有多少个"])
def test_invented_places_of_the_index_are_found_by_name(text: str) -> None:
    asked = understand(text, PLACES, [INVENTED, NORTH])
    assert (asked.places, asked.topic) == ((INVENTED,), "有多少个")


def test_an_ambiguous_name_means_what_the_index_has() -> None:
    class Ambiguous(Places):
        def find(self, text: str, year: int | None = None) -> Sequence[Named]:
            return [Named(Span(0, 2), SOUTH, (SOUTH, COUNTY))]

    assert understand("石桥的机场", Ambiguous(), [COUNTY]).places == (COUNTY,)


def test_the_name_of_an_own_place_goes_before_the_gazetteer() -> None:
    class Other(Places):
        def find(self, text: str, year: int | None = None) -> Sequence[Named]:
            return [Named(Span(0, 2), TOWN)]

    asked = understand("云溪县的机场", Other(), [INVENTED, NORTH])
    assert (asked.places, asked.topic) == ((INVENTED,), "机场")


def test_english() -> None:
    asked = understand("How many roads did North build in 2025?", PLACES, [NORTH])
    assert asked.language is Language.EN
    assert asked.places == (NORTH,)
    assert asked.years == (2025,)
    assert asked.topic == "How many roads did build in ?"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年和2026年", (2025, 2026)),
        ("2025年度报告", (2025,)),
        ("2025-2026年", (2025, 2026)),
        ("二〇二五年的目标", (2025,)),
        ("2025政府工作报告", (2025,)),
        ("投入2000万元", ()),
        ("2000多人", ()),
        ("2000 人", ()),
        ("2025.5公里", ()),
        ("12025年", ()),
        ("35岁以下青年", ()),
        ("in 2024", (2024,)),
        ("1954年", (1954,)),
        ("1,954", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert understand(text, PLACES, []).years == years


def test_full_width_is_folded() -> None:
    assert understand("２０２５年", PLACES, []).years == (2025,)


def test_a_question_of_only_place_and_year_keeps_its_text() -> None:
    assert understand("北岭2025年", PLACES, [NORTH]).topic == "北岭2025年"


def test_language() -> None:
    assert language_of("R&D经费") is Language.ZH
    assert language_of("GDP growth") is Language.EN
    assert language_of("54") is Language.ZH


def test_affinity_by_hand() -> None:
    assert affinity(NORTH, [NORTH], PLACES) == OWN
    assert affinity(COUNTY, [NORTH], PLACES) == PART_OF
    assert affinity(NORTH, [COUNTY], PLACES) == HOLDS
    assert affinity(SOUTH, [NORTH], PLACES) == 0.0
    assert affinity(SOUTH, [NORTH, SOUTH], PLACES) == OWN
    assert affinity(NATION, [NORTH], PLACES) == 0.0
    assert affinity(None, [NORTH], PLACES) == 0.0
    assert affinity(NORTH, [], PLACES) == 0.0
