"""The reader: a report's text set without loss, its mark, outline, references, terms and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.regions import load_gazetteer
from corpus.report import Metadata, Part, Passage, Section, Span
from indexer import build
from indexer.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from search_api.retrieval.question import Language
from search_api.web.app import create_app
from search_api.web.pages.language import say_in
from search_api.web.reader.blocks import blocks, groups
from search_api.web.reader.literal import literal_places
from search_api.web.reader.outline_tree import Node, outline_tree
from search_api.web.reader.references import (
    Cited,
    file_name,
    heading_path,
    reference,
    text_fragment,
)
from search_api.web.reader.term_places import explained
from search_api.web.reader.types import Block, BlockKind, Notes, TermPlace
from search_api.web.schemas import reader_link
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


def section(
    section_id: str,
    start: int,
    heading_end: int,
    end: int,
    parent: str | None = None,
    part: Part = Part.BODY,
    number: str = "",
) -> Section:
    return Section(section_id, parent, 1, number, "", "题", start, heading_end, end, part)


def passage(start: int, end: int, part: Part = Part.BODY) -> Passage:
    return Passage("r", start, end, "", (), part=part)


def rejoined(made: tuple[Block, ...]) -> str:
    return "".join(each.before + "".join(p.text for p in each.pieces) for each in made)


# --- the text as blocks

WORDS = "一、（是为）1.2甲乙。；：，\n\n \u3000\t\u200b𠮷\u202eab“”\r\x0b\x1c\u2028"


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, list[Section], list[Passage], Notes]:
    text = draw(st.one_of(st.text(st.sampled_from(WORDS), max_size=80), st.text(max_size=40)))
    offsets = st.integers(0, len(text))

    def span() -> Span:
        return Span(*sorted((draw(offsets), draw(offsets))))

    def disjoint() -> list[Span]:
        edges = sorted(draw(st.sets(offsets, max_size=8)))
        return [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]

    sections = []
    for number in range(draw(st.integers(0, 5))):
        start, heading_end, end = sorted(draw(st.tuples(offsets, offsets, offsets)))
        above = draw(st.sampled_from([None, "s0", "s1", "missing"]))
        part, label = draw(st.sampled_from(Part)), draw(st.sampled_from(["", "1"]))
        sections.append(section(f"s{number}", start, heading_end, end, above, part, label))
    passages = [passage(each.start, each.end, draw(st.sampled_from(Part))) for each in disjoint()]
    notes = Notes(
        draw(st.one_of(st.none(), st.builds(span))),
        disjoint(),
        [TermPlace(each, "entry-0", "解释") for each in disjoint()],
        {draw(offsets): ("entry-0",)},
        [draw(st.builds(span))],
    )
    return text, sections, passages, notes


@given(readings())
def test_blocks_and_what_lies_between_them_are_the_text(
    given_reading: tuple[str, list[Section], list[Passage], Notes],
) -> None:
    text, sections, passages, notes = given_reading
    made = blocks(text, sections, passages, notes)
    rest = text[made[-1].end :] if made else text
    assert rejoined(made) + rest == text
    for each in made:
        assert "".join(piece.text for piece in each.pieces) == text[each.start : each.end]
        assert all(piece.text for piece in each.pieces)
    for between in (rest, *(each.before for each in made)):
        assert all(char.isspace() or char in "\u200b\ufeff" for char in between)
    assert [b for group in groups(made) for b in group.blocks] == list(made)


@given(readings())
def test_the_mark_is_marked_once_and_exactly(
    given_reading: tuple[str, list[Section], list[Passage], Notes],
) -> None:
    text, sections, passages, notes = given_reading
    made = blocks(text, sections, passages, notes)
    marked: set[int] = set()
    for block in made:
        at = block.start
        for piece in block.pieces:
            if piece.marked:
                marked.update(range(at, at + len(piece.text)))
            at += len(piece.text)
    mark = notes.mark or Span(0, 0)
    shown = {at for block in made for at in range(block.start, block.end)}
    assert marked == set(range(mark.start, mark.end)) & shown
    firsts = [piece for block in made for piece in block.pieces if piece.first]
    assert len(firsts) == (1 if marked else 0)


@given(readings())
def test_every_section_has_its_anchor_once(
    given_reading: tuple[str, list[Section], list[Passage], Notes],
) -> None:
    text, sections, passages, notes = given_reading
    made = blocks(text, sections, passages, notes)
    ids = [name for block in made for piece in block.pieces for name in piece.anchors]
    wanted = [f"s-{each.section_id}" for each in sections]
    wanted += [name for names in (notes.anchors or {}).values() for name in names]
    assert sorted(ids) == (sorted(wanted) if made else [])


def test_pieces_join_to_the_text() -> None:
    text = "0123456789"
    made = blocks(
        text,
        [section("a", 2, 4, 10), section("b", 5, 5, 10)],
        [passage(0, 10)],
        Notes(Span(4, 7)),
    )
    assert [(b.start, b.end, b.kind) for b in made] == [(0, 10, BlockKind.PARAGRAPH)]
    assert [(p.text, p.strong, p.marked, p.first, p.anchors) for p in made[0].pieces] == [
        ("01", False, False, False, ()),
        ("23", True, False, False, ("s-a",)),
        ("4", False, True, True, ()),
        ("56", False, True, False, ("s-b",)),
        ("789", False, False, False, ()),
    ]


def test_headings_furniture_and_parts() -> None:
    lines = [
        "首页",
        "某县报告",
        "一、工作",
        "（一）执法",
        "一是培训。办班3期。",
        "附件：表",
        "1.修路。",
    ]
    text = "\n".join(lines)
    at = {line: text.index(line) for line in lines}
    end = len(text)
    body_end = at["附件：表"] - 1
    sections = [
        section("a", at["一、工作"], at["一、工作"] + 4, body_end, number="一"),
        section("b", at["（一）执法"], at["（一）执法"] + 5, body_end, "a", number="一"),
        section("c", at["一是培训。办班3期。"], at["一是培训。办班3期。"] + 4, body_end, "b"),
        section("d", at["附件：表"], at["附件：表"] + 4, end, None, Part.ANNEX),
        section("e", at["1.修路。"], end - 1, end, "d", Part.ANNEX, "1"),
    ]
    made = blocks(text, sections, [passage(3, body_end), passage(body_end + 1, end, Part.ANNEX)])
    assert [(b.kind.value, b.level, b.part.value, b.furniture) for b in made] == [
        ("paragraph", 0, "body", True),
        ("front", 0, "body", False),
        ("heading", 2, "body", False),
        ("heading", 3, "body", False),
        ("paragraph", 0, "body", False),
        ("heading", 2, "annex", False),
        ("paragraph", 0, "annex", False),
    ]
    assert [p.text for b in made for p in b.pieces if p.strong] == ["一是培训"]
    assert [(g.part.value, g.furniture, len(g.blocks)) for g in groups(made)] == [
        ("body", True, 1),
        ("body", False, 4),
        ("annex", False, 2),
    ]


def test_a_paragraph_broken_into_lines_is_one_block() -> None:
    text = "全年平均浓度降至，\n每立方米24微克。\n\n　　另起一段，说明情况。"
    made = blocks(text, [], [passage(0, len(text))])
    assert [text[b.start : b.end] for b in made] == [
        "全年平均浓度降至，\n每立方米24微克。",
        "　　另起一段，说明情况。",
    ]
    assert [(p.text, p.lead) for p in made[1].pieces] == [
        ("　　", True),
        ("另起一段，说明情况。", False),
    ]


def test_a_report_without_passages_is_not_all_furniture() -> None:
    assert [b.furniture for b in blocks("甲\n乙", [], [])] == [False, False]


# --- the page


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


# --- places in one report


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


def test_links_without_a_question_are_as_before() -> None:
    assert reader_link("甲/乙") == "/reports/%E7%94%B2%2F%E4%B9%99"
    assert reader_link("a", 1, 2) == "/reports/a?start=1&end=2#mark"
    assert reader_link("a", 1, 2, "x&y #") == "/reports/a?start=1&end=2&q=x%26y%20%23#mark"


# --- terms


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


def test_each_term_once_a_section_the_longest_first() -> None:
    text = "数字政务和政务，政务。\n又一节政务。\n名词解释\n政务：公事。\n数字政务：网上公事。"
    body = text.index("\n名词")
    title = body + 1
    second = text.index("又一节")
    sections = [
        section("a", 0, 0, second),
        section("b", second, second, body),
        section("c", title, title + 4, len(text), None, Part.GLOSSARY),
    ]
    passages = [passage(0, body), passage(title, len(text), Part.GLOSSARY)]
    found = explained(text, sections, passages)
    assert [each.term.of(text) for each in found.entries] == ["政务", "数字政务"]
    assert [(each.span.start, each.span.of(text), each.explanation) for each in found.places] == [
        (0, "数字政务", "网上公事。"),
        (5, "政务", "公事。"),
        (second + 3, "政务", "公事。"),
    ]


def test_without_a_glossary_nothing_is_explained() -> None:
    assert explained("甲：乙", [], [passage(0, 3)]).places == ()


# --- references

CITED = Cited(
    Metadata("某县2021年报告", None, 2021, issuer="某县人民政府", date="2022-01-10"),
    ("一、工作", "（一）执法"),
    Span(9, 14),
    "办班3期。",
    "某县.txt",
    "https://example.gov.cn/a",
)


def test_a_reference_in_chinese() -> None:
    made = reference(CITED, say_in(Language.ZH), date(2026, 3, 1))
    assert made.cited == (
        "某县人民政府：《某县2021年报告》，2022-01-10，“一、工作 › （一）执法”，第10–14字："
        "“办班3期。”来源：https://example.gov.cn/a"
    )
    assert made.entry == (
        "某县人民政府. 某县2021年报告[R/OL]. (2022-01-10)[2026-03-01]. https://example.gov.cn/a."
    )


def test_a_reference_in_english_without_what_is_unknown() -> None:
    cited = replace(
        CITED,
        metadata=Metadata("某县2021年报告"),
        heading_path=(),
        quote="办班3期",
        address="",
        page=4,
    )
    made = reference(cited, say_in(Language.EN), date(2026, 3, 1))
    assert made.cited == "“某县2021年报告”, p. 4, characters 10–14: “办班3期”. Source: 某县.txt"
    assert made.entry == "某县2021年报告[R]."


def test_marks_of_direction_and_line_ends_stay_out_of_references() -> None:
    cited = replace(CITED, quote="共\u202e3件\n  \u2067完。", heading_path=("\u2066题",))
    made = reference(cited, say_in(Language.ZH), date(2026, 3, 1)).cited
    assert "“共3件完。”" in made
    assert "“题”" in made
    assert not set(made) & set("\u202e\u2066\u2067\n")


def test_long_quotes_are_shortened() -> None:
    made = reference(replace(CITED, quote="甲" * 900), say_in(Language.ZH), date(2026, 3, 1)).cited
    assert "甲" * 240 + "……" + "甲" * 120 + "”" in made
    assert "甲" * 241 not in made


def test_heading_path_is_of_the_sections_that_hold_all_of_a_span() -> None:
    sections = [
        section("a", 0, 2, 20),
        section("b", 2, 4, 10, "a"),
        section("c", 10, 12, 20, "a"),
    ]
    named = [replace(each, heading=each.section_id) for each in sections]
    assert heading_path(named, Span(5, 8)) == ("a", "b")
    assert heading_path(named, Span(8, 12)) == ("a",)
    assert heading_path(named, Span(18, 25)) == ()


@pytest.mark.parametrize(
    ("address", "quoted", "expected"),
    [
        ("https://a.cn/b", "a-b, c&d", "https://a.cn/b#:~:text=a%2Db%2C%20c%26d"),
        ("https://a.cn/b#part", "增长", "https://a.cn/b#part:~:text=%E5%A2%9E%E9%95%BF"),
        ("https://a.cn/b#:~:text=x", "y", "https://a.cn/b#:~:text=y"),
        ("https://a.cn/b", "ab\n\n cd ", "https://a.cn/b#:~:text=ab,cd"),
        ("https://a.cn/b", " \n", "https://a.cn/b"),
    ],
)
def test_text_fragments(address: str, quoted: str, expected: str) -> None:
    assert text_fragment(address, quoted) == expected


def test_a_long_quote_is_given_by_whole_clauses_at_its_ends() -> None:
    quoted = "一二三四五六七八九十一二三，" + "中" * 40 + "。" + "末" * 12 + "尾。"
    link = text_fragment("https://a.cn/", quoted)
    first, last = link.removeprefix("https://a.cn/#:~:text=").split(",")
    assert unquote(first) == "一二三四五六七八九十一二三，"
    assert unquote(last) == "末" * 12 + "尾。"


@given(st.text(max_size=120))
def test_a_fragment_holds_words_of_the_quote(quoted: str) -> None:
    link = text_fragment("https://a.cn/", quoted)
    directive = link.removeprefix("https://a.cn/").removeprefix("#:~:text=")
    assert "-" not in directive
    assert "&" not in directive
    for part in directive.split(","):
        assert unquote(part) in quoted


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


# --- the outline


def test_the_outline_is_a_tree_with_one_current_section() -> None:
    sections = [
        replace(section("a", 0, 2, 20), label="一、"),
        replace(section("b", 2, 4, 10, "a"), label="1."),
        replace(section("c", 20, 22, 30, "gone"), label="二、"),
    ]
    tree = outline_tree(sections, 5)
    below = Node("1.题", "s-b", Part.BODY, True, ())
    assert tree == (
        Node("一、题", "s-a", Part.BODY, False, (below,)),
        Node("二、题", "s-c", Part.BODY, False, ()),
    )
    assert [each.holds_current for each in tree] == [True, False]
    assert not any(each.holds_current for each in outline_tree(sections))


# --- hostile text


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


def test_files_are_named_without_their_folders() -> None:
    names = {"../a/某县.txt": "某县.txt", "C:\\x\\b.docx": "b.docx", "a.md": "a.md", "/": "/"}
    assert {source: file_name(source) for source in names} == names


def test_rows_with_as_many_cells_are_a_table() -> None:
    text = "指标\t2024年\n粮食\t12万吨\n公路\t 40公里\n说明：数字 均为 12 初步。\n单独\t一行"
    made = blocks(text, [], [passage(0, len(text))])
    (group,) = groups(made)
    assert [len(run) for run in group.runs] == [3, 1, 1]
    table = group.runs[0]
    assert [[[p.text for p in cell] for cell in row.cells] for row in table] == [
        [["指标\t"], ["2024年"]],
        [["粮食\t"], ["12万吨"]],
        [["公路\t"], [" 40公里"]],
    ]
    assert [row.names_columns for row in table] == [True, False, False]
    assert rejoined(made) == text


def sentences(text: str, *spans: tuple[int, int]) -> list[Passage]:
    """One passage with these sentences."""
    found = tuple(Span(*span) for span in spans)
    return [Passage("r", 0, len(text), text, (), sentences=found)]


def test_places_with_the_very_words_are_sentences() -> None:
    text = "建成公路。公路通车。修桥，公路再通车。"
    passages = sentences(text, (0, 5), (5, 10), (10, 19))
    assert literal_places(text, "公路通车", passages) == [Span(5, 10)]
    assert literal_places(text, " 公路 ", passages) == [Span(0, 5), Span(5, 10), Span(10, 19)]
    assert literal_places(text, "路", passages) == []  # stands everywhere
    assert literal_places(text, "航空", passages) == []


def test_the_very_words_in_traditional_characters_and_capitals() -> None:
    assert literal_places("發展ABB產業。", "发展abb", sentences("發展ABB產業。", (0, 8))) == [
        Span(0, 8)
    ]


def test_a_place_outside_of_sentences_is_the_words_themselves() -> None:
    text = "公路。通车里程"
    assert literal_places(text, "通车", sentences(text, (0, 3))) == [Span(3, 5)]
    assert literal_places(text, "路。通", sentences(text, (0, 3))) == [Span(1, 4)]


def test_places_near_by_are_not_called_places(client: TestClient) -> None:
    path = f"/reports/{quote('云溪县-2025')}"
    said = client.get(path, params={"q": "人民调解组织"}).text
    assert "第 1 处，共 1 处" in said
    assert "相近段落" not in said
    assert "相近段落" in client.get(path, params={"q": "航空母舰"}).text
