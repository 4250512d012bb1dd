"""How do the bytes of a text file become characters?

Every text format (txt, md, html, csv, jsonl) is decoded here. The decision is deterministic: byte
order marks first, then strict UTF-8, then the Chinese encodings weighed against each other by how
much of the result is characters that Chinese text is full of. Statistics of a detector are asked
only when none of them is plausible.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from corpus.errors import UnreadableFileError

# The commonest characters of modern Chinese and of official prose, simplified and traditional.
# They make up about half of any Chinese text; of a text read in a wrong encoding, a few percent.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制"
    "机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正"
    "心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党"
    "程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角"
    "期根论运农指几九区强放决西被干做必战先回则任取完举色府务市县省治报告推落依规执监督服保障改"
    "這為個國時來們於對會發動過說產種後學經進著電裡現實體機當點從業應開還間樣與關線內數質氣變條沒結"
    "問無係軍題黨員總設長頭資邊級圖統計別則舉務縣報執監督規議農處導華萬億東車書認兩並區將組見論運"
    "０１２３４５６７８９，。、；：？！（）“”‘’《》「」『』〔〕％—…·○〇　"
)

# Below this share of common characters a reading as Chinese is not believed on its own.
_PLAUSIBLE = 0.12
# The same for UTF-16 without a mark, printable ASCII counted in; other binary files have < 0.1.
_UTF16_PLAUSIBLE = 0.25
# A file with more damaged characters than this is not text in that encoding.
_MAX_DAMAGED = 0.01
# Encodings are weighed on the head of a file; this much decides beyond doubt.
_SAMPLE = 1 << 18
# Control characters a text may hold by accident (Word's cell marks), before it counts as binary.
_CONTROLS_ALWAYS_ALLOWED = 3
_CONTROLS_PER_CHARACTERS = 100

_BOMS = (
    # UTF-32 little-endian begins with UTF-16's mark, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_OLD_WORD = "an old Word or WPS document; open it in Word, WPS or LibreOffice and save it as .docx"
_MAGIC = (
    (b"PK\x03\x04", "a zip archive or a Word document; if it is Word, name it .docx"),
    (b"%PDF-", "a PDF; name it .pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_WORD),
    (b"{\\rtf", "a rich text (RTF) document; save it as .docx"),
    (b"\x89PNG\r\n", "a PNG picture; run OCR first"),
    (b"\xff\xd8\xff", "a JPEG picture; run OCR first"),
    (b"GIF8", "a GIF picture; run OCR first"),
    (b"II*\x00", "a TIFF picture; run OCR first"),
    (b"MM\x00*", "a TIFF picture; run OCR first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\x1f\x8b\x08", "a gzip archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_EAST_ASIAN = re.compile(r"[\u2e80-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_ALIASES = {
    # A page says gb2312 and uses characters of gbk; gb18030 reads all of them.
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
}


def decode(data: bytes, path: str, declared: str = "") -> str:
    """Characters of a text file, with `\\n` line ends, no BOM and no NUL, otherwise untouched.

    `declared` is the encoding the file itself names (an HTML page), used where bytes leave doubt.
    Raises UnreadableFileError for an empty file, a binary one and an encoding that is not found.
    """
    if not data:
        raise UnreadableFileError(path, "the file is empty; replace it by the report or remove it")
    _refuse_known_binary(data, path)
    text = normalise(_characters(data, path, declared))
    controls = len(_CONTROL.findall(text))
    if controls > max(_CONTROLS_ALWAYS_ALLOWED, len(text) // _CONTROLS_PER_CHARACTERS):
        raise UnreadableFileError(
            path,
            f"the file is binary, not text ({controls} control characters); "
            "convert it to a text format first",
        )
    if not text.strip():
        raise UnreadableFileError(
            path, "the file holds nothing but blanks; replace it by the report or remove it"
        )
    return text


def normalise(text: str) -> str:
    """`text` as every Document holds it: `\\n` line ends, no BOM, no NUL, no lone surrogates."""
    text = text.removeprefix("\ufeff").replace("\x00", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A lone surrogate can't be stored or sent as UTF-8.
    return _SURROGATE.sub("\ufffd", text)


def _refuse_known_binary(data: bytes, path: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableFileError(path, f"not a text file but {what}")


def _characters(data: bytes, path: str, declared: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], encoding, path)
    if b"\x00" in data:
        return _with_zero_bytes(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese_encoding(data, path, declared)
    if not text.isascii() and not _EAST_ASIAN.search(text):
        # A few GBK words are also valid UTF-8 (of Greek or Arabic letters); Chinese wins.
        other = _decode(data, "gb18030")
        if plausibility(other) >= 0.5:
            return other
    return text


def _with_zero_bytes(data: bytes, path: str) -> str:
    """UTF-16 without a mark, text with stray NULs, or (mostly) a binary file."""
    sample = data[: _SAMPLE & ~1]
    readings = {e: _decode(sample, e) for e in ("utf-16-le", "utf-16-be")}
    best = max(readings, key=lambda e: _utf16_plausibility(readings[e]))
    if _utf16_plausibility(readings[best]) >= _UTF16_PLAUSIBLE:
        return _tolerant(data, best, path)
    if data.count(0) * _CONTROLS_PER_CHARACTERS <= len(data):
        return _characters(data.replace(b"\x00", b""), path, "")
    raise UnreadableFileError(
        path, "the file is binary, not text (it is full of zero bytes); convert it to text first"
    )


def _utf16_plausibility(text: str) -> float:
    """Share of characters that are common Chinese or printable ASCII, 0 to 1."""
    good = sum(c in _COMMON or c in "\t\r\n" or " " <= c <= "~" for c in text)
    return good / len(text) if text else 0.0


def _chinese_encoding(data: bytes, path: str, declared: str) -> str:
    candidates = ["gb18030", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be"]
    preferred = _ALIASES.get(declared.strip().lower())
    if preferred is not None:
        candidates.remove(preferred)
        candidates.insert(0, preferred)
    sample = data[:_SAMPLE]
    # max() keeps the first of equals, so doubt goes to the declared encoding, then to gb18030.
    best = max(candidates, key=lambda e: _score(sample, e))
    if _score(sample, best) >= _PLAUSIBLE:
        return _tolerant(data, best, path)
    match = from_bytes(sample).best()
    if match is None:
        raise UnreadableFileError(
            path, "the encoding is not known (or the file is binary); save the file as UTF-8"
        )
    return _tolerant(data, match.encoding, path)


def _score(sample: bytes, encoding: str) -> float:
    text = _decode(sample, encoding)
    damaged = text.count("\ufffd") / len(text) if text else 1.0
    return plausibility(text) - 10 * max(0.0, damaged - 1 / max(len(text), 1))


def plausibility(text: str) -> float:
    """Share of the characters outside ASCII that are common in Chinese, 0 to 1."""
    other = [c for c in text if c > "\x7f"]
    return sum(c in _COMMON for c in other) / len(other) if other else 0.0


def _decode(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def _tolerant(data: bytes, encoding: str, path: str) -> str:
    """Decode; a few damaged characters become U+FFFD rather than cost the whole report."""
    text = _decode(data, encoding)
    damaged = text.count("\ufffd")
    if damaged > max(1, len(text) * _MAX_DAMAGED):
        raise UnreadableFileError(
            path,
            f"the file is binary or damaged ({damaged} characters can't be read as {encoding}); "
            "save it as UTF-8",
        )
    return text
