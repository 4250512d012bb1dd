"""Words and patterns of language are data: tables of named regular expressions.

A line is a name, a tab and a pattern. Lines of one name are alternatives, in their order; `@other@` stands for
what another name of the same file, or of a table it builds on, has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_REFERENCE: Final = re.compile(r"@([a-z_]+)@")


class PatternFileError(ValueError):
    """A line of a table of patterns can't be read: names file and line."""


@cache
def load_patterns(
    package: str, name: str, base: tuple[str, str] | None = None
) -> Mapping[str, re.Pattern[str]]:
    """The patterns of `data/<name>` of a package, by name; those of `base` (package, file) may be referred to.

    Letter case never matters. Raises PatternFileError naming file and line.
    """
    sources = dict(_sources(*base)) if base else {}
    sources |= _sources(package, name, sources)
    return MappingProxyType(
        {each: re.compile(source, re.IGNORECASE) for each, source in sources.items()}
    )


def _sources(package: str, name: str, known: Mapping[str, str] | None = None) -> dict[str, str]:
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return parse_patterns(text, name, known or {})


def parse_patterns(text: str, name: str, known: Mapping[str, str]) -> dict[str, str]:
    """The sources of a table's patterns by name. Raises PatternFileError."""
    found: dict[str, str] = {}

    def referred(match: re.Match[str]) -> str:
        source = found.get(match[1], known.get(match[1]))
        if source is None:
            raise PatternFileError(f"{name}, line {number}: no pattern is called {match[1]}")
        return f"(?:{source})"

    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        key, tab, pattern = line.partition("\t")
        if not tab or not pattern:
            raise PatternFileError(f"{name}, line {number}: a name, a tab and a pattern are wanted")
        pattern = _REFERENCE.sub(referred, pattern)
        try:
            re.compile(pattern)
        except re.error as error:
            raise PatternFileError(f"{name}, line {number}: {error}") from error
        found[key] = f"{found[key]}|{pattern}" if key in found else pattern
    return found
