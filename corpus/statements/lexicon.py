"""The one vocabulary of statements: `corpus/data/statement_words.tsv`."""

from __future__ import annotations

import re
from functools import cache

from corpus.patterns import load_patterns

FILE = "statement_words.tsv"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name. Raises KeyError for a name the table doesn't have."""
    return load_patterns("corpus", FILE)[name]
