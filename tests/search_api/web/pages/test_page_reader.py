"""The page that shows a report: what it marks, links, offers and refuses; hostile text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from search_api.shapes.citation_shapes import reader_link
from search_api.web.app import create_app
from tests.search_api.support import HashEncoder, write_reports

ODD_ID = "石桥县/2025 甲.乙"


HOSTILE_ID = "乱码县-2025"


HOSTILE = (
    "乱码县2025年<b>法治</b>政府建设\u202e年度报告\n"
    '一、工作"><img src=x onerror=alert(1)>\n'
    "全年办理<script>alert(1)</script>案件5件，见[链接](javascript:alert(2))和**粗体**。\n"
    "二、\u202e倒着写\u2067的标题\n"
    "𠮷县有𠮷字，共\u202e3件\u2067。\n"
    "附件：名词解释\n"
    '办件："><b onmouseover=alert(3)>指\u202e办理的件。\n'
)


REPORTS: list[dict[str, str | int]] = [
    {
        "report_id": HOSTILE_ID,
        "title": '<b>乱码县</b>"><script>alert(4)</script>\u202e报告',
        "region": "乱码县",
        "year": 2025,
        "url": "javascript:alert(5)",
        "text": HOSTILE,
    },
    {
        "report_id": "网址县-2025",
        "title": "网址县2025年法治政府建设年度报告",
        "region": "网址县",
        "year": 2025,
        "date": "2026-01-10",
        "issuer": "网址县人民政府",
        "url": "https://example.gov.cn/a?b=1&c=2",
        "text": (
            "首页\n打印\n网址县2025年法治政府建设年度报告\n一、总体情况\n全年办结案件12件。\n"
        ),
    },
]


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine)) as opened:
        yield opened


@pytest.fixture(scope="module")
def other_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data") / "index"
    table = write_reports(tmp_path_factory.mktemp("reports"), REPORTS)
    build.add([table], data, HashEncoder(), EncoderSettings(), silent)
    return data


@pytest.fixture
def other(other_data: Path) -> Iterator[TestClient]:
    """A service with a hostile report, and with one that has an address."""
    with (
        Engine(Index.open(other_data), HashEncoder, load_gazetteer()) as opened,
        TestClient(create_app(engine=opened)) as client,
    ):
        yield client


class Reading(HTMLParser):
    """What a browser makes of a page: tags, the text of each block and of the mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[int, str] = {}
        self.marked = ""
        self._block: tuple[str, int] | None = None
        self._marks = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        start = values.get("data-start")
        if start is not None:
            assert self._block is None  # no block in a block
            self._block = (tag, int(start))
            self.blocks[int(start)] = ""
        self._marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        if self._block is not None and tag == self._block[0]:
            self._block = None
        self._marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self.blocks[self._block[1]] += data
            if self._marks:
                self.marked += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The attributes of the tags that have these values."""
        return [
            values
            for name, values in self.tags
            if name == tag and all(values.get(key) == value for key, value in wanted.items())
        ]


def read(client: TestClient, report_id: str, **values: str | int) -> Reading:
    response = client.get(reader_link(report_id), params=values)
    assert response.status_code == 200
    return Reading(response.text)


def test_the_page_holds_the_whole_text(client: TestClient, engine: Engine) -> None:
    for info in engine.reports():
        page = read(client, info.report_id, start=3, end=30)
        text = engine.text(info.report_id)
        assert page.blocks
        for start, words in page.blocks.items():
            assert text[start : start + len(words)] == words
        shown = "".join(page.blocks.values())
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
        assert page.marked == "".join(text[3:30].split("\n"))
        assert len(page.all("mark", id="mark")) == 1


def test_marks_that_span_blocks_are_one_citation(client: TestClient, engine: Engine) -> None:
    text = engine.text(ODD_ID)
    start, end = text.index("77个"), text.index("（二）改善") + 9
    page = client.get(reader_link(ODD_ID, start, end))
    reading = Reading(page.text)
    assert len(reading.all("mark", id="mark")) == 1
    assert len(reading.all("mark")) > 1
    assert page.text.count('class="cite ') == 1
    # Below the last block that it marks.
    assert page.text.index('class="cite ') > page.text.index("改善营商环境</mark>")


def test_headings_are_headings_and_the_cited_section_is_current(
    client: TestClient, engine: Engine
) -> None:
    text = engine.text(ODD_ID)
    at = text.index("77个")
    page = client.get(reader_link(ODD_ID, at, at + 3)).text
    assert re.search(r"<h2 [^>]*>(?:<span[^>]*></span>)?一、工作开展情况</h2>", page)
    assert re.search(r"<h3 [^>]*>(?:<span[^>]*></span>)?（一）健全调解网络</h3>", page)
    current = re.findall(r'aria-current="location"[^>]*><bdi lang="zh">(.*?)</bdi>', page)
    assert current == ["（一）健全调解网络"]
    # Every link of the outline leads somewhere in the page.
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert {unquote(each) for each in re.findall(r'href="#([^"]+)"', page)} <= ids


def test_ids_are_unique(client: TestClient) -> None:
    page = client.get(reader_link(ODD_ID, 3, 40, "调解组织")).text
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_the_reader_refuses_a_span_outside_the_text(client: TestClient) -> None:
    path = reader_link("云溪县-2025")
    for values in (
        {"start": "5", "end": "5"},
        {"start": "7", "end": "5"},
        {"start": "0", "end": "1000000"},
        {"start": "-1", "end": "5"},
        {"start": "abc", "end": "5"},
        {"start": "5"},
        {"end": "5"},
        {"start": "9" * 5000, "end": "9" * 5001},
    ):
        page = client.get(path, params=values)
        assert page.status_code == 422, values
        assert 'role="alert"' in page.text
        # The report is there all the same, with nothing marked.
        assert "全年调整充实了31个人民调解组织的调解员" in page.text
        assert "<mark" not in page.text
    assert client.get("/reports/nothing").status_code == 404


def test_empty_fields_cite_nothing(client: TestClient) -> None:
    page = client.get(reader_link("云溪县-2025"), params={"start": "", "end": "", "q": ""})
    assert page.status_code == 200
    assert "<mark" not in page.text
    assert 'aria-current="location"' not in page.text


def test_the_page_speaks_english(client: TestClient) -> None:
    page = client.get(reader_link("云溪县-2025"), params={"start": 3, "end": 9, "lang": "en"}).text
    assert "Cite this passage" in page
    assert "characters 4–9" in page
    assert "引用格式" not in page


def test_a_question_offers_places_in_the_order_of_the_text(client: TestClient) -> None:
    link = reader_link("云溪县-2025", question="多少个人民调解组织")
    assert link == f"/reports/{quote('云溪县-2025')}?q={quote('多少个人民调解组织')}"
    page = Reading(client.get(link).text)
    # Without a span the best place is marked.
    assert "31个人民调解组织" in page.marked
    assert any(each.get("value") == "多少个人民调解组织" for each in page.all("input", name="q"))
    seen: list[int] = []
    following = page.all("a", id="next")
    while following:
        values = parse_qs(urlsplit(following[0]["href"] or "").query)
        assert values["q"] == ["多少个人民调解组织"]
        assert (following[0]["href"] or "").endswith("#mark")
        seen.append(int(values["start"][0]))
        assert len(seen) < 20
        page = Reading(client.get(following[0]["href"] or "").text)
        following = page.all("a", id="next")
    assert seen
    assert seen == sorted(set(seen))
    # And the way back.
    assert page.all("a", id="previous")


def test_words_of_the_question_are_underlined(client: TestClient) -> None:
    page = client.get(reader_link("云溪县-2025", question="人民调解组织")).text
    assert re.search(r'<span class="word">[^<]*调解[^<]*</span>', page)


def test_a_question_without_words_is_a_problem_and_the_report_is_shown(client: TestClient) -> None:
    page = client.get(reader_link("云溪县-2025"), params={"start": 3, "end": 9, "q": "！！"})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert Reading(page.text).marked


def test_terms_are_explained_where_the_body_uses_them(client: TestClient, engine: Engine) -> None:
    page = read(client, ODD_ID)
    (term,) = page.all("a", **{"class": "term"})
    assert term["title"] == "设在工地的调解室。"
    target = (term["href"] or "").removeprefix("#")
    assert page.all("span", id=target)
    shown = client.get(reader_link(ODD_ID)).text
    assert "<strong>流动调解室</strong>：设在工地的调解室。" in shown
    entry = int(target.removeprefix("entry-"))
    assert engine.text(ODD_ID)[entry:].startswith("流动调解室：")


def test_the_source_is_linked_with_the_quote(other: TestClient) -> None:
    start = len("首页\n打印\n网址县2025年法治政府建设年度报告\n一、总体情况\n")
    page = read(other, "网址县-2025", start=start, end=start + 10)
    assert page.marked == "全年办结案件12件。"[:10]
    links = [each["href"] or "" for each in page.all("a") if ":~:text=" in (each["href"] or "")]
    assert links == ["https://example.gov.cn/a?b=1&c=2#:~:text=" + quote(page.marked)]
    copied = [each["data-copy"] or "" for each in page.all("button") if "data-copy" in each]
    assert copied[0].startswith(
        "网址县人民政府：《网址县2025年法治政府建设年度报告》，2026-01-10，"
    )
    assert copied[1] == f"http://testserver{reader_link('网址县-2025', start, start + 10)}"


def test_hostile_text_stays_text(other: TestClient) -> None:
    start = HOSTILE.index("全年办理")
    end = HOSTILE.index("附件")
    page = read(other, HOSTILE_ID, start=start, end=end, q="办理案件<script>")
    for first, words in page.blocks.items():
        assert HOSTILE[first : first + len(words)] == words
    title = other.get(reader_link(HOSTILE_ID)).text.partition("<h1>")[2].partition("</h1>")[0]
    assert title.startswith('<bdi lang="zh">&lt;b&gt;乱码县&lt;/b&gt;&#34;&gt;&lt;script&gt;')
    names = [name for name, _ in page.tags]
    assert names.count("script") == 2  # ours
    assert not {"img", "b", "iframe"} & set(names)
    for _, values in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in values)
        assert not (values.get("href") or "").startswith("javascript:")


def test_what_only_the_web_page_has_is_folded_away_but_kept(other: TestClient) -> None:
    page = other.get(reader_link("网址县-2025")).text
    assert '<details class="furniture"><summary>网页附带内容，不属于报告（2 行）' in page
    # A citation of it is shown.
    page = other.get(reader_link("网址县-2025"), params={"start": 0, "end": 5}).text
    assert '<details class="furniture" open>' in page
    assert Reading(page).marked == "首页打印"


def test_a_citation_of_blank_lines_has_no_mark_but_a_reference(
    client: TestClient, engine: Engine
) -> None:
    at = engine.text(ODD_ID).index("\n")
    page = client.get(reader_link(ODD_ID), params={"start": at, "end": at + 1})
    assert page.status_code == 200
    assert "<mark" not in page.text
    assert page.text.count('class="cite ') == 1


def test_marks_of_direction_end_where_their_block_ends(other: TestClient) -> None:
    """Each mark stands in an element that isolates its text: a block, or `bdi`."""
    page = other.get(reader_link(HOSTILE_ID), params={"start": 0, "end": 30, "q": "案件"}).text
    visible = re.sub(r'="[^"]*"', "", page.partition("<body>")[2])
    isolated = re.sub(r"<bdi[^>]*>.*?</bdi>|<(p|h\d)[ >].*?</\1>", "", visible, flags=re.DOTALL)
    assert "\u202e" in visible
    assert not set(isolated) & set("\u202e\u2067")


def test_offsets_count_characters_beyond_the_first_plane_once(other: TestClient) -> None:
    at = HOSTILE.index("字，共")
    page = read(other, HOSTILE_ID, start=at, end=at + 1)
    assert page.marked == "字"


def test_places_near_by_are_not_called_places(client: TestClient) -> None:
    path = f"/reports/{quote('云溪县-2025')}"
    said = client.get(path, params={"q": "人民调解组织"}).text
    assert "第 1 处，共 1 处" in said
    assert "相近段落" not in said
    assert "相近段落" in client.get(path, params={"q": "航空母舰"}).text
