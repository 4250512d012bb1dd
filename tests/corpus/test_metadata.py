"""Metadata of title blocks in the manner of many offices, and of the real reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.furniture import find_furniture
from corpus.metadata import government_of, override, read_metadata
from corpus.places.regions import COUNTRY
from corpus.report import Metadata, Region, ReportKind

HEADERS = Path(__file__).with_name("headers.txt")
REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
MISLEADING = "2019_某某省_draft"  # a file's name that says something wrong

needs_reports = pytest.mark.skipif(not REPORTS.is_dir(), reason=f"needs the reports of {REPORTS}")


def cases() -> list[tuple[list[str], str]]:
    """(title, place, code, year, issuer, date) and the text of each block of headers.txt."""
    blocks = HEADERS.read_text("utf-8").split("=== ")[1:]
    return [
        ([part.strip() for part in expected.split("|")], text.rstrip("\n"))
        for expected, _, text in (block.partition("\n") for block in blocks)
    ]


def read(text: str, stem: str = MISLEADING, **fields: str) -> Metadata:
    return read_metadata(text, find_furniture(text, ()), stem=stem, fields=fields)


def said(metadata: Metadata) -> list[str]:
    region = metadata.region or Region(name="", code="")
    return [
        metadata.title,
        region.name,
        region.code,
        str(metadata.year),
        metadata.issuer,
        metadata.date,
    ]


@pytest.mark.parametrize(
    ("expected", "text"), cases(), ids=[text.split("\n")[0][:20] for _, text in cases()]
)
def test_title_blocks(expected: list[str], text: str) -> None:
    got = said(read(text))
    assert [a for a, b in zip(got, expected, strict=True) if b != "*"] == [
        b for b in expected if b != "*"
    ]


def test_there_are_many_title_blocks() -> None:
    assert len(cases()) >= 75


@needs_reports
@pytest.mark.parametrize("stem", ["own", MISLEADING])
def test_real_provincial_and_county_reports(stem: str) -> None:
    wrong = []
    files = [*(REPORTS / "provincial-2026").glob("*.txt"), *(REPORTS / "county").glob("*.txt")]
    for file in files:
        metadata = read(file.read_text("utf-8"), file.stem if stem == "own" else stem)
        name = metadata.region.name if metadata.region is not None else ""
        place, _, year = file.stem.rpartition("-")
        if not place:  # the county's file has a hash for a name
            place, year = metadata.title[:3], "2021"
        if (name, str(metadata.year), metadata.issuer) != (place, year, place + "人民政府"):
            wrong.append((file.name, metadata))
    assert len(files) == 17
    assert wrong == []


@needs_reports
def test_real_national_reports() -> None:
    files = list((REPORTS / "national").glob("*.txt"))
    right = 0
    for file in files:
        metadata = read(file.read_text("utf-8"))
        year = file.stem.rpartition("-")[2]
        right += (metadata.region, str(metadata.year), metadata.issuer) == (
            COUNTRY,
            year,
            "国务院",
        )
    assert len(files) == 52
    assert right >= 50


def test_a_caption_is_no_title() -> None:
    text = (
        "政府工作报告。 某日报记者 张三 摄\n政府工作报告\n"
        "（2026年1月27日在贵州省第十四届人民代表大会第四次会议上）\n省长 李四\n各位代表："
    )
    assert said(read(text))[:4] == ["2026年贵州省政府工作报告", "贵州省", "520000", "2026"]


def test_a_title_broken_by_markup_is_put_together() -> None:
    text = "政府工作报\n告\n——2017年3月5日在第十二届全国人民代表大会第五次会议上\n国务院总理\n　李四\n各位代表："
    metadata = read(text)
    assert (metadata.title, metadata.region) == ("2017年国务院政府工作报告", COUNTRY)


def test_a_pages_own_title_loses_the_sites_name() -> None:
    field = "2023年度法治政府建设情况报告_林周县人民政府门户网站"
    metadata = read("2023年，林周县坚持依法行政。\n一、做法", title=field, date="2024-02-03 10:00")
    assert metadata.title == "2023年度法治政府建设情况报告"
    assert metadata.region is not None
    assert (metadata.region.name, metadata.date) == ("林周县", "2024-02-03")


@pytest.mark.parametrize("source", ["县政府办", "某某日报", "本网", "县融媒体中心", "县司法局"])
def test_a_pages_source_is_not_the_issuer(source: str) -> None:
    assert read("林周县2024年政府工作报告\n各位代表：", issuer=source).issuer == "林周县人民政府"


def test_fields_of_a_table_are_taken_as_they_are() -> None:
    metadata = read(
        "正文。",
        title="某项工作的综述",
        region="山南市",
        year="2010年",
        kind="公报",
        issuer="山南地区统计局",
        date="2011年3月",
        url="https://example.org/1",
    )
    assert metadata.title == "某项工作的综述"
    assert metadata.region is not None
    assert metadata.region.province == "西藏自治区"
    assert (metadata.year, metadata.kind) == (2010, ReportKind.BULLETIN)
    assert (metadata.issuer, metadata.date) == ("山南地区统计局", "2011-03")
    assert metadata.url == "https://example.org/1"


def test_kinds() -> None:
    assert read("2024年某县政府工作报告\n").kind is ReportKind.WORK_REPORT
    assert read("某县2024年法治政府建设年度报告\n").kind is ReportKind.RULE_OF_LAW
    assert read("某县2024年国民经济和社会发展统计公报\n").kind is ReportKind.BULLETIN
    assert read("关于某县2024年预算执行情况的报告\n").kind is ReportKind.OTHER


def test_only_the_files_name_says_anything() -> None:
    metadata = read("这里什么也没有说。" * 20, stem="山南地区-2015")
    assert metadata.region is not None
    assert (metadata.region.code, metadata.year) == ("542200", 2015)
    assert metadata.title == "山南地区-2015"


def test_nothing_is_known() -> None:
    metadata = read("这里什么也没有说。" * 20, stem="000_10ab")
    assert (metadata.region, metadata.year, metadata.issuer, metadata.date) == (None, None, "", "")


def test_a_manifest_overrides() -> None:
    before = read("林周县2023年度法治政府建设情况报告\n")
    after = override(before, {"region": "昌都市卡若区", "year": "2022", "kind": "other"})
    assert after.region is not None
    assert (after.region.code, after.issuer) == ("540302", "卡若区人民政府")
    assert (after.year, after.kind, after.title) == (2022, ReportKind.OTHER, before.title)
    invented = override(before, {"region": "云岭县"})
    assert invented.region == Region(name="云岭县", code="")


def test_governments() -> None:
    assert government_of(COUNTRY) == "国务院"
    assert government_of(Region(name="喀什地区", code="653100")) == "喀什地区行政公署"
    assert government_of(Region(name="某某开发区", code="")) == "某某开发区管理委员会"


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_text_gives_metadata(text: str, stem: str) -> None:
    metadata = read(text, stem)
    assert metadata.year is None or 1949 <= metadata.year <= 2099
    assert "\n" not in metadata.title or not text.strip()


LINES = st.sampled_from([line for _, text in cases() for line in text.split("\n")])


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_any_mixture_of_lines_gives_metadata(text: str) -> None:
    metadata = read(text)
    if metadata.region is not None and metadata.region.code:
        assert len(metadata.region.code) == 6


def test_a_title_has_no_line_break_whatever_the_file_is_called() -> None:
    assert read(">", "\n").title == ""
    assert read(">", "云溪县\n2025").title == "云溪县 2025"
