"""Of which indicator does a figure tell: of one that is asked about, or of its neighbour?

A sentence of a report strings indicators together: 规模以上工业增加值增长6.8%，占地区生产总值比重提高到31%.
All its figures stand beside the right name; only one belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from search_api.questions.question import Language
from search_api.questions.terms import Term, terms_in

_KEPT: Final = 4_096
# 占地区生产总值比重: the share of something in it, no figure of its own.
_SHARE_OF: Final = re.compile(
    r"(?:占|相当于|与)(?P<whole>[^，,。；;、]{2,16}?)(?:的?(?:比重|比例|比率|份额|\d)|之比|的比)"
)


def of_another(words: str, asked: Sequence[Term], *, share: bool) -> bool:
    """Whether a figure's own words name an indicator, and none that is asked about.

    What something is a share of counts only where a `share` may be asked for.
    """
    if not asked:
        return False
    if not share:
        words = _SHARE_OF.sub("占", words)
    # The longest names: 农村居民人均可支配收入 is not 居民人均可支配收入, though that stands in it.
    named = _indicators_in(words)
    return bool(named) and not any(term in asked for term in named)


# A figure is looked at several times, for each way a report is asked.
@lru_cache(maxsize=_KEPT)
def _indicators_in(words: str) -> tuple[Term, ...]:
    return tuple(term for term, _ in terms_in(words, Language.ZH) if term.indicator)
