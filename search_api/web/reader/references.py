"""How is a passage of a report cited in writing?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from corpus.report import Metadata, Section, Span
from search_api.web.pages.language import Say

# A quote longer than this is cited by its beginning and its end.
QUOTE_MAX: Final = 400
_QUOTE_HEAD, _QUOTE_TAIL = 240, 120
# A quote longer than this is found in a page by its first and last words: pages break lines elsewhere.
_FRAGMENT_MAX: Final = 40
_FRAGMENT_PART: Final = 12
_BREAKS: Final = re.compile(r"(?<=[，。；、：！？,;:!?])")
# Marks that turn the direction of what follows: in a reference they would turn its other words as well.
_DIRECTIONS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STOPS: Final = ("。", "！", "？", "……")
_LINE_END: Final = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reference is made of. `address` is one of the web, or empty; `source` names the file."""

    metadata: Metadata
    heading_path: tuple[str, ...]
    span: Span
    quote: str
    source: str
    address: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation in words with its place and quote, and the report's entry of a bibliography."""

    cited: str
    entry: str


def file_name(source: str) -> str:
    """The name of a file without its folders, which mean nothing to a reader elsewhere."""
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2] or source


def heading_path(sections: Sequence[Section], span: Span) -> tuple[str, ...]:
    """The headings above a span, outermost first: of the sections that hold all of it."""
    holding = [each for each in sections if each.start <= span.start and span.end <= each.end]
    return tuple(each.title for each in holding if each.title)


def reference(cited: Cited, say: Say, today: date) -> Reference:
    """The reference in the language of `say`; the entry follows GB/T 7714-2015.

    `today` is when the address was looked at.
    """
    known = cited.metadata
    title = _plain(known.title) or say("reader.untitled")
    issuer = _plain(known.issuer)
    place = say("reader.ref_characters", start=cited.span.start + 1, end=cited.span.end)
    if cited.page is not None:
        place = say("reader.ref_page", page=cited.page) + say("reader.ref_comma") + place
    path = _plain(" › ".join(cited.heading_path))
    parts = [
        say("reader.ref_title", issuer=issuer, title=title)
        if issuer
        else say("reader.ref_title_only", title=title),
        known.date,
        say("reader.ref_path", path=path) if path else "",
        place,
    ]
    words = say("reader.ref_comma").join(part for part in parts if part)
    quoted = _shortened(_plain(cited.quote))
    words += say("reader.ref_quote", quote=quoted)
    # A quote that is a sentence brings its own full stop.
    words += "" if quoted.endswith(_STOPS) else say("reader.ref_stop")
    words += say("reader.ref_source", source=cited.address or _plain(cited.source))
    return Reference(words, _entry(cited, issuer, title, today))


def _entry(cited: Cited, issuer: str, title: str, today: date) -> str:
    """`主要责任者. 题名[R/OL]. (发布日期)[引用日期]. 网址.`; without an address, `[R]`."""
    known = cited.metadata
    author = f"{issuer}. " if issuer else ""
    if not cited.address:
        when = f" {known.date}." if known.date else ""
        return f"{author}{title}[R].{when}"
    when = f"({known.date})" if known.date else ""
    return f"{author}{title}[R/OL]. {when}[{today.isoformat()}]. {cited.address}."


def _plain(words: str) -> str:
    return _LINE_END.sub("", _DIRECTIONS.sub("", words)).strip()


def _shortened(words: str) -> str:
    if len(words) <= QUOTE_MAX:
        return words
    return f"{words[:_QUOTE_HEAD]}……{words[-_QUOTE_TAIL:]}"


def text_fragment(address: str, quoted: str) -> str:
    """The address with the directive that lets a browser scroll to a quote and mark it.

    https://wicg.github.io/scroll-to-text-fragment/: `#:~:text=start,end`, in which `-`, `,` and `&`
    of the text are encoded. Long quotes, and those of several lines, are given by their ends.
    """
    lines = [line.strip() for line in quoted.split("\n") if line.strip()]
    if not lines:
        return address
    before, hash_sign, fragment = address.partition("#")
    kept = fragment.partition(":~:")[0] if hash_sign else ""
    if len(lines) == 1 and len(lines[0]) <= _FRAGMENT_MAX:
        text = _encoded(lines[0])
    else:
        text = f"{_encoded(_head(lines[0]))},{_encoded(_tail(lines[-1]))}"
    return f"{before}#{kept}:~:text={text}"


def _head(line: str) -> str:
    """The first words, to the end of a clause where there is one: browsers match whole words only."""
    if len(line) <= _FRAGMENT_MAX // 2:
        return line
    ends = [cut.start() for cut in _BREAKS.finditer(line)]
    end = next((each for each in ends if each >= _FRAGMENT_PART), _FRAGMENT_PART)
    return line[: end if end <= _FRAGMENT_MAX // 2 else _FRAGMENT_PART]


def _tail(line: str) -> str:
    if len(line) <= _FRAGMENT_MAX // 2:
        return line
    begins = [cut.start() for cut in _BREAKS.finditer(line)]
    latest = len(line) - _FRAGMENT_PART
    begin = max((each for each in begins if each <= latest), default=latest)
    return line[begin if begin >= len(line) - _FRAGMENT_MAX // 2 else latest :]


def _encoded(words: str) -> str:
    # `quote` leaves the hyphen, which parts a prefix from the text.
    return quote(words, safe="").replace("-", "%2D")
