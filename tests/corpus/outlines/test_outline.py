from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import LineHint, LineKind, Part, Section
from tests.corpus.reports import sections, tree

PROSE = (
    "全县上下坚持稳中求进工作总基调，扎实推进各项工作，经济社会发展取得新的成效，人民生活持续改善。"
)


def heading_of(found: tuple[Section, ...], label: str) -> list[str]:
    return [s.heading for s in found if s.label == label]


def test_headings_alone_and_run_in_in_one_report() -> None:
    text = "\n".join(
        [
            "2025年青禾县法治政府建设情况报告",
            "一、主要工作情况",
            "（一）加强组织领导",
            PROSE,
            "（二）完善制度机制。出台制度12项，" + PROSE,
            "二、存在的问题",
            PROSE,
        ]
    )
    assert tree(text) == [
        "1 一、主要工作情况",
        ">2 （一）加强组织领导",
        ">2 （二）完善制度机制",
        "1 二、存在的问题",
    ]


def test_headings_keep_their_commas() -> None:
    text = f"一、甲\n（一）着眼河清岸绿，整治鱼塘和码头\n{PROSE}\n（二）着眼山上山下，种好茶叶和毛竹。{PROSE}"
    assert tree(text)[1:] == [
        ">2 （一）着眼河清岸绿，整治鱼塘和码头",
        ">2 （二）着眼山上山下，种好茶叶和毛竹",
    ]


def test_enumeration_within_one_sentence_ends_at_commas_and_semicolons() -> None:
    text = (
        "一、目标\n今后五年：一是功能持续提升，二是质量迈上新台阶，三是改革取得突破。在此基础上再奋斗五年。\n"
        "二、任务\n主要有：一是建设产业体系，壮大实体；二是扩大内需，融入格局；三是发展农业，振兴乡村。\n"
        "三、结语\n完。"
    )
    found = [s for s in sections(text) if s.level == 5]
    assert [s.heading for s in found] == [
        "功能持续提升",
        "质量迈上新台阶",
        "改革取得突破",
        "建设产业体系，壮大实体",
        "扩大内需，融入格局",
        "发展农业，振兴乡村",
    ]
    # The last item ends with its sentence: what follows is not about it.
    assert text[found[2].start : found[2].end] == "三是改革取得突破。"


def test_items_of_one_sentence_each_are_headed_by_their_first_clause() -> None:
    text = (
        "一、存在的问题\n主要表现在：一是法治意识有待加强，个别干部的意识需要强化。"
        "二是执法水平有待提高，法治人才偏少。\n二、下步打算\n" + PROSE
    )
    assert [s.heading for s in sections(text) if s.level == 5] == [
        "法治意识有待加强",
        "执法水平有待提高",
    ]


def test_several_lists_in_one_section() -> None:
    text = (
        "一、工作\n一年来：一是抓学习。学了三次。二是抓落实。查了五次。三是抓督查。督了两次。\n"
        "同时看到：一是能力不足。二是人才不够。\n二、打算\n" + PROSE
    )
    assert tree(text) == [
        "1 一、工作",
        ">5 一是抓学习",
        ">5 二是抓落实",
        ">5 三是抓督查",
        ">5 一是能力不足",
        ">5 二是人才不够",
        "1 二、打算",
    ]


def test_run_in_level_directly_under_the_first() -> None:
    text = f"一、工作回顾\n一是经济向好。{PROSE}\n二是民生改善。{PROSE}\n过去五年，{PROSE}\n二、安排\n{PROSE}"
    found = sections(text)
    assert [(s.level, s.number) for s in found] == [(1, "一"), (5, "一"), (5, "二"), (1, "二")]
    # 过去五年 stands in 一、 again, not in 二是.
    assert found[2].end < text.index("过去五年") < found[0].end


def test_first_series_that_begins_half_way() -> None:
    text = "\n".join(
        [
            "“十四五”时期发展成就",
            PROSE,
            "——综合实力大幅提升。" + PROSE,
            "2026年重点工作",
            PROSE,
            "一、抓好主线",
            PROSE,
            "二、抓好落实",
            PROSE,
        ]
    )
    found = tree("2026年某县政府工作报告\n各位代表：\n" + text)
    assert found == [
        "1 “十四五”时期发展成就",
        ">6 综合实力大幅提升",
        "1 2026年重点工作",
        ">1 一、抓好主线",
        ">1 二、抓好落实",
    ]


def test_closing_words_belong_to_no_section() -> None:
    closing = "各位代表！让我们更加紧密地团结起来，努力奋斗，为建设现代化新县作出新的更大贡献！"
    text = f"一、回顾\n{PROSE}\n二、安排\n（一）甲事项\n{PROSE}\n{PROSE}\n（二）乙事项\n{PROSE}\n{closing}"
    for section in sections(text):
        assert section.end <= text.index("各位代表")


def test_salutation_ends_the_sections_below_the_first_level() -> None:
    text = (
        f"一、回顾\n{PROSE}\n二、安排\n（一）甲事项\n{PROSE}\n（二）乙事项\n{PROSE}\n"
        f"各位代表！做好今年工作，必须加强自身建设。一是坚持依法行政。{PROSE}二是坚持实干。{PROSE}\n"
        "各位代表！让我们更加紧密地团结起来，努力奋斗，谱写新篇章！"
    )
    assert tree(text)[-2:] == [">5 一是坚持依法行政", ">5 二是坚持实干"]


def test_annex_and_glossary_are_set_apart() -> None:
    body = "\n".join(f"{n}、第{n}项工作\n{PROSE}" for n in "一二三四五")
    text = (
        f"{body}\n附件1\n2026年十件民生实事\n一、改造小区。{PROSE}\n二、新建学校。{PROSE}\n"
        "附件2\n名词解释\n1.“双一流”：指世界一流大学和一流学科。\n2.“两重”：指重大战略和重点领域。\n"
        "20.2026年实事：指列入计划的实事。"
    )
    found = sections(text)
    assert [s.number for s in found if s.part is Part.BODY] == list("一二三四五")
    assert [(s.heading, s.part) for s in found if s.level == 1 and not s.number] == [
        ("2026年十件民生实事", Part.ANNEX),
        ("名词解释", Part.GLOSSARY),
    ]
    assert [s.heading for s in found if s.part is Part.GLOSSARY and s.number] == [
        "“双一流”",
        "“两重”",
    ]
    assert next(s for s in found if s.number == "五").end < text.index("附件1")


def test_untitled_notes_after_the_closing_words() -> None:
    body = "\n".join(f"{n}、第{n}项工作\n{PROSE}" for n in "一二三")
    text = (
        f"{body}\n各位代表！让我们团结一心、努力奋斗，谱写新篇章！\n注释\n"
        "［1］一降三减：\n指降低成本、减少环节。\n［2］四大产业：\n指旅游业等产业。"
    )
    notes = [s for s in sections(text) if s.part is Part.GLOSSARY]
    assert [(s.label, s.heading) for s in notes] == [
        ("", "注释"),
        ("［1］", "一降三减"),
        ("［2］", "四大产业"),
    ]
    assert notes[1].end < text.index("［2］") <= notes[2].start


def test_table_of_contents_is_not_the_outline() -> None:
    text = (
        "某县政府工作报告\n目 录\n一、工作回顾……1\n二、工作安排……5\n"
        f"一、工作回顾\n{PROSE}\n二、工作安排\n{PROSE}"
    )
    found = sections(text)
    assert [s.number for s in found] == ["一", "二"]
    assert found[0].start == text.index("一、工作回顾\n")


def test_heading_split_over_two_lines() -> None:
    text = f"一、甲\n（一）推动传统产业改造升级，\n加快构建现代化产业体系\n{PROSE}\n（二）扩大开放\n{PROSE}"
    assert heading_of(sections(text), "（一）") == ["推动传统产业改造升级，加快构建现代化产业体系"]


def test_lines_broken_by_markup_are_no_headings() -> None:
    text = f"一、甲\n{PROSE}细颗粒物PM\n2.5\n年平均浓度下降。{PROSE}\n主要预期目标\n是：增长5%左右。{PROSE}\n二、乙\n{PROSE}"
    assert tree(text) == ["1 一、甲", "1 二、乙"]


def test_headings_the_format_marks() -> None:
    text = f"工作情况\n{PROSE}\n组织领导\n{PROSE}\n下步打算\n{PROSE}"
    hints = (
        LineHint(0, LineKind.HEADING, 1),
        LineHint(text.index("组织领导"), LineKind.HEADING, 2),
        LineHint(text.index("下步打算"), LineKind.HEADING, 1),
    )
    assert tree("\n" + text, tuple(LineHint(h.start + 1, h.kind, h.level) for h in hints))[-1:] == [
        "1 下步打算"
    ]


def test_lost_line_breaks() -> None:
    text = f"一、主要做法。{PROSE}二、存在的问题。{PROSE}三、下步打算。{PROSE}"
    assert [s.number for s in sections(text)] == ["一", "二", "三"]


def test_an_empty_report_has_no_sections() -> None:
    assert sections("") == ()
    assert sections("\n \n　") == ()


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *[f"{n}、工作{n}" for n in "一二三四五六"],
                *[f"（{n}）任务{n}。{PROSE}" for n in "一二三四五六"],
                *[f"（{n}）任务{n}" for n in "一二三四五六"],
                *[f"{n}.事项" for n in range(1, 7)],
                *[f"（{n}）小项。" for n in range(1, 5)],
                *[f"{n}是抓好第{n}件事。{PROSE}" for n in "一二三四"],
                f"主要有：一是甲，二是乙，三是丙。{PROSE}",
                f"第一，稳增长。{PROSE}",
                f"第二，促改革。{PROSE}",
                "各位代表！",
                "各位代表！让我们更加紧密地团结起来，努力奋斗，谱写新篇章！",
                "附件",
                "名词解释",
                "1.“两重”：指重大战略。",
                "综合实力稳步提升。" + PROSE,
                "这是不平凡的一年。",
                "——这五年，发展质效大幅提升。" + PROSE,
                "2.5",
                "",
                "下载",
                "相关报道：",
            ]
        ),
        st.text("一二三、（）()1.2是。；，各位代表附件\n 　：", max_size=40),
    ),
    max_size=40,
)


@given(_LINES)
def test_sections_nest(lines: list[str]) -> None:
    """Each section lies in its parent, siblings are in order and apart, headings inside."""
    text = "\n".join(lines)
    found = sections(text)
    by_id = {section.section_id: section for section in found}
    assert len(by_id) == len(found)
    last_end: dict[str | None, int] = {}
    for section in found:
        assert 0 <= section.start <= section.heading_end <= section.end <= len(text)
        assert text[section.start :].startswith(section.label)
        if section.parent_id is not None:
            parent = by_id[section.parent_id]
            assert parent.start <= section.start
            assert section.end <= parent.end
        assert section.start >= last_end.get(section.parent_id, 0)
        last_end[section.parent_id] = section.end
    assert [s.start for s in found] == sorted(s.start for s in found)


@pytest.mark.parametrize("label", ["（一）", "(一)", "（ 一 ）"])
def test_brackets_of_either_width(label: str) -> None:
    text = f"一、甲\n{label}乙事项\n{PROSE}\n（二）丙事项\n{PROSE}"
    assert [s.number for s in sections(text)] == ["一", "一", "二"]


def test_a_file_wrapped_at_a_fixed_width() -> None:
    text = "\n".join(
        [
            "一、主要工作",
            f"（一）加强组织领导，完善工作机制。{PROSE * 4}一是抓学习促提升，全年集中学习六次。二是抓落实促成效，开展督查五次。",
            f"（二）规范行政执法。{PROSE * 6}",
            "二、存在的问题",
            PROSE * 5,
        ]
    )
    wrapped = "\n".join(
        line[at : at + 30] for line in text.split("\n") for at in range(0, len(line), 30)
    )
    assert [(s.level, s.heading) for s in sections(wrapped)] == [
        (1, "主要工作"),
        (2, "加强组织领导，完善工作机制"),
        (5, "抓学习促提升"),
        (5, "抓落实促成效"),
        (2, "规范行政执法"),
        (1, "存在的问题"),
    ]


def test_slogans_on_their_own_lines() -> None:
    text = (
        f"一、回顾\n这是实力提升的五年。\n{PROSE}\n这是民生改善的五年。\n{PROSE}\n二、安排\n{PROSE}"
    )
    assert tree(text) == [
        "1 一、回顾",
        ">6 这是实力提升的五年",
        ">6 这是民生改善的五年",
        "1 二、安排",
    ]


def numbers(text: str) -> list[tuple[int, str]]:
    return [(s.level, s.number) for s in sections(text) if s.number and s.part is Part.BODY]


def test_numbers_of_one_character_and_half_brackets() -> None:
    labels = ["㈠", "㈡", "⒈", "⒉", "⑴", "⑵", "㈢", "1）", "2）"]
    items = [f"{label}抓好事项。{PROSE}" for label in labels]
    text = "\n".join(["一、工作", *items, "二、打算", PROSE])
    assert numbers(text) == [
        (1, "一"), (2, "㈠"), (2, "㈡"), (3, "⒈"), (3, "⒉"), (4, "⑴"), (4, "⑵"), (2, "㈢"),
        (4, "1"), (4, "2"), (1, "二"),
    ]  # fmt: skip


def test_numeral_and_a_blank() -> None:
    text = f"一 总体情况\n{PROSE}\n二 主动公开情况\n{PROSE}\n三 存在的问题\n（一）公开不及时。\n（二）内容不全。"
    assert numbers(text) == [(1, "一"), (1, "二"), (1, "三"), (2, "一"), (2, "二")]


def test_items_that_begin_with_a_figure() -> None:
    text = f"一、实事\n1、2023年新建学校3所。\n2、12345热线办理3万件。\n3.12345平台建设。{PROSE}\n4.5G基站建设。{PROSE}"
    assert numbers(text) == [(1, "一"), (3, "1"), (3, "2"), (3, "3"), (3, "4")]


def test_a_series_goes_on_after_a_lost_second_number() -> None:
    text = f"一、回顾\n{PROSE}\n三、安排\n{PROSE}\n四、保障\n{PROSE}"
    assert numbers(text) == [(1, "一"), (1, "三"), (1, "四")]


def test_numbers_that_run_on_across_sections() -> None:
    text = "\n".join(
        [
            "一、甲",
            "1.子。" + PROSE,
            "2.丑。" + PROSE,
            "二、乙",
            "3.寅。" + PROSE,
            "4.卯。" + PROSE,
            "三、丙",
            "5.辰。" + PROSE,
        ]
    )
    assert tree(text) == [
        "1 一、甲", ">3 1.子", ">3 2.丑", "1 二、乙", ">3 3.寅", ">3 4.卯", "1 三、丙", ">3 5.辰",
    ]  # fmt: skip


def test_a_table_in_the_middle_is_no_annex() -> None:
    text = f"一、回顾\n{PROSE * 3}\n二、指标\n{PROSE}\n附表1\n指标\t数值\n产值\t150\n三、安排\n{PROSE}\n四、保障\n{PROSE}"
    assert numbers(text) == [(1, "一"), (1, "二"), (1, "三"), (1, "四")]


def test_an_exhortation_in_the_middle_closes_nothing() -> None:
    thanks = "各位代表！成绩来之不易，让我们向关心支持本县发展的同志们致敬，继续共同奋斗！"
    last = "各位代表，蓝图已经绘就，我们要更加紧密地团结起来，为建设新县努力奋斗。"
    text = f"一、回顾\n{PROSE * 2}\n{thanks}\n二、安排\n{PROSE}\n三、自身建设\n{PROSE}\n{last}"
    assert numbers(text) == [(1, "一"), (1, "二"), (1, "三")]
    assert sections(text)[-1].end < text.index("蓝图")


def test_a_run_in_heading_set_off_by_a_colon() -> None:
    text = f"一、安排\n1.产业：{PROSE}\n2.项目：{PROSE}"
    assert [s.heading for s in sections(text)] == ["安排", "产业", "项目"]


def test_a_numbered_heading_ends_with_its_line_whatever_its_last_word() -> None:
    text = f"一、甲\n（一）建设目的\n{PROSE}\n（二）推广政务APP\n{PROSE}"
    assert [s.heading for s in sections(text)] == ["甲", "建设目的", "推广政务APP"]


def test_part_titles_before_a_short_lead_in() -> None:
    text = f"某县报告\n各位代表：\n2022年工作回顾\n过去一年，全县地区生产总值增长6.1%。\n一、经济\n{PROSE}\n二、民生\n{PROSE}"
    assert tree(text)[0] == "1 2022年工作回顾"


def test_rows_of_a_table_are_no_headings() -> None:
    text = f"一、指标\n指标名称 单位 2022年\n固定资产投资 亿元 80.1\n{PROSE}\n二、安排\n{PROSE}"
    assert tree(text) == ["1 一、指标", "1 二、安排"]
