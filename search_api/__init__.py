"""How is a question asked and answered: from Python, in the terminal, over HTTP.

>>> from search_api import open_index
>>> engine = open_index("data/demo")  # doctest: +SKIP
>>> engine.search("调整了多少个人民调解组织").hits[0].citation.quote  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search_api.engine import Engine, open_index

__all__ = ["Engine", "open_index"]


def __getattr__(name: str) -> Any:
    # Opening an index imports its libraries; importing this package must not, the CLI's --help and
    # `outline` do without them.
    if name in __all__:
        from search_api import engine  # noqa: PLC0415

        return getattr(engine, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
