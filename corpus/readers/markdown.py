"""How does a Markdown file become text? The words stay, the markup goes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from corpus.errors import UnreadableFileError
from corpus.readers.decoding import decode
from corpus.readers.field_names import field_of
from corpus.readers.lines import TERMINAL, LineCollector, join_wrapped, table_row
from corpus.report import Document, LineHint, LineKind

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
# Writers forget the blank after the signs; before a Chinese character it is a heading all the same.
_ATX_CHINESE = re.compile(r" {0,3}(#{1,6})([\u3007\u4e00-\u9fff（“《].*?)#*[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?:([-*+])|(\d{1,9}[.)]))[ \t]+(?=\S)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_REFERENCE = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S+.*$")
_FIELD = re.compile(r"([A-Za-z_][\w-]*|[\u4e00-\u9fff]{2,6})[ \t]*[:：][ \t]*(.*)$")

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_CODE = re.compile(r"(`+)(.+?)\1")
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"
)
_STRONG = re.compile(r"(\*\*\*|\*\*|\*|~~)(?=\S)(.+?)(?<=\S)\1")
# Underscores inside a word (PM_2.5) are not markup.
_UNDERSCORE = re.compile(r"(?<![\w_])(___|__|_)(?=\S)(.+?)(?<=\S)\1(?![\w_])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = re.compile("\ue000(\\d{1,9})\ue001")

# A line this long that ends in no stop was wrapped by an editor; a shorter one is its own line.
_WRAPPED_LENGTH = 30


def read(data: bytes, path: str) -> list[Document]:
    """The one document of a Markdown file; raises UnreadableFileError.

    A heading of level 1 is the title if it is the only one and the first of all headings.
    """
    fields, lines = _front_matter(decode(data, path).split("\n"))
    body = _COMMENT.sub("", "\n".join(lines))
    blocks = _Blocks()
    for line in body.split("\n"):
        blocks.feed(line)
    blocks.end_paragraph()
    if not blocks.out.length:
        raise UnreadableFileError(path, "the file holds no text beside its front matter")
    return [Document(blocks.out.text, tuple(_with_title(blocks.out.hints)), fields=fields)]


def _with_title(hints: list[LineHint]) -> list[LineHint]:
    headings = [hint for hint in hints if hint.kind is LineKind.HEADING]
    top = [hint for hint in headings if hint.level == 1]
    if len(top) != 1 or top[0] is not headings[0]:
        return hints
    title = LineHint(top[0].start, LineKind.TITLE)
    return [title if hint is top[0] else hint for hint in hints]


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Fields of the block between the first two `---` lines, and the lines after it."""
    if lines[0].strip() != "---":
        return {}, lines
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() in {"---", "..."}:
            return fields, lines[number + 1 :]
        match = _FIELD.match(line)
        if match is None:
            if line.strip() and not line.startswith((" ", "\t", "-", "#")):
                break
            continue
        name, value = field_of(match[1]), match[2].strip().strip("\"'")
        if name is not None and name != "text" and value:
            fields[name] = value
    return {}, lines  # the first line is a rule, not front matter


@dataclass(slots=True)
class _Blocks:
    """Reads the blocks of a Markdown text line by line."""

    out: LineCollector = field(default_factory=LineCollector)
    paragraph: list[str] = field(default_factory=list)  # source lines not yet written
    kind: LineKind | None = None  # of the paragraph being collected
    fence: str = ""  # the sign that ends the code block we are in
    in_table: bool = False

    def feed(self, line: str) -> None:
        """Take the next source line."""
        if self.fence:
            if line.strip().startswith(self.fence):
                self.fence = ""
            else:
                self.out.add(line)
            return
        line = _QUOTE.sub("", line, count=1)
        fence = _FENCE.match(line)
        if fence:
            self.end_paragraph()
            self.fence = fence[1]
        elif not line.strip() or _REFERENCE.match(line):
            self.end_paragraph()
            self.in_table = False
        elif not self._heading(line) and not self._table(line):
            self._text(line)

    def _heading(self, line: str) -> bool:
        if self.paragraph and self.kind is None and _SETEXT.match(line):
            level = 1 if "=" in line else 2
            heading = _join_all(self.paragraph)
            self.paragraph = []
            self.out.add(_inline(heading), LineKind.HEADING, level)
            return True
        if _RULE.match(line):
            self.end_paragraph()
            return True
        match = _ATX.match(line) or _ATX_CHINESE.match(line)
        if match is None:
            return False
        self.end_paragraph()
        self.out.add(_inline(match[2] or ""), LineKind.HEADING, len(match[1]))
        return True

    def _table(self, line: str) -> bool:
        if not self.in_table:
            # The line under the column names opens a table; the names are the line before it.
            if not (self.paragraph and "|" in line and _TABLE_RULE.match(line)):
                return False
            names = self.paragraph.pop()
            if "|" not in names:
                self.paragraph.append(names)
                return False
            self.end_paragraph()
            self.in_table = True
            self._row(names)
            return True
        if "|" not in line:
            self.in_table = False
            return False
        self._row(line)
        return True

    def _row(self, line: str) -> None:
        cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
        row = table_row([_BREAK.sub(" ", cell) for cell in cells])
        self.out.add("\t".join(_inline(cell) for cell in row.split("\t")), LineKind.TABLE)

    def _text(self, line: str) -> None:
        item = _ITEM.match(line)
        if item:
            self.end_paragraph()
            self.kind = LineKind.LIST
            marker = item[1] or item[2]
            line = f"{marker} {_TASK.sub('', line[item.end() :])}"
        elif self.paragraph and not _continues(self.paragraph[-1]):
            self.end_paragraph()
        self.paragraph.append(line)

    def end_paragraph(self) -> None:
        """Write the paragraph collected so far."""
        if self.paragraph:
            self.out.add(_inline(_join_all(self.paragraph)), self.kind)
        self.paragraph = []
        self.kind = None


def _continues(line: str) -> bool:
    """Whether an editor wrapped `line`, so that the next one belongs to the same paragraph."""
    if line.endswith(("  ", "\\")) or _BREAK.search(line[-6:]):
        return False
    shown = line.strip()
    return len(shown) >= _WRAPPED_LENGTH and shown[-1] not in TERMINAL


def _join_all(lines: list[str]) -> str:
    """Source lines of one paragraph as one line."""
    joined = ""
    for line in lines:
        joined = join_wrapped(joined, line.rstrip().removesuffix("\\"))
    return joined


def _inline(text: str) -> str:
    """`text` without the marks of emphasis, links, code and HTML; the words all stay."""
    held: list[str] = []

    def hold(characters: str) -> str:
        # Escaped signs and code are no markup: kept aside until the markup is gone.
        held.append(characters)
        return f"\ue000{len(held) - 1}\ue001"

    text = _CODE.sub(lambda m: hold(m[2].strip()), text)
    text = _ESCAPE.sub(lambda m: hold(m[1]), text)
    text = _AUTOLINK.sub(lambda m: hold(m[1]), text)
    text = _LINK.sub(lambda m: m[1], text)
    text = _BREAK.sub("\n", text)
    text = _TAG.sub("", text)
    for _ in range(3):  # emphasis inside emphasis
        text = _UNDERSCORE.sub(lambda m: m[2], _STRONG.sub(lambda m: m[2], text))
    text = html.unescape(text)
    for _ in range(2):  # a link may hold an escaped sign
        text = _HELD.sub(lambda m: held[int(m[1])] if int(m[1]) < len(held) else m[0], text)
    return text
