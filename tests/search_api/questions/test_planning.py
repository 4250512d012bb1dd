"""What a question asks of a report, part by part. All questions are invented."""

from __future__ import annotations

import pytest

from corpus.statements.statement import Aspect, Period, Scope, Sense
from search_api.questions.plan import Operation
from search_api.questions.planning import sense_asked
from search_api.questions.question import Language
from tests.search_api.plan_support import plan

LEVEL, CHANGE, SHARE = Aspect.LEVEL, Aspect.CHANGE, Aspect.SHARE


@pytest.mark.parametrize(
    ("text", "aspect", "sure"),
    [
        ("茶叶收入增长了多少？", CHANGE, True),
        ("茶叶收入增速是多少", CHANGE, True),
        ("旅客增长率是多少？", CHANGE, True),  # a change, whatever it is called
        ("标准提高到多少元？", LEVEL, True),
        ("新增了多少个车位？", LEVEL, False),  # new ones are counted, not grown
        ("收入是多少？", LEVEL, False),
        ("森林覆盖率是多少？", LEVEL, True),  # a rate is a level by what it is
        ("财政支出占比有多少？", SHARE, True),
        ("调解了多少件案件？", LEVEL, False),
        ("GDP排第几？", Aspect.RANK, True),
        ("工业增速比全国高多少？", Aspect.DIFFERENCE, True),
        # GDP's growth is meant, or what it is to come to: nobody said.
        ("GDP目标", None, False),
        # So many that come to it, told as what is done or as what it grows by.
        ("要增加多少张床位？", CHANGE, False),
        ("By how much did revenue grow?", CHANGE, True),
        ("To what level was the pension raised?", LEVEL, True),
        ("what share of villages has a library", SHARE, True),
    ],
)
def test_what_is_asked_of_it(text: str, aspect: Aspect | None, sure: bool) -> None:
    found = plan(text)
    assert (found.aspect, found.aspect_sure) == (aspect, sure)


@pytest.mark.parametrize(
    ("text", "sign"),
    [("浓度下降了多少？", -1), ("收入增长了多少？", 0), ("By how much did prices fall?", -1)],
)
def test_which_way_it_went(text: str, sign: int) -> None:
    assert plan(text).sign == sign


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("全县新建了多少个图书室", Sense.DONE),
        ("去年建成的图书室有几个", Sense.DONE),
        ("图书室是哪年建的？", Sense.DONE),
        ("古桥修好了吗？", Sense.DONE),
        ("明年打算建几个图书室", Sense.PLANNED),
        ("图书室要建几个", Sense.PLANNED),
        ("会不会继续建图书室", Sense.PLANNED),
        ("图书室的主要任务有哪几项", None),
        ("需要几个图书室", None),
        ("为了图书室做什么", None),
        ("已经建了几个，还打算建几个", None),
        ("一般公共预算支出预算数", Sense.APPROVED),
        ("how many libraries will be built", Sense.PLANNED),
        ("how many libraries should be built", Sense.PLANNED),
        ("how many libraries were built", Sense.DONE),
        ("who founded the library", Sense.DONE),
        ("which town has a library", None),
        # A five-year plan is a time, and no intention.
        ("how many libraries were built in the 14th five-year plan", Sense.DONE),
    ],
)
def test_result_or_plan(text: str, sense: Sense | None) -> None:
    language = Language.EN if text.isascii() else Language.ZH
    assert sense_asked(text, language) is sense
    assert plan(text).sense is sense


@pytest.mark.parametrize(
    ("text", "years", "relative", "several"),
    [
        ("2025年新建公路多少公里", {2025}, set(), False),
        ("去年新建公路多少公里", set(), {-1}, False),
        ("今年比2019年多几个图书室，去年呢", set(), {0, -1}, False),
        # With what it is compared is not when.
        ("茶叶收入比2020年增长多少", set(), set(), False),
        ("按2020年价格计算的总产值", set(), set(), False),
        ("五年来新增就业多少人", set(), set(), True),
        ("PM2.5年均浓度", set(), set(), False),
        ("2021—2025年新建公路多少公里", {2021, 2025}, set(), True),
        ("roads built in 2021-2025", {2021, 2025}, set(), True),
        ("roads built between 2021 and 2025", {2021, 2025}, set(), True),
        ("roads built in 2025", {2025}, set(), False),
    ],
)
def test_of_when(text: str, years: set[int], relative: set[int], several: bool) -> None:
    when = plan(text).when
    assert (set(when.years), set(when.relative), when.several) == (years, relative, several)


def test_a_period_that_is_named() -> None:
    for text in ("2021—2025年新建公路多少公里", "roads built from 2021 to 2025"):
        assert plan(text).when.period == Period(2021, 2025)
    assert plan("2025年新建公路多少公里").when.period is None
    assert plan("“十四五”末森林覆盖率").when.end
    assert plan("五年前有多少家茶厂").when.before


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("市本级一般公共预算收入", Scope.OWN_LEVEL),
        ("city-level general public budget revenue", Scope.OWN_LEVEL),
        ("全市一般公共预算收入", Scope.WHOLE),
        ("一般公共预算收入", Scope.OPEN),
        # What it is compared with is not what is asked about.
        ("工业增速高于全省多少个百分点", Scope.OPEN),
        ("全市工业增速比全国高多少", Scope.WHOLE),
    ],
)
def test_of_which_part(text: str, scope: Scope) -> None:
    assert plan(text).scope is scope


@pytest.mark.parametrize(
    ("text", "kinds", "counters"),
    [
        ("修路花了多少钱", {"money"}, set()),
        ("新修的水渠有多长", {"length"}, set()),
        ("图书借阅量增长了百分之几", {"percent"}, set()),
        ("茶叶收入增速", {"percent"}, set()),  # money is named, its growth is asked for
        ("茶叶收入增长了多少", {"money", "percent"}, set()),
        ("标准提高到多少元", {"money"}, {"元"}),
        ("建了几座桥", set(), {"座"}),
        ("桥怎么样", set(), set()),
    ],
)
def test_kinds_of_quantity(text: str, kinds: set[str], counters: set[str]) -> None:
    found = plan(text)
    assert (set(found.kinds), set(found.counters)) == (kinds, counters)


@pytest.mark.parametrize(
    ("text", "items", "noun"),
    [
        ("新建了哪三座桥？", 3, "桥"),
        ("哪几座桥建成了？", None, "桥建成了"),
        ("Which two towns left the list?", 2, ""),
        ("Which towns left the list?", None, ""),
        ("有多少座桥？", None, ""),
    ],
)
def test_how_many_names_are_wanted(text: str, items: int | None, noun: str) -> None:
    found = plan(text)
    assert (found.items, found.noun) == (items, noun)


def test_indicators_by_any_of_their_names() -> None:
    def names(text: str) -> list[str]:
        return [each.name for each in plan(text).indicators]

    assert names("财政收入是多少") == names("fiscal revenue") == ["一般公共预算收入"]
    # GDP beside another indicator is what that is compared with.
    assert names("研发投入强度与GDP") == ["全社会研发经费投入"]
    assert names("GDP") == ["地区生产总值"]
    assert names("古桥修缮") == []


def test_an_operation_that_is_known_is_not_read() -> None:
    found = plan("怎样保护古树？", Operation.VALUE)
    assert (found.operation, found.operation_odds) == (Operation.VALUE, 1.0)
