"""PDFs: wrapped lines, running heads, pages, titles, tables, and what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableFileError
from corpus.readers.pdf import read
from corpus.report import Document, LineKind

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
# The type area of GB/T 9704: 28 characters of 16 points a line.
LEFT, RIGHT, TOP, BOTTOM = 79.0, WIDTH - 74, HEIGHT - 105, 100.0
SIZE, LEADING = 16, 28
COUNTY = Path(__file__).parents[3].parent / "shared" / "reports" / "county"


@pytest.fixture(autouse=True, scope="module")
def _font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def _width(text: str, size: float = SIZE) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, size))


def _draw(paint: Callable[[Any], None], **options: Any) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    canvas.setFont(FONT, SIZE)
    paint(canvas)
    canvas.save()
    return stream.getvalue()


def _wrap(paragraph: str, indent: int) -> list[tuple[float, str]]:
    """Lines of a paragraph as a word processor breaks them: no stop begins a line."""
    lines: list[tuple[float, str]] = []
    x, line = LEFT + indent * SIZE, ""
    for character in paragraph:
        if x + _width(line + character) > RIGHT + 0.1 and character not in "，。、；：？！”）》":
            number = re.search(r"[0-9A-Za-z.%]+$", line)
            keep = len(line)
            if number and number.start() and re.match(r"[0-9A-Za-z.%]", character):
                keep = number.start()
            lines.append((x, line[:keep]))
            x, line = LEFT, line[keep:]
        line += character
    return [*lines, (x, line)]


def _typeset(
    paragraphs: list[str], title: tuple[str, ...] = (), indent: int = 2, bare: bool = False
) -> bytes:
    def paint(canvas: Any) -> None:
        number, y = 1, TOP

        def furniture() -> None:
            if bare:
                return
            canvas.setFont(FONT, 10)
            canvas.drawString(LEFT, HEIGHT - 40, "甲县2025年法治政府建设年度报告")
            canvas.drawCentredString(WIDTH / 2, 40, f"— {number} —")
            canvas.setFont(FONT, SIZE)

        furniture()
        for line in title:
            canvas.setFont(FONT, 22)
            canvas.drawCentredString((LEFT + RIGHT) / 2, y, line)
            y -= 36
        canvas.setFont(FONT, SIZE)
        for paragraph in paragraphs:
            for x, line in _wrap(paragraph, indent):
                if y < BOTTOM:
                    canvas.showPage()
                    number, y = number + 1, TOP
                    furniture()
                canvas.drawString(x, y, line)
                y -= LEADING

    return _draw(paint)


def _read(data: bytes) -> Document:
    [document] = read(data, "a.pdf")
    return document


HEADING = "一、2025年度工作情况"
LONG = (
    "（一）坚持和加强党的领导。全县各级各部门深入学习贯彻习近平法治思想，全年开展培训12场次、"
    "参训1,286人次，办结率达98.5%，调整充实人民调解组织54个，PM2.5年均浓度下降3.2%。"
)


def test_wrapped_lines_title_and_furniture() -> None:
    paragraphs = [HEADING, LONG, LONG * 3, "二、存在的问题", LONG * 12, "（二）短句。"]
    document = _read(_typeset(paragraphs, title=("甲县人民政府", "2025年法治政府建设年度报告")))
    title = "甲县人民政府2025年法治政府建设年度报告"
    assert document.text.splitlines() == [title, *paragraphs]
    assert [(h.start, h.kind) for h in document.hints] == [(0, LineKind.TITLE)]


def test_page_starts() -> None:
    paragraphs = ["".join(f"{i:04d}甲乙丙丁戊己。" for i in range(200))]
    data = _typeset(paragraphs)
    document = _read(data)
    assert document.text == paragraphs[0] + "\n"
    # By hand: the first line holds 26 ems, the others 28, and a page 23 lines
    # (from y = 736.9 by 28 down to 100).
    assert document.page_starts[0] == 0
    lines = [line for _, line in _wrap(paragraphs[0], 2)]
    starts = [sum(map(len, lines[:n])) for n in range(0, len(lines), 23)]
    assert list(document.page_starts) == starts
    assert len(starts) == 3


COMMON = st.text("的一是在国人民政府工作年度报告法治建设，、和有2025%", min_size=1, max_size=90)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(COMMON.map(lambda text: f"一{text.strip('，、')}。"), min_size=3, max_size=12))
def test_any_text_comes_back(paragraphs: list[str]) -> None:
    """Whatever is typeset with first lines set in comes back paragraph by paragraph."""
    long = "全县" * 40 + "。"  # so that there is a right margin to see
    assert _read(_typeset([long, *paragraphs], bare=True)).text.splitlines() == [long, *paragraphs]


def test_real_report_comes_back() -> None:
    files = sorted(COUNTY.glob("*.txt"))
    if not files:
        pytest.skip("the folder of real reports (../shared/reports) is not there")
    lines = files[0].read_text(encoding="utf-8").split("\n")
    paragraphs = [text for line in lines if (text := "".join(line.split()))]
    assert _read(_typeset(paragraphs)).text.splitlines() == paragraphs


def test_text_at_the_margin_without_indents() -> None:
    paragraphs = [
        "全县" * 20 + "工作。",
        "一、情况",
        "全县" * 30 + "。",
        "（一）甲",
        "正文" * 25 + "。",
    ]
    assert _read(_typeset(paragraphs, indent=0, bare=True)).text.splitlines() == paragraphs


@pytest.mark.parametrize("foot", ["— {} —", "- {} -", "{}", "第{}页 共3页", "{} / 3", "·{}·"])
def test_page_numbers(foot: str) -> None:
    def paint(canvas: Any) -> None:
        for number in (1, 2, 3):
            canvas.setFont(FONT, SIZE)
            canvas.drawString(LEFT, 500, f"第{'一二三'[number - 1]}段正文。")
            canvas.drawRightString(RIGHT, 50, foot.format(number))
            canvas.showPage()

    document = _read(_draw(paint))
    assert document.text == "第一段正文。\n第二段正文。\n第三段正文。\n"
    assert document.page_starts == (0, 7, 14)


def test_page_without_text_begins_where_the_next_does() -> None:
    def paint(canvas: Any) -> None:
        canvas.drawString(LEFT, 500, "第一页的正文在这里。")
        canvas.showPage()
        canvas.showPage()
        canvas.setFont(FONT, SIZE)
        canvas.drawString(LEFT, 500, "第三页的正文。")
        canvas.showPage()
        canvas.showPage()

    assert _read(_draw(paint)).page_starts == (0, 11, 11, 19)


def test_layout_blanks() -> None:
    def paint(canvas: Any) -> None:
        canvas.drawString(LEFT, 500, "全 县 共 办 理 12 件，占 5.5 %，use two words。")
        canvas.drawString(LEFT, 400, "目")
        canvas.drawString(LEFT + 80, 400, "录")

    assert _read(_draw(paint)).text == "全县共办理12件，占5.5 %，use two words。\n目录\n"


def test_lone_characters_are_not_lost() -> None:
    """PDFium alone loses a single Chinese character of a font that is not embedded."""

    def paint(canvas: Any) -> None:
        for i, text in enumerate(["二", "乙·丙₂", "】"]):
            canvas.drawString(LEFT, 500 - 50 * i, text)
        canvas.drawString(LEFT, 300, "正文在这里，有二十个字。")

    assert _read(_draw(paint)).text == "二\n乙·丙₂\n】\n正文在这里，有二十个字。\n"


def test_ruled_table_and_merged_cell() -> None:
    def paint(canvas: Any) -> None:
        canvas.drawString(LEFT, 700, "表前的正文。")
        xs, ys = [100, 250, 450], [650, 610, 560, 520]
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
        canvas.line(xs[0], ys[0], xs[0], ys[-1])
        canvas.line(xs[2], ys[0], xs[2], ys[-1])
        canvas.line(xs[1], ys[0], xs[1], ys[2])  # the last row is one merged cell
        for x, y, text in [
            (110, 625, "指标"), (260, 625, "数值"), (110, 590, "人民调解"), (110, 570, "组织"),
            (260, 580, "54 个"), (110, 535, "注：截至年底"),
        ]:  # fmt: skip
            canvas.drawString(x, y, text)
        canvas.drawString(LEFT, 450, "表后的正文。")

    document = _read(_draw(paint))
    assert document.text.splitlines() == [
        "表前的正文。", "指标\t数值", "人民调解组织\t54个", "注：截至年底", "表后的正文。",
    ]  # fmt: skip
    assert [h.kind for h in document.hints] == [LineKind.TABLE] * 3


def test_two_columns() -> None:
    left = [f"左栏第{n}行文字排满了全栏宽" for n in "一二三四五六七八九十"]
    right = [f"右栏第{n}行文字排满了全栏宽" for n in "一二三四五六七八九十"]

    def paint(canvas: Any) -> None:
        for i, (a, b) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(LEFT, 700 - i * LEADING, a)
            canvas.drawString(WIDTH / 2 + 12, 700 - i * LEADING, b)

    assert _read(_draw(paint)).text.replace("\n", "") == "".join(left + right)


def test_turned_watermark_goes_and_rotated_page_stays() -> None:
    def paint(canvas: Any) -> None:
        for number in (1, 2, 3):
            canvas.setFont(FONT, SIZE)
            canvas.drawString(LEFT, 500, f"第{number}段正文文字在这里。")
            canvas.saveState()
            canvas.rotate(45)
            canvas.drawString(400, 100, "内部资料")
            canvas.restoreState()
            canvas.showPage()
        canvas.setPageRotation(90)
        canvas.setFont(FONT, SIZE)
        canvas.translate(300, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "横排页面的正文。")

    assert _read(_draw(paint)).text.splitlines() == [
        "第1段正文文字在这里。", "第2段正文文字在这里。", "第3段正文文字在这里。", "横排页面的正文。",
    ]  # fmt: skip


def test_bold_printed_twice_is_read_once() -> None:
    def paint(canvas: Any) -> None:
        for shift in (0, 0.3):
            canvas.drawString(LEFT + shift, 500, "一、加粗的标题文字共十二个字")

    assert _read(_draw(paint)).text == "一、加粗的标题文字共十二个字\n"


def test_letterhead_is_not_the_title() -> None:
    def paint(canvas: Any) -> None:
        middle = (LEFT + RIGHT) / 2
        canvas.setFont(FONT, 36)
        canvas.drawCentredString(middle, 700, "甲县人民政府文件")
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(middle, 600, "关于印发年度报告的通知")
        canvas.setFont(FONT, SIZE)
        canvas.drawString(LEFT + 2 * SIZE, 500, "各乡镇人民政府，请认真执行本通知。")

    document = _read(_draw(paint))
    [hint] = document.hints
    assert hint.kind is LineKind.TITLE
    assert document.text[hint.start :].startswith("关于印发")


def test_scan() -> None:
    def paint(canvas: Any) -> None:
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()
        canvas.rect(100, 100, 200, 200, fill=1)

    with pytest.raises(UnreadableFileError, match=r"no text layer on its 2 page.*run OCR first"):
        read(_draw(paint), "a.pdf")


def test_encrypted() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415 - only for this test

    data = _draw(lambda c: c.drawString(100, 500, "正文"), encrypt=StandardEncryption("secret"))
    with pytest.raises(UnreadableFileError, match="needs a password; save a copy without one"):
        read(data, "a.pdf")


@pytest.mark.parametrize("data", [b"not a pdf", b"%PDF-1.4\n" + bytes(200), b"%PDF-1.4"])
def test_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"not a PDF|broken PDF"):
        read(data, "a.pdf")


def test_damaged_anywhere() -> None:
    """A flipped byte either does no harm or is refused; nothing else ever escapes."""
    data = _typeset([HEADING, LONG])
    for position in range(0, len(data), max(1, len(data) // 150)):
        damaged = bytearray(data)
        damaged[position] ^= 0x55
        try:
            read(bytes(damaged), "a.pdf")
        except UnreadableFileError as error:
            assert error.reason
