"""With scripts off: asking, filtering and reading work all the same."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.support import Visitor, text_of, texts_of
from tests.browser.test_search import PATH, QUESTION, SENTENCE, ask, check_answer, values


def test_ask_filter_and_read(visitor: Visitor) -> None:
    page = visitor.open(java_script_enabled=False)
    ask(page, QUESTION)
    assert text_of(page.locator(".answer .figure")) == "54个"
    assert text_of(page.locator(".answer .path")) == PATH
    page.locator(".facets summary", has_text="年份").click()
    with page.expect_navigation():
        page.locator(".facets details[open] a", has_text="2021").click()
    assert values(page) == {"q": [QUESTION], "year": ["2021"]}
    assert set(texts_of(page.locator(".hits .cited"))) == {"桑日县 · 2021年"}
    page.locator(".answer .cited").click()
    mark = page.locator("#mark")
    mark.wait_for()
    page.wait_for_load_state()
    assert "".join(page.locator("main mark").all_text_contents()) == SENTENCE
    expect(mark).to_be_in_viewport()
    assert not page.locator(".js-only").filter(visible=True).count()


def test_the_language(visitor: Visitor) -> None:
    page = visitor.open(java_script_enabled=False)
    page.get_by_role("link", name="English").click()
    ask(page, QUESTION)
    assert text_of(page.locator(".answer .cited")) == "桑日县 · 2021"


def test_the_same_words_as_with_scripts(visitor: Visitor) -> None:
    check_answer(visitor.open(f"/?q={QUESTION}"))
