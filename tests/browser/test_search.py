"""Asking in a real browser: the answer with its proof, filters, the way back, keys, languages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.support import PHONE, Visitor, in_view, text_of, texts_of, too_wide

QUESTION = "县里今年调整过的调解组织一共多少个？"
SENTENCE = "学习推广“枫桥经验”，织密基层调解网络，今年对全县54个人民调解组织进行了调整充实，补强了调解员力量。"
PATH = "一、2021年法治政府建设的主要做法 › （二）树牢法治观念，提升履职水平 › 五是矛盾纠纷依法化解"
# No sample says anything of either.
NOWHERE = "地铁运营里程是多少公里"


def ask(page: Page, question: str) -> None:
    page.locator("#q").fill(question)
    # All of the page, which is sent in parts, and its scripts.
    with page.expect_navigation():
        page.locator("#q").press("Enter")


def values(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def pick(page: Page, menu: str, choice: str) -> None:
    """Open a filter and choose from it."""
    page.locator(".facets summary", has_text=menu).click()
    with page.expect_navigation():
        page.locator(".facets details[open] a", has_text=choice).first.click()


def check_answer(page: Page) -> None:
    page.wait_for_load_state()
    figure = page.locator(".answer .figure")
    assert text_of(figure) == "54个"
    assert figure.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 28
    assert in_view(figure)
    assert text_of(page.locator(".answer blockquote")) == SENTENCE
    assert texts_of(page.locator(".answer mark")) == ["54个"]
    assert text_of(page.locator(".answer .path")) == PATH


def test_ask_in_chinese(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    ask(page, QUESTION)
    check_answer(page)
    assert text_of(page.locator(".answer .cited")) == "桑日县 · 2021年"
    assert values(page) == {"q": [QUESTION]}
    assert page.locator(".hits > li").count() == 10
    assert "调解" in texts_of(page.locator(".hits mark"))


def test_ask_in_english(visitor: Visitor) -> None:
    page = visitor.open(language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    ask(page, "How many mediation organizations were adjusted?")
    check_answer(page)
    assert text_of(page.locator(".answer .cited")) == "桑日县 · 2021"
    assert text_of(page.locator("h2#passages")).startswith("Passages")


def test_the_citation_opens_with_its_sentence_marked_in_view(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".answer .cited").click()
    mark = page.locator("#mark")
    mark.wait_for()
    page.wait_for_load_state()
    assert "".join(page.locator("article mark, main mark.cited").all_text_contents()) == SENTENCE
    expect(mark).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0  # it is far down: the page has been scrolled to it


def test_two_clicks_from_the_start_to_a_cited_answer(page: Page) -> None:
    example = page.locator("#examples + .questions a").first
    question = text_of(example)
    example.click()
    cited = page.locator(".answer .cited").first
    cited.wait_for()
    page.wait_for_load_state()
    assert values(page)["q"] == [question]
    said = text_of(page.locator(".answer blockquote").first)
    assert page.locator(".answer blockquote mark").count() >= 1
    cited.click()
    expect(page.locator("#mark")).to_be_in_viewport()
    assert "".join("".join(page.locator("main mark").all_text_contents()).split()).startswith(
        "".join(said.split())
    )


def test_filters_count_reports_and_stand_in_the_address(page: Page) -> None:
    ask(page, "公路")
    # Seven of the fourteen samples are of 2025, seven are work reports: see samples/manifest.csv.
    assert texts_of(page.locator(".facets .menu:has-text('年份') a")) == [
        "全部",
        "2025 7",
        "2024 6",
        "2021 1",
    ]
    pick(page, "年份", "2025")
    assert values(page) == {"q": ["公路"], "year": ["2025"]}
    assert {each.rpartition(" ")[2] for each in texts_of(page.locator(".hits .cited"))} == {
        "2025年"
    }
    pick(page, "类型", "政府工作报告")
    assert values(page) == {"q": ["公路"], "year": ["2025"], "kind": ["work_report"]}
    pick(page, "地区", "霜溪县")
    assert values(page)["region"] == ["霜溪县"]
    assert set(texts_of(page.locator(".hits .cited"))) == {"霜溪县 · 2025年"}
    chips = page.locator(".facets .chip")
    assert texts_of(chips) == ["霜溪县 ×", "2025 ×", "政府工作报告 ×"]
    # Beside the place, both years of the county are offered.
    assert texts_of(page.locator(".facets .menu:has-text('年份') a")) == [
        "全部",
        "2025 1",
        "2024 1",
    ]
    with page.expect_navigation():
        chips.nth(1).click()
    assert values(page) == {"q": ["公路"], "region": ["霜溪县"], "kind": ["work_report"]}
    assert set(texts_of(page.locator(".hits .cited"))) == {"霜溪县 · 2025年", "霜溪县 · 2024年"}
    # The next question keeps the filters.
    ask(page, "粮食产量")
    assert values(page) == {"q": ["粮食产量"], "region": ["霜溪县"], "kind": ["work_report"]}


def test_the_mode_is_a_filter_too(page: Page) -> None:
    ask(page, "公路")
    pick(page, "方式", "按字词")
    assert values(page) == {"q": ["公路"], "mode": ["lexical"]}
    said = texts_of(page.locator(".hits > li:not(.short) blockquote"))
    assert said
    # Words only: each passage has the word or one of its characters' words.
    assert all("公路" in each or "路" in each for each in said)


def test_a_filter_that_no_report_fits_says_so(visitor: Visitor) -> None:
    visitor.expected = ("status of 422",)
    page = visitor.open("/?q=公路&region=霜西县")
    alert = page.get_by_role("alert")
    assert "霜西县" in text_of(alert)
    with page.expect_navigation():
        alert.locator(".chip", has_text="霜溪县").click()
    assert values(page) == {"q": ["公路"], "region": ["霜溪县"]}


def test_what_no_report_says_is_refused_with_the_nearest_passages(page: Page) -> None:
    ask(page, NOWHERE)
    refused = page.locator(".answer.refused")
    assert text_of(refused.locator("h2")) == "报告中没有说明"
    assert page.locator(".answer .figure").count() == 0
    assert text_of(page.locator("h2#passages")).startswith("最接近的段落")
    assert page.locator(".hits > li").count() == 10


def test_back_and_forward(page: Page) -> None:
    ask(page, QUESTION)
    pick(page, "年份", "2021")
    page.locator(".answer .cited").click()
    page.locator("#mark").wait_for()
    page.wait_for_load_state()
    page.go_back()
    assert values(page) == {"q": [QUESTION], "year": ["2021"]}
    check_answer(page)
    assert page.locator("#q").input_value() == QUESTION
    page.go_back()
    assert values(page) == {"q": [QUESTION]}
    assert page.locator(".facets .chip").count() == 0
    page.go_back()
    page.locator("#examples").wait_for()
    page.wait_for_load_state()
    page.go_forward()
    check_answer(page)


def test_the_language_stays(page: Page) -> None:
    page.get_by_role("link", name="English").click()
    assert text_of(page.locator("h1")) == "Find answers in government reports"
    ask(page, QUESTION)
    assert values(page) == {"q": [QUESTION]}
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".answer .cited").click()
    page.locator("#mark").wait_for()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/")
    page.get_by_role("link", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_switching_the_language_keeps_the_question(page: Page) -> None:
    ask(page, QUESTION)
    pick(page, "年份", "2021")
    page.get_by_role("link", name="English").click()
    check_answer(page)
    assert (values(page)["q"], values(page)["year"]) == ([QUESTION], ["2021"])


def test_recent_questions(page: Page) -> None:
    assert page.locator("#recent").is_hidden()
    ask(page, QUESTION)
    ask(page, NOWHERE)
    page.locator("header .home").click()
    recent = page.locator("#recent a")
    recent.first.wait_for()
    assert texts_of(recent) == [NOWHERE, QUESTION]
    recent.nth(1).click()
    check_answer(page)
    page.locator("header .home").click()
    page.locator("#clear-recent").click()
    assert page.locator("#recent").is_hidden()
    page.reload()
    assert page.locator("#recent").is_hidden()


def test_keys(page: Page) -> None:
    ask(page, QUESTION)
    focused = "document.activeElement.id || document.activeElement.className"
    page.locator("body").click(position={"x": 2, "y": 300})
    page.keyboard.press("j")
    assert page.evaluate(focused) == "cited"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "q"
    assert page.locator("#q").input_value() == QUESTION  # no slash was typed
    page.keyboard.type("a/b")
    assert page.locator("#q").input_value() == "a/b"
    page.locator(".facets summary").first.press("Enter")
    assert page.locator(".facets details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".facets details[open]").count() == 0


def test_only_by_keyboard_to_the_cited_place(page: Page) -> None:
    page.keyboard.type(QUESTION)  # the box has the focus
    page.keyboard.press("Enter")
    page.locator(".answer .cited").wait_for()
    page.wait_for_load_state()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.answer .cited')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#mark")).to_be_in_viewport()


def test_more_passages(page: Page) -> None:
    ask(page, "公路")
    page.locator("text=再多显示一些").click()
    page.locator("#hit-30").wait_for()
    page.wait_for_load_state()
    assert page.locator(".hits > li").count() == 30
    expect(page.locator("#hit-11")).to_be_in_viewport()


def test_filters_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open("/?q=公路", size=PHONE)
    for name in ("地区", "年份", "类型", "方式"):
        page.locator(".facets summary", has_text=name).click()
        panel = page.locator(".facets details[open] .panel")
        assert panel.count() == 1
        box = panel.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
        assert too_wide(page) == 0
    page.locator(".facets summary", has_text="年份").click()
    with page.expect_navigation():
        page.locator(".facets details[open] a", has_text="2024").click()
    assert values(page)["year"] == ["2024"]


def test_keys_by_themselves_can_be_turned_off(page: Page) -> None:
    ask(page, QUESTION)
    focused = "document.activeElement.className"
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("j")
    assert page.evaluate(focused) == "cited"
    page.locator("footer summary").click()
    page.locator("#keys-on").uncheck()
    page.locator("main").focus()
    page.keyboard.press("j")
    assert page.evaluate(focused) != "cited"
    page.reload()
    page.locator("main").focus()
    page.keyboard.press("j")
    assert page.evaluate(focused) != "cited"
