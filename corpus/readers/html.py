"""How does a saved web page become text? The report stays, the page around it goes.

Losing text is the worst failure: the container is chosen so that nothing but menus, short lines
and link lists stands outside it, and what is doubtful inside it is kept with a FURNITURE hint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import trafilatura
from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import UnreadableFileError
from corpus.readers.decoding import decode
from corpus.readers.html_lines import UNSEEN, is_seen, lines_of
from corpus.readers.lines import LineCollector, han_count
from corpus.report import Document, LineHint, LineKind

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|p|div|span|br|table|h[1-6]|article)\b", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)")

# Parts of a page by their tag, class or id. Such a part is kept all the same if it holds much of
# the page's text: people name their containers badly.
_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|menus|footer|foot|bottom|breadcrumbs?|crumbs?|position"
    r"|location|dqwz|share|bdsharebuttonbox|side|sidebar|related|xgxx|xglj|xgwd|recommend|copyright|search"
    r"|login|qrcode|ewm|toolbar|print|fontsize|links|friendlink|comment|comments|pager|pagination)"
    r"(?:$|[-_ \d])",
    re.IGNORECASE,
)
_CHROME_SHARE = 0.2

# What may be left outside the container: this much text without a full stop, a table or a heading.
_OUTSIDE_SHARE = 0.1
_OUTSIDE_ALWAYS = 60
_SENTENCE = re.compile(r"[。；]")

_META = {
    "title": ("articletitle", "og:title", "dc.title", "title"),
    "date": ("pubdate", "publishdate", "article:published_time", "publishtime", "dc.date"),
    "issuer": ("contentsource", "source", "dc.source"),
    "url": ("og:url", "url"),
}
_SITE_NAMES = ("sitename", "og:site_name")
_SITE_SUFFIX = re.compile(r"(?:门户|政务)?网(?:站)?$")
_TITLE_SEPARATOR = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-(?=[^-]*(?:政府|网|门户))")
_TITLE_WITHIN = 15  # lines; below that a line like the title is a mention
_LEAST_TITLE = 4  # Chinese characters
_COMPARED = 5_000_000  # characters; larger pages are not given to trafilatura


def read(data: bytes, path: str) -> list[Document]:
    """The one document of a web page; raises UnreadableFileError."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    source = decode(data, path, declared[1].decode("ascii") if declared else "")
    if not _MARKUP.search(source):
        return [Document(source)]  # plain text under a wrong name
    tree = LexborHTMLParser(source)
    fields = _fields(tree, source)
    title = fields.get("title", "") or _heading(tree)
    tree.strip_tags([*UNSEEN - {"head", "title", "meta", "link"}])
    body = tree.body
    lines = lines_of(_container(body)) if body is not None else LineCollector()
    if not lines.length:
        raise UnreadableFileError(
            path, "the web page shows no text (it may load it by script); save it as text or PDF"
        )
    known = _trafilatura_lines(source)
    text, hints = _titled(lines.text, _with_furniture(lines, known), title)
    if title:
        fields["title"] = title
    return [Document(text, tuple(hints), fields=fields)]


def _fields(tree: LexborHTMLParser, source: str) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = " ".join((attributes.get("content") or "").split())
        if name and content:
            metas.setdefault(name, content)
    fields = {
        field: value
        for field, names in _META.items()
        if (value := next((metas[name] for name in names if name in metas), ""))
    }
    site = next((metas[name] for name in _SITE_NAMES if name in metas), "")
    if "issuer" not in fields and site:
        fields["issuer"] = _SITE_SUFFIX.sub("", site)
    canonical = tree.css_first('link[rel="canonical"]')
    saved = _SAVED_FROM.search(source[:_DECLARED_WITHIN])
    addresses = [
        (canonical.attributes.get("href") or "") if canonical is not None else "",
        saved[1] if saved else "",
        fields.pop("url", ""),
    ]
    url = next((a for a in addresses if a.startswith(("http://", "https://"))), "")
    if url:
        fields["url"] = url
    if "articletitle" not in metas:
        fields["title"] = _page_title(tree, site) or fields.get("title", "")
    return {field: value for field, value in fields.items() if value}


def _heading(tree: LexborHTMLParser) -> str:
    headings = [" ".join(node.text().split()) for node in tree.css("h1")]
    headings = [h for h in headings if han_count(h) >= _LEAST_TITLE]
    return headings[0] if len(headings) == 1 else ""


def _page_title(tree: LexborHTMLParser, site: str) -> str:
    """The only h1, or the page's title without the name of the site."""
    if heading := _heading(tree):
        return heading
    node = tree.css_first("title")
    if node is None:
        return ""
    parts = [part for part in _TITLE_SEPARATOR.split(" ".join(node.text().split())) if part]
    parts = [part for part in parts if part != site]
    longest = max(parts, key=han_count, default="")
    return longest if han_count(longest) >= _LEAST_TITLE else ""


class _Weight:
    """What an element holds. Links weigh nothing: menus are made of them."""

    __slots__ = ("cells", "headings", "linked", "sentences", "text")

    def __init__(self) -> None:
        self.text = 0  # Chinese characters outside links
        self.linked = 0  # and inside
        self.sentences = 0  # those of `text` in pieces with a stop
        self.cells = 0  # those of `text` in cells of tables
        self.headings = 0  # and in headings below the title's

    def add(self, other: _Weight) -> None:
        """Count what a child holds."""
        self.text += other.text
        self.linked += other.linked
        self.sentences += other.sentences
        self.cells += other.cells
        self.headings += other.headings

    def may_be_report(self) -> bool:
        """Whether it holds sentences, a table, or a heading that is not the head of a menu."""
        return bool(self.sentences or self.cells or self.headings > self.linked)


def _weigh(root: LexborNode) -> dict[int, _Weight]:
    """Weights of all elements under `root`, by `mem_id`; one pass from the leaves up."""
    order: list[tuple[LexborNode, bool]] = []
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, linked = stack.pop()
        order.append((node, linked))
        child = node.first_child
        while child is not None:
            if child.is_text_node or (child.is_element_node and is_seen(child)):
                stack.append((child, linked or child.tag == "a"))
            child = child.next
    weights: dict[int, _Weight] = {}
    for node, linked in reversed(order):
        weight = weights.setdefault(node.mem_id, _Weight())
        if node.is_text_node:
            text = node.text(deep=False)
            if linked:
                weight.linked = han_count(text)
            else:
                weight.text = han_count(text)
                weight.sentences = weight.text if _SENTENCE.search(text) else 0
        elif node.tag in {"td", "th"}:
            weight.cells = weight.text
        elif node.tag in {"h2", "h3", "h4", "h5", "h6"}:
            weight.headings = weight.text
        if node is not root and node.parent is not None:
            weights.setdefault(node.parent.mem_id, _Weight()).add(weight)
    return weights


def _container(body: LexborNode) -> LexborNode:
    """The smallest element that holds the report.

    Parts that are plainly of the page are taken out; then we go down as long as one child holds
    the text and nothing beside it could belong to the report.
    """
    weights = _weigh(body)
    total = max(weights[body.mem_id].text, 1)
    for node in body.css("nav, footer, aside, header, div, ul, section, table, p, td"):
        if node.mem_id == body.mem_id or not _is_chrome(node):
            continue
        weight = weights.get(node.mem_id, _Weight())
        if weight.text <= _CHROME_SHARE * total and not weight.sentences > _OUTSIDE_ALWAYS:
            node.remove(recursive=True)
    weights = _weigh(body)
    node = body
    while (inner := _inner(node, weights)) is not None:
        node = inner
    return node


def _is_chrome(node: LexborNode) -> bool:
    if node.tag in _CHROME_TAGS:
        return True
    if node.tag == "header":
        return node.css_first("h1") is None
    attributes = node.attributes
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return bool(_CHROME_NAMES.search(names)) and node.css_first("h1") is None


def _inner(node: LexborNode, weights: Mapping[int, _Weight]) -> LexborNode | None:
    """The child that holds all of the report that `node` holds, if there is one."""
    children: list[LexborNode] = []
    child = node.first_child
    while child is not None:
        if child.mem_id in weights:
            children.append(child)
        child = child.next
    elements = [c for c in children if c.is_element_node]
    if not elements:
        return None
    best = max(elements, key=lambda c: weights[c.mem_id].text)
    rest = [weights[c.mem_id] for c in children if c.mem_id != best.mem_id]
    if best.tag in {"p", "tr", "table", "tbody", "ul", "ol", "li", "h1", "span", "font"}:
        # These hold a piece of a text, but for tables that lay out the page.
        is_layout = best.tag in {"tr", "table", "tbody"}
        if not is_layout or any(w.text for w in rest):
            return None
    outside = sum(w.text for w in rest)
    allowed = max(_OUTSIDE_ALWAYS, _OUTSIDE_SHARE * weights[node.mem_id].text)
    if outside > allowed or any(w.may_be_report() for w in rest):
        return None
    return best if weights[best.mem_id].text else None


def _trafilatura_lines(source: str) -> set[str]:
    """The lines that trafilatura takes for the page's text, without blanks."""
    if len(source) > _COMPARED:
        return set()
    try:
        found = trafilatura.extract(
            source, include_comments=False, include_tables=True, favor_recall=True
        )
    except (ValueError, RecursionError, etree.LxmlError):
        return set()  # it only gives hints; the container has the text
    return {"".join(line.split()) for line in (found or "").split("\n")}


def _with_furniture(lines: LineCollector, known: set[str]) -> list[LineHint]:
    """Hints of the lines, and FURNITURE for those before and after what trafilatura found.

    Only lines without a full stop and a hint of their own: a doubtful line is text.
    """
    inside = [n for n, line in enumerate(lines.lines) if "".join(line.split()) in known]
    if not inside:
        return lines.hints
    hinted = {hint.start for hint in lines.hints}
    hints = list(lines.hints)
    start = 0
    for number, line in enumerate(lines.lines):
        outside = number < inside[0] or number > inside[-1]
        if outside and start not in hinted and not _SENTENCE.search(line):
            hints.append(LineHint(start, LineKind.FURNITURE))
        start += len(line) + 1
    return sorted(hints, key=lambda hint: hint.start)


def _titled(text: str, hints: list[LineHint], title: str) -> tuple[str, list[LineHint]]:
    """The title as a line with its hint: the one of the page, or put before the text."""
    wanted = "".join(title.split())
    if not wanted:
        return text, hints
    start = 0
    for line in text.split("\n")[:_TITLE_WITHIN]:
        if "".join(line.split()) == wanted:
            others = [hint for hint in hints if hint.start != start]
            titled = LineHint(start, LineKind.TITLE)
            return text, sorted([*others, titled], key=lambda hint: hint.start)
        start += len(line) + 1
    shift = len(title) + 1
    moved = [replace(hint, start=hint.start + shift) for hint in hints]
    return f"{title}\n{text}", [LineHint(0, LineKind.TITLE), *moved]
