"""How fast and how light is the page with a hundred passages?"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

import search_api.web
from tests.browser.support import Visitor

HUNDRED: Final = f"/?q={quote('公路建设')}&top_k=100"
MOST_MS: Final = 300
MOST_BYTES: Final = 150_000
RUNS: Final = 5
# When everything is there: the frame after the one in which the last passage was laid out.
_PAINTED: Final = """
window.__first = new Promise((done) => new PerformanceObserver((seen) => {
  const [first] = seen.getEntriesByName("first-contentful-paint");
  if (first) done(first.startTime);
}).observe({ type: "paint", buffered: true }));
window.__painted = new Promise((done) => addEventListener("DOMContentLoaded", () =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))));
"""
_SINCE_THE_ANSWER: Final = """async () => {
  const [first, painted] = await Promise.all([window.__first, window.__painted]);
  const answered = performance.getEntriesByType("navigation")[0].responseEnd;
  return [first - answered, painted - answered];
}"""


def test_a_hundred_passages_are_painted_at_once(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.add_init_script(_PAINTED)
    first: list[float] = []
    whole: list[float] = []
    for _ in range(RUNS):
        page.goto(HUNDRED)
        assert page.locator(".hits > li").count() == 100
        times: list[float] = page.evaluate(_SINCE_THE_ANSWER)
        first.append(times[0])
        whole.append(times[1])
    print(f"ms after the answer: first paint {min(first):.0f}, all of it {min(whole):.0f}")
    # The best of a few: what else this machine does is not the page's doing.
    assert min(first) < MOST_MS
    assert min(whole) < MOST_MS


def test_what_it_loads_is_light(visitor: Visitor) -> None:
    visitor.open(HUNDRED)
    sizes = {
        each.url.removeprefix(visitor.base)[:40]: len(each.body()) for each in visitor.responses
    }
    print(sizes)
    assert any(name.endswith(".css") for name in sizes)
    assert any(name.endswith(".js") for name in sizes)
    assert sum(sizes.values()) < MOST_BYTES


def test_all_there_is_to_load_is_light() -> None:
    web = Path(search_api.web.__file__).parent
    kinds = {".html", ".css", ".js"}
    files = [path for path in web.rglob("*") if path.suffix in kinds]
    assert len(files) > 10
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
