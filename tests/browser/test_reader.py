"""Reading a report in a real browser: the mark, the outline, places found, citing, terms."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.support import DESKTOP, PHONE, Visitor, in_view, text_of, texts_of, too_wide
from tests.browser.test_search import PATH, SENTENCE

ID = quote("桑日县-2021")
# The sentence's place in the report: see tests/browser/test_search.py.
CITED = f"/reports/{ID}?start=1273&end=1324"
ASKED = f"{CITED}&q={quote('多少个人民调解组织')}#mark"


def marked(page: Page) -> str:
    return "".join(page.locator("article mark").all_text_contents())


def span(page: Page) -> tuple[int, int]:
    values = parse_qs(urlsplit(page.url).query)
    return int(values["start"][0]), int(values["end"][0])


def test_the_cited_span_is_marked_and_in_view(visitor: Visitor) -> None:
    for size in (DESKTOP, PHONE):
        page = visitor.open(f"{CITED}#mark", size=size)
        assert marked(page) == SENTENCE
        expect(page.locator("#mark")).to_be_in_viewport()
        # Not below what sticks to the top of the window.
        box = page.locator("#mark").bounding_box()
        finder = page.locator(".finder").bounding_box()
        assert box is not None and finder is not None
        assert box["y"] >= min(finder["y"] + finder["height"], 400) or finder["y"] < 0


def test_the_outline_follows_what_is_read(visitor: Visitor) -> None:
    page = visitor.open(f"{CITED}#mark")
    current = page.locator(".outline [aria-current]")
    assert text_of(current) == PATH.rpartition(" › ")[2]
    # The last section can't come up to the top of the window; it is the one that was chosen all the same.
    last = page.locator("#outline a").last
    last.click()
    expect(last).to_have_attribute("aria-current", "location")
    first = page.locator("#outline a").first
    first.click()
    expect(first).to_have_attribute("aria-current", "location")
    assert current.count() == 1
    page.mouse.move(700, 400)
    page.mouse.wheel(0, 700)
    expect(first).not_to_have_attribute("aria-current", "location")
    assert current.count() == 1


def test_from_place_to_place(visitor: Visitor) -> None:
    page = visitor.open(ASKED)
    seen = {span(page)}
    said = text_of(page.locator(".hits-nav [role=status]"))
    assert said.startswith("相近段落 第 ")
    with page.expect_navigation():
        page.locator("#next").click()
    assert span(page) not in seen
    expect(page.locator("#mark")).to_be_in_viewport()
    after = text_of(page.locator(".hits-nav [role=status]"))
    assert after != said
    page.keyboard.press("p")
    page.wait_for_url("**start=1273**")
    assert text_of(page.locator(".hits-nav [role=status]")) == said
    page.go_back()
    assert span(page) not in seen


def test_searching_inside_the_report(visitor: Visitor) -> None:
    page = visitor.open(f"/reports/{ID}")
    page.locator("#find").fill("政务中心")
    with page.expect_navigation():
        page.locator("#find").press("Enter")
    assert "政务中心" in "".join(page.locator("article .word").all_text_contents())


def test_copying_the_citation(visitor: Visitor) -> None:
    page = visitor.open(f"{CITED}#mark", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".cite button[data-copy]").first.click()
    expect(page.locator("#toast")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert SENTENCE in copied.replace("‘", "“").replace("’", "”")
    assert PATH in copied
    assert "桑日县2021年法治政府建设年度报告" in copied


def test_citing_a_selection(visitor: Visitor) -> None:
    page = visitor.open(f"/reports/{ID}")
    wanted = "采集历史证照12222个"
    page.evaluate(
        """wanted => {
          for (const block of document.querySelectorAll("article [data-start]")) {
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const at = walker.currentNode.data.indexOf(wanted);
              if (at < 0) continue;
              const range = document.createRange();
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + wanted.length);
              getSelection().addRange(range);
              walker.currentNode.parentElement.scrollIntoView();
              return;
            }
          }
        }""",
        wanted,
    )
    with page.expect_navigation():
        page.locator("#cite-selection").click()
    assert marked(page) == wanted
    assert wanted in text_of(page.locator("#reference"))


def test_terms_are_explained_on_hover_and_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(f"/reports/{quote('松涧市-2025')}")
    term = page.locator("a.term").first
    explanation = term.get_attribute("title")
    assert explanation
    tip = page.get_by_role("tooltip")
    term.hover()
    expect(tip).to_have_text(explanation)
    assert in_view(tip)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert page.locator(".part.glossary").count() == 1
    assert page.locator(".part.glossary h1, .part.glossary h2").count() >= 1


def test_a_span_that_is_not_there_is_said(visitor: Visitor) -> None:
    visitor.expected = ("status of 422",)
    page = visitor.open(f"/reports/{ID}?start=5&end=999999")
    assert "999999" in text_of(page.get_by_role("alert"))
    assert page.locator("article").count() == 1


def test_the_outline_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(f"/reports/{ID}", size=PHONE)
    page.locator("#outline summary").click()
    texts = texts_of(page.locator("#outline a"))
    assert "三、2022年工作安排" in texts
    page.locator(".outline a", has_text="三、2022年工作安排").click()
    expect(
        page.locator("article h2, article h3").filter(has_text="2022年工作安排")
    ).to_be_in_viewport()
    assert too_wide(page) == 0


def test_past_the_outline_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(f"/reports/{ID}")
    page.locator("#outline summary").focus()
    page.keyboard.press("Shift+Tab")
    skip = page.locator(".skip-outline")
    expect(skip).to_be_focused()
    assert in_view(skip)
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_be_focused()
