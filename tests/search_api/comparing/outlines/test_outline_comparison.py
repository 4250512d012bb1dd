"""Two outlines side by side: which section of one report is which of the other's?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.parse import parse
from corpus.places.regions import load_gazetteer
from corpus.report import Metadata, Part, Report, ReportKind, Section, Span
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.errors import UnknownReportError
from indexer.index import Index
from indexer.progress import silent
from search_api.comparing.outlines.alignment import THRESHOLD, Link
from search_api.comparing.outlines.outline_comparison import compare_outlines, compared, in_order
from search_api.comparing.outlines.outline_types import OutlineComparison, Place
from search_api.comparing.outlines.reading import Outline, read_outline
from search_api.engine import Engine
from search_api.errors import BadRequestError
from tests.search_api.support import HashEncoder, write_reports
from tests.shared import REPORTS, needs_shared

MATCHED, MOVED, LEFT, RIGHT = Place.MATCHED, Place.MOVED, Place.LEFT_ONLY, Place.RIGHT_ONLY

OLDER = """松坪县2024年政府工作报告
一、2023年工作回顾
（一）茶叶产业稳步壮大
新建茶园3000亩，茶叶加工厂增加到12家。
（二）乡村道路全面贯通
改造农村公路80公里，建成桥梁6座。
二、2024年重点工作
（一）加快茶叶产业升级
新建茶园4000亩，引进茶叶加工企业5家。
（二）建设水库灌区
修建水库2座，恢复灌溉面积1万亩。
（三）办好中小学教育
新建小学3所，招聘教师90名。
"""
NEWER = """松坪县2025年政府工作报告
一、2024年工作回顾
（一）茶叶产业再上台阶
新建茶园4100亩，茶叶加工厂增加到17家。
（二）养老服务明显改善
建成养老院4所，社区食堂9个。
二、2025年重点工作
（一）办好中小学教育
新建小学2所，招聘教师70名。
（二）推动茶叶产业升级
新建茶园5000亩，引进茶叶加工企业8家。
（三）建设水库灌区
修建水库1座，恢复灌溉面积2万亩。
"""


def no_places(text: str) -> Sequence[Span]:
    return []


def outline_of(report_id: str, text: str, sections: Sequence[Section], year: int) -> Outline:
    """Each line is a sentence here."""
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(start, start + len(line.rstrip("\n"))))
        start += len(line)
    encode = HashEncoder().encode_passages
    vectors = encode([span.of(text) for span in spans])
    metadata = Metadata(report_id, year=year, kind=ReportKind.WORK_REPORT)
    return read_outline(report_id, text, sections, spans, vectors, metadata, encode, no_places)


def parsed(report_id: str, text: str, year: int) -> Outline:
    sections = parse(Report(report_id, text, Metadata(report_id), "a.txt")).sections
    return outline_of(report_id, text, sections, year)


def told(comparison: OutlineComparison) -> list[tuple[str, str, Place]]:
    return [
        (
            pair.left.title if pair.left else "",
            pair.right.title if pair.right else "",
            pair.place,
        )
        for pair in comparison.pairs
    ]


def test_two_years_of_one_place() -> None:
    found = compared(parsed("松坪县-2024", OLDER, 2024), parsed("松坪县-2025", NEWER, 2025))
    assert told(found) == [
        ("一、2023年工作回顾", "一、2024年工作回顾", MATCHED),
        ("（一）茶叶产业稳步壮大", "（一）茶叶产业再上台阶", MATCHED),
        # The newer report has it behind its （一）, and that is the counterpart of the line above.
        ("", "（二）养老服务明显改善", RIGHT),
        ("（二）乡村道路全面贯通", "", LEFT),
        ("二、2024年重点工作", "二、2025年重点工作", MATCHED),
        # Among next year's tasks, not in the review that tells of tea too.
        ("（一）加快茶叶产业升级", "（二）推动茶叶产业升级", MATCHED),
        ("（二）建设水库灌区", "（三）建设水库灌区", MATCHED),
        # Of the order 2, 3, 1 the first two are the longest rising run.
        ("（三）办好中小学教育", "（一）办好中小学教育", MOVED),
    ]
    assert (found.left, found.right) == ("松坪县-2024", "松坪县-2025")
    assert [found.count(place) for place in (MATCHED, MOVED, LEFT, RIGHT)] == [5, 1, 1, 1]
    for pair in found.pairs:
        assert (pair.similarity >= THRESHOLD) is (pair.place in (MATCHED, MOVED))


def test_a_section_under_another_heading_has_moved() -> None:
    moved = OLDER.replace("（三）办好中小学教育\n新建小学3所，招聘教师90名。\n", "").replace(
        "二、2024年重点工作",
        "二、2024年民生工作安排\n（一）办好中小学教育\n新建小学3所，招聘教师90名。\n三、2024年重点工作",
    )
    found = compared(parsed("a", OLDER, 2024), parsed("b", moved, 2024))
    by_left = {left: (right, place) for left, right, place in told(found)}
    assert by_left["（三）办好中小学教育"] == ("（一）办好中小学教育", MOVED)
    assert by_left["二、2024年重点工作"] == ("三、2024年重点工作", MATCHED)
    assert by_left["（二）建设水库灌区"] == ("（二）建设水库灌区", MATCHED)
    assert ("", "二、2024年民生工作安排", RIGHT) in told(found)


def test_headings_alone_are_enough() -> None:
    left = "甲报告\n一、修路架桥\n（一）公路\n（二）桥梁\n二、植树造林\n"
    right = "乙报告\n一、植树造林\n二、修路架桥\n（一）公路\n（二）隧道\n"
    found = told(compared(parsed("a", left, 2025), parsed("b", right, 2025)))
    assert ("（一）公路", "（一）公路", MATCHED) in found
    assert ("（二）桥梁", "", LEFT) in found
    assert {place for one, other, place in found if one[2:] == other[2:] == "植树造林"} <= {
        MATCHED,
        MOVED,
    }
    # Of two that changed places, one stays.
    assert sum(place is MOVED for _, _, place in found) == 1


def test_what_was_done_is_no_counterpart_of_what_is_planned() -> None:
    left = "甲报告\n一、茶叶产业回顾\n新建茶园3000亩。\n"
    right = "乙报告\n一、茶叶产业安排\n新建茶园3000亩。\n"
    found = compared(parsed("a", left, 2025), parsed("b", right, 2025))
    assert [place for _, _, place in told(found)] == [RIGHT, LEFT]


def section(number: int) -> Section:
    return Section(f"s{number}", None, 1, "", "", str(number), number, number, number + 1)


def test_sections_of_the_right_report_stand_where_it_has_them() -> None:
    some = [section(number) for number in range(4)]
    # Right 0 comes before all, 2 after the counterpart of 1, 3 after 2.
    pairs = in_order(some[:2], some, [Link(0, 1, 0.5)])
    shown = [(p.left and p.left.heading, p.right and p.right.heading) for p in pairs]
    assert shown == [(None, "0"), ("0", "1"), (None, "2"), (None, "3"), ("1", None)]


WORDS = st.sampled_from(["公路", "桥梁", "茶叶产业", "植树", "工作回顾", "工作安排", "目标", ""])
TREES = st.lists(st.tuples(st.integers(0, 2), WORDS, st.lists(WORDS, max_size=3)), max_size=7)


def tree(report_id: str, shape: list[tuple[int, str, list[str]]]) -> Outline:
    """A report of these sections: how deep, with which heading, with which sentences."""
    text = "".join(f"{head}\n" + "".join(f"{line}。\n" for line in body) for _, head, body in shape)
    starts, depths = [0], [0]
    for depth, head, body in shape:
        starts.append(starts[-1] + len(head) + 1 + sum(len(line) + 2 for line in body))
        depths.append(min(depth, depths[-1] + 1) if len(starts) > 2 else 0)
    depths = depths[1:]
    sections: list[Section] = []
    for i, (_, head, _) in enumerate(shape):
        over = [j for j in range(i) if depths[j] < depths[i]]
        after = next((j for j in range(i + 1, len(shape)) if depths[j] <= depths[i]), len(shape))
        sections.append(
            Section(
                section_id=f"s{i}",
                parent_id=f"s{over[-1]}" if over else None,
                level=depths[i] + 1,
                number="",
                label="",
                heading=head,
                start=starts[i],
                heading_end=starts[i] + len(head),
                end=starts[after],
            )
        )
    return outline_of(report_id, text, sections, 2025)


@settings(deadline=None)
@given(TREES, TREES)
def test_every_section_is_in_exactly_one_pair(
    left: list[tuple[int, str, list[str]]], right: list[tuple[int, str, list[str]]]
) -> None:
    ours, theirs = tree("a", left), tree("b", right)
    found = compared(ours, theirs)
    assert [pair.left for pair in found.pairs if pair.left] == list(ours.sections)
    seen = [pair.right for pair in found.pairs if pair.right]
    assert sorted(seen, key=lambda each: each.section_id) == sorted(
        theirs.sections, key=lambda each: each.section_id
    )
    for pair in found.pairs:
        if pair.left is None or pair.right is None:
            assert pair.place is (LEFT if pair.left else RIGHT)
            assert pair.similarity == 0.0
        else:
            assert THRESHOLD <= pair.similarity <= 1.0

    other = compared(theirs, ours)
    assert {(p.left, p.right, p.similarity) for p in found.pairs} == {
        (p.right, p.left, p.similarity) for p in other.pairs
    }
    for place, mirrored in ((LEFT, RIGHT), (RIGHT, LEFT), (MOVED, MOVED), (MATCHED, MATCHED)):
        assert found.count(place) == other.count(mirrored)


@settings(deadline=None)
@given(TREES)
def test_a_report_beside_its_copy(shape: list[tuple[int, str, list[str]]]) -> None:
    found = compared(tree("a", shape), tree("b", shape))
    for pair in found.pairs:
        assert pair.left == pair.right
        assert pair.place is MATCHED
        assert pair.similarity == pytest.approx(1.0)


def test_an_index_is_asked(engine: Engine) -> None:
    found = compare_outlines(engine, "云溪县-2025", "石桥县/2025 甲.乙")
    assert told(found) == [
        ("一、工作开展情况", "一、工作开展情况", MATCHED),
        ("（一）健全调解网络", "（一）健全调解网络", MATCHED),
        ("", "（二）改善营商环境", RIGHT),
        ("（二）规范行政执法", "", LEFT),
        ("二、存在的问题", "", LEFT),
    ]
    # The annex of the right one is left out.
    assert any(each.part is not Part.BODY for each in engine.outline("石桥县/2025 甲.乙"))


def test_what_cannot_be_compared(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UnknownReportError):
        compare_outlines(engine, "云溪县-2025", "没有")
    with pytest.raises(BadRequestError, match="name another one") as caught:
        compare_outlines(engine, "云溪县-2025", "云溪县-2025")
    assert caught.value.field == "right"
    plain = [
        {"report_id": "平", "title": "平报告", "text": "平报告\n今年修了公路，也修了桥梁。\n"},
        {"report_id": "路", "title": "路报告", "text": OLDER},
    ]
    file = write_reports(tmp_path, [dict(each) for each in plain])
    data = tmp_path / "index"
    build.add([file], data, HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(data), HashEncoder, load_gazetteer()) as opened:
        for field, pair in (("left", ("平", "路")), ("right", ("路", "平"))):
            with pytest.raises(BadRequestError, match="has no sections") as caught:
                compare_outlines(opened, *pair)
            assert caught.value.field == field


@needs_shared
def test_real_reports(tmp_path: Path) -> None:
    """Reviews beside reviews, tasks beside tasks, and fast enough to wait for."""
    files = [path for path in REPORTS if "provincial" in path.parent.name][:4]
    data = tmp_path / "index"
    build.add(files, data, HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(data), HashEncoder, load_gazetteer()) as opened:
        for left, right in combinations([info.report_id for info in opened.reports()], 2):
            begun = time.perf_counter()
            found = compare_outlines(opened, left, right)
            assert time.perf_counter() - begun < 2
            bodies = [
                [each for each in opened.outline(report_id) if each.part is Part.BODY]
                for report_id in (left, right)
            ]
            assert [pair.left for pair in found.pairs if pair.left] == bodies[0]
            assert {pair.right for pair in found.pairs if pair.right} == set(bodies[1])
            assert found.count(MATCHED) >= 3
            for pair in found.pairs:
                heads = [each.heading for each in (pair.left, pair.right) if each]
                reviews = [head for head in heads if head.endswith("工作回顾")]
                assert not (reviews and any(head.startswith("2026年") for head in heads))
