"""Whose report is it, of which year and kind, who issued it and when?

Read from the title block, the session line, the signature and, where a file has them, its own
fields. The file's name is asked last: it may say nothing, or something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.dates import Dated, find_dates, iso_date, plain_year
from corpus.head import Head, compact, read_head
from corpus.kinds import kind_named, kind_of_title
from corpus.places.placing import SESSION_PLACE, choose, ministry, most_named, phrases, place_of
from corpus.places.regions import CORPS, COUNTRY, Gazetteer, load_gazetteer
from corpus.report import Metadata, Region, ReportKind, Span
from corpus.titles import BARE, fallback_title, find_title, site_parts

# Part of every file's fingerprint: raise it when metadata is read differently.
METADATA_VERSION = "1"

_QUOTED = re.compile(r"《[^》]*》|[（(][^（）()]*[—\-－~至][^（）()]*年[^（）()]*[)）]")
_RANGE = re.compile(r"(?:19|20)\d\d年?[—\-－~至](?:19|20)\d\d年")
_PUBLISHED = re.compile(
    r"(?:时间|日期|发布日期|发布时间|发稿时间|发文日期|成文日期|生成日期|公开日期)[：:]?(?P<date>.+)|(?P<alone>^(?:19|20)\d\d[年\-/.].+)"
)
_REVIEW = re.compile(
    r"((?:19|20)\d\d)年(?:度)?(?:的)?(?:主要|政府|全县|全市|全区|重点)*工作(?:的)?(?:回顾|总结|完成情况)"
)
_AGENDA = re.compile(
    r"((?:19|20)\d\d)年(?:的)?(?:经济社会发展)?(?:主要|政府|全县|全市|全区|重点)*(?:工作|目标任务)(?:的)?"
    r"(?:安排|任务|建议|打算|计划|重点|总体要求|思路)"
)
_BRACKETED = re.compile(r"^[（(—\-]*(?P<date>[^（）()]{6,20})[)）]?$")
_GOVERNMENT = re.compile(r"政府|局|厅|委|院|办公室|公署|中心|部|署|兵团|法院|检察院")
# What pages give as their source: a newspaper, or an office without its place (县政府办).
_NO_ISSUER = re.compile(
    r"报|网|媒体|新闻|^[本我]?(?:[省市县区州旗]|自治区)(?:人民)?(?:政府|委|[^镇乡]{1,8}[局厅]$)"
)
_ORGAN = re.compile(
    r"[一-鿿]{2,40}?(?:人民政府(?:办公室|办公厅)?|行政公署|管理委员会|管委会|街道办事处|(?:综合|监督|管理|发展)?"
    r"[一-鿿]{0,12}?(?:局(?!面|势)|厅|委员会|办公室(?!.)|人民法院|人民检察院))"
)
_STATISTICS = re.compile(r"[一-鿿]{2,20}统计局")
_SIGNATURE = re.compile(
    r"[一-鿿]{2,40}(?:人民政府(?:办公室|办公厅)?|行政公署|管理委员会|管委会|街道办事处|局|厅|委员会|委员会办公室|办公室)$"
)
_OPENING = 1500  # characters in which an annual report says its year
_REVIEW_WITHIN = 20_000  # characters in which a work report looks back
_POLICY_ADDRESS = ("香港特别行政区", "澳门特别行政区")


def read_metadata(
    text: str, furniture: Sequence[Span], *, stem: str, fields: Mapping[str, str]
) -> Metadata:
    """What a report says of itself.

    `date` is the day the report was given to the congress if it says so, else when it was published
    or signed. A title that is only 政府工作报告 is completed with year and place
    (2026年广东省政府工作报告); every other title is as written.
    """
    head = read_head(text, furniture)
    title = find_title(head, fields.get("title", ""))
    kind = _kind(title, fields.get("kind", ""), text)
    if not title and kind is ReportKind.WORK_REPORT:
        title = "政府工作报告"
    title = title or fallback_title(head, fields.get("title", ""), stem)
    delivered = _delivered(head, title)
    published = _published(head, fields.get("date", ""))
    year = (
        _field_year(fields.get("year", ""))
        or _title_year(title, kind)
        or _year_of_session(kind, delivered, published, text)
        or _year_said_most(kind, text)
        or next((found.year for found in find_dates(stem + "年")), None)
        or _year_of_publication(kind, published)
    )
    gazetteer = load_gazetteer()
    region = _named_region(fields.get("region", ""), gazetteer, year) or _region(
        head, text, title, stem, fields, year, gazetteer
    )
    if region is not None and kind is ReportKind.WORK_REPORT and (bare := BARE.match(title)):
        place = "国务院" if region == COUNTRY else region.name
        title = f"{year or ''}{'年' if year else ''}{place}政府工作报告{bare['note'] or ''}"
    signed = _signed(head)
    return Metadata(
        title=title,
        region=region,
        year=year,
        kind=kind,
        issuer=_issuer(head, title, kind, region, fields.get("issuer", "")),
        date=next((d.iso for d in (delivered, published, signed) if d is not None), ""),
        url=fields.get("url", ""),
    )


def override(metadata: Metadata, values: Mapping[str, str]) -> Metadata:
    """Metadata with what a manifest says in its place; `values` are checked by the manifest."""
    year = _field_year(values.get("year", "")) or metadata.year
    region = metadata.region
    gazetteer = load_gazetteer()
    if values.get("region"):
        region = _named_region(values["region"], gazetteer, year)
    elif region is not None and region.code and year != metadata.year:
        region = gazetteer.resolve(region.name, year) or region
    changed = replace(
        metadata,
        title=values.get("title") or metadata.title,
        region=region,
        year=year,
        kind=kind_named(values.get("kind", "")) or metadata.kind,
        date=iso_date(values.get("date", "")) or metadata.date,
        url=values.get("url") or metadata.url,
    )
    issuer = values.get("issuer") or metadata.issuer
    if values.get("region") and not values.get("issuer") and region is not None:
        issuer = government_of(region)
    return replace(changed, issuer=issuer)


def government_of(region: Region) -> str:
    """The name of a place's government: 国务院, 林周县人民政府, 喀什地区行政公署."""
    if region == COUNTRY:
        return "国务院"
    if region.name == CORPS.name:
        return region.name
    if region.name in _POLICY_ADDRESS:
        return region.name + "政府"
    if region.name.endswith(("地区", "盟")):
        return region.name + "行政公署"
    zone = not region.code and region.name.endswith(("开发区", "新区", "园区", "高新区", "经开区"))
    return region.name + ("管理委员会" if zone else "人民政府")


def _kind(title: str, field: str, text: str) -> ReportKind:
    named = kind_named(field) or kind_of_title(title)
    if named is not None:
        return named
    opening = compact(text[:3000])
    if not title and re.search(r"向大会报告(?:政府)?工作|作政府工作报告", opening):
        return ReportKind.WORK_REPORT
    if not title and opening.count("法治政府建设") >= 2:
        return ReportKind.RULE_OF_LAW
    return ReportKind.OTHER


def _field_year(value: str) -> int | None:
    return plain_year(value) or next((found.year for found in find_dates(value)), None)


def _title_year(title: str, kind: ReportKind) -> int | None:
    """The year in the title; of a plan's two years (2025年执行情况与2026年计划) the later one."""
    if kind is ReportKind.WORK_REPORT:
        before = title.partition("政府工作")[0]
        years = [found.year for found in find_dates(before)] or [
            found.year for found in find_dates(title)
        ]
        return years[-1] if years else None
    plain = _RANGE.sub("", _QUOTED.sub("", title))
    years = [found.year for found in find_dates(plain)]
    if not years:
        years = [found.year for found in find_dates(title)]
    if not years:
        return None
    plan = kind is ReportKind.OTHER and re.search(r"计划|预算", title)
    return years[-1] if plan else years[0]


def _delivered(head: Head, title: str) -> Dated | None:
    """The day of the session the report was given at, or the date in brackets under the title."""
    joined = head.joined
    session = SESSION_PLACE.search(joined)
    if session is not None:
        before = [found for found in find_dates(joined[: session.start()]) if found.month]
        if before and session.start() - before[-1].end <= 3:
            return before[-1]
    for line in head.own:
        match = _BRACKETED.match(line)
        found = next(find_dates(match["date"]), None) if match and line != title else None
        bracketed = line.startswith(("（", "(", "—", "-"))
        if found is not None and found.month and (bracketed or session is not None):
            return found
    return None


def _published(head: Head, field: str) -> Dated | None:
    if field and (found := next(find_dates(iso_date(field)), None)):
        return found
    for line in head.top:
        if (match := _PUBLISHED.search(line.text)) and len(line.text) <= 60:
            found = next(find_dates(match["date"] or match["alone"] or ""), None)
            if found is not None and found.month:
                return found
    return None


def _signed(head: Head) -> Dated | None:
    """The date under the report."""
    for line in reversed(head.tail):
        found = next(find_dates(line.text), None)
        if found and found.month and len(line.text) - (found.end - found.start) <= 4:
            return found
    return None


def _year_of_session(
    kind: ReportKind, delivered: Dated | None, published: Dated | None, text: str
) -> int | None:
    """The year of a report to the congress: when it was given, or of the work it plans."""
    if delivered is not None and kind is not ReportKind.RULE_OF_LAW:
        return delivered.year
    if kind is not ReportKind.WORK_REPORT:
        return None
    if match := _AGENDA.search(text):
        return int(match[1])
    if match := _REVIEW.search(text[:_REVIEW_WITHIN]):
        return int(match[1]) + 1
    return published.year if published is not None else None


def _year_said_most(kind: ReportKind, text: str) -> int | None:
    """The year an annual report without one in its title speaks of."""
    if kind not in (ReportKind.RULE_OF_LAW, ReportKind.BULLETIN):
        return None
    years = [found.year for found in find_dates(compact(text[:_OPENING]))]
    return max(years, key=lambda year: (years.count(year), -years.index(year)), default=None)


def _year_of_publication(kind: ReportKind, published: Dated | None) -> int | None:
    if published is None:
        return None
    # The report on a year comes out in the first half of the next.
    return published.year - (kind is ReportKind.RULE_OF_LAW and 0 < published.month <= 6)


def _named_region(name: str, gazetteer: Gazetteer, year: int | None) -> Region | None:
    """The place a manifest or a table names; as written if the gazetteer doesn't know it."""
    name = compact(name)
    if not name:
        return None
    known = gazetteer.resolve(name, year)
    if known is not None:
        return known
    written = place_of(name, gazetteer, year)
    return written if isinstance(written, Region) else Region(name=name, code="")


def _region(
    head: Head,
    text: str,
    title: str,
    stem: str,
    fields: Mapping[str, str],
    year: int | None,
    gazetteer: Gazetteer,
) -> Region | None:
    context = gazetteer.find("\n".join(line.text for line in (*head.top, *head.tail)), year)
    # A page is named with its site: 报告_某县人民政府门户网站.
    said_by_page = (fields.get("issuer", ""), *site_parts(fields.get("title", "")))
    for phrase in phrases(head, text, title, said_by_page):
        place = place_of(phrase, gazetteer, year)
        if place is not None:
            return place if isinstance(place, Region) else choose(place, text, context, gazetteer)
    place = most_named(text, gazetteer, year) or place_of(stem, gazetteer, year)
    if isinstance(place, Region) or place is None:
        return place
    return choose(place, text, context, gazetteer)


def _issuer(head: Head, title: str, kind: ReportKind, region: Region | None, field: str) -> str:
    if field and _GOVERNMENT.search(field) and not _NO_ISSUER.search(field):
        return field
    if kind is ReportKind.WORK_REPORT:
        return government_of(region) if region is not None else ""
    if central := ministry(title):
        return central
    start = re.sub(r"^(?:关于|(?:19|20)\d\d年度?|[（(“]|\s)+", "", title)
    organ = _ORGAN.match(start)
    if organ is not None and title.startswith("国家") and region not in (None, COUNTRY):
        organ = re.match(r"[一-鿿]+局", title) or organ  # 国家税务总局某县税务局
    if organ is not None and (region is None or region.name[:2] in organ.group()):
        return organ.group().replace("管委会", "管理委员会")
    for line in (*head.own, *(item.text for item in reversed(head.tail) if not item.furniture)):
        if line != title and len(line) <= 40 and _SIGNATURE.match(line):
            return line
    if kind is ReportKind.BULLETIN:
        for line in head.own:
            if line != title and (match := _STATISTICS.search(line)):
                return match.group()
        return ""
    return government_of(region) if region is not None else ""
