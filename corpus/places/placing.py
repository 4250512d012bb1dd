"""Whose report is it? The place that a title, a session line or a signature names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.head import Head
from corpus.places.regions import CORPS, COUNTRY, Gazetteer, Mention
from corpus.report import Region

_YEAR = r"(?:(?:(?:19|20)\d\d|[一二][〇零○Ｏ一二三四五六七八九]{3})\s*年?(?:度|以来)?(?:[—\-－~至到、和及与](?=[\d一二]))?)"
_PARTY = re.compile(r"中(?:国共产党|共)(?P<place>[一-鿿]{2,16}?)委(?:员会)?")
_LEAD = re.compile(rf"(?:关于|中共|{_YEAR}|[—\-－《（(“”、:：\s]|在|的|印发|公布)+")
_RANKS = "特别行政区|自治区|自治州|自治县|自治旗|林区|特区|矿区|新区|地区|省|市|州|盟|县|区|旗"
_ZONE = re.compile(
    r"[一-鿿]{2,14}?(?:经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|开发区|高新区|经开区|示范区|合作区|"
    r"试验区|工业园区|产业园区|保税区|综保区|自贸区|度假区|风景名胜区|园区|新区|新城)"
)
_WRITTEN = re.compile(
    rf"[一-鿿]{{1,10}}?(?:{_RANKS})"
    rf"(?=$|人民|政府|第|[\d（(]|[一二][〇零○]|年|法治|依法|国民|关于|委|[一-鿿]{{2,8}}[局厅会室院]|管|行政|街道|"
    rf"[一-鿿]{{1,6}}(?:镇|乡|街道|苏木)|统计|财政|{_YEAR})"
)
_GENERIC = re.compile(
    r"(?:自治区|全?[省市县区州盟旗]|[我本各全这该我们]+[省市县区州盟旗]|城市|社区|地区|园区|特区|新区|开发区|城乡.*|.*全国.*|.*人民.*)$"
)
_COUNTRY = re.compile(r"国务院|國務院|中央人民政府|全国人民代表大会|全國人民代表大會|国家统计局$")
# Offices of the country, where they stand before a year or 关于.
_MINISTRY = re.compile(
    r"(?:国家[^省市县区州\W\d]{2,14}(?:局|委员会|委|署)|中国人民银行|海关总署|审计署|最高人民(?:法院|检察院)|"
    r"(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境|"
    r"住房(?:和)?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部)(?=$|[\d关二]|法治)"
)
_SHORT_TAIL = re.compile(rf"[一-鿿]{{0,4}}?(?:{_RANKS})")
SESSION_PLACE = re.compile(
    r"在(?P<place>[一-鿿]{0,30}?)(?:第?[一二三四五六七八九十百零〇\d]{1,4}届)?(?P<country>全[国國])?"
    r"(?:人民代表大[会會]|人大)(?:常务委员会|常委会)?"
)
_SPEAKER = re.compile(
    r"(?P<place>[一-鿿]{2,24}?)(?:人民政府|行政公署|管委会|管理委员会)?(?:党组书记、)?(?:代理?)?"
    r"(?:省长|市长|县长|区长|州长|旗长|盟长|主席|主任|专员|行政长官|总理)(?![一-鿿]{5})"
)
_FOR = re.compile(r"代表(?P<place>[一-鿿]{2,24}?)(?:人民政府|行政公署|政府|管委会|管理委员会)")
_SOURCE = re.compile(
    r"(?:信息|文章|稿件)?(?:来源|发布机构|发布单位|发文机关|制发机关|单位)[：:](?P<place>.{2,30})"
)
_ORGAN = re.compile(
    r"(?P<place>[一-鿿]{2,30}?)(?:人民政府|政府|行政公署|管委会|管理委员会|司法局|统计局|财政局|发展和改革)"
)
# How far into the text the speaker says for whom: 我代表某县人民政府.
_OPENING = 3000
# Fewer characters before a known name are part of an unknown one (新和平县).
_WORDS_BEFORE = 2
_MOST_NAMED_IN = 20_000
_OFTEN_NAMED = 2
_CLEARLY_MORE = 2  # times as often as the next place


def place_of(phrase: str, gazetteer: Gazetteer, year: int | None) -> Mention | Region | None:
    """The place a title or an office's name begins with: a mention, or a Region as written.

    Places that the gazetteer doesn't know get no code, and the province and city that are named.
    """
    party = _PARTY.match(phrase)
    phrase = party["place"] if party else phrase
    lead = _LEAD.match(phrase)
    phrase = phrase[lead.end() if lead else 0 :]
    if _MINISTRY.match(phrase) or (
        _COUNTRY.search(phrase[:24]) and not phrase.startswith("国务院办公厅关于印发")
    ):
        return COUNTRY
    above: Mention | None = None
    position = 0
    for mention in gazetteer.find(phrase, year):
        if mention.span.start != position or mention.region == COUNTRY:
            break
        after = phrase[mention.span.end :]
        region = mention.region
        short = mention.span.of(phrase) != region.name and not region.code.endswith("0000")
        last = not gazetteer.find(phrase[position:], year)[1:]
        if region.code and short and last and _SHORT_TAIL.match(after):
            break  # 清河 of 清河源县
        above, position = mention, mention.span.end
    rest = phrase[position:]
    if above is None and (inside := _known_inside(rest, gazetteer, year)):
        return inside
    if above is not None and above.region.name == CORPS.name:
        return above
    written = _as_written(rest, above.region if above is not None else None)
    if written is not None and _ZONE.match(rest) and _is_city(above):
        written = replace(written, name=phrase[:position] + written.name)  # 某市经济技术开发区
    return written or above


def _known_inside(phrase: str, gazetteer: Gazetteer, year: int | None) -> Mention | None:
    """A known place after other words that would be read as one name: 报送某市某县."""
    match = _WRITTEN.match(phrase)
    if match is None:
        return None
    for mention in gazetteer.find(match.group(), year):
        official = mention.span.of(match.group()) == mention.region.name
        if official and mention.span.end == match.end() and mention.span.start >= _WORDS_BEFORE:
            return mention
    return None


def _is_city(above: Mention | None) -> bool:
    return above is not None and not above.region.code.endswith("0000")


def _as_written(rest: str, above: Region | None) -> Region | None:
    """A place that the gazetteer doesn't hold, such as a development zone or an invented county."""
    zone = _ZONE.match(rest)
    match = zone or _WRITTEN.match(rest)
    if match is None or _GENERIC.match(match.group()):
        return None
    name = match.group()
    if above is None:
        return Region(name=name, code="")
    return Region(name=name, code="", province=above.province, city=above.city, county=above.county)


def ministry(title: str) -> str:
    """The office of the country that a title begins with, or empty."""
    match = _MINISTRY.match(_LEAD.sub("", title, count=1) if _LEAD.match(title) else title)
    return match.group() if match else ""


def phrases(head: Head, text: str, title: str, fields: Iterable[str]) -> Iterator[str]:
    """What may begin with the place's name, the most trusted first."""
    yield title
    yield from _anywhere(title)
    joined = head.joined
    for session in SESSION_PLACE.finditer(joined):
        yield "全国人民代表大会" if session["country"] else session["place"]
    for line in head.own:
        if line != title and len(line) <= 40 and (match := _SPEAKER.match(line)):
            yield "国务院" if line.startswith("国务院") else match["place"]
    for speech in _FOR.finditer(text[:_OPENING]):
        yield speech["place"]
    if "代表国务院" in text[:_OPENING] or "国务院" in joined:
        yield "国务院"
    for line in (*head.own, *(line.text for line in head.tail if not line.furniture)):
        if len(line) <= 40 and (match := _ORGAN.match(line)):
            yield line
    for item in (*head.top, *head.tail):
        if match := _SOURCE.search(item.text):
            yield match["place"]
    yield from fields


def _anywhere(title: str) -> Iterator[str]:
    """Where in a title a place may begin besides its beginning: after 关于报送, or in brackets."""
    plain = re.sub(r"《[^》]*》", "", title)
    for match in re.finditer(r"(?:报送|上报|呈报|印发|落实|公布|[（(])", plain):
        yield plain[match.end() :]


def most_named(text: str, gazetteer: Gazetteer, year: int | None) -> Mention | None:
    """The place that a text without a place in its title block names most, by its official name."""
    mentions = [
        mention
        for mention in gazetteer.find(text[:_MOST_NAMED_IN], year)
        if mention.span.of(text) == mention.region.name
    ]
    counts = Counter(mention.region.name for mention in mentions)
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (name, count), (_, second) = ranked[0], ranked[1]
    if count < _OFTEN_NAMED or count < _CLEARLY_MORE * second:
        return None
    return next(mention for mention in mentions if mention.region.name == name)


def choose(mention: Mention, text: str, context: Sequence[Mention], gazetteer: Gazetteer) -> Region:
    """The place that an ambiguous name means in this report: whose parents it speaks of most."""
    if not mention.candidates:
        return mention.region
    others = [other.region for other in context if not other.candidates]
    for candidate in mention.candidates:
        if any(other != candidate and gazetteer.within(candidate, other) for other in others):
            return candidate

    def spoken_of(candidate: Region) -> int:
        parents = {candidate.city, candidate.province} - {candidate.name, ""}
        return sum(text.count(parent.rstrip("省市州盟")) for parent in parents)

    counts = sorted((spoken_of(candidate) for candidate in mention.candidates), reverse=True)
    if counts[0] > counts[1]:
        return max(mention.candidates, key=spoken_of)
    return Region(name=mention.region.name, code="")
