"""Text from reports never becomes markup, whatever it says: nothing runs, everything shows as it is."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.hostile import ALL, HOSTILE, IMAGE, LEFT, RIGHT, SCRIPT
from tests.browser.support import Visitor, too_wide

IDS = [quote(str(each["report_id"]), safe="") for each in HOSTILE]


def check_harmless(page: Page) -> None:
    """Nothing ran, nothing was loaded, no link or picture came of a text."""
    page.wait_for_load_state("load")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img, main script, main [onerror], main [onclick]").count() == 0
    assert page.locator("a[href*='javascript:' i], form[action*='javascript:' i]").count() == 0
    assert page.locator("main h1").count() == 1
    # The frame stands where it should: no text has closed what it stands in.
    assert page.evaluate("document.querySelector('main').parentElement.localName") == "body"


def test_an_answer(victim: Visitor) -> None:
    page = victim.open("/?q=新建公路多少公里")
    check_harmless(page)
    said = page.locator(".hits").text_content() or ""
    for each in ALL:
        assert each in said
    assert IMAGE in (page.locator(".answer .path").text_content() or "")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/reports/{each}" for each in IDS),
        f"/reports/{IDS[0]}?start=60&end=130&q={quote(SCRIPT)}",
        f"/?q={quote(SCRIPT)}",
        f"/?q={quote(IMAGE)}&lang=en",
        f"/?q=公路&region={quote(str(HOSTILE[1]['region']))}",
        "/corpus",
        "/compare",
        f"/compare?topic={quote('新建公路')}",
        f"/compare?topic={quote(IMAGE)}",
        "/",
    ],
)
def test_views(victim: Visitor, path: str) -> None:
    victim.expected = ("status of 422",)
    check_harmless(victim.open(path))


@pytest.mark.parametrize(
    "path",
    [
        f"/reports/{quote(IMAGE, safe='')}",
        f"/?q=a&region={quote(IMAGE)}",
        f"/?q=a&year={quote(SCRIPT)}",
    ],
)
def test_errors(victim: Visitor, path: str) -> None:
    victim.expected = ("status of 404", "status of 422")
    page = victim.open(path)
    check_harmless(page)
    # A report that isn't there is not named; a filter that fits nothing is.
    shown = {"region": IMAGE, "year": SCRIPT}
    for name, text in shown.items():
        assert (f"{name}=" in path) is (text in (page.text_content("main") or ""))


def test_a_report_shows_as_it_is_written(victim: Visitor) -> None:
    page = victim.open(f"/reports/{IDS[0]}")
    shown = "".join((page.locator("article").text_content() or "").split())
    for each in ALL:
        assert "".join(each.split()) in shown
    assert LEFT in shown
    assert RIGHT in shown


def test_marks_of_direction_end_with_their_text(victim: Visitor) -> None:
    """The title of a hit turns the text to the left; what stands behind it does not turn."""
    page = victim.open("/?q=新建公路多少公里")
    source = page.locator(".hits .source").first
    assert LEFT in (source.text_content() or "")
    order = source.evaluate(
        """node => {
          const title = node.querySelector("bdi"), range = document.createRange();
          range.selectNodeContents(node.lastChild);
          const text = range.getClientRects();
          return [getComputedStyle(title).unicodeBidi, text[text.length - 1].right
            > title.getClientRects()[0].left];
        }"""
    )
    assert order == ["isolate", True]
    # Letters of our own words beside it run from left to right.
    digits = source.evaluate(
        """node => {
          const text = node.lastChild, range = document.createRange(), at = [];
          for (const i of [text.data.search(/\\d/), text.data.search(/\\d/) + 1]) {
            range.setStart(text, i); range.setEnd(text, i + 1);
            at.push(range.getBoundingClientRect().left);
          }
          return at;
        }"""
    )
    assert digits[0] < digits[1]


def test_on_a_phone_nothing_is_too_wide(victim: Visitor) -> None:
    for path in (f"/reports/{IDS[0]}", "/?q=新建公路多少公里", "/corpus"):
        assert too_wide(victim.open(path, size=(390, 844))) == 0, path
