"""Which line, or lines, are the report's title?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.dates import find_dates
from corpus.head import Head, HeadLine
from corpus.kinds import kind_of_title

LONGEST_TITLE = 75
MOST_LINES = 4  # lines that a title is broken over
BARE = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:度)?政府工作报告(?P<note>[（(](?:摘要|摘登|全文|审议稿|草案)[)）])?$"
)

# What a title ends in; a note in brackets may follow.
_END = re.compile(
    r"(?:政府工作的?报告|政府工作情况的?报告|施政报告|施政報告"
    r"|(?:法治政府|依法行政).{0,30}?(?:报告|总结|情况|公示|公告|汇报|通报|综述|建设)"
    r"|(?:国民经济|社会发展|统计|环境|生态|水资源|审计|预算|决算|财政|工作).{0,40}?(?:公报|报告|总结)"
    r"|公报|报告|規劃綱要|规划纲要|工作总结|报告摘要)"
    r"(?:[（(][^（）()]{1,60}[)）])?$"
)
_CONTINUES = re.compile(r"的|与|及|和|暨|报告|情况|草案|（|\(|[一-鿿]{1,3}$|年|计划|执行")
# No title begins like this (和平县 is a county, though).
_SECOND_HALF = re.compile(r"[与及暨的]|和(?=\d|[一二][〇零○]|国民|下一|明年|今年)")
_NO_TITLE = re.compile(
    r"[。！？!?；;>›»|【】]|记者|摄$|供图|^(?:来源|时间|作者|发布|责任|编辑|附件|相关|关于我们|现将|我代表|现在|首页|当前位置"
    r"|上一[篇条]|下一[篇条]|索引号|名称|标题[:：]|——|--|图[:：解]|解读|视频)|热议|解读|图解|起草|新闻发布会|摘编$|一图读懂|门户网|^(?:尊敬的)?各位(?:代表|委员)|^同志们"
)
_SITE = re.compile(r"[-_|—–~]+")
_ORGAN = re.compile(
    r"[一-鿿]{2,30}(?:人民政府|行政公署|管理委员会|管委会|局|厅|委员会|办公室|委员会)$"
)
_NUMBER = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、](?!\d)"
)
_PERSON = re.compile(
    r"(?:省长|市长|县长|区长|州长|旗长|盟长|主席|主任|总理|局长|厅长|专员|行政长官)"
)
_SESSION = re.compile(r"[届次].{0,12}会议|在.{2,30}(?:人民代表大会|人大)")


def is_title(line: str) -> bool:
    """Whether a line without blanks can be a whole title."""
    return (
        3 < len(line) <= LONGEST_TITLE
        and not _NO_TITLE.search(line)
        and not _NUMBER.match(line)
        and _END.search(line) is not None
    )


def find_title(head: Head, field: str) -> str:
    """The title in the title block, or the better one of the file's own title `field`; or empty."""
    best = max(_candidates(head.top), key=lambda item: item[0], default=((0,), ""))[1]
    named = _from_field(field)
    if named and (not best or _says(named) > _says(best) or not kind_of_title(best)):
        return named
    return best


def fallback_title(head: Head, field: str, stem: str) -> str:
    """A title for a text that has none of the usual ones: what the page says, or the first line."""
    if field:
        return _from_field(field) or field
    for line in head.own:
        plain = len(line) <= LONGEST_TITLE and not _NO_TITLE.search(line)
        if plain and not _is_by_line(line) and not _NUMBER.match(line):
            return line
    return " ".join(stem.split())  # file names may hold line breaks


def site_parts(field: str) -> list[str]:
    """The parts of a page's title: the report's, the section's and the site's name."""
    return [part for part in (*_SITE.split("".join(field.split())), *field.split()) if part]


def _from_field(field: str) -> str:
    """The part of a page's title that is the report's: without the site's name."""
    parts = ["".join(field.split()), *site_parts(field)]
    titles = [part for part in parts if is_title(part) and not _SITE.search(part.strip("—-"))]
    return max(titles, key=lambda part: (_says(part), -len(part)), default="")


def _candidates(lines: Sequence[HeadLine]) -> Iterator[tuple[tuple[int, ...], str]]:
    """Possible titles with how good they are."""
    own = [index for index, line in enumerate(lines) if not line.furniture]
    for order, index in enumerate(own):
        title = _grow([lines[other].text for other in own[order : order + MOST_LINES]])
        if title:
            yield (1, _says(title), -index), title
    for index, line in enumerate(lines):
        if line.furniture and is_title(line.text) and kind_of_title(line.text):
            yield (0, _says(line.text), -index), line.text


def _says(title: str) -> int:
    """How much a title tells: its kind, a year, more than the bare words."""
    kind = kind_of_title(title) is not None
    year = next(find_dates(title), None) is not None
    return 2 * kind + year + (BARE.match(title) is None)


def _grow(lines: Sequence[str]) -> str:
    """The title that begins with the first of `lines`, which may be broken over the next ones."""
    if _SECOND_HALF.match(lines[0]) or (_is_by_line(lines[0]) and not is_title(lines[0])):
        return ""
    title = ""
    for count in range(1, len(lines) + 1):
        part = lines[count - 1]
        joined = "".join(lines[:count])
        stop = count > 1 and (_is_by_line(part) or _NUMBER.match(part) or _NO_TITLE.search(part))
        if stop or len(joined) > LONGEST_TITLE:
            break
        if title and not _CONTINUES.match(part):
            break
        if is_title(joined):
            if count > 1 and not title and _is_complete(part, lines[: count - 1]):
                return ""
            title = joined
    return title


def _is_complete(part: str, before: Sequence[str]) -> bool:
    """Whether `part` is a title without the line before it, which then is a site's or office's."""
    if not is_title(part):
        return False
    if _SECOND_HALF.match(part):
        return False
    organ = len(before) == 1 and _ORGAN.match(before[0]) is not None
    # 某县人民政府 / 2021年度法治政府建设情况报告 belong together, 某县人民政府 / 政府工作报告 don't.
    return not organ or "政府工作报告" in part or before[0][:2] in part


def _is_by_line(line: str) -> bool:
    """A session, a speaker or a date: not part of a title."""
    dated = next(find_dates(line), None)
    only_date = dated is not None and dated.month > 0 and len(line) - (dated.end - dated.start) <= 4
    person = _PERSON.search(line) is not None and len(line) <= 30 and _END.search(line) is None
    session = _SESSION.search(line) is not None and kind_of_title(line) is None
    return only_date or person or session
