"""Traditional to simplified characters, so that both are found and embedded alike.

Only ever used on text that is searched in or embedded: what people read stays as written, and the
result's offsets are not the original's (a few phrases change their length).
"""

from __future__ import annotations

from functools import cache

import opencc


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """`text` in simplified characters (OpenCC's `t2s`); other scripts are unchanged."""
    return str(_converter().convert(text))
