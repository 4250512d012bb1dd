"""A comparison as one HTML file, parsed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Comparison, Piece, Row, TopicKind
from search_api.comparing.wording.wording_types import Particular, Shared, WordingComparison
from search_api.exporting.html_file import comparison_html
from search_api.questions.question import Language
from tests.search_api.exporting.export_support import (
    cited,
    comparison,
    row,
    silent,
    topic,
    usual,
    wording,
)

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e颠倒&amp;'


def page(asked: Comparison, words: WordingComparison | None = None) -> LexborHTMLParser:
    return LexborHTMLParser(comparison_html(asked, words))


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def only(where: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (found,) = where.css(selector)
    return found


def test_each_row_has_name_figure_quote_and_place() -> None:
    tree = page(usual())
    assert texts(tree, "tbody th[scope=row]") == [
        "云溪县 2025",
        "石桥县 2025",
        "青禾县 2025",
        "双河县 2025",
        "白塔县 2025",
    ]
    assert texts(tree, "td .value") == ["12—15吨", "20吨以上", "90吨", "3户"]
    assert texts(tree, "td > .quote")[0] == "松露产量12—15吨。"
    assert (
        texts(tree, "td > cite")[0] == "一、回顾 › （二）山货 · 字符 100–111 · reports/云溪县.txt"
    )
    assert texts(tree, "td .note") == ["与其他报告相差很大", "单位不同"]
    assert texts(tree, ".coverage") == ["5份报告，4份说明，1份未说明"]
    assert texts(tree, ".notices li") == ["没有收录2024年的报告。"]


def test_marked_and_unmarked_words_together_are_the_quote() -> None:
    quote = "  松露<b>产量\n12吨 。"
    pieces = (Piece("  松露<b>", True), Piece("产量\n", False), Piece("12吨 。", True))
    tree = page(comparison(row("云溪县", "12吨", "12", quote=quote, wording=pieces)))
    (said,) = tree.css("td > .quote")
    assert said.text() == quote
    assert [node.text() for node in said.css(".differs")] == ["产量\n"]
    assert [node.text() for node in said.css("mark")] == ["12吨"]


def test_words_that_differ_stand_out_where_wording_is_compared() -> None:
    assert page(usual()).css("table.with-wording") == []
    assert len(page(usual(), wording()).css("table.with-wording")) == 1


def test_a_sign_that_changed_is_not_marked_in_the_wording() -> None:
    pieces = (Piece("松露", True), Piece("，", False), Piece("丰产", False))
    words = wording()
    (first, *others) = words.revisions
    (changed, *_) = first.changed
    changed = replace(changed, after_pieces=pieces)
    tree = page(usual(), replace(words, revisions=(replace(first, changed=(changed,)), *others)))
    assert "丰产" in texts(tree, ".wording mark, section mark")
    assert "，" not in texts(tree, "mark")


def test_a_report_that_does_not_state_it_is_plain_to_see() -> None:
    (line,) = page(usual()).css("tr.silent")
    told = " ".join(line.text().split())
    assert told.startswith("白塔县 2025 未说明 报告没有说明。")
    assert "最接近的句子：种植松露的农户增多。" in told
    assert "字符 40–50" in told
    assert line.css("mark") == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(TopicKind))
def test_whatever_a_report_says_is_text(kind: TopicKind, language: Language) -> None:
    nasty = replace(cited(EVIL, EVIL), heading_path=(EVIL,), source=EVIL, title=EVIL)
    stated = replace(
        row(EVIL, EVIL, "5", quote=EVIL, wording=(Piece(EVIL[:9], False), Piece(EVIL[9:], True))),
        citation=nasty,
        statement=None,
    )
    rows: tuple[Row, ...] = (stated, replace(silent(EVIL), reason=EVIL, nearest=nasty))
    rows = (*rows, row("石桥县", EVIL, "9", unit=EVIL))
    words = wording()
    words = replace(
        words,
        notices=(EVIL,),
        silent=(EVIL,),
        phrases=(Shared(EVIL, (nasty,), 4),),
        particular=(Particular(nasty, (EVIL[3:9],), 0.5),),
        revisions=(replace(words.revisions[0], region=EVIL, new=(nasty,), earlier=EVIL),),
    )
    asked = comparison(*rows, asked=topic(EVIL, kind, language), notices=(EVIL,))
    tree = page(asked, words)
    assert tree.css("script, img, iframe, link, a, [onerror], [src], [href]") == []
    assert [node.text() for node in tree.css("h1")] == [EVIL]
    assert tree.css("td > .quote")[0].text() == EVIL
    # What is read from right to left ends with the element it is in.
    assert [node.text() for node in tree.css(".phrase")] == [EVIL]
    for node in tree.css("th bdi, cite bdi, .value, .phrases bdi"):
        assert node.tag == "bdi"
    assert all(node.attributes["dir"] == "auto" for node in tree.css(".quote"))


@pytest.mark.parametrize("language", list(Language))
def test_the_file_asks_for_nothing_and_runs_nothing(language: Language) -> None:
    asked = replace(usual(), topic=topic("松露产量", language=language))
    html = comparison_html(asked, wording())
    assert not re.search(r"https?:|//|url\(|@import|<script|\son\w+=|\bsrc=|\bhref=", html)
    tree = LexborHTMLParser(html)
    assert only(tree, "html").attributes["lang"] == language.value
    policy = only(tree, "meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_page_for_an_english_topic_is_english_its_quotes_are_marked_as_chinese() -> None:
    tree = page(replace(usual(), topic=topic("truffles", language=Language.EN)), wording())
    assert texts(tree, "thead th[scope=col]") == ["Report", "Figure", "Quote"]
    assert texts(tree, ".absent")[0] == "not stated"
    assert all(node.attributes["lang"] == "zh" for node in tree.css(".quote"))
    assert "characters 100–111" in texts(tree, "td > cite")[0]
    assert "3 of 4 reports use" in texts(tree, "h4")
    assert texts(tree, ".phrases li")[0] == "松露节 2 of 4 use it 云溪县 2025, 石桥县 2025"


def test_plot_has_a_title_a_description_and_a_line_each_report() -> None:
    first, second, _, *others = usual().rows
    tree = page(comparison(first, second, row("青禾县", "90吨", "90"), *others))
    wide, narrow = tree.css("figure svg")
    for svg, kind in ((wide, "wide"), (narrow, "narrow")):
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-labelledby"] == f"{kind}-title {kind}-desc"
        assert only(svg, f"#{kind}-title").text() == "松露产量：各报告的数值"
        assert "最高 90吨 (青禾县 2025)" in only(svg, f"#{kind}-desc").text()
        assert len(svg.css("g")) == 5
        # A range, whose bar is in two shades, and two figures.
        assert len(svg.css("rect.bar")) == 3
        assert len(svg.css("rect.rest")) == 1
        assert [node.text() for node in svg.css("text.none")] == ["3户（单位不同）", "未说明"]
    assert texts(tree, "figcaption span") == ["→ 至少", "▬ 区间"]


def test_an_outlier_beyond_the_axis_has_a_mark_and_its_figure() -> None:
    rows = [row(place, f"{n}吨", str(n)) for place, n in (("云溪县", 71), ("石桥县", 73))]
    far = row("青禾县", "900吨", "900", outlier=True)
    tree = page(comparison(*rows, far))
    for svg in tree.css("figure svg"):
        marked = svg.css("g")[-1]
        assert only(marked, "text.odd").text() == "900吨 ◆"
        # The dot, and the arrows behind it.
        assert len(marked.css("path.isodd")) == 2
        assert svg.css("g")[0].css("path") == []
    assert texts(tree, "figcaption span") == ["◆ 离群值", "» 超出坐标范围"]
    years = [row("云溪县", f"{n}吨", str(n), year=1950 + n) for n in (71, 72)]
    tree = page(comparison(*years, row("云溪县", "9吨", "9", year=2023, outlier=True)))
    for svg in tree.css("figure svg"):
        assert len(svg.css("g")[-1].css("path.isodd")) == 2
        assert only(svg.css("g")[-1], "text.odd").text() == "9吨"
    assert "» 超出坐标范围" in texts(tree, "figcaption span")


def test_a_target_is_told_from_a_result() -> None:
    target = replace(row("云溪县", "5吨", "5"), announced=True)
    tree = page(comparison(target, row("石桥县", "6吨", "6")))
    assert texts(tree, "td .note") == ["目标"]
    english = topic("truffles", language=Language.EN)
    assert texts(page(comparison(target, asked=english)), "td .note") == ["target"]


def test_a_quote_of_mostly_other_words_is_not_marked_and_the_page_says_so() -> None:
    pieces = (Piece("松露", True), Piece("大丰收，全年达到5吨。", False))
    other = row("云溪县", "5吨", "5", quote="松露大丰收，全年达到5吨。", wording=pieces)
    tree = page(comparison(other, row("石桥县", "6吨", "6")))
    assert tree.css("td .differs") == []
    assert texts(tree, "td > .quote mark") == ["5吨", "6吨"]
    assert "整句写法都不同的，不加下划线。" in texts(tree, "caption")[0]
    assert "整句" not in texts(page(usual()), "caption")[0]


def test_close_figures_are_drawn_as_dots() -> None:
    tree = page(
        comparison(
            row("云溪县", "71%左右", "71", unit="%", bound=Bound.ABOUT),
            row("石桥县", "73%以内", "73", unit="%", bound=Bound.AT_MOST),
        )
    )
    wide = only(tree, "svg.wide")
    assert wide.css("rect") == []
    assert len(wide.css("circle.dot")) == 2
    assert len(wide.css("circle.open")) == 1
    assert texts(tree, "figcaption span") == ["○ 约数", "← 至多"]


def test_years_of_one_place_are_drawn_as_a_line() -> None:
    rows = [row("云溪县", f"{n}吨", str(n), year=2010 + n) for n in (5, 6, 8, 9)]
    tree = page(comparison(*rows, silent("云溪县", 2017)))
    wide = only(tree, "svg.wide")
    assert len(wide.css("polyline")) == 2
    assert len(wide.css("circle")) == 4
    assert "× 2017 未说明" in texts(tree, "figcaption span")


def test_no_figure_no_plot_and_no_column() -> None:
    theme = replace(row("云溪县", "", "0"), value=None, measured=None, statement=None, mentions=4)
    tree = page(comparison(theme, silent(), asked=topic("松露", TopicKind.THEME)))
    assert tree.css("figure, svg") == []
    assert texts(tree, "thead th") == ["报告", "原文"]
    assert texts(tree, "td .note") == ["4句提及"]
    assert texts(tree, ".silent .absent") == ["未说明"]


def test_wording_has_groups_particular_phrases_and_changes() -> None:
    tree = page(usual(), wording())
    assert texts(tree, ".card > h4") == ["4份报告中有3份使用"]
    assert texts(tree, ".typical > .quote") == ["办好松露节。"]
    assert texts(tree, ".card > p") == ["逐字相同：石桥县 2025 (7–13)"]
    assert texts(tree, ".card > ul:not(.changes) mark") == ["节会"]
    assert texts(tree, ".sentences")[0].startswith("首创松露指数并发布松露地图。")
    assert texts(tree, ".sentences mark") == ["松露指数", "松露地图"]
    assert texts(tree, ".pair mark") == ["8亿元", "10亿元"]
    assert texts(tree, ".pair .quote") == ["投资8亿元建设步道。", "投资10亿元建设步道。"]
    assert texts(tree, ".changes li") == ["8亿元 → 10亿元：+2亿元（+25%）"]
    assert "云溪县 2024 → 2025" in texts(tree, "h3")
    assert texts(tree, "section > .soft") == ["6句未变，1句改动，1句新增，1句删去"]
    assert texts(tree, "section > .absent") == ["没有相关句子：白塔县 2025"]


def test_phrases_that_reports_share_come_first_of_the_wording() -> None:
    tree = page(usual(), wording())
    assert texts(tree, "section > h3")[:2] == ["共用词语", "共同表述"]
    assert texts(tree, ".phrases li") == [
        "松露节 4份中2份使用 云溪县 2025, 石桥县 2025",
        "办好松露节会 4份中1份使用 青禾县 2025",
    ]
    assert texts(tree, ".phrases .phrase") == ["松露节", "办好松露节会"]
    without = page(usual(), replace(wording(), phrases=()))
    assert without.css(".phrases") == []
    assert "共用词语" not in texts(without, "h3")


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        if len(colour) == 4:
            colour = "#" + "".join(2 * digit for digit in colour[1:])
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_colours_have_enough_contrast_by_day_by_night_and_on_paper() -> None:
    style = only(page(usual()), "style").text()
    schemes = [
        dict(re.findall(r"--([\w-]+): (#\w+)", block))
        for block in re.findall(r":root \{([^}]*)\}", style)
    ]
    assert len(schemes) == 3
    for colours in schemes:
        for ink, ground in (
            ("ink", "ground"),
            ("ink", "raised"),
            ("ink", "tint"),
            ("soft", "ground"),
            ("soft", "raised"),
            ("soft", "tint"),
            ("odd", "ground"),
            ("warn", "ground"),
            ("warn", "tint"),
            ("mark-ink", "mark"),
        ):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["accent"], colours["ground"]) >= 3
