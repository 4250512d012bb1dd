"""A real browser on a real server, watched: nothing may go wrong unseen."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Response,
    WebError,
)

HERE: Final = Path(__file__).parent
SCREENSHOTS: Final = HERE.parents[1] / ".screenshots"
AXE: Final = HERE / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP: Final = (1280, 900)
PHONE: Final = (390, 844)
# What the browser would ask for by itself, of others than the server under test.
_QUIET: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
# What breaks the rules for scripts and styles is told by an event; so it lands in the console.
_TELL_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`));
"""


def missing(what: str) -> NoReturn:
    """Skip, and say why; fail where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} (run tests/browser/set-up)", pytrace=False)
    pytest.skip(f"{what} (run tests/browser/set-up)")


def chromium() -> str:
    """The browser's program; skips if there is none."""
    named = os.environ.get("GOVSEARCH_CHROMIUM")
    if named:
        if shutil.which(named) is None:
            missing(f"GOVSEARCH_CHROMIUM: {named} is no program")
        return named
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    missing("there is no browser")


def browser_arguments() -> list[str]:
    """Root has no sandbox of its own to put the browser in."""
    return [*_QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(_QUIET)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a server that runs the app in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@dataclass(slots=True)
class Visitor:
    """A person with a browser at the server `base`; `seen` is whatever went wrong meanwhile.

    `expected`: pieces of messages that a test wants to see, as that of a page with status 422.
    """

    browser: Browser
    base: str
    expected: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        path: str = "/",
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        language: str = "zh",
        **options: Any,
    ) -> Page:
        """A page of a fresh profile that has opened `path`. The profile's options are Playwright's."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            base_url=self.base,
            locale="zh-CN" if language == "zh" else "en-US",
            **options,
        )
        context.set_default_timeout(8_000)
        if language != "zh":
            context.add_cookies([{"name": "lang", "value": language, "url": self.base}])
        self._watch(context)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def _watch(self, context: BrowserContext) -> None:
        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.seen.append(f"{message.type} in the console: {message.text}")

        def error(problem: WebError) -> None:
            self.seen.append(f"error of a script: {problem.error}")

        def dialog(opened: Dialog) -> None:
            self.seen.append(f"dialog: {opened.message}")
            opened.dismiss()

        def request(sent: Request) -> None:
            if not sent.url.startswith((f"{self.base}/", "blob:", "data:")):
                self.seen.append(f"request to elsewhere: {sent.url}")

        def response(received: Response) -> None:
            self.responses.append(received)

        context.add_init_script(_TELL_VIOLATIONS)
        context.on("console", console)
        context.on("weberror", error)
        context.on("dialog", dialog)
        context.on("request", request)
        context.on("response", response)

    def leave(self) -> None:
        """Close everything, and check that nothing went wrong."""
        for context in self.contexts:
            for page in context.pages:
                if not page.is_closed():
                    page.wait_for_load_state("load")
            context.close()
        unexpected = [
            each for each in self.seen if not any(piece in each for piece in self.expected)
        ]
        if unexpected:
            raise AssertionError("\n".join(unexpected))


def screenshot(page: Page, name: str) -> None:
    """Kept for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def text_of(found: Locator) -> str:
    """Its text with single spaces."""
    return " ".join((found.text_content() or "").split())


def texts_of(found: Locator) -> list[str]:
    """The text of each with single spaces."""
    return [" ".join(each.split()) for each in found.all_text_contents()]


def in_view(found: Locator) -> bool:
    """Whether all of it is in the window."""
    return bool(
        found.evaluate(
            """node => {
              const box = node.getBoundingClientRect();
              return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
                && box.left >= 0 && box.right <= innerWidth;
            }"""
        )
    )


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return max(width, 0)


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: `impact rule: what (where)`."""
    if not AXE.is_file():
        missing("there is no axe-core")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result: Mapping[str, Sequence[Mapping[str, Any]]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags
    )
    return [
        f"{rule['impact']} {rule['id']}: {rule['help']} ({node['target']}: {node['html'][:120]})"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
