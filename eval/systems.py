"""Which systems can be judged, by name, and how are their settings overridden?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from typing import Final

from corpus.errors import GovsearchError
from search_api.retrieval.retrieve import Mode
from search_api.retrieval.settings import DEFAULTS, RetrievalSettings

# What each name means: what finds candidates, and whether they are ranked again.
_SYSTEMS: Final = {
    "lexical": (Mode.LEXICAL, False),
    "dense": (Mode.DENSE, False),
    "hybrid": (Mode.HYBRID, False),
    "hybrid+rerank": (Mode.HYBRID, True),
}
NAMES: Final = tuple(_SYSTEMS)
# What `govsearch search` does.
DEFAULT_SYSTEM: Final = "hybrid+rerank"


@dataclass(frozen=True, slots=True)
class System:
    """A way to search. `name` is as it was asked for, with its overrides."""

    name: str
    mode: Mode
    settings: RetrievalSettings


def parse_system(spec: str, overrides: Sequence[str] = ()) -> System:
    """`hybrid` or `hybrid:fusion=rrf,depth=50`; `overrides` (`key=value`) come before its own.

    Raises GovsearchError naming what there is.
    """
    name, _, own = spec.partition(":")
    if name not in _SYSTEMS:
        raise GovsearchError(f"--system: {name!r} is none of {', '.join(NAMES)}")
    mode, rerank = _SYSTEMS[name]
    settings = replace(DEFAULTS, rerank=rerank)
    assigned = [*overrides, *(part for part in own.split(",") if part)]
    return System(spec, mode, override(settings, assigned))


def override(settings: RetrievalSettings, assignments: Iterable[str]) -> RetrievalSettings:
    """The settings with `key=value` assigned. Raises GovsearchError: unknown key, wrong value."""
    known = {field.name: getattr(settings, field.name) for field in fields(settings)}
    changed: dict[str, object] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        key = key.strip()
        if not equals:
            raise GovsearchError(f"--set: {assignment!r} is not KEY=VALUE")
        if key not in known:
            raise GovsearchError(f"--set: no setting is called {key!r}; there are {_list(known)}")
        changed[key] = _value(key, value.strip(), known[key])
    return replace(settings, **changed)  # type: ignore[arg-type]


def described(settings: RetrievalSettings) -> dict[str, float | int | str | bool]:
    """All settings as JSON has them."""
    return {
        key: value.value if isinstance(value, Enum) else value
        for key, value in asdict(settings).items()
    }


def _value(key: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text not in ("true", "false"):
            raise GovsearchError(f"--set: {key} is true or false, not {text!r}")
        return text == "true"
    if isinstance(default, Enum):
        choices = [str(each.value) for each in type(default)]
        if text not in choices:
            raise GovsearchError(f"--set: {key} is one of {', '.join(choices)}, not {text!r}")
        return type(default)(text)
    if isinstance(default, str):
        return text
    kind = int if isinstance(default, int) else float
    try:
        return kind(text)
    except ValueError:
        wanted = "a whole number" if kind is int else "a number"
        raise GovsearchError(f"--set: {key} is {wanted}, not {text!r}") from None


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
