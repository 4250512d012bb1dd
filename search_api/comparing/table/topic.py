"""What kind of topic is compared: one with a figure, a theme, or a passage to find elsewhere?"""

from __future__ import annotations

import re
from typing import Final

from search_api.comparing.comparison_types import Topic, TopicKind
from search_api.engine import checked_question
from search_api.questions.plan import Plan
from search_api.questions.planning import plan_of
from search_api.questions.question import Language, Question, language_of
from search_api.questions.terms import terms_in

# A topic is a phrase; what is longer, or ends as sentences do, was copied from a report.
_PASSAGE_CHARACTERS: Final = 45
_PASSAGE_END: Final = re.compile(r"[。；！!]\s*\S|[。；]\s*$")
# What is asked already is put as it is.
_ASKED: Final = re.compile(
    r"多少|几(?:个|家|项|人|次)|百分之几|第几|\bhow (?:many|much)\b", re.IGNORECASE
)
_QUESTION: Final = re.compile(r"[？?]\s*$")
# What is asked so is told in sentences.
_TOLD: Final = re.compile(r"什么|怎|如何|哪|谁|为何|是否|[吗呢]")
# The last word of a topic says whether it is something measured or something done.
_MEASURE: Final = re.compile(
    r"(?:[数量额值率比度重积程差]|目标|指标|规模|余额|[增涨降]幅|增速|增长|下降|水平|人次|收入|支出|产值|投资|浓度|比例"
    r"|强度|能耗|里程|面积|人口|寿命|工资标准|补[助贴]标准|低保标准|养老金|产能|装机|资金|税收|GDP|CPI|PM2[.．]5)\s*(?:[（(][^）)]*[）)])?\s*$",
    re.IGNORECASE,
)
# 制度, 力度, 态度, 质量, 力量, 市场准入 ... end like measures and are none.
_NO_MEASURE: Final = re.compile(
    r"(?:制度|力度|态度|程度(?!指标)|进度|调度|质量|力量|价值|对比|种质|工程|课程|过程|流程|进程|章程|参数|大数|算数)\s*$"
)
_THEME: Final = re.compile(
    r"(?:建设|改革|保护|治理|管理|监督|服务|工作|措施|举措|做法|安排|情况|问题|政策|环境|发展|振兴|创新|开放|安全|合作|机制|体系)\s*$"
)
# Names of things that are counted, where no word says that a figure is meant: a report that gives none may
# still tell of them.
_THING: Final = re.compile(
    r"(?:企业|机构|床位|公司|主体|农田|小区|住房|公路|铁路|机场|基站|充电桩|班列|项目|组织|人员|调解员|文件|清单|案件|幼儿园|学位|大学|学校|医院|园区|景区|公园|图书馆|博物馆|水库|工厂|中心|基地|平台)$"
)
# What begins so is done, not measured: 提高粮食产量 (not 提高…的目标), 实施…行动.
_CHANGING: Final = re.compile(
    r"(?:进一步|持续|大力|全面|深入|加快|积极)?(?:提高|提升|扩大|促进|推动|稳定|改善|提振|保持|增加)(?!值)"
)
_DOING: Final = re.compile(
    r"(?:进一步|持续|大力|全面|深入|加快|积极)?(?:实施|推进|深化|加强|加快|优化|完善|支持|发展|建设|培育|打造|保障|落实|开展|强化|坚持|健全|构建"
    r"|做[强大优]|激发|释放|抓好|统筹|防范|化解|巩固|拓展|推广|引导|鼓励|规范|加大)"
)
_DOING_EN: Final = re.compile(
    r"(?:deepen|promote|improve|strengthen|advance|develop|support|build|expand|boost|accelerate|implement|optimi[sz]e|foster)\b",
    re.IGNORECASE,
)
# What ends so says something of its subject: words to look for.
_PREDICATE: Final = re.compile(r"(?:同步|持平|稳定|向好|提质增效|基本平衡|清零)$")
# 哪些省提到低空经济, 各省怎样发展…: what is asked of all reports is what is compared anyway.
_OF_ALL: Final = re.compile(
    r"^(?:哪些|哪几个|各|各个|每个)(?:省区市|省份?|市县?|县区?|地区?|地方|报告)(?:都)?(?:的)?"
    r"(?:是?(?:怎样|如何|怎么))?(?:提到|提及|写到|谈到|部署|要求|规定|安排)?(?:了|过|的)?"
)
_OR: Final = re.compile(r"或者?|\bor\b")
_YEARS: Final = re.compile(r"(?:19|20)\d\d年?\s*")
_MEASURE_EN: Final = re.compile(
    r"\b(?:rate|growth|target|number|amount|output|share|total|area|length|population|income|revenue|gdp|volume|intensity"
    r"|percentage|ratio|mileage|jobs|spending|expenditure|investment|turnover|sales|cpi)\b",
    re.IGNORECASE,
)


def topic_of(text: str) -> Topic:
    """Read a topic. Raises BadRequestError: empty, without words, or too long."""
    given = checked_question(text, "topic")
    language = language_of(given)
    if _is_passage(given):
        return Topic(given, TopicKind.PASSAGE, (given,), language)
    if _is_asked(given, language):
        return Topic(given, TopicKind.FIGURE, (given,), language)
    asked = given.rstrip("。？?！! ：:")
    bare = _OF_ALL.sub("", asked) or asked
    told = _QUESTION.search(given) and (language is not Language.ZH or _TOLD.search(bare))
    if told or not _is_measured(bare, language):
        return Topic(given, TopicKind.THEME, (given if bare == asked else bare,), language)
    thing = _is_thing(bare, language)
    return Topic(given, TopicKind.FIGURE, tuple(_alternatives(bare, language)), language, thing)


def _is_thing(text: str, language: Language) -> bool:
    """Whether things are named, and no measure of them."""
    if language is Language.ZH:
        return bool(_THING.search(text))
    named = [term.name for term, _ in terms_in(text, language)]
    return not _MEASURE_EN.search(text) and any(map(_THING.search, named))


def _is_asked(text: str, language: Language) -> bool:
    """Whether it is a question for a figure already."""
    if _ASKED.search(text):
        return True
    return bool(_QUESTION.search(text)) and _plan(text, language).figure


def _plan(text: str, language: Language) -> Plan:
    return plan_of(Question(text, language, text))


def _alternatives(text: str, language: Language) -> list[str]:
    """A或B as A and B, if each is something measured; the years named first hold for all."""
    parts = [each.strip() for each in _OR.split(text)]
    if len(parts) == 1 or not all(each and _is_measured(each, language) for each in parts):
        return [text]
    led = _YEARS.match(parts[0])
    year = led.group() if led else ""
    return [parts[0], *(each if _YEARS.search(each) else year + each for each in parts[1:])]


def _is_passage(text: str) -> bool:
    if "\n" in text or _PREDICATE.search(text):
        return True
    return len(text) > _PASSAGE_CHARACTERS * (1 if language_of(text) is Language.ZH else 4) or bool(
        _PASSAGE_END.search(text)
    )


def _is_measured(text: str, language: Language) -> bool:
    if language is not Language.ZH:
        if _DOING_EN.match(text):
            return False
        return bool(_MEASURE_EN.search(text)) or _names_indicator(text, language)
    if _THEME.search(text) or _NO_MEASURE.search(text):
        return False
    if not text.endswith(("目标", "指标", "幅度")) and (
        _CHANGING.match(text) or (_DOING.match(text) and not _MEASURE.search(text))
    ):
        return False
    if _MEASURE.search(text) or _names_indicator(text, language):
        return True
    return bool(_plan(text, language).kinds)


def _names_indicator(text: str, language: Language) -> bool:
    return any(term.indicator for term, _ in terms_in(text, language))
