"""Every view on a desktop and a phone, light and dark: readable by everyone, and kept as a picture."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import quote

import pytest

from tests.browser.support import (
    DESKTOP,
    PHONE,
    Visitor,
    screenshot,
    too_wide,
    violations,
)

QUESTION: Final = "县里今年调整过的调解组织一共多少个？"
Scheme = Literal["light", "dark"]
VIEWS: Final = {
    "start": "/",
    "answer": f"/?q={quote(QUESTION)}",
    "answers": f"/?q={quote('各县森林覆盖率是多少')}",
    "refusal": f"/?q={quote('地铁运营里程是多少公里')}&year=2025",
    "problem": f"/?q={quote('公路')}&region={quote('霜西县')}",
    "reader": f"/reports/{quote('桑日县-2021')}?start=1273&end=1324&q={quote('人民调解组织')}",
    "compare": "/compare",
    "compared": f"/compare?topic={quote('森林覆盖率')}",
    "corpus": "/corpus",
    "quality": "/quality",
    "error": "/reports/nothing",
}
LOOKS: Final[dict[str, tuple[int, int, Scheme]]] = {
    "desktop": (*DESKTOP, "light"),
    "desktop-dark": (*DESKTOP, "dark"),
    "phone-dark": (*PHONE, "dark"),
    "phone": (*PHONE, "light"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view(visitor: Visitor, view: str) -> None:
    visitor.expected = {
        "problem": ("status of 422",),
        "error": ("status of 404",),
    }.get(view, ())
    page = visitor.open(VIEWS[view])
    found: list[str] = []
    for look, (width, height, scheme) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        screenshot(page, f"{view}-{look}")
        if too_wide(page):
            found.append(f"{look}: {too_wide(page)} pixels too wide")
        found += [f"{look}: {each}" for each in violations(page)]
    assert found == []


@pytest.mark.parametrize("view", ["start", "answer", "reader", "compared", "corpus", "quality"])
def test_a_view_in_english(visitor: Visitor, view: str) -> None:
    page = visitor.open(VIEWS[view], size=PHONE, language="en")
    screenshot(page, f"{view}-english")
    assert page.locator("html").get_attribute("lang") == "en"
    assert too_wide(page) == 0
    assert violations(page) == []


@pytest.mark.parametrize("view", ["answer", "reader", "compared", "quality"])
def test_on_paper(visitor: Visitor, view: str) -> None:
    page = visitor.open(VIEWS[view], scheme="dark")
    page.emulate_media(media="print")
    screenshot(page, f"{view}-print")
    # Black on white whatever the screen is, without what can't be used on paper.
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("header.top, form.ask, .facets").filter(visible=True).count() == 0
    assert page.locator("main button").filter(visible=True).count() == 0
    assert page.locator("main h1, main h2").filter(visible=True).count() >= 1
