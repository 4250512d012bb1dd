"""Which of our fields does a column or a line of front matter mean?"""

from __future__ import annotations

# Names as people write them, by our names. Compared in lower case without blanks.
_NAMES = {
    "text": ("text", "content", "body", "fulltext", "full_text", "正文", "内容", "全文", "文本"),
    "title": ("title", "name", "标题", "题名", "名称", "报告名称"),
    "region": ("region", "place", "area", "province", "地区", "区域", "地方", "省份", "行政区"),
    "year": ("year", "年份", "年度", "年"),
    "date": ("date", "published", "pubdate", "日期", "发布日期", "发布时间", "成文日期"),
    "url": ("url", "link", "source_url", "链接", "网址", "来源链接", "原文链接"),
    "report_id": ("report_id", "id", "编号", "报告编号", "序号"),
    "issuer": ("issuer", "publisher", "发文机关", "发布机构", "来源", "发文单位"),
    "kind": ("kind", "type", "类型", "种类", "报告类型"),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
FIELDS: tuple[str, ...] = tuple(_NAMES)


def field_of(name: str) -> str | None:
    """Our name for a column called `name`, or None if it is no field of ours."""
    return _FIELD_OF.get("".join(name.split()).lower())
