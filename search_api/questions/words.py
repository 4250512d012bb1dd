"""The one vocabulary of questions: `search_api/data/question_words.tsv`."""

from __future__ import annotations

import re
from functools import cache

from corpus.patterns import load_patterns
from search_api.questions.question import Language

FILE = "question_words.tsv"


@cache
def pattern(name: str, file: str = FILE) -> re.Pattern[str]:
    """The pattern of that name in a table of `search_api/data`. Raises KeyError for a name it doesn't have."""
    return load_patterns("search_api", file)[name]


def says(name: str, text: str, language: Language) -> bool:
    """Whether a question says it in its language: `says("planned", …)` looks for zh_planned or en_planned."""
    return pattern(f"{language.value}_{name}").search(text) is not None
