"""Reports that try to be more than text: markup, links, Markdown, marks of direction."""

from __future__ import annotations

from typing import Final

SCRIPT: Final = "<script>window.__pwned = 1; alert(1)</script>"
IMAGE: Final = '"><img src=x onerror="window.__pwned = 2; alert(2)">'
LINK: Final = "[点击查看](javascript:window.__pwned=3)"
MARKDOWN: Final = "**粗体** `代码` ![图](http://192.0.2.1/a.png)"
CLOSING: Final = "</mark></blockquote></main><h1 onclick=alert(4)>"
# To the left from here on, and to the right; never ended.
LEFT: Final = "\u202e"
RIGHT: Final = "\u2067"
ALL: Final = (SCRIPT, IMAGE, LINK, MARKDOWN, CLOSING)

HOSTILE: Final[list[dict[str, str | int]]] = [
    {
        "report_id": '恶意县-2025"><script>alert(9)</script>',
        "title": f"恶意县2025年政府工作报告{SCRIPT}{LEFT}{IMAGE}",
        "region": "恶意县",
        "year": 2025,
        "text": (
            f"恶意县2025年政府工作报告{SCRIPT}\n"
            f"一、工作回顾{IMAGE}{RIGHT}\n"
            f"（一）公路建设{LINK}\n"
            f"全年新建公路40公里。{SCRIPT}{IMAGE}{LINK}{MARKDOWN}{CLOSING}\n"
            f"全年培训干部36人次{LEFT}，脚本{SCRIPT}没有运行{RIGHT}。\n"
            "二、工作安排\n"
            f"{CLOSING}计划新建水库3座。\n"
            "附件：名词解释\n"
            f"流动调解室：{IMAGE}设在工地的调解室。\n"
        ),
    },
    {
        "report_id": "恶意镇/<b>甲</b>&amp;",
        "title": LINK,
        "region": f"恶意镇{SCRIPT}",
        "year": 2024,
        "text": f"{LINK}\n一、{CLOSING}\n全镇新建公路7公里{IMAGE}。\n",
    },
]
