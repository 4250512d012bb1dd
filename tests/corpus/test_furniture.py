from __future__ import annotations

from corpus.furniture import find_furniture
from corpus.report import LineHint, LineKind

BODY = "\n".join(
    ["各位代表：", "现在，我代表县人民政府向大会报告工作，请予审议。"]
    + ["一、工作回顾"]
    + ["过去一年，全县上下团结奋斗，经济社会发展取得新成效，各项事业全面进步，人民生活持续改善。"]
    * 12
)


def furniture(text: str) -> list[str]:
    return [span.of(text) for span in find_furniture(text)]


def test_buttons_fields_and_captions_at_the_top() -> None:
    top = [
        "首页 > 政务公开 > 政府工作报告",
        "下载",
        "【字号：",
        "大",
        "中",
        "小",
        "】",
        "2025年青禾县政府工作报告",
        "来源：",
        "青禾日报",
        "发布时间：2025-02-12 09:30",
        "县长王某作政府工作报告。本报记者 李某 摄",
    ]
    text = "\n".join(top) + "\n" + BODY
    assert furniture(text) == [line for line in top if line != "2025年青禾县政府工作报告"]


def test_everything_below_the_tail() -> None:
    tail = [
        "责任编辑：",
        "张三",
        "相关链接>>",
        "abcd39f1fb7f426d9dfb6bd0fa1f2146:",
        "解读政府工作报告",
    ]
    assert furniture(BODY + "\n" + "\n".join(tail)) == tail


def test_the_same_words_in_the_middle_are_prose() -> None:
    text = BODY + "\n来源：数据由统计局提供。\n" + BODY
    assert furniture(text) == []


def test_a_tail_word_followed_by_the_report_is_no_tail() -> None:
    paragraph = "全县上下要认真贯彻落实会议精神，" * 8 + "。"
    assert furniture(BODY + "\n相关链接：\n" + "\n".join([paragraph] * 6)) == []


def test_reader_hints_count_and_something_is_always_left() -> None:
    text = "页眉文字\n正文只有这一行，说的是全县工作情况。"
    hints = (LineHint(0, LineKind.FURNITURE),)
    assert [span.of(text) for span in find_furniture(text, hints)] == ["页眉文字"]
    assert find_furniture("打印\n下载") == ()


def test_prose_that_begins_like_a_tail_is_no_tail() -> None:
    more = "二、活动\n扫一扫即可预约，全年预约12万人次。\n主办单位：县文化馆；演出30场。\n三、产业\n增加值3.2亿元。"
    assert furniture(BODY + "\n" + more) == []
    assert furniture(BODY + "\n来源：群众来信\n三、产业\n增加值3.2亿元。") == []


def test_a_breadcrumb_with_its_arrows_on_lines_of_their_own() -> None:
    crumbs = ["当前位置：", "首页", ">", "政务公开", ">", "政府工作报告", "字体：", "大"]
    text = "\n".join([*crumbs, "2025年青禾县政府工作报告", BODY])
    assert furniture(text) == crumbs
    title = "\n".join(["首页", ">", "青禾县政府工作报告", "县长 王某", BODY])
    assert furniture(title) == ["首页", ">"]
