"""Is a question put to all reports at once? 哪些省提到…, 几个省的目标在5%以上, 哪个省最高, 各省一共多少.

Such a question is one to each report, and something that is done with the answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Final

from corpus.statements.quantities import Quantity, quantities
from corpus.statements.statement import Bound
from search_api.questions.question import Language
from search_api.questions.terms import terms_in
from search_api.questions.words import pattern

table = partial(pattern, file="aggregate_words.tsv")


class Over(StrEnum):
    """What is done with the answers of all reports."""

    WHICH = "which"
    COUNT = "count"
    SUM = "sum"
    MOST = "most"
    LEAST = "least"
    EACH = "each"


class Level(StrEnum):
    """Whose reports are asked about: 哪些省 does not ask the counties."""

    ANY = "any"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`question`: what is put to each report; `limit` with `bound`: what its figure must fulfil.

    `mention`: the reports need only say it, no figure is asked for; `stated`: they need only have such a
    figure, whatever it is (设定了就业目标); `silent`: those that don't are asked for.
    """

    over: Over
    question: str
    mention: bool
    silent: bool = False
    limit: Quantity | None = None
    bound: Bound = Bound.AT_LEAST
    level: Level = Level.ANY
    stated: bool = False

    def holds(self, figure: Quantity, said: str) -> bool:
        """Whether a report's figure, in these words, fulfils the limit; one in another unit doesn't."""
        limit = self.limit
        if limit is None:
            return True
        exact = self.bound in (Bound.ABOUT, Bound.EXACT)
        # 5%以上 is not 5%左右.
        if figure.unit != limit.unit or (
            exact and table("one_sided").search(figure.about.of(said))
        ):
            return False
        return _COMPARES[self.bound](figure, limit)


def _near(figure: Quantity, limit: Quantity) -> bool:
    tolerance = abs(limit.low) * _NEARLY
    return limit.low - tolerance <= figure.low and figure.high <= limit.high + tolerance


_COMPARES: Final[Mapping[Bound, Callable[[Quantity, Quantity], bool]]] = {
    Bound.AT_LEAST: lambda figure, limit: figure.low >= limit.low,
    Bound.ABOVE: lambda figure, limit: figure.low > limit.low,
    Bound.AT_MOST: lambda figure, limit: figure.high <= limit.low,
    Bound.BELOW: lambda figure, limit: figure.high < limit.low,
    Bound.ABOUT: _near,
    Bound.EXACT: lambda figure, limit: (figure.low, figure.high) == (limit.low, limit.high),
}
# So far may a figure be from the one it is about, in parts of it: 5.1% is 5%左右, 5.5% is not.
_NEARLY: Final = Decimal("0.02")


_WHO_ZH: Final = r"(?:省区市|省份|省市|省|自治区|直辖市|城市|市|县区|县|区|地方|地区|报告)"
_BOUNDS: Final = {
    **dict.fromkeys(("左右", "上下", "约", "大约"), Bound.ABOUT),
    **dict.fromkeys(("around", "about", "approximately", "roughly"), Bound.ABOUT),
    **dict.fromkeys(("不低于", "不少于", "以上", "及以上", "之上", "达到", "达"), Bound.AT_LEAST),
    **dict.fromkeys(("at least", "no less than", "not less than", "or more"), Bound.AT_LEAST),
    **dict.fromkeys(("or higher", "and above"), Bound.AT_LEAST),
    **dict.fromkeys(("超过", "高于", "大于", "多于"), Bound.ABOVE),
    **dict.fromkeys(("more than", "above", "over", "higher than"), Bound.ABOVE),
    **dict.fromkeys(("exceed", "exceeds", "exceeding"), Bound.ABOVE),
    **dict.fromkeys(("不超过", "不高于", "以下", "及以下", "以内", "之下"), Bound.AT_MOST),
    **dict.fromkeys(("at most", "no more than", "not more than", "or less"), Bound.AT_MOST),
    **dict.fromkeys(("or lower", "and below"), Bound.AT_MOST),
    **dict.fromkeys(("低于", "小于", "少于", "不到"), Bound.BELOW),
    **dict.fromkeys(("less than", "below", "under", "lower than"), Bound.BELOW),
}
_EDGES: Final = " \t，,。？?的在把将'’"


def aggregate(text: str, language: Language) -> Aggregate | None:
    """What a question asks of all reports; None if it asks one of them."""
    chinese = language is Language.ZH
    found = (table("over_zh") if chinese else table("over_en")).search(text)
    if found is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(_EDGES)
    over = _over(found, text, chinese)
    picked = over in (Over.WHICH, Over.COUNT)
    limit, bound, rest = _limit(rest, chinese, picked)
    mention = (table("mention_zh") if chinese else table("mention_en")).search(rest)
    setting = (table("set_zh") if chinese else table("set_en")).search(rest)
    aim = (table("aim_zh") if chinese else table("aim_en")).search(rest)
    # A number that was not read as a limit (1 million) is none to leave out.
    plain = not re.search(r"\d", table("year").sub("", rest))
    stated = picked and limit is None and aim is not None and setting is not None and plain
    verb = mention
    topic = rest[mention.end() :] if mention else rest
    if setting is not None and (stated or limit is not None):
        mention, verb = None, setting
        topic = f"{rest[: setting.start()]}{'' if chinese else ' '}{rest[setting.end() :]}"
    if over in (Over.MOST, Over.LEAST):
        pattern = {
            (Over.MOST, True): table("most_zh"),
            (Over.LEAST, True): table("least_zh"),
            (Over.MOST, False): table("most_en"),
            (Over.LEAST, False): table("least_en"),
        }[over, chinese]
        topic = pattern.sub("", topic)
    topic = topic.strip(_EDGES)
    if not topic:
        return None
    said_only = mention is not None and limit is None and picked
    if picked and not said_only and not stated and limit is None:
        return None  # 哪几个镇要通公交 asks a report for names
    silent = (said_only or stated) and verb is not None and bool(verb["no"])
    if not said_only:
        topic = _as_question(_of_this_year(_of_what(topic, chinese), chinese), chinese)
    return Aggregate(over, topic, said_only, silent, limit, bound, _level(found[0]), stated)


def asks_for_provinces(text: str, language: Language) -> bool:
    """Whether provinces are asked for by name: 哪些省, 哪个省份."""
    found = (table("over_zh") if language is Language.ZH else table("over_en")).search(text)
    if found is None or not (found["which"] or found["one"]):
        return False
    return _level(found[0]) is Level.PROVINCE


def _of_this_year(topic: str, chinese: bool) -> str:
    """A target without a time is that of each report's own year, not of the next five."""
    if (table("time_zh") if chinese else table("time_en")).search(topic):
        return topic
    if chinese:
        return f"今年{topic}" if "目标" in topic else topic
    return f"{topic.rstrip('?. ')} for this year" if table("aim_en").search(topic) else topic


def _of_what(topic: str, chinese: bool) -> str:
    """A growth target with what is to grow, where that isn't said."""
    if chinese:
        return table("bare_growth_zh").sub(r"\g<when>经济", "".join(topic.split()))
    if any(term.indicator for term, _ in terms_in(topic, Language.EN)):
        return topic
    return table("bare_growth_en").sub("economic ", topic, count=1)


def _as_question(topic: str, chinese: bool) -> str:
    """What is asked of one report, so that it is read for a figure."""
    if chinese:
        return topic if re.search(r"多少|几|多[大高长]", topic) else f"{topic}是多少？"
    if re.match(r"how |what ", topic, re.IGNORECASE):
        return topic
    return f"What is {table('verb_en').sub('', topic)}?"


def _level(who: str) -> Level:
    lower = who.lower()
    if "省" in who or "自治区" in who or "province" in lower:
        return Level.PROVINCE
    if "县" in who or "county" in lower or "counties" in lower:
        return Level.COUNTY
    return Level.CITY if "市" in who or "cit" in lower else Level.ANY


def _over(found: re.Match[str], text: str, chinese: bool) -> Over:
    most, least = (
        (table("most_zh"), table("least_zh")) if chinese else (table("most_en"), table("least_en"))
    )
    if found["one"] or found["which"]:
        if most.search(text):
            return Over.MOST
        if least.search(text):
            return Over.LEAST
        return Over.WHICH
    if found["count"]:
        return Over.COUNT
    return Over.SUM if (table("sum_zh") if chinese else table("sum_en")).search(text) else Over.EACH


def _limit(text: str, chinese: bool, picked: bool) -> tuple[Quantity | None, Bound, str]:
    """The figure to compare with, how, and the text without it.

    `picked`: reports are picked by it, so that a figure without a bound is meant as it is (5%的目标).
    """
    before, after = (
        (table("bound_zh"), table("after_zh"))
        if chinese
        else (table("before_en"), table("after_en"))
    )
    for each in quantities(text):
        if not each.unit or each.kind == "date":
            continue
        head, tail = text[: each.span.start], text[each.span.end :]
        left, right = before.search(head), after.search(tail)
        words = [
            (match["before" if match is left else "after"] or "").lower()
            for match in (right, left)
            if match is not None
        ]
        bound = next((_BOUNDS[word] for word in words if word in _BOUNDS), None)
        if bound is None and any(word.endswith(("around", "about", "roughly")) for word in words):
            bound = Bound.ABOUT
        if bound is None and picked and (any(words) or table("of_aim").match(tail)):
            bound = Bound.EXACT
        if bound is None:
            continue
        head = head[: left.start()] if left and left["before"] else head
        tail = tail[right.end() :] if right and right["after"] else tail
        return each, bound, f"{head}{tail}".strip(_EDGES)
    return None, Bound.AT_LEAST, text
