"""What is indexed, in a real browser: the table; adding a report, finding it, and taking it away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from search_api.web.app import create_app
from tests.browser.support import (
    PHONE,
    Visitor,
    in_view,
    screenshot,
    serving,
    text_of,
    texts_of,
    too_wide,
    violations,
)

TITLE = "雾岭县2025年政府工作报告"
LINES = (
    "一、2025年工作回顾",
    "一年来，全县建成智能温室87座，新增采摘园5个，带动农户增收。",
    "二、2026年工作安排",
    "继续扩大设施农业规模，新建智能温室30座。",
)
QUESTION = "建成智能温室多少座？"


@pytest.fixture(scope="module")
def open_server(samples_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that takes reports, over an index of its own."""
    data = tmp_path_factory.mktemp("open") / "index"
    shutil.copytree(samples_data, data)
    with serving(create_app(data, allow_upload=True)) as base:
        yield base


@pytest.fixture
def keeper(browser: Browser, open_server: str) -> Iterator[Visitor]:
    """A person who may add and remove reports."""
    person = Visitor(browser, open_server)
    yield person
    person.leave()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A Word document of a place that the samples don't have."""
    document = Document()
    document.add_heading(TITLE, level=0)
    for line in LINES:
        document.add_paragraph(line)
    file = tmp_path / "雾岭县-2025.docx"
    document.save(str(file))
    return file


def remove(page: Page, name: str) -> None:
    page.goto("/corpus?view=list")
    page.locator(f"a.act[aria-label*='{name}']").first.click()
    page.locator(".removing .danger").wait_for()


def test_the_samples_by_place_and_year(visitor: Visitor) -> None:
    page = visitor.open("/corpus")
    table = page.locator("table.coverage")
    assert texts_of(table.locator("thead th"))[1:] == ["2025", "2024", "2021"]
    assert table.locator("tbody td a").count() == 14
    assert text_of(page.locator(".totals dd").first) == "14"
    page.locator("#find").fill("霜溪")
    assert texts_of(table.locator("tbody tr:visible th")) == ["霜溪县"]
    page.locator("#find").fill("没有这个地方")
    expect(page.locator("#none")).to_be_visible()
    page.locator("#find").fill("")
    table.locator("tbody tr", has_text="霜溪县").locator("td a").first.click()
    page.locator("article").wait_for()
    page.wait_for_load_state()
    assert "霜溪县" in text_of(page.locator("h1"))
    # Nothing can be added here, and it says how that would be.
    page.go_back()
    assert page.locator("input[type=file]").count() == 0
    assert "--allow-upload" in text_of(page.locator("main"))


def test_add_a_report_find_it_and_take_it_away(keeper: Visitor, report: Path) -> None:
    page = keeper.open("/corpus")
    page.set_input_files("input[type=file]", report)
    outcome = page.locator("#sent .outcome")
    outcome.wait_for(timeout=30_000)
    assert text_of(outcome.locator(".state")) == "已收录"
    assert TITLE in text_of(outcome)
    page.goto(f"/?q={quote(QUESTION)}")
    assert text_of(page.locator(".answer .figure")) == "87座"
    page.locator(".answer .cited").click()
    expect(page.locator("#mark")).to_be_in_viewport()
    assert "87座" in "".join(page.locator("article mark").all_text_contents())

    remove(page, "雾岭县")
    page.locator(".removing .button, .removing .act").last.click()  # undone
    expect(page.locator(".removing .danger")).to_have_count(0)
    assert page.locator("table.reports tbody tr").count() == 15
    remove(page, "雾岭县")
    page.locator(".removing .danger").click()
    expect(page.locator(".notice h2")).to_have_text("已移除 1 份报告")
    assert page.locator("table.reports tbody tr").count() == 14
    page.goto(f"/?q={quote(QUESTION)}")
    assert page.locator(".answer .figure", has_text="87座").count() == 0


def test_dropping_files_says_of_each_what_became_of_it(keeper: Visitor) -> None:
    page = keeper.open("/corpus")
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["MZ"], "程序.exe"));
          files.items.add(new File([""], "空.txt"));
          files.items.add(new File(["不是文档"], "假的.docx"));
          document.querySelector("form.upload").dispatchEvent(
            new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }"""
    )
    refused = page.locator("#sent .outcome.refused")
    expect(refused).to_have_count(3, timeout=30_000)
    assert texts_of(refused.locator(".file")) == ["程序.exe", "空.txt", "假的.docx"]
    reasons = texts_of(refused.locator(".why"))
    assert reasons[0].startswith("不支持这种格式")
    assert reasons[1] == "文件是空的。"
    assert "docx" in reasons[2] or "Word" in reasons[2] or "文件" in reasons[2]
    screenshot(page, "upload-desktop")
    assert violations(page) == []


def test_the_page_knows_what_was_sent_and_shows_the_newest_first(
    keeper: Visitor, tmp_path: Path
) -> None:
    page = keeper.open("/corpus", size=(1000, 500))
    count = page.locator(".totals dd").first
    before = int(text_of(count))
    rows = page.locator("table.coverage tbody tr", has_text="地区不详")
    expect(rows).to_have_count(0)
    page.locator("#find").fill("事项")
    for batch in (1, 2):
        files = [tmp_path / f"事项-{batch}-{number}.txt" for number in (1, 2)]
        for number, file in enumerate(files):
            file.write_text(
                f"关于第{batch}{number}事项的情况说明\n2024年3月4日\n一、情况\n全年办结{batch}{number}件。\n",
                encoding="utf-8",
            )
        empty = tmp_path / "空.txt"
        empty.touch()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.set_input_files("input[type=file]", [*files, empty])
        expect(page.locator("#sum")).to_have_text(
            "上传完毕：2 个文件已收录 · 1 个未收录", timeout=30_000
        )
        expect(page.locator("#sum")).to_be_in_viewport()
        names = texts_of(page.locator("#sent .file"))
        assert names[:3] == [file.name for file in [*files, empty]]
        assert len(names) == 3 * batch
        expect(count).to_have_text(str(before + 2 * batch))
        # The table is new, and what was typed to find rows still counts.
        expect(rows.locator("td a")).to_have_count(2 * batch)
        expect(page.locator("#find")).to_have_value("事项")
        expect(page.locator("table.coverage tbody tr:visible")).to_have_count(1)
        page.locator("#sum").evaluate("node => node.textContent = ''")
    assert violations(page) == []
    for name in ("事项-1-1", "事项-1-2", "事项-2-1", "事项-2-2"):
        assert page.request.delete(f"/api/reports/{quote(name)}").ok


def test_back_after_a_removal_offers_nothing_that_is_gone(keeper: Visitor, report: Path) -> None:
    for scripts in (True, False):
        page = keeper.open("/corpus", java_script_enabled=scripts)
        page.request.post(
            "/api/reports",
            multipart={
                "file": {
                    "name": report.name,
                    "mimeType": "application/octet-stream",
                    "buffer": report.read_bytes(),
                }
            },
        )
        remove(page, "雾岭县")
        page.locator(".removing .danger").click()
        expect(page.locator(".notice h2")).to_have_text("已移除 1 份报告")
        page.go_back()
        if scripts:
            expect(page.locator("main")).to_contain_text("有 1 份已不在库中")
            expect(page.locator(".removing .danger")).to_have_count(0)
        elif page.locator(".removing .danger").count():  # the page as the browser kept it
            page.locator(".removing .danger").click()
            expect(page.locator(".notice h2")).to_contain_text("1 份报告已不在库中")


def test_years_that_are_cut_off_are_hinted_at_and_can_be_reached(
    keeper: Visitor, tmp_path: Path
) -> None:
    years = range(1996, 2012)
    ids = [f"霜溪县-{year}" for year in years]  # with the samples: 19 years
    table = tmp_path / "历年.csv"
    rows = (
        f"{each},霜溪县{year}年政府工作报告,全年新建温室{year - 1990}座。"
        for each, year in zip(ids, years, strict=True)
    )
    table.write_text("\n".join(("report_id,title,text", *rows)), encoding="utf-8")
    page = keeper.open("/corpus", size=PHONE)
    expect(page.locator("#wider")).to_be_visible()  # three years don't fit
    page.set_input_files("input[type=file]", table)
    expect(page.locator("#sum")).to_have_text("上传完毕：1 个文件已收录", timeout=30_000)
    expect(page.locator("#wider")).to_have_text("共 19 个年份，左右滚动可以看全。")
    assert too_wide(page) == 0
    oldest = page.locator("table.coverage thead th").last
    expect(oldest).not_to_be_in_viewport()
    page.locator(".wide").focus()
    page.keyboard.press("End")
    page.locator(".wide").evaluate("node => node.scrollLeft = node.scrollWidth")
    oldest.scroll_into_view_if_needed()
    assert in_view(oldest)
    # The names of the places stay.
    assert page.locator("table.coverage tbody th").first.evaluate(
        "node => node.getBoundingClientRect().left >= 0"
    )
    # On paper nothing can be scrolled: all years are there.
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    assert page.locator("table.coverage").evaluate(
        "node => node.getBoundingClientRect().right <= innerWidth"
    )
    for each in ids:
        assert page.request.delete(f"/api/reports/{quote(each)}").ok


def test_with_scripts_off(keeper: Visitor, report: Path) -> None:
    page = keeper.open("/corpus", java_script_enabled=False)
    page.set_input_files("input[type=file]", report)
    page.locator("form.upload button").click()
    page.locator(".outcome").wait_for(timeout=30_000)
    assert text_of(page.locator(".outcome .state")) == "已收录"
    remove(page, "雾岭县")
    page.locator(".removing .danger").click()
    page.locator(".notice").wait_for()
    page.wait_for_load_state()
    assert page.locator("table.reports tbody tr").count() == 14
