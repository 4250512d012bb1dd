"""Which terms does a glossary explain, and where?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.outlines.lines import Line
from corpus.report import Span

_ENTRY = re.compile(
    r"(?P<label>[［\[〔【]\s*(?P<note>\d{1,3})\s*[］\]〕】]|(?P<number>\d{1,3})\s*[.．、])\s*"
    r"(?P<term>.{1,60}?)(?=[：:]|——|\s*$)"
)
# An entry without a number: the term alone before a colon, and what it means in the same line.
_PLAIN = re.compile(r"(?P<term>[^：:。；;！？]{1,40})[：:]\s*(?=\S)")
# What parts a term from its explanation.
_PARTING = re.compile(r"[\s：:—]*")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]")
_JOINING = re.compile(r"[、和及与]?")
# Terms shorter than this mean something only between their quotation marks: “两重”, but 两重性.
_BARE_MIN = 4
# A number that jumps farther than this belongs to a definition's own list or a year.
_LARGEST_STEP = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its number; its definition goes on to the next entry."""

    number: str
    label: str
    start: int
    term: Span


def entries(text: str, lines: Sequence[Line]) -> list[Entry]:
    """The numbered terms among `lines`, in order: `11.“双一流”：…`, `［1］一降三减：`.

    Numbers must rise, so that a numbered list within a definition is no term.
    """
    found: list[Entry] = []
    last = 0
    for line in lines:
        entry = _ENTRY.match(line.of(text))
        if entry is None:
            continue
        written = entry["note"] or entry["number"]
        if last < int(written) <= last + _LARGEST_STEP:
            last = int(written)
            term = Span(line.start + entry.start("term"), line.start + entry.end("term"))
            found.append(Entry(written, entry["label"], line.start, term))
    return found


@dataclass(frozen=True, slots=True)
class Explanation:
    """A term with what a glossary says it means; both are spans of the report's text.

    `label` is the note as the body refers to it (`［1］`), empty where entries are just numbered or
    not at all. `explanation` is empty for a note that explains no term.
    """

    start: int
    label: str
    term: Span
    explanation: Span


def explanations(text: str, lines: Sequence[Line]) -> list[Explanation]:
    """What the lines of a glossary (without its title) explain, in order.

    Entries are numbered; where none is, each line `流动调解室：设在工地的调解室。` is one.
    """
    numbered = entries(text, lines)
    if not numbered:
        return [found for line in lines if (found := _plain(text, line)) is not None]
    ends = [entry.start for entry in numbered[1:]] + [lines[-1].end]
    return [
        Explanation(
            entry.start,
            entry.label if entry.label[0] in "［[〔【" else "",
            entry.term,
            _explained(text, entry.term.end, end),
        )
        for entry, end in zip(numbered, ends, strict=True)
    ]


def _plain(text: str, line: Line) -> Explanation | None:
    found = _PLAIN.match(line.of(text))
    if found is None:
        return None
    term = Span(line.start, line.start + found.end("term"))
    return Explanation(line.start, "", term, _explained(text, term.end, line.end))


def _explained(text: str, start: int, end: int) -> Span:
    parting = _PARTING.match(text, start, end)
    start = parting.end() if parting is not None else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def written_forms(term: str) -> tuple[str, ...]:
    """How the body may write a term of a glossary.

    `“综合查一次”` also without its quotation marks, `“两重”` only with them (两重性 is another word),
    `“两重”“两新”` also each by itself.
    """
    forms = {term: None}
    quoted = list(_QUOTED.finditer(term))
    if quoted and not _JOINING.sub("", _QUOTED.sub("", term)):
        for each in quoted:
            forms[each[0]] = None
            if len(each[1]) >= _BARE_MIN:
                forms[each[1]] = None
    return tuple(form for form in forms if len(form) > 1)
