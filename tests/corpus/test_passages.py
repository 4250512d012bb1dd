from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.parse import parse
from corpus.report import Metadata, ParsedReport, Part, PassageKind, Report, Span
from corpus.sentences import LONGEST
from tests.corpus.reports import parsed

SENTENCE = "全县上下坚持稳中求进工作总基调，扎实推进各项重点工作，经济社会发展取得新的成效。"


def assert_partition(found: ParsedReport) -> None:
    """Every character of the body that is not white space is in exactly one passage."""
    text = found.report.text
    covered = [0] * len(text)
    for span in [*found.report.furniture, *(Span(p.start, p.end) for p in found.passages)]:
        for offset in range(span.start, span.end):
            covered[offset] += 1
    for offset, char in enumerate(text):
        if not (char.isspace() or char in "\u200b\ufeff"):
            assert covered[offset] == 1, (offset, text[max(0, offset - 10) : offset + 10])
        assert covered[offset] <= 1


def test_passages_carry_their_heading_path() -> None:
    found = parsed(
        f"一、工作\n（一）加强领导\n一是抓学习。{SENTENCE * 3}\n二是抓落实。{SENTENCE * 3}"
    )
    texts = [p for p in found.passages if p.kind is PassageKind.TEXT]
    assert texts[0].heading_path == ("一、工作", "（一）加强领导", "一是抓学习")
    assert texts[1].heading_path == ("一、工作", "（一）加强领导", "二是抓落实")
    assert_partition(found)


def test_headings_without_text_of_their_own_are_no_hits() -> None:
    found = parsed(f"一、工作\n（一）加强领导\n{SENTENCE * 3}\n（二）完善制度\n{SENTENCE * 3}")
    assert [p.text for p in found.passages if p.kind is PassageKind.HEADING] == ["一、工作"]


def test_items_that_are_all_heading_are_text() -> None:
    text = f"一、实事\n1.新建中小学校12所\n2.新增学位9600个。\n二、打算\n（一）甲\n{SENTENCE * 3}\n（二）乙\n{SENTENCE * 3}"
    found = parsed(text)
    assert [p.text for p in found.passages if p.kind is PassageKind.HEADING] == [
        "一、实事",
        "二、打算",
    ]


def test_items_do_not_merge_with_the_next_heading() -> None:
    text = (
        "一、工作\n1.决策\n（1）开会6次。\n（2）发文3件。\n2.执法\n（1）检查9次。\n（2）罚没2万元。"
    )
    found = parsed(text)
    assert [
        (p.heading_path[-1], p.text[:2]) for p in found.passages if p.kind is PassageKind.TEXT
    ] == [
        ("1.决策", "（1"),
        ("2.执法", "（1"),
    ]


def test_long_sections_are_cut_at_sentence_ends_and_short_ends_avoided() -> None:
    found = parsed(f"一、工作\n{SENTENCE * 20}\n二、打算\n{SENTENCE}")
    pieces = [p for p in found.passages if p.heading_path == ("一、工作",)]
    assert len(pieces) > 1
    assert all(p.text.endswith("。") and 100 <= len(p.text) <= 350 for p in pieces)


def test_short_items_of_one_enumeration_stay_together() -> None:
    text = "一、问题\n主要表现在：一是意识不强，二是人才偏少，三是配合不够。\n二、打算\n" + SENTENCE
    found = parsed(text)
    first = next(p for p in found.passages if "一是" in p.text)
    assert "三是" in first.text
    assert first.heading_path == ("一、问题",)
    assert_partition(found)


def test_a_passage_does_not_span_furniture() -> None:
    text = f"2025年某县政府工作报告\n来源：某报\n县长 王某\n各位代表：\n{SENTENCE}\n一、工作\n{SENTENCE}"
    found = parsed(text)
    assert [span.of(text) for span in found.report.furniture] == ["来源：某报"]
    assert all("来源" not in p.text for p in found.passages)
    assert_partition(found)


def test_glossary_terms_are_passages_of_their_own() -> None:
    body = "\n".join(f"{n}、第{n}项\n{SENTENCE * 2}" for n in "一二三")
    found = parsed(f"{body}\n名词解释\n1.“双一流”：指大学和学科。\n2.“两重”：指战略和领域。")
    terms = [
        p.text for p in found.passages if p.part is Part.GLOSSARY and p.kind is PassageKind.TEXT
    ]
    assert terms == ["1.“双一流”：指大学和学科。", "2.“两重”：指战略和领域。"]


def test_the_page_of_a_passage() -> None:
    text = f"一、甲\n{SENTENCE * 3}\n二、乙\n{SENTENCE * 3}"
    report = Report("r", text, Metadata("t"), "r.pdf", page_starts=(0, text.index("二、")))
    assert [p.page for p in parse(report).passages] == [1, 2]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "一、工作",
                    "二、打算",
                    "（一）加强领导",
                    "（二）完善制度。" + SENTENCE,
                    "主要有：一是甲，二是乙；三是丙。",
                    "1.事项。" + SENTENCE,
                    SENTENCE * 12,
                    SENTENCE,
                    "各位代表！",
                    "附件",
                    "名词解释",
                    "1.“两重”：指战略。",
                    "来源：某报",
                    "下载",
                    "相关报道：",
                    "2.5",
                    "",
                ]
            ),
            st.text("发展一二是、（）。；，1.\u3000 \t“”\u200b", max_size=60),
            st.text("没有停顿的长句", min_size=650, max_size=700),
        ),
        max_size=25,
    )
)
def test_passages_partition_the_body(lines: list[str]) -> None:
    found = parsed("\n".join(lines))
    text = found.report.text
    assert_partition(found)
    for passage in found.passages:
        assert passage.text == text[passage.start : passage.end]
        assert 0 < len(passage.text) <= LONGEST
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
