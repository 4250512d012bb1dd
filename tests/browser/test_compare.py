"""Comparing in a real browser: the table, its order, what is chosen, and the file it becomes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.support import Visitor, text_of, texts_of

TOPIC = "森林覆盖率"


def compare(page: Page, topic: str) -> None:
    page.locator("#topic").fill(topic)
    # All of the page, which is sent in parts, and its scripts.
    with page.expect_navigation():
        page.locator("#topic").press("Enter")


def test_compare_sort_and_open_the_proof(visitor: Visitor) -> None:
    page = visitor.open("/compare")
    compare(page, TOPIC)
    assert parse_qs(urlsplit(page.url).query) == {"topic": [TOPIC]}
    rows = page.locator("#table tbody tr")
    # Every sample has a row; two of them state it, and the others are plain to see.
    assert rows.count() == 14
    assert page.locator("#table tbody tr.silent").count() == 12
    assert texts_of(page.locator("#table .silent .absent")) == ["未说明"] * 12
    assert texts_of(page.locator("#table .figure .value")) == ["61.3%", "58.7%"]
    assert page.locator("figure svg, svg.plot, .compared svg").count() >= 1
    page.locator("#table thead a").click()
    page.wait_for_url("**sort=highest**")
    assert texts_of(page.locator("#table .figure .value")) == ["61.3%", "58.7%"]
    page.locator("#table thead a").click()
    page.wait_for_url("**sort=lowest**")
    assert texts_of(page.locator("#table .figure .value")) == ["58.7%", "61.3%"]
    page.locator("#table tbody tr:not(.silent)").first.locator("td a").last.click()
    page.locator("#mark").wait_for()
    page.wait_for_load_state()
    expect(page.locator("#mark")).to_be_in_viewport()
    assert "森林覆盖率58.7%" in "".join(page.locator("article mark").all_text_contents())


def test_the_workbook_opens_and_says_the_same(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open(f"/compare?topic={quote(TOPIC)}")
    with page.expect_download() as download:
        page.locator(".exports a", has_text="Excel").click()
    file = tmp_path / "compared.xlsx"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(".xlsx")
    sheet = load_workbook(file).worksheets[0]
    said = [
        "" if cell is None else str(cell)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert any("61.3" in each for each in said)
    assert any("58.7" in each for each in said)
    assert sum("未说明" in each for each in said) >= 12
    for name in ("CSV", "HTML", "Markdown"):
        with page.expect_download() as download:
            page.locator(".exports a", has_text=name).click()
        download.value.save_as(tmp_path / name)
        assert "61.3%" in (tmp_path / name).read_text(encoding="utf-8")


def test_choosing_what_is_compared(visitor: Visitor) -> None:
    page = visitor.open("/compare")
    page.locator("summary", has_text="地区").click()
    page.locator(".choose[open] .narrow-list").fill("霜溪")
    shown = page.locator(".choose[open] li").filter(visible=True)
    assert shown.count() == 1
    shown.locator("input").check()
    page.locator("#from").select_option("2025")
    compare(page, "粮食产量")
    assert parse_qs(urlsplit(page.url).query) == {
        "topic": ["粮食产量"],
        "region": ["霜溪县"],
        "from": ["2025"],
    }
    assert texts_of(page.locator("#table tbody th bdi")) == ["霜溪县 2025"]
    page.go_back()
    assert page.locator("#topic").input_value() == ""


def test_two_reports_by_their_outlines_and_wording(visitor: Visitor) -> None:
    page = visitor.open(f"/compare?topic={quote(TOPIC)}")
    for row in ("霜溪县 2024", "霜溪县 2025"):
        page.locator("#table tbody tr", has_text=row).locator("input").check()
    with page.expect_navigation():
        page.locator(".with-ticked button[value=outline]").click()
    assert page.locator("table.outlines tbody tr").count() > 5
    page.go_back()
    with page.expect_navigation():
        page.locator(".exports a", has_text="比较措辞").click()
    assert text_of(page.locator(".wording"))


def test_nothing_to_compare_is_said(visitor: Visitor) -> None:
    visitor.expected = ("status of 422",)
    page = visitor.open("/compare?topic=")
    assert "请输入主题" in text_of(page.get_by_role("alert"))


def test_with_scripts_off(visitor: Visitor) -> None:
    page = visitor.open("/compare", java_script_enabled=False)
    compare(page, TOPIC)
    assert texts_of(page.locator("#table .figure .value")) == ["61.3%", "58.7%"]
    assert page.locator(".narrow-list").filter(visible=True).count() == 0
