"""Word documents: order, numbering, hints, what is hidden and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.errors import UnreadableFileError
from corpus.readers import docx_package
from corpus.readers.docx import read
from corpus.report import Document, LineKind

NS = nsdecls("w")


def _bytes(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _read(document: Any) -> Document:
    [read_back] = read(_bytes(document), "a.docx")
    return read_back


def _lines(document: Any) -> list[str]:
    return _read(document).text.splitlines()


def _hinted(document: Document) -> list[tuple[str, LineKind, int]]:
    return [(document.text[h.start :].partition("\n")[0], h.kind, h.level) for h in document.hints]


def _level(index: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _define(document: Any, abstract: int, levels: str, nums: str) -> None:
    """Add a list to the document's numbering part (abstract lists come before lists)."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        if old.tag == qn("w:num") and old.get(qn("w:numId")) in nums:
            numbering.remove(old)
    numbering.insert(
        0,
        parse_xml(f'<w:abstractNum {NS} w:abstractNumId="{abstract}">{levels}</w:abstractNum>'),
    )
    wrapped = parse_xml(f"<w:numbering {NS}>{nums}</w:numbering>")
    for num in list(wrapped):
        numbering.append(num)


def _number(paragraph: Any, list_id: int | None, level: int | None) -> None:
    properties = paragraph._p.get_or_add_pPr()
    inner = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
    inner += f'<w:numId w:val="{list_id}"/>' if list_id is not None else ""
    properties.append(parse_xml(f"<w:numPr {NS}>{inner}</w:numPr>"))


def _numbered(document: Any, items: list[tuple[int, int, str]]) -> None:
    for list_id, level, text in items:
        _number(document.add_paragraph(text), list_id, level)


GB = (
    _level(0, "chineseCountingThousand", "%1、")
    + _level(1, "chineseCountingThousand", "（%2）")
    + _level(2, "decimal", "%3.")
    + _level(3, "decimalEnclosedCircle", "%4")
)


def test_official_numbering_counts_and_restarts() -> None:
    document = docx.Document()
    _define(document, 90, GB, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    levels = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    _numbered(document, [(90, level, "甲") for level in levels])
    assert _lines(document) == [
        "一、甲", "（一）甲", "（二）甲", "1. 甲", "2. 甲", "① 甲", "（三）甲", "1. 甲", "二、甲",
        "（一）甲",
    ]  # fmt: skip


def test_past_ten_and_start_value() -> None:
    document = docx.Document()
    levels = _level(0, "chineseCountingThousand", "（%1）", start=9)
    _define(document, 90, levels, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    _numbered(document, [(90, 0, "甲")] * 4)
    assert _lines(document) == ["（九）甲", "（十）甲", "（十一）甲", "（十二）甲"]


def test_lists_share_a_count_unless_one_restarts() -> None:
    document = docx.Document()
    nums = (
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
        '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
        '<w:num w:numId="92"><w:abstractNumId w:val="90"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    _define(document, 90, GB, nums)
    _numbered(document, [(90, 0, "甲"), (91, 0, "乙"), (92, 0, "丙"), (92, 0, "丁"), (90, 0, "戊")])
    assert _lines(document) == ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"]


def test_level_override_replaces_the_form() -> None:
    document = docx.Document()
    override = _level(0, "upperRoman", "%1)")
    nums = (
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/>'
        f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride></w:num>'
    )
    _define(document, 90, GB, nums)
    _numbered(document, [(90, 0, "甲"), (90, 0, "乙")])
    assert _lines(document) == ["I) 甲", "II) 乙"]


def test_never_restarting_level_and_legal_numbers() -> None:
    document = docx.Document()
    levels = (
        _level(0, "chineseCountingThousand", "第%1章")
        + _level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
        + _level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    _define(document, 90, levels, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    _numbered(document, [(90, level, "甲") for level in (0, 1, 1, 0, 1, 2)])
    assert _lines(document) == [
        "第一章 甲", "第一条 甲", "第二条 甲", "第二章 甲", "第三条 甲", "2.3.1 甲",
    ]  # fmt: skip


def test_suffix_nothing_and_bullets() -> None:
    document = docx.Document()
    levels = (
        _level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')
        + _level(1, "bullet", "\uf06c")
        + _level(2, "bullet", "－")
    )
    _define(document, 90, levels, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    _numbered(document, [(90, 0, "甲"), (90, 1, "乙"), (90, 2, "丙")])
    read_back = _read(document)
    assert read_back.text == "1.甲\n• 乙\n－ 丙\n"
    assert [h.kind for h in read_back.hints] == [LineKind.LIST, LineKind.LIST]


def test_numbering_from_styles() -> None:
    """Heading styles bound to a list's levels by `pStyle`; a child style inherits; 0 switches off."""
    document = docx.Document()
    levels = _level(0, "japaneseCounting", "%1、", '<w:pStyle w:val="Heading1"/>') + _level(
        1, "japaneseCounting", "（%2）", '<w:pStyle w:val="Heading2"/>'
    )
    _define(document, 90, levels, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:numId w:val="90"/></w:numPr>'))
    derived = document.styles.add_style("自定义二级", 1)
    derived.base_style = document.styles["Heading 2"]
    document.add_heading("甲", level=1)
    document.add_heading("乙", level=2)
    document.add_paragraph("丙", style=derived)
    _number(document.add_heading("无号", level=1), 0, 0)
    document.add_heading("丁", level=1)
    read_back = _read(document)
    assert read_back.text == "一、甲\n（一）乙\n（二）丙\n无号\n二、丁\n"
    assert [(h.kind, h.level) for h in read_back.hints] == [
        (LineKind.HEADING, level) for level in (1, 2, 2, 1, 1)
    ]


def test_numbering_through_a_linked_list_style() -> None:
    document = docx.Document()
    _define(document, 90, GB, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    document.styles.element.append(
        parse_xml(
            f'<w:style {NS} w:type="numbering" w:styleId="Gongwen"><w:name w:val="公文"/>'
            '<w:pPr><w:numPr><w:numId w:val="90"/></w:numPr></w:pPr></w:style>'
        )
    )
    _define(
        document, 91, '<w:numStyleLink w:val="Gongwen"/>',
        '<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>',
    )  # fmt: skip
    _numbered(document, [(91, 0, "甲"), (91, 1, "乙")])
    assert _lines(document) == ["一、甲", "（一）乙"]


def test_empty_numbered_paragraph_counts() -> None:
    document = docx.Document()
    _define(document, 90, GB, '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    _numbered(document, [(90, 0, "甲"), (90, 0, ""), (90, 0, "乙")])
    assert _lines(document) == ["一、甲", "三、乙"]


def test_order_tables_and_hints() -> None:
    document = docx.Document()
    document.add_heading("甲县2025年法治政府建设年度报告", level=0)
    outlined = document.add_paragraph("一、情况")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {NS} w:val="0"/>'))
    document.add_paragraph("表前。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["指标", "数值", "调解\n组织", "54个"], strict=True):
        cell.text = text
    document.add_paragraph("表后。")
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "框内第一段。"
    frame.cell(0, 0).add_paragraph("框内第二段。")
    read_back = _read(document)
    assert read_back.text.splitlines() == [
        "甲县2025年法治政府建设年度报告", "一、情况", "表前。", "指标\t数值", "调解 组织\t54个",
        "表后。", "框内第一段。", "框内第二段。",
    ]  # fmt: skip
    assert _hinted(read_back) == [
        ("甲县2025年法治政府建设年度报告", LineKind.TITLE, 0),
        ("一、情况", LineKind.HEADING, 1),
        ("指标\t数值", LineKind.TABLE, 0),
        ("调解 组织\t54个", LineKind.TABLE, 0),
    ]


def _body(xml: str) -> Any:
    document = docx.Document()
    for element in parse_xml(f"<w:body {NS}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return document


def test_revisions() -> None:
    document = _body(
        "<w:p><w:r><w:t>留</w:t></w:r>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>后半</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>整段删</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert _lines(document) == ["留增移来", "前半后半", "甲\t乙"]


def test_runs_fields_links_and_hidden_text() -> None:
    document = _body(
        '<w:p><w:r><w:t xml:space="preserve">全县</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>54</w:t>'
        "</w:r><w:hyperlink><w:r><w:t>个组织</w:t></w:r></w:hyperlink>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>。</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:br/><w:t>第二行</w:t><w:noBreakHyphen/><w:t>续</w:t></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="x" w:char="4E2D"/></w:r></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert _lines(document) == ["全县54个组织。", "第二行-续中", "控件内"]


def test_text_box_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    paragraph = document.add_paragraph("正文。")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    paragraph._p.append(
        parse_xml(
            f'<w:r {NS} xmlns:mc="{mc}"><mc:AlternateContent><mc:Choice Requires="wps">'
            f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert _lines(document) == ["正文。", "框中文字"]


def _changed(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The package with each part passed through `change`, and more parts added to `word/`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(f"word/{name}.xml", part)
    return stream.getvalue()


def test_footnotes_at_the_end_in_the_order_of_reference() -> None:
    document = _body(
        '<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="5"/></w:r>'
        '<w:r><w:t>乙。</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = (
        f'<w:footnotes {NS}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>乙的注。</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/><w:t>甲的注。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    data = _changed(_bytes(document), lambda _, part: part, footnotes=notes.encode())
    [read_back] = read(data, "a.docx")
    assert read_back.text == "甲乙。\n［1］甲的注。\n［2］乙的注。\n"


def test_contents_are_furniture_and_title_property_needs_the_text() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、情况\t3", style=style)
    document.add_paragraph("甲县二〇二五年年度报告")
    document.core_properties.title = "甲县二〇二五年年度报告"
    read_back = _read(document)
    assert [h.kind for h in read_back.hints] == [LineKind.FURNITURE]
    assert read_back.fields == {"title": "甲县二〇二五年年度报告"}
    document.core_properties.title = "乙县二〇一九年旧稿标题"
    assert _read(document).fields == {}


def test_dangling_relation_and_strict_namespace() -> None:
    document = docx.Document()
    document.add_paragraph("正文。")

    def change(name: str, part: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            link = b'<Relationship Id="rId99" Type="http://x/image" Target="NULL"/></Relationships>'
            return part.replace(b"</Relationships>", link)
        strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        return part.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)

    [read_back] = read(_changed(_bytes(document), change), "a.docx")
    assert read_back.text == "正文。\n"


def test_external_entity_is_not_resolved() -> None:
    document = docx.Document()
    document.add_paragraph("正文。")
    dtd = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'

    def change(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        head, _, rest = part.partition(b"?>")
        return head + b"?>" + dtd + rest.replace("正文。".encode(), b"&e;")

    with pytest.raises(UnreadableFileError, match="document type"):
        read(_changed(_bytes(document), change), "a.docx")


def test_zip_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_UNPACKED", 2**20)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2 * 2**20))
    with pytest.raises(UnreadableFileError, match="unpacks to 2 MB, more than the limit of 1 MB"):
        read(stream.getvalue(), "a.docx")


def _zip(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + bytes(100), "broken one"),
        (b"no zip at all", "does not begin as one"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old Word document.*or one with a password"),
        (_zip("xl/workbook.xml", b"<x/>"), "an Excel workbook"),
        (_zip("a.txt", b"x"), "without the body of a Word document"),
        (_zip("word/document.xml", b"<w:document"), "broken XML"),
        (_zip("word/document.xml", b"<x>" * 5000), "broken XML"),
        (_zip("word/document.xml", f"<w:document {NS}><w:body/></w:document>".encode()), "no text"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        read(data, "a.docx")


def test_truncated_anywhere() -> None:
    document = docx.Document()
    document.add_paragraph("正文。" * 100)
    data = _bytes(document)
    for length in range(1, len(data), len(data) // 50):
        with pytest.raises(UnreadableFileError):
            read(data[:length], "a.docx")


def test_damaged_anywhere() -> None:
    """A flipped byte either does no harm or is refused; nothing else ever escapes."""
    document = docx.Document()
    document.add_paragraph("正文。" * 100)
    data = _bytes(document)
    for position in range(0, len(data), len(data) // 200):
        damaged = bytearray(data)
        damaged[position] ^= 0x55
        try:
            read(bytes(damaged), "a.docx")
        except UnreadableFileError as error:
            assert error.reason
