"""The page that asks: answer and passages in the page's HTML, filters, languages, problems."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search_api.engine import Engine
from search_api.web.app import create_app

HTML = {"accept": "text/html"}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine), headers=HTML) as opened:
        yield opened


def page(client: TestClient, status: int = 200, **values: str | int) -> LexborHTMLParser:
    response = client.get("/", params=values)
    assert response.status_code == status
    return LexborHTMLParser(response.text)


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = tree.css(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def values_of(link: LexborNode) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link.attributes["href"] or "").query)


def test_a_figure_stands_large_above_its_marked_sentence(client: TestClient) -> None:
    tree = page(client, q="云溪县调整充实了多少个人民调解组织的调解员")
    assert texts(tree, ".answer .figure") == ["31个"]
    assert texts(tree, ".answer blockquote") == ["全年调整充实了31个人民调解组织的调解员。"]
    assert texts(tree, ".answer mark") == ["31个"]
    assert texts(tree, ".answer .path") == ["一、工作开展情况 › （一）健全调解网络"]
    cited = one(tree, ".answer .cited")
    assert cited.text() == "云溪县 · 2025年"
    copied = one(tree, ".answer button[data-copy]").attributes["data-copy"] or ""
    assert "《云溪县2025年法治政府建设年度报告》，“一、工作开展情况 › （一）健全调解网络”" in copied
    assert "，第39–59字：“全年调整充实了31个人民调解组织的调解员。”" in copied
    # Before it: the title (18 characters and a line end), 一、工作开展情况 (8), （一）健全调解网络 (9).
    assert cited.attributes["href"] == (
        f"/reports/{quote('云溪县-2025')}?start=38&end=59"
        f"&q={quote('云溪县调整充实了多少个人民调解组织的调解员')}#mark"
    )


def test_words_of_the_question_are_marked_in_passages(client: TestClient) -> None:
    tree = page(client, q="流动调解室", mode="lexical")
    first = tree.css(".hits > li")[0]
    assert "".join(node.text() for node in first.css("mark")).count("流动调解室") == 1


def test_passages_say_how_many_and_can_be_more(client: TestClient) -> None:
    assert tree_count(page(client, q="调解", top_k=2)) == 2
    more = one(page(client, q="调解", top_k=2), ".passages > p > a.button")
    assert values_of(more)["top_k"] == ["22"]
    # What is no number of passages is the usual number.
    assert tree_count(page(client, q="调解", top_k="many")) > 2


def tree_count(tree: LexborHTMLParser) -> int:
    return len(tree.css(".hits > li"))


def test_filters_count_the_reports_that_they_leave(client: TestClient) -> None:
    tree = page(client, q="调解", region="石桥县")
    counted = {
        " ".join(link.text().split()): values_of(link) for link in tree.css(".panel a:has(.count)")
    }
    # All places beside the one chosen; years and kinds of 石桥县 only.
    assert counted["石桥县 2"] == {"q": ["调解"], "region": ["石桥县"]}
    assert counted["云溪县 1"] == {"q": ["调解"], "region": ["云溪县"]}
    assert counted["2025 1"] == {"q": ["调解"], "region": ["石桥县"], "year": ["2025"]}
    assert counted["2024 1"]["year"] == ["2024"]
    assert counted["政府工作报告 1"]["kind"] == ["work_report"]
    assert counted["法治政府建设报告 1"]["kind"] == ["rule_of_law"]
    chip = one(tree, ".facets > .chip")
    assert values_of(chip) == {"q": ["调解"]}


def test_filters_shut_other_reports_out(client: TestClient) -> None:
    tree = page(client, q="人民调解组织", region="云溪县", year="２０２５", kind="rule_of_law")
    assert set(texts(tree, ".hits .cited")) == {"云溪县 · 2025年"}
    tree = page(client, q="增长", kind="work_report")
    assert set(texts(tree, ".hits .cited")) == {"石桥县 · 2024年"}


def test_filters_travel_with_the_next_question(client: TestClient) -> None:
    tree = page(client, q="调解", region="石桥县", year="2025", mode="dense")
    hidden = {
        node.attributes["name"]: node.attributes["value"]
        for node in tree.css("form.ask input[type=hidden]")
    }
    assert hidden == {"region": "石桥县", "year": "2025", "mode": "dense"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"region": "云西县"}, "没有收录“云西县”的报告。"),
        ({"year": "1999"}, "没有收录 1999 年的报告。"),
        ({"year": "去年"}, "“去年”不是年份"),
        ({"kind": "诗歌"}, "没有“诗歌”这种类型"),
        ({"mode": "magic"}, "没有“magic”这种方式"),
    ],
)
def test_a_filter_that_fits_nothing_is_named(
    client: TestClient, values: dict[str, str], said: str
) -> None:
    tree = page(client, 422, q="调解", **values)
    assert said in one(tree, "[role=alert]").text()
    # The question is kept, and there is a way out.
    assert one(tree, "#q").attributes["value"] == "调解"
    assert values_of(one(tree, "[role=alert] a.button")) == {"q": ["调解"]}


def test_the_nearest_place_is_offered(client: TestClient) -> None:
    tree = page(client, 422, q="调解", region="云西县")
    nearest = tree.css("[role=alert] .chip")[0]
    assert values_of(nearest) == {"q": ["调解"], "region": ["云溪县"]}


def test_a_question_without_words_or_too_long_is_refused(client: TestClient) -> None:
    assert "问题要有字词" in one(page(client, 422, q="？！"), "[role=alert]").text()
    long = one(page(client, 422, q="调" * 2001), "[role=alert]").text()
    assert "不超过 2000 字（现有 2001 字）" in long


def test_what_the_reports_dont_say_is_said(client: TestClient) -> None:
    tree = page(client, q="石桥县2024年引进了多少名博士")
    assert texts(tree, ".refused h2") == ["报告中没有说明"]
    assert "石桥县2024年政府工作报告" in one(tree, ".refused").text()
    assert tree.css(".figure") == []
    assert tree_count(tree) > 0
    assert "最接近的段落" in texts(tree, "#passages")[0]


def test_several_reports_are_listed_each(client: TestClient) -> None:
    tree = page(client, q="调整充实了多少个人民调解组织的调解员")
    assert sorted(texts(tree, ".findings li .where strong")) == ["云溪县", "石桥县"]


def test_an_answer_that_breaks_leaves_the_passages(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> object:
        raise RuntimeError("a defect")

    monkeypatch.setattr("search_api.web.pages.search_page.ask", broken)
    tree = page(client, q="人民调解组织")
    assert "回答时出错" in one(tree, ".answer .problem").text()
    assert tree_count(tree) > 0
    assert "a defect" not in tree.text()
    assert "a defect" in caplog.text


def test_text_of_reports_and_people_is_never_markup(client: TestClient) -> None:
    for asked in (
        "法治宣传形式单一",
        '"><img src=x onerror=alert(1)>法治',
        "<script>alert(1)</script>",
    ):
        response = client.get("/", params={"q": asked})
        tree = LexborHTMLParser(response.text)
        assert {node.attributes.get("src") for node in tree.css("script")} == {
            "/static/common.js",
            "/static/search.js",
        }
        assert tree.css("img") == []
        assert [
            name for node in tree.css("*") for name in node.attributes if name.startswith("on")
        ] == []
        assert "<script>alert(1)</script>" in tree.text()


def test_the_policy_allows_our_own_files_only(client: TestClient) -> None:
    for path in ("/", "/?q=调解", f"/reports/{quote('云溪县-2025')}"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy


def test_english_by_switch_and_kept(client: TestClient) -> None:
    assert one(page(client), "html").attributes["lang"] == "zh-CN"
    switch = one(page(client, q="调解", year="2025"), "a.language")
    assert values_of(switch) == {"q": ["调解"], "year": ["2025"], "lang": ["en"]}
    assert one(page(client, q="调解", lang="en"), "html").attributes["lang"] == "en"
    tree = page(client, q="调解")
    assert one(tree, "html").attributes["lang"] == "en"
    assert one(tree, "form.ask button").text() == "Search"
    # The text of reports is Chinese all the same.
    assert one(tree, ".hits > li:first-child blockquote").attributes["lang"] == "zh"
    assert one(page(client, lang="zh"), "html").attributes["lang"] == "zh-CN"
    assert client.get("/?q=调解").headers["vary"] == "Cookie, Accept"
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    assert one(page(client, lang="xx"), "html").attributes["lang"] == "zh-CN"


def test_the_start_page_offers_questions_that_are_answered(client: TestClient) -> None:
    tree = page(client)
    assert "已收录 3 份报告，2 个地区" in tree.text()
    questions = tree.css(".questions a")
    assert questions
    for link in questions:
        answered = LexborHTMLParser(client.get(link.attributes["href"] or "").text)
        assert answered.css(".answer .cited")


def test_the_head_of_a_page_is_sent_before_the_answer(client: TestClient) -> None:
    with client.stream("GET", "/", params={"q": "人民调解组织"}) as response:
        parts = list(response.iter_raw())
    assert len(parts) == 2
    assert b'class="looking"' in parts[0]
    assert b'class="answer' not in parts[0]
    assert b"flush" not in b"".join(parts)


def test_browsers_get_a_page_for_what_is_not_there(client: TestClient) -> None:
    response = client.get("/reports/nothing")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "没有这个页面或这份报告" in response.text
    assert client.get("/api/reports/nothing").headers["content-type"] == "application/problem+json"
    # Programs that don't ask for a page get problem details everywhere.
    plain = client.get("/reports/nothing", headers={"accept": "*/*"})
    assert plain.headers["content-type"] == "application/problem+json"


def test_each_report_of_several_has_its_figure(client: TestClient) -> None:
    tree = page(client, q="调整充实了多少个人民调解组织的调解员")
    assert sorted(texts(tree, ".findings .value")) == ["31个", "77个"]
    assert tree.css(".answer .figure") == []
    assert any("没有指明地区" in each for each in texts(tree, ".answer .notice"))


def test_a_page_that_breaks_off_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> object:
        raise RuntimeError("a defect")

    monkeypatch.setattr("search_api.web.pages.search_page._outcome", broken)
    response = client.get("/", params={"q": "人民调解组织"})
    tree = LexborHTMLParser(response.text)
    assert "出现意外错误" in one(tree, ".broken[role=alert]").text()
    assert response.text.rstrip().endswith("</html>")
    assert "a defect" not in response.text
    assert "a defect" in caplog.text


def test_without_passages_by_words_the_other_way_is_offered(client: TestClient) -> None:
    tree = page(client, q="量子计算", mode="lexical")
    assert tree_count(tree) == 0
    assert values_of(one(tree, ".passages > p > a")) == {"q": ["量子计算"]}
    # The mode is seen, and can be taken off.
    chip = one(tree, ".facets > .chip")
    assert "按字词" in chip.text()
    assert values_of(chip) == {"q": ["量子计算"]}
