"""Saved web pages: the report stays, the page around it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFileError
from corpus.readers.html import read
from corpus.report import Document, LineKind

PARAGRAPHS = [
    "2025年，全县深入学习贯彻习近平法治思想，扎实推进法治政府建设，现将有关情况报告如下。",
    "一、主要工作情况",
    "（一）坚持和加强党的领导。召开县政府常务会议专题研究12次，调整充实人民调解组织54个。",
    "（二）优化法治化营商环境。办结行政审批事项1,286件，群众满意率达到98.5%。",
    "二、存在的问题",
    "基层执法力量不足；普法宣传的针对性不强。",
]
TITLE = "甲县2025年法治政府建设年度报告"
MENU = "".join(
    f'<li><a href="/{i}">{name}</a></li>'
    for i, name in enumerate(["首页", "政务公开", "办事服务", "互动交流", "走进甲县"])
)
HEAD = (
    f'<title>{TITLE}_法治政府建设_甲县人民政府</title><meta name="SiteName" content="甲县人民政府">'
    f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2026-01-20 10:30">'
    '<meta name="ContentSource" content="甲县司法局">'
    '<link rel="canonical" href="http://www.jia.gov.cn/c1/202601/t1.html">'
    "<style>.a{content:'样式'}</style><script>var t='脚本文字';</script>"
)


def _page(body: str, head: str = HEAD) -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><div class='header'><ul class='nav'>{MENU}"
        f"</ul></div><div class='breadcrumb'>您当前的位置：<a>首页</a>&gt;<a>报告</a></div>{body}"
        f"<div class='side'><h3>热点新闻</h3><ul>{MENU}</ul></div>"
        "<div class='share'>分享到：微信 微博</div>"
        "<div id='footer'>主办：甲县人民政府办公室 网站标识码：0000000000</div></body></html>"
    )


def _read(source: str, encoding: str = "utf-8") -> Document:
    [document] = read(source.encode(encoding), "a.html")
    return document


def _article(paragraphs: list[str]) -> str:
    return "".join(f"<p>　　<span>{text}</span></p>\n" for text in paragraphs)


BODY = (
    f"<div class='content'><h1>{TITLE}</h1><div class='info'>发布时间：2026-01-20 来源：司法局</div>"
    f"<div id='UCAP-CONTENT' class='TRS_Editor'>{_article(PARAGRAPHS)}</div></div>"
)


def test_government_page() -> None:
    document = _read(_page(BODY))
    assert document.text.splitlines() == [TITLE, *PARAGRAPHS]
    assert [(h.start, h.kind) for h in document.hints] == [(0, LineKind.TITLE)]
    assert document.fields == {
        "title": TITLE,
        "date": "2026-01-20 10:30",
        "issuer": "甲县司法局",
        "url": "http://www.jia.gov.cn/c1/202601/t1.html",
    }


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_declared_charset(declared: str) -> None:
    page = _page(BODY, f'<meta charset="{declared}">{HEAD}')
    assert _read(page, "gb18030").text.splitlines() == [TITLE, *PARAGRAPHS]


def test_a_page_that_lies_about_its_charset() -> None:
    page = _page(BODY, f'<meta charset="gb2312">{HEAD}')
    assert _read(page).text.splitlines() == [TITLE, *PARAGRAPHS]


def test_headings_lists_breaks_and_table() -> None:
    body = (
        f"<article><h1>{TITLE}</h1><h2>一、情况</h2><p>第一行<br/>第二行<br>\n第三行\n接着</p>"
        "<table><caption>表1</caption><tr><th>指标</th><th>数值</th></tr>"
        "<tr><td><p>调解</p><p>组织</p></td><td>54<sup>①</sup>个</td></tr></table>"
        "<ol><li>甲项工作完成。</li><li>乙项工作完成。</li></ol><ol start='5'><li>（五）自带编号</li></ol>"
        "<ul><li>丙项</li></ul><h3>（一）小结</h3><p>完。</p></article>"
    )
    document = _read(_page(body))
    assert document.text.splitlines() == [
        TITLE, "一、情况", "第一行", "第二行", "第三行接着", "指标\t数值", "调解 组织\t54①个",
        "1. 甲项工作完成。", "2. 乙项工作完成。", "（五）自带编号", "丙项", "（一）小结", "完。",
    ]  # fmt: skip
    at = {document.text[h.start :].partition("\n")[0]: (h.kind, h.level) for h in document.hints}
    assert at == {
        TITLE: (LineKind.TITLE, 0),
        "一、情况": (LineKind.HEADING, 2),
        "指标\t数值": (LineKind.TABLE, 0),
        "调解 组织\t54①个": (LineKind.TABLE, 0),
        "1. 甲项工作完成。": (LineKind.LIST, 0),
        "2. 乙项工作完成。": (LineKind.LIST, 0),
        "（五）自带编号": (LineKind.LIST, 0),
        "丙项": (LineKind.LIST, 0),
        "（一）小结": (LineKind.HEADING, 3),
    }


def test_text_in_two_containers_is_all_kept() -> None:
    """The second half and the table stand beside the densest container: neither is lost."""
    rows = "<tr><td>指标</td><td>数值</td></tr><tr><td>调解组织</td><td>54个</td></tr>"
    body = (
        f"<div class='main'><div class='TRS_Editor'>{_article(PARAGRAPHS * 5)}</div>"
        "<div class='pages2'><p>三、下一步打算。</p></div>"
        f"<table>{rows}</table></div>"
    )
    lines = _read(_page(body)).text.splitlines()
    assert lines[-3:] == ["三、下一步打算。", "指标\t数值", "调解组织\t54个"]
    assert lines[1 : len(PARAGRAPHS) + 1] == PARAGRAPHS


def test_page_laid_out_with_tables() -> None:
    long = "".join(PARAGRAPHS) * 4
    body = (
        f"<table><tr><td width='200'><ul>{MENU}</ul></td>"
        f"<td><p>{long}</p><p>二、完。</p></td></tr></table>"
    )
    text = _read(_page(body)).text
    assert long + "\n二、完。\n" in text
    assert "\t" not in text


def test_container_with_a_bad_name() -> None:
    body = f"<div class='position share'>{_article(PARAGRAPHS)}</div>"
    assert _read(_page(body)).text.splitlines() == [TITLE, *PARAGRAPHS]


def test_scripts_styles_and_hidden_parts_never_leak() -> None:
    body = (
        BODY
        + "<script>document.write('泄漏一。')</script><style>p:after{content:'泄漏二。'}</style>"
    )
    body += (
        "<div style='display: none'>泄漏三。</div><noscript>泄漏四。</noscript><!-- 泄漏五。 -->"
    )
    text = _read(_page(body)).text
    assert "泄漏" not in text
    assert "脚本" not in text
    assert "样式" not in text


def test_title_without_meta_loses_the_name_of_the_site() -> None:
    head = f"<title>{TITLE} - 甲县人民政府门户网站</title>"
    document = _read(_page(f"<div>{_article(PARAGRAPHS)}</div>", head))
    assert document.fields["title"] == TITLE
    assert document.text.splitlines()[0] == TITLE


def test_saved_address() -> None:
    page = "<!-- saved from url=(0031)http://www.jia.gov.cn/a/b.html -->" + _page(
        BODY, "<title>x</title>"
    )
    assert _read(page).fields["url"] == "http://www.jia.gov.cn/a/b.html"


def test_plain_text_under_a_wrong_name() -> None:
    assert _read("一、情况\n二、问题\n").text == "一、情况\n二、问题\n"


def test_no_text() -> None:
    with pytest.raises(UnreadableFileError, match="shows no text"):
        _read("<html><body><div id='app'></div><script>load()</script></body></html>")


def test_deep_nesting() -> None:
    depth = 5_000
    document = _read("<html><body>" + "<div>" * depth + "<p>正文在这里。</p>" + "</div>" * depth)
    assert "正文在这里。" in document.text


WORDS = st.text("的一是在国人民政府工作年度报告法治建设", min_size=2, max_size=40)


@given(st.lists(WORDS.map(lambda text: text + "。"), min_size=1, max_size=15), st.booleans())
def test_no_paragraph_is_ever_lost(paragraphs: list[str], nested: bool) -> None:
    inner = _article(paragraphs)
    if nested:
        inner = (
            f"<div><div>{_article(paragraphs[:1])}</div><div>{_article(paragraphs[1:])}</div></div>"
        )
    lines = _read(_page(f"<div class='x'>{inner}</div>", "<title>x</title>")).text.splitlines()
    kept = [line for line in lines if line in paragraphs]
    assert kept == paragraphs
