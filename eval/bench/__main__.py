"""The benchmarks: `python -m eval.bench [embedding|indexing|query|all] [options]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Literal

USAGE = "usage: python -m eval.bench [embedding|indexing|query|all] [options of one of them]"
Name = Literal["embedding", "indexing", "query"]


def _benchmark(name: Name) -> Callable[[Sequence[str]], object]:
    # Each benchmark loads libraries that the others must be measured without.
    if name == "embedding":
        from eval.bench import embedding  # noqa: PLC0415

        return embedding.main
    if name == "indexing":
        from eval.bench import indexing  # noqa: PLC0415

        return indexing.main
    from eval.bench import query  # noqa: PLC0415

    return query.main


def main(arguments: Sequence[str]) -> int:
    """Run one benchmark, or all of them with their own defaults."""
    chosen = arguments[0] if arguments else "all"
    names: tuple[Name, ...] = ("embedding", "indexing", "query")
    if chosen != "all" and chosen not in names:
        print(USAGE, file=sys.stderr)
        return 2
    for name in names:
        if chosen == "all":
            print(f"== {name}", flush=True)
            _benchmark(name)([])
        elif chosen == name:
            _benchmark(name)(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
