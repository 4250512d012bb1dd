"""In which language does a page speak? Chinese, unless a person switched; and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from fastapi import Request

from search_api.questions.question import Language

PARAMETER: Final = "lang"
COOKIE: Final = "lang"
# What `lang` attributes say.
TAGS: Final = {Language.ZH: "zh-CN", Language.EN: "en"}
_COLUMNS: Final = {Language.ZH: 1, Language.EN: 2}

# `say("search.took", count=3, ms=20)`: a word or sentence of the page by its name.
Say = Callable[..., str]


def chosen_language(request: Request) -> Language:
    """The language an address asks for, else that of the person's last switch, else Chinese."""
    for given in (request.query_params.get(PARAMETER), request.cookies.get(COOKIE)):
        if given in tuple(Language):
            return Language(given)
    return Language.ZH


def say_in(language: Language) -> Say:
    """The words of a language. The function raises KeyError for a name or a value that is missing."""
    words = _words(language)

    def say(name: str, /, **values: object) -> str:
        return words[name].format(**values) if values else words[name]

    return say


@cache
def _words(language: Language) -> Mapping[str, str]:
    """All words of a language by name.

    They stand in `web/words/*.tsv`, one file a page: the name (`search.button`), Chinese, English,
    separated by tabs.
    """
    folder = files("search_api.web").joinpath("words")
    rows = [
        line.split("\t")
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return {row[0]: row[_COLUMNS[language]] for row in rows}
