"""The words of the pages: each is there in both languages, with the same values, and is used."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from search_api.questions.question import Language
from search_api.web.pages.language import say_in

WEB = Path(str(files("search_api.web")))
ROWS = [
    (file.name, number, line.split("\t"))
    for file in sorted(WEB.joinpath("words").glob("*.tsv"))
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    if line and not line.startswith("#")
]
SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for pattern in ("templates/*.html", "**/*.py")
    for file in sorted(WEB.glob(pattern))
)
# Names that are put together: say("kind." ~ each.value), f"search.{mode}_note".
PUT_TOGETHER = tuple(
    dict.fromkeys(re.findall(r"""["']((?:[a-z]+\.)(?:[a-z_]*_)?)["']\s*(?:~|\+)""", SOURCES))
) + tuple(re.findall(r"""f["']([a-z]+\.[a-z_]*)\{""", SOURCES))


BARE = tuple(each for each in PUT_TOGETHER if each.endswith("."))


def is_put_together(name: str) -> bool:
    """Whether code makes the name of parts. After a bare `corpus.` the other part is written somewhere."""
    if name.startswith(tuple(set(PUT_TOGETHER) - set(BARE))):
        return True
    before, _, rest = name.partition(".")
    written = f'"{rest}"' in SOURCES or f"'{rest}'" in SOURCES
    # Kinds, modes and measures are written where they are defined.
    return f"{before}." in BARE and (written or before == "kind" or rest.endswith(("_note", "_at")))


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("file", "number", "row"), ROWS)
def test_a_row_has_both_languages_with_the_same_values(
    file: str, number: int, row: list[str]
) -> None:
    assert len(row) == 3, f"{file}, line {number}"
    name, chinese, english = row
    assert name.split(".")[0] in {file.removesuffix(".tsv"), "error", "kind"}
    assert chinese.strip() and english.strip()
    assert values(chinese) == values(english)


def test_no_name_comes_twice() -> None:
    names = [row[0] for _, _, row in ROWS]
    assert sorted(names) == sorted(set(names))


def test_every_word_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r"""\bsay\(\s*["']([a-z]+\.[a-z0-9_]+)["']\s*[,)]""", SOURCES))
    assert asked
    assert asked <= {row[0] for _, _, row in ROWS}


def test_every_word_is_asked_for() -> None:
    names = {row[0] for _, _, row in ROWS}
    unused = {
        name
        for name in names
        if f'"{name}"' not in SOURCES and f"'{name}'" not in SOURCES and not is_put_together(name)
    }
    assert unused == set()


def test_a_missing_word_or_value_is_an_error() -> None:
    say = say_in(Language.ZH)
    with pytest.raises(KeyError):
        say("search.nothing")
    with pytest.raises(KeyError):
        say("search.took", count=1)
    assert say("search.took", count=3, ms=20) == "3 段，20 毫秒"
    assert say_in(Language.EN)("search.took", count=3, ms=20) == "3 passages, 20 ms"
