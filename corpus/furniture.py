"""Which lines are web page or print run, and not report?

Scraped reports carry the buttons, captions and link lists of the page they stood on. Words that
only a page has are listed here; they count at the top (before the report begins) and at the tail
(after it ends), never in the middle, where the same words are prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.outlines.lines import Line, split_lines
from corpus.report import LineHint, LineKind, Span

# The page's own controls, as whole lines.
_CONTROL = re.compile(
    r"(?:下载|打印(?:本页)?|全屏|收藏|加大|还原|减小|放大|缩小|默认|"
    r"【?字(?:号|体)(?:大小)?[：:]?】?|[大中小]|】|【|"
    r"\[?\s*大\s*中\s*小\s*\]?|分享(?:到|至)?[：:]?|关闭(?:窗口|本页)?|首页|返回(?:顶部|首页)?|微信|微博|QQ空间|"
    r"无障碍(?:浏览|阅读)?|长者(?:模式|助手)|繁體?版?|English|登录|注册|搜索|站内搜索|高级搜索|收起|展开|朗读|语音播报|"
    r"A\+|A-|A|[>›»|/]+|听全文|朗读全文|我要纠错|纠错|点赞|扫一扫.*|手机版|移动版|网站地图|联系我们|关于我们)$"
)
_FIELD = re.compile(
    r"(?:(?:信息|文章|稿件|内容)?来\s*源|时\s*间|(?:发布|发稿|成文|生成|更新|公开)(?:日期|时间)|日\s*期|作\s*者|"
    r"(?:责任)?编\s*辑|审\s*核|校\s*对|撰\s*稿|摄\s*影|责\s*编|(?:浏览|点击|阅读|访问)(?:次数|量|数)?|索\s*引\s*号|"
    r"(?:公开|信息)(?:分类|类别|范围|方式|目录)|主题(?:分类|词)|发布(?:机构|单位|人)|发文(?:机关|字号|日期)|"
    r"文\s*号|有效性|【?字(?:号|体)(?:大小)?|当前位置|您(?:现在)?的?(?:当前)?位置(?:是)?|位置|"
    r"组配分类|体裁分类|服务对象|统一编号|信息名称)\s*[：:]"
)
_BREADCRUMB = re.compile(
    r"(?:首页|网站首页|主页)\s*[>›»/＞\-|]|.{1,14}(?:\s*[>›»＞]\s*.{1,20}){2,}$"
)
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_ARROW = re.compile(r"[>›»＞]+$")
_TIMESTAMP = re.compile(
    r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?分?)?$"
)
_CAPTION = re.compile(
    r".{0,40}作政府工作报告。.{0,40}记者.{0,20}$|.{0,60}\s摄$|"
    r".{0,80}(?:记者|通讯员|本报).{0,20}[\s　]?(?:摄|供图|图)(?:影)?[。）)]?$"
)
# What begins the page's tail.
_TAIL = re.compile(
    r"相关(?:报道|附件|链接|阅读|文章|新闻|信息|文件|稿件|解读|专题)\s*(?:[：:>＞»].*)?$|责任编辑|"
    r"扫一扫|(?:上|下)一[篇条页][：:]?|打印本页|关闭(?:窗口|本页)|版权所有|主办单位|承办单位|网站标识码|"
    r".{0,12}ICP备|.{0,6}公网安备|网站地图|联系我们|友情链接|附件下载|分享到|延伸阅读|推荐阅读|热点推荐|"
    r"【?(?:我要)?(?:打印|关闭|纠错)】?|本作品(?:来自|是|在).*|Public\s?domain|返回顶部|浏览次数|"
    r"扫描二维码|用手机(?:扫|看)|编辑[：:]|来源[：:]|责编[：:]|审核[：:]|初审[：:]"
)
_HEX_ID = re.compile(r"[0-9a-f]{16,}[:：]?$")
_REPORT_BEGINS = re.compile(r"(?:各位代表|各位委员|同志们)\s*[：:！!]|一、|（一）|第一部分|第一章")
# The page's top can't be longer than this many lines before the report begins.
_TOP_LINES = 60
# A tail begins in the last part of the text and is short beside the report.
_TAIL_FROM = 0.55
_TAIL_SHARE = 0.35
_TAIL_ALWAYS = 1500  # characters


def find_furniture(text: str, hints: Sequence[LineHint] = ()) -> tuple[Span, ...]:
    """The spans of whole lines that belong to the page, sorted and disjoint.

    Lines a reader marked as furniture are included. At least one line is always left: a text of
    nothing but page words is still shown rather than lost.
    """
    lines = split_lines(text, hints=hints)
    if not lines:
        return ()
    marked = {
        number
        for number, line in enumerate(lines)
        if line.hint is not None and line.hint.kind is LineKind.FURNITURE
    }
    marked |= _top(text, lines)
    marked |= _tail(text, lines)
    if len(marked) == len(lines):
        return ()
    return _spans([lines[number] for number in sorted(marked)])


def _top(text: str, lines: Sequence[Line]) -> set[int]:
    end = min(len(lines), _TOP_LINES)
    for number in range(end):
        if _REPORT_BEGINS.match(lines[number].of(text)):
            end = number
            break
    else:
        # Without a sign of where the report begins, only an unbroken run of page lines counts.
        end = next((n for n in range(end) if not _is_page_line(lines[n].of(text))), end)
    found: set[int] = set()
    for number in range(end):
        words = lines[number].of(text)
        if (
            _is_page_line(words)
            or _HEX_ID.match(words)
            or (number - 1 in found and number + 1 < end and _names_source(text, lines, number))
            or (number - 1 in found and number + 1 < end and _is_crumb(text, lines, number))
        ):
            found.add(number)
    return found


def _is_page_line(words: str) -> bool:
    return len(words) <= 120 and bool(
        _CONTROL.match(words)
        or _FIELD.match(words)
        or _BREADCRUMB.match(words)
        or _TIMESTAMP.match(words)
        or _CAPTION.match(words)
    )


def _names_source(text: str, lines: Sequence[Line], number: int) -> bool:
    """A value that stands alone under its field: `来源:` / `四川日报`."""
    before, words = lines[number - 1].of(text), lines[number].of(text)
    return before.endswith(("：", ":")) and _FIELD.match(before) is not None and len(words) <= 20


def _is_crumb(text: str, lines: Sequence[Line], number: int) -> bool:
    """A step of a breadcrumb whose arrows stand on lines of their own, page lines on both sides.

    A title that follows the last arrow is followed by the report, and so kept.
    """
    before, words, after = (lines[n].of(text) for n in (number - 1, number, number + 1))
    return bool(_ARROW.match(before)) and len(words) <= 20 and _is_page_line(after)


def _tail(text: str, lines: Sequence[Line]) -> set[int]:
    earliest = _TAIL_FROM * len(text)
    for number, line in enumerate(lines):
        if line.start < earliest:
            continue
        words = line.of(text)
        if not _TAIL.match(words) or (words.endswith(("。", "；")) and len(words) > 1):
            continue
        rest = lines[-1].end - line.start
        if rest <= max(_TAIL_ALWAYS, _TAIL_SHARE * len(text)) and _is_tail(text, lines[number:]):
            return set(range(number, len(lines)))
    return set()


def _is_tail(text: str, lines: Sequence[Line]) -> bool:
    """Whether nothing below reads like the report going on: no heading, no run of long paragraphs.

    Link lists repeat the report's title and first words, so one long line may stand there.
    """
    if any(_NUMBERED.match(line.of(text)) for line in lines):
        return False
    long = sum(len(line.of(text)) > 90 for line in lines)
    return long <= max(1, len(lines) // 8)


def _spans(lines: Sequence[Line]) -> tuple[Span, ...]:
    return tuple(Span(line.start, line.end) for line in lines)
