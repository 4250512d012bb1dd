"""The page that compares: the form, the table, the wording, the outlines, files, problems, hostile text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import openpyxl
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.comparing.table import comparison as table_module
from search_api.comparing.table.topic_examples import example_topics
from search_api.engine import Engine
from search_api.questions.question import Language
from search_api.web import comparisons as comparisons_module
from search_api.web.app import create_app
from search_api.web.facets import Place
from search_api.web.pages import compare_asked, compare_form, compare_page, compare_shown
from tests.search_api.comparing.compare_reports import (
    ALL,
    CHENGXI,
    LUMING,
    SHIBU,
    SHUANGLING,
    SHUANGLING_BEFORE,
    WEITANG,
    ZHUYU,
    opened,
)
from tests.search_api.support import HashEncoder, write_reports

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e颠倒&amp;'


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the invented reports. Not to be changed."""
    with opened(tmp_path_factory.mktemp("towns")) as engine:
        yield engine


@pytest.fixture(scope="module")
def client(towns: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=towns), raise_server_exceptions=False) as made:
        yield made


def fetched(client: TestClient, path: str = "/compare", **asked: Any) -> Response:
    """The page of an address; `first` is its `from`, which Python keeps for itself."""
    if "first" in asked:
        asked["from"] = asked.pop("first")
    return client.get(path, params=asked, headers={"Accept": "text/html"})


def page(client: TestClient, *, status: int = 200, **asked: Any) -> LexborHTMLParser:
    response = fetched(client, **asked)
    assert response.status_code == status, response.text
    return LexborHTMLParser(response.text)


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def values(tree: LexborHTMLParser, selector: str, name: str = "value") -> list[str]:
    return [node.attributes[name] or "" for node in tree.css(selector)]


def only(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (found,) = tree.css(selector)
    return found


def rows(tree: LexborHTMLParser) -> list[str]:
    """The reports of the table, in its order."""
    return values(tree, "table.reports tbody input[name=report]")


def query(link: str) -> Mapping[str, Sequence[str]]:
    return parse_qs(urlsplit(link).query)


def test_without_a_topic_there_are_topics_to_try(client: TestClient, towns: Engine) -> None:
    tree = page(client)
    examples = texts(tree, ".chips a")
    assert examples == list(example_topics(towns, Language.ZH))
    for link, topic in zip(values(tree, ".chips a", "href"), examples, strict=True):
        assert query(link) == {"topic": [topic]}
    assert tree.css("table") == []


def test_the_form_offers_what_there_is(client: TestClient) -> None:
    tree = page(client)
    assert values(tree, "#from option") == ["", "2024", "2025"]
    assert values(tree, "#to option") == ["", "2025", "2024"]
    # Six counties' reports and a city's; no province, no national report.
    assert values(tree, "#kind option") == ["", "city", "county", "work_report"]
    assert sorted(values(tree, "input[name=report]")) == sorted(ALL)
    assert "霜岭县" in values(tree, "input[name=region]")
    # The newest report of a place comes first.
    reports = values(tree, "input[name=report]")
    assert reports.index(SHUANGLING) < reports.index(SHUANGLING_BEFORE)


def test_a_row_for_each_report_with_figure_sentence_and_link(
    client: TestClient, towns: Engine
) -> None:
    tree = page(client, topic="茶叶产量")
    assert rows(tree) == list(ALL)
    assert texts(tree, ".coverage") == ["7份报告，3份说明，4份未说明"]
    (line,) = [
        row
        for row in tree.css("table.reports tbody tr")
        if only(row, "input").attributes["value"] == SHUANGLING
    ]
    assert texts(line, ".value") == ["3.2万吨"]
    assert texts(line, ".quote .said") == ["3.2万吨"]
    (link,) = line.css("cite a")
    path, start, end = (
        urlsplit(link.attributes["href"] or "").path,
        *(query(link.attributes["href"] or "")[name][0] for name in ("start", "end")),
    )
    assert unquote(path) == f"/reports/{SHUANGLING}"
    quoted = towns.text(SHUANGLING)[int(start) : int(end)]
    assert only(line, ".quote").text() == quoted
    assert "3.2万吨" in quoted
    marked = LexborHTMLParser(client.get(link.attributes["href"] or "").text)
    assert "".join(node.text() for node in marked.css("mark")) == quoted


def test_a_report_that_says_nothing_is_plain_to_see(client: TestClient) -> None:
    tree = page(client, topic="茶叶产量")
    silent_rows = tree.css("tr.silent")
    assert [only(row, "input").attributes["value"] for row in silent_rows] == [
        CHENGXI,
        SHIBU,
        ZHUYU,
        LUMING,
    ]
    assert {text for row in silent_rows for text in texts(row, ".absent")} == {"未说明"}
    said = ("只写了其他时间的数据", "报告没有说明", "只写了其他时间的数据", "只写了其他时间的数据")
    for row, reason in zip(silent_rows, said, strict=True):
        assert reason in row.text()


def test_sorted_by_the_head_of_the_column(client: TestClient) -> None:
    def head(tree: LexborHTMLParser) -> LexborNode:
        return only(tree, "thead th:has(a)")

    chosen = page(client, topic="茶叶产量")
    assert "aria-sort" not in head(chosen).attributes
    link = only(head(chosen), "a").attributes["href"] or ""
    assert query(link) == {"topic": ["茶叶产量"], "sort": ["highest"]}
    highest = LexborHTMLParser(client.get(link).text)
    assert head(highest).attributes["aria-sort"] == "descending"
    link = only(head(highest), "a").attributes["href"] or ""
    assert query(link)["sort"] == ["lowest"]
    lowest = LexborHTMLParser(client.get(link).text)
    assert head(lowest).attributes["aria-sort"] == "ascending"
    # Those without a figure come last both ways, as they were.
    assert rows(highest)[3:] == rows(lowest)[3:] == [CHENGXI, SHIBU, ZHUYU, LUMING]
    assert rows(highest)[:3] == rows(lowest)[:3][::-1]
    assert set(rows(highest)[:3]) == {WEITANG, SHUANGLING_BEFORE, SHUANGLING}


def test_the_choice_is_of_the_address_and_stays_in_the_form(client: TestClient) -> None:
    tree = page(client, topic="茶叶产量", region=["霜岭县", "苇塘县"], first="2025", to="2025")
    assert rows(tree) == [SHUANGLING, WEITANG]
    assert values(tree, "input[name=region][checked]") == ["苇塘县", "霜岭县"]
    assert values(tree, "#from option[selected]") == ["2025"]
    assert values(tree, "#topic") == ["茶叶产量"]
    assert rows(page(client, topic="茶叶产量", kind="city")) == [CHENGXI]
    two = page(client, topic="茶叶产量", report=[SHUANGLING, SHUANGLING_BEFORE])
    assert rows(two) == [SHUANGLING, SHUANGLING_BEFORE]
    assert len(two.css(".choose input[name=report][checked]")) == 2


def test_a_place_over_the_years_is_a_line(client: TestClient) -> None:
    tree = page(client, topic="茶叶产量", region="霜岭县")
    assert [node.attributes["class"] for node in tree.css("figure svg")] == ["wide", "narrow"]
    assert len(tree.css("svg.wide polyline")) == 1
    assert texts(tree, "svg.wide title")[0] == "茶叶产量：历年数值"


def test_years_without_a_report_are_told_of_where_they_were_named(client: TestClient) -> None:
    tree = page(client, topic="茶叶产量", region="霜岭县", first="2022", to="2025")
    assert rows(tree) == [SHUANGLING_BEFORE, SHUANGLING]
    assert texts(tree, ".notices li") == ["没有收录2022-2023年的报告。"]
    open_end = page(client, topic="茶叶产量", region="苇塘县", first="2024")
    assert rows(open_end) == [WEITANG]
    assert texts(open_end, ".notices li") == ["只选了一份报告，没有可比较的对象。"]


def test_a_plot_of_very_many_reports_is_folded(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page(client, topic="茶叶产量").css("details.plot") == []
    monkeypatch.setattr(compare_page, "PLOT_ROWS", 6)
    assert len(page(client, topic="茶叶产量").css("details.plot svg")) == 2


def test_the_page_speaks_its_language_whatever_the_topic_is_in(client: TestClient) -> None:
    tree = page(client, topic="茶叶产量", lang="en")
    assert texts(tree, ".coverage") == ["7 reports, 3 state it, 4 don’t"]
    assert texts(tree, "table.reports thead th")[2] == "Quote"
    assert set(texts(tree, "tr.silent td > bdi")) == {
        "Not stated in the report.",
        "Only stated for another time.",
    }
    assert texts(tree, "svg.wide title")[0] == "茶叶产量: The figures of the reports"
    assert all(node.attributes["lang"] == "zh" for node in tree.css(".quote"))
    file = fetched(client, "/compare/export", topic="茶叶产量", lang="en", format="html")
    assert "7份报告，3份说明，4份未说明" in file.text
    client.cookies.clear()


def test_the_figure_is_the_one_mark_and_differing_words_are_underlined(client: TestClient) -> None:
    tree = page(client, topic="茶叶产量")
    marks = texts(tree, ".reports td mark")
    assert len(marks) == 3
    for mark, value in zip(marks, texts(tree, ".reports .value"), strict=True):
        assert value in mark
    assert tree.css(".reports.with-wording") == []
    assert texts(tree, "caption")[0].startswith("加底色的是数值。加下划线的词语")
    assert len(page(client, topic="茶叶产量", wording="1").css(".reports.with-wording")) == 1


def test_an_english_topic_without_an_official_term_is_told_of(client: TestClient) -> None:
    told = texts(page(client, topic="tea making"), ".notices li")
    assert told[0].startswith("英文主题中没有可识别的官方术语")
    told = texts(page(client, topic="tea making", lang="en"), ".notices li")
    assert told[0].startswith("No official term was recognised")
    assert texts(page(client, topic="forest coverage", lang="en"), ".notices li") == []
    assert texts(page(client, topic="茶叶产量", lang="en"), ".notices li") == []
    client.cookies.clear()


def test_a_long_paste_reaches_the_server_whole(client: TestClient) -> None:
    (box,) = page(client).css("#topic")
    assert "maxlength" not in box.attributes


def test_a_reason_in_another_language_is_marked_as_such(client: TestClient) -> None:
    tree = page(client, topic="1998年茶叶产量", region="霜岭县", lang="en")
    reasons = tree.css("tr.silent td > bdi")
    assert len(reasons) == 2
    for reason in reasons:
        assert "1998" in reason.text()
        assert reason.attributes["lang"] == "zh"
    client.cookies.clear()


def test_wording_is_shown_where_it_is_asked_for(client: TestClient) -> None:
    assert page(client, topic="古桥修缮").css(".wording") == []
    tree = page(client, topic="古桥修缮", wording="1")
    assert texts(tree, ".wording h2") == ["措辞"]
    links = values(tree, ".wording cite a", "href")
    assert links
    assert all(link.startswith("/reports/") and link.endswith("#mark") for link in links)


def test_long_lists_of_wording_are_cut_and_the_rest_counted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = page(client, topic="古桥修缮", wording="1")
    cards = len(whole.css(".wording li, .wording .card"))
    monkeypatch.setattr(compare_shown.shortened, "__defaults__", (0,))
    tree = page(client, topic="古桥修缮", wording="1")
    assert cards > 0
    assert tree.css(".wording li, .wording .card") == []
    assert "未显示" in texts(tree, ".wording p.soft")[-1]


def test_too_many_sentences_for_wording_leave_the_table(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_api.comparing.wording.wording_comparison.MOST_SENTENCES", 0)
    tree = page(client, topic="游船码头", wording="1")
    assert rows(tree) == list(ALL)
    assert "相关句子太多" in texts(tree, "[role=alert]")[0]


@pytest.mark.parametrize("format", ["xlsx", "csv", "html", "md"])
def test_files_of_the_same_address(client: TestClient, format: str) -> None:
    asked: dict[str, Any] = {
        "topic": "茶叶产量",
        "sort": "highest",
        "region": ["霜岭县", "苇塘县"],
    }
    links = values(page(client, **asked), ".exports a", "href")
    (link,) = [each for each in links if query(each).get("format") == [format]]
    assert query(link)["region"] == asked["region"]
    file = client.get(link)
    assert file.status_code == 200
    name = quote(f"茶叶产量.{format}", safe="")
    assert file.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(file.content))
        found = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
        assert {WEITANG, SHUANGLING, SHUANGLING_BEFORE} <= found
    else:
        assert "3.2万吨" in file.content.decode("utf-8-sig")
    if format == "html":
        assert "script-src" not in file.headers["content-security-policy"]
        assert "style-src 'unsafe-inline'" in file.headers["content-security-policy"]


def test_files_have_the_wording_where_it_was_asked_for(client: TestClient) -> None:
    asked = {"topic": "古桥修缮", "wording": "1"}
    assert "## 措辞" in fetched(client, "/compare/export", format="md", **asked).text
    assert "## 措辞" not in fetched(client, "/compare/export", format="md", topic="古桥修缮").text
    assert fetched(client, "/compare/export", format="csv", **asked).status_code == 200


def test_the_name_of_a_file_can_be_kept_anywhere(client: TestClient) -> None:
    file = fetched(client, "/compare/export", topic='茶叶/产量:"\u202e高低"', format="csv")
    name = unquote(file.headers["content-disposition"].partition("''")[2])
    assert name == "茶叶 产量 高低.csv"


def test_outlines_of_two_reports(client: TestClient) -> None:
    two = [SHUANGLING_BEFORE, SHUANGLING]
    tree = page(client, view="outline", report=two)
    assert texts(tree, "table.outlines thead th") == ["霜岭县 2024", "对应", "霜岭县 2025"]
    first = tree.css("table.outlines tbody tr")[0]
    assert texts(first, "td") == ["一、2023年工作回顾", "对应", "一、2024年工作回顾"]
    links = [node.attributes["href"] or "" for node in first.css("a")]
    assert [unquote(urlsplit(link).path) for link in links] == [f"/reports/{each}" for each in two]
    # The order in which they were chosen is left and right.
    other = page(client, view="outline", report=two[::-1])
    assert texts(other, "table.outlines thead th")[0] == "霜岭县 2025"
    for link in values(tree, ".exports a", "href"):
        file = client.get(link)
        assert file.status_code == 200
        assert "2023年工作回顾" in file.text
    assert (
        fetched(client, "/compare/export", view="outline", report=two, format="xlsx").status_code
        == 422
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"topic": ""}, "请输入主题"),
        ({"topic": "  "}, "请输入主题"),
        ({"topic": "？！"}, "请输入主题"),
        ({"topic": "茶" * 2001}, "最多 2000 个字"),
        ({"topic": "茶叶产量", "region": "云溪县"}, "没有收录“云溪县”的报告"),
        ({"topic": "茶叶产量", "first": "1999", "to": "2001"}, "没有这些年份的报告"),
        ({"topic": "茶叶产量", "first": "2025", "to": "2024"}, "起始年份不晚于结束年份"),
        ({"topic": "茶叶产量", "first": "去年"}, "起始年份不晚于结束年份"),
        ({"topic": "茶叶产量", "first": "2024", "to": "20255"}, "起始年份不晚于结束年份"),
        ({"topic": "茶叶产量", "report": "霜岭县-1999"}, "没有收录编号为“霜岭县-1999”的报告"),
        ({"topic": "茶叶产量", "kind": "bulletin"}, "没有这一类"),
        ({"topic": "茶叶产量", "kind": "nonsense"}, "“范围”中没有“nonsense”这一项"),
        ({"topic": "茶叶产量", "report": SHIBU, "region": "霜岭县"}, "同时符合全部条件"),
        ({"topic": "茶叶产量", "report": SHIBU, "wording": "1"}, "至少需要两份报告"),
        ({"view": "outline", "report": SHIBU}, "恰好两份报告"),
        ({"topic": "茶叶产量", "sort": "sideways"}, "“排序”中没有“sideways”这一项"),
        (
            {"topic": "茶叶产量", "view": "sideways"},
            "view 只能是 table 或 outline，不能是“sideways”",
        ),
    ],
)
def test_what_is_wrong_is_told_and_the_form_keeps_what_was_typed(
    client: TestClient, asked: dict[str, str], told: str
) -> None:
    tree = page(client, status=422, **asked)
    (alert,) = tree.css("[role=alert]")
    assert told in " ".join(alert.text().split())
    assert tree.css("table") == []
    if "topic" in asked:
        assert values(tree, "#topic") == [asked["topic"].strip()]
    for name, selector in (
        ("region", "input[name=region][checked]"),
        ("report", "input[name=report][checked]"),
        ("first", "#from option[selected]"),
        ("kind", "#kind option[selected]"),
    ):
        if name in asked:
            assert values(tree, selector) == [asked[name]]
    # A file can't be had of it either.
    assert fetched(client, "/compare/export", format="csv", **asked).status_code in (404, 422)


def test_the_nearest_names_are_offered(client: TestClient) -> None:
    tree = page(client, status=422, topic="茶叶产量", region="霜林县")
    links = values(tree, "[role=alert] a.chip", "href")
    assert {"topic": ["茶叶产量"], "region": ["霜岭县"]} in [query(link) for link in links]


def test_too_many_reports_are_not_compared_while_people_wait(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_asked, "MOST_REPORTS", 6)
    monkeypatch.setattr(compare_page, "MOST_REPORTS", 6)
    tree = page(client, status=422, topic="茶叶产量")
    assert "符合条件的报告有 7 份，一次最多对比 6 份" in texts(tree, "[role=alert]")[0]
    assert rows(page(client, topic="茶叶产量", region="霜岭县")) == [SHUANGLING_BEFORE, SHUANGLING]


def test_long_lists_of_reports_are_cut_and_chosen_ones_stay(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_form, "MOST_LISTED", 2)
    tree = page(client, report=LUMING)
    assert values(tree, "input[name=report]") == [LUMING, CHENGXI, SHIBU]
    assert "另有 4 份未列出" in texts(tree, ".wide-panel p.soft")[0]
    fitting = page(client, region="霜岭县")
    assert values(fitting, "input[name=report]") == [SHUANGLING, SHUANGLING_BEFORE]


def test_places_of_a_whole_country_are_opened_where_one_is_chosen() -> None:
    def place(name: str, *parts: Place) -> Place:
        return Place(name, name, 1, parts)

    tree = (
        place("东省", place("甲市", place("乙县")), place("丙市", place("丁县"))),
        place("西省", place("戊市")),
    )
    assert compare_form.pruned(tree, ["乙县"]) == (
        place("东省", place("甲市", place("乙县")), place("丙市")),
        place("西省"),
    )
    assert compare_form.pruned(tree, []) == (place("东省"), place("西省"))


def test_the_country_is_a_level_and_no_place_that_holds_all_others(tmp_path: Path) -> None:
    def report(region: str, year: int) -> dict[str, str | int]:
        title = f"{year}年政府工作报告"
        text = f"{title}\n一、{year - 1}年工作回顾\n粮食产量达到{year - 2000}万吨。\n"
        return {
            "report_id": f"{region}-{year}",
            "title": title,
            "region": region,
            "year": year,
            "text": text,
        }

    table = write_reports(
        tmp_path, [report("全国", 2024), report("全国", 2025), report("河北省", 2025)]
    )
    build.add([table], tmp_path / "index", HashEncoder(), EncoderSettings(), silent)
    with (
        Engine(Index.open(tmp_path / "index"), HashEncoder, load_gazetteer()) as engine,
        TestClient(create_app(engine=engine)) as client,
    ):
        tree = page(client, topic="粮食产量", kind="national")
        assert rows(tree) == ["全国-2024", "全国-2025"]
        assert values(tree, "input[name=region]") == ["河北省"]
        assert values(tree, "#kind option") == ["", "national", "provincial", "work_report"]


def test_a_failure_is_told_and_logged(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("secret /etc/path")

    monkeypatch.setattr(comparisons_module, "compare", broken)
    response = fetched(client, topic="从未问过的产量")
    assert "对比时出错" in response.text
    assert "secret" not in response.text
    assert "从未问过的产量" in caplog.text


def test_sorting_and_files_do_not_compare_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(engine: Engine, topic: str, *args: Any) -> Any:
        made.append(topic)
        return table_module.compare(engine, topic, *args)

    monkeypatch.setattr(comparisons_module, "compare", counted)
    every: list[dict[str, Any]] = [{}, {"sort": "highest"}, {"lang": "en"}]
    for asked in every:
        page(client, topic="莲藕产量", **asked)
    fetched(client, "/compare/export", topic="莲藕产量", format="csv")
    assert made == ["莲藕产量"]
    page(client, topic="莲藕产量", region="霜岭县")
    assert made == ["莲藕产量", "莲藕产量"]
    client.cookies.clear()


def test_hostile_reports_are_text(tmp_path: Path) -> None:
    def report(name: str, year: int, figure: int) -> dict[str, str | int]:
        title = f"{EVIL}{name}"
        return {
            "report_id": f'{name}"><script>{year}',
            "title": title,
            "region": f"{name}<img src=x onerror=alert(3)>县",
            "year": year,
            "text": f"{title}\n一、{EVIL}回顾\n松露产量达到{figure}吨，{EVIL}。\n（一）{EVIL}\n松露种植扩大{EVIL}。\n",
        }

    table = write_reports(
        tmp_path, [report("甲", 2024, 12), report("甲", 2025, 15), report("乙", 2025, 9)]
    )
    build.add([table], tmp_path / "index", HashEncoder(), EncoderSettings(), silent)
    with (
        Engine(Index.open(tmp_path / "index"), HashEncoder, load_gazetteer()) as engine,
        TestClient(create_app(engine=engine)) as client,
    ):
        ids = [info.report_id for info in engine.reports()]
        for asked in (
            {},
            {"topic": "松露产量", "wording": "1"},
            {"topic": "松露种植", "wording": "1"},
            {"topic": "松露产量", "region": EVIL},
            {"topic": "松露产量", "report": EVIL},
            {"topic": EVIL, "kind": EVIL, "from": EVIL, "sort": EVIL, "view": EVIL},
            {"view": "outline", "report": ids[:2]},
        ):
            response = client.get("/compare", params=asked, headers={"Accept": "text/html"})
            tree = LexborHTMLParser(response.text)
            assert {node.attributes.get("src") for node in tree.css("script")} == {
                "/static/common.js",
                "/static/compare.js",
            }
            assert tree.css("img, iframe, [onerror], [style]") == []
            # What is read from right to left ends with the element it is in.
            for node in tree.css("main a, main label, main legend, main td, main th, main li"):
                own = [each for each in node.iter(include_text=True) if each.tag == "-text"]
                assert all("\u202e" not in (each.text() or "") for each in own)
        said = LexborHTMLParser(client.get("/compare", params={"topic": "松露产量"}).text)
        assert any(EVIL in node.text() for node in said.css("td > .quote"))


def test_an_empty_index_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = write_reports(tmp_path)
    data = tmp_path / "index"
    build.add([table], data, HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(data), HashEncoder, load_gazetteer()) as engine:
        build.remove([info.report_id for info in engine.reports()], data)
    with (
        Engine(Index.open(data), HashEncoder, load_gazetteer()) as engine,
        TestClient(create_app(engine=engine), raise_server_exceptions=False) as client,
    ):
        assert "还没有收录任何报告" in fetched(client).text
        tree = page(client, status=422, topic="茶叶产量")
        assert "同时符合全部条件" in texts(tree, "[role=alert]")[0]
