"""Which number does Word show before a paragraph?

Automatic numbers are not in a document's text: a paragraph names a list and a level, and Word
counts. Counted here after ECMA-376 Part 1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.readers.docx_package import attribute, child, children, integer, value_of
from corpus.readers.number_formats import format_number

_PLACE = re.compile(r"%([1-9])")
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol")
_BULLET = "•"
# Word leaves a gap after a number; beside full-width punctuation a line of text shows none.
_CLOSING = "、．。：）】〕》"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart`: the 1-based level whose use restarts it; 0 is never."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    symbol: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    restarting: frozenset[int]  # levels that start anew when this list is first used


@dataclass(frozen=True, slots=True)
class Label:
    """A number as shown (`（二）`, with a blank after it where one is seen)."""

    text: str
    bullet: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style stands for, if one says so."""
        found = self.lists.get(list_id)
        if found is None:
            return None
        return next((i for i, level in found.levels.items() if level.style == style), None)

    def next_label(self, list_id: str, index: int) -> Label | None:
        """Count a paragraph at level `index` (0-based) of a list; None if there is no such list."""
        found = self.lists.get(list_id)
        level = found.levels.get(index) if found else None
        if found is None or level is None:
            return None
        counts = self.counts.setdefault(found.abstract, {})
        if index in found.restarting and (list_id, index) not in self.used:
            counts.pop(index, None)
        self.used.add((list_id, index))
        counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [i for i in counts if i > index]:
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or index + 1 <= restart:
                del counts[deeper]
        return _shown(level, found.levels, counts)


def _shown(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> Label | None:
    if level.number_format == "bullet":
        sign = level.text.strip()
        plain = sign and not level.symbol and not any("\ue000" <= c <= "\uf8ff" for c in sign)
        return Label(f"{sign if plain else _BULLET} ", bullet=True)

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = levels.get(index, Level())
        form = "decimal" if level.legal else other.number_format
        return format_number(counts.get(index, other.start), form)

    text = _PLACE.sub(number, level.text)
    if not text.strip():
        return None
    gap = level.suffix != "nothing" and text[-1] not in _CLOSING and not text[-1].isspace()
    return Label(text + " " if gap else text)


def read_numbering(root: etree._Element | None, style_lists: dict[str, str]) -> Numbering:
    """The lists of `numbering.xml` (none if it is absent).

    `style_lists` gives the list of each numbering style, through which lists may be shared.
    """
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {attribute(a, "abstractNumId"): a for a in children(root, "abstractNum")}
    abstract_of = {
        attribute(n, "numId"): value_of(n, "abstractNumId") for n in children(root, "num")
    }
    for num in children(root, "num"):
        list_id, abstract_id = attribute(num, "numId"), value_of(num, "abstractNumId")
        linked = abstracts.get(abstract_id)
        if linked is not None and (style := value_of(linked, "numStyleLink")):
            abstract_id = abstract_of.get(style_lists.get(style, ""), abstract_id)
        abstract = abstracts.get(abstract_id)
        if abstract is None:
            continue
        levels = {integer(attribute(e, "ilvl"), 0): _level(e) for e in children(abstract, "lvl")}
        restarting = set()
        for override in children(num, "lvlOverride"):
            index = integer(attribute(override, "ilvl"), 0)
            own = child(override, "lvl")
            if own is not None:
                levels[index] = _level(own)
            start = value_of(override, "startOverride")
            if start:
                restarting.add(index)
                levels[index] = replace(levels.get(index, Level()), start=integer(start, 1))
        numbering.lists[list_id] = _List(abstract_id, levels, frozenset(restarting))
    return numbering


def _level(element: etree._Element) -> Level:
    fonts = child(child(element, "rPr"), "rFonts")
    font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
    restart = value_of(element, "lvlRestart")
    legal = child(element, "isLgl")
    return Level(
        start=integer(value_of(element, "start"), 0),
        number_format=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText"),
        suffix=value_of(element, "suff") or "tab",
        restart=integer(restart, 0) if restart else None,
        legal=legal is not None and attribute(legal, "val") not in {"0", "false", "off"},
        symbol=font.lower().startswith(_SYMBOL_FONTS),
        style=value_of(element, "pStyle"),
    )
