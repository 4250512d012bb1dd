"""Bytes to characters: encodings, line ends, binaries."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFileError
from corpus.readers.decoding import decode, normalise

SIMPLIFIED = (
    "一、2025年工作情况\n（一）坚持和加强党的领导，推动法治政府建设。全县调整调解组织12个。\n"
)
TRADITIONAL = "一、工作情況\n（一）我們要繼續發展經濟，這是全國人民的任務，各級政府應當認真執行。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030", "utf-16"])
def test_simplified(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), "a.txt") == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "cp950", "utf-16", "utf-32"])
def test_traditional(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "a.txt") == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED.replace("\n", "")])
def test_utf16_without_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_utf16_big_endian_with_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"), "a.txt") == SIMPLIFIED


def test_gbk_words_that_are_also_valid_utf8() -> None:
    # In GBK every one of these is two bytes C2..DF, 80..BF: UTF-8 of a letter like й or ש.
    words = "全省图品"
    assert words.encode("gbk").decode("utf-8") != words
    assert decode(words.encode("gbk"), "a.txt") == words


def test_declared_encoding_decides_where_bytes_do_not() -> None:
    # Two rare characters tell nothing; the page's own word does.
    data = "鬮鬮".encode("big5")
    assert decode(data + TRADITIONAL.encode("big5"), "a.html", "Big5").startswith("鬮鬮")


def test_line_ends_and_nul() -> None:
    assert decode("一\r\n二\r三\x00\n四".encode() + b"x" * 100, "a.txt").startswith(
        "一\n二\n三\n四"
    )


def test_damaged_character_costs_one_character() -> None:
    data = (SIMPLIFIED * 20).encode()
    assert decode(data[:-2], "a.txt").rstrip("\ufffd") == (SIMPLIFIED * 20)[:-2]


def test_truncated_inside_a_character() -> None:
    data = (SIMPLIFIED * 20).encode("gb18030").rstrip(b"\n")[:-1]
    assert decode(data, "a.txt").startswith(SIMPLIFIED * 19)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "nothing but blanks"),
        (b"PK\x03\x04" + b"\x14" * 40, "zip archive"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "old Word"),
        (bytes(1000), "zero bytes"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (bytes((i * 7919 >> 3) % 256 or 1 for i in range(4000)), "binary|encoding"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        decode(data, "a.txt")


def test_lone_surrogate() -> None:
    assert normalise("一\ud800二") == "一\ufffd二"


# Sentences around the drawn characters: an encoding can't be told from three rare characters.
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=12)
ANY = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FA1F, exclude_categories=["Cs", "Cc"])
    | st.just("\n"),
    max_size=40,
).map(lambda text: text.replace("\ufeff", ""))


@given(ANY)
def test_round_trip_utf8(text: str) -> None:
    assert decode((SIMPLIFIED + text).encode(), "a.txt") == SIMPLIFIED + text


@given(ANY)
def test_round_trip_utf16(text: str) -> None:
    assert decode((SIMPLIFIED + text).encode("utf-16"), "a.txt") == SIMPLIFIED + text


@given(HAN)
def test_round_trip_gb18030(text: str) -> None:
    assert decode((SIMPLIFIED + text).encode("gb18030"), "a.txt") == SIMPLIFIED + text
