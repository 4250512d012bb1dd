"""A report's text as blocks; its outline, terms and places with the very words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Part, Passage, Section, Span
from search_api.shapes.citation_shapes import reader_link
from search_api.web.reader.block_types import Block, BlockKind, Notes, TermPlace
from search_api.web.reader.blocks import blocks, groups
from search_api.web.reader.literal import literal_places
from search_api.web.reader.outline_tree import Node, outline_tree
from search_api.web.reader.term_places import explained
from tests.search_api.web.reader.reader_support import section


def passage(start: int, end: int, part: Part = Part.BODY) -> Passage:
    return Passage("r", start, end, "", (), part=part)


def rejoined(made: tuple[Block, ...]) -> str:
    return "".join(each.before + "".join(p.text for p in each.pieces) for each in made)


WORDS = "一、（是为）1.2甲乙。；：，\n\n \u3000\t\u200b𠮷\u202eab“”\r\x0b\x1c\u2028"


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, list[Section], list[Passage], Notes]:
    text = draw(st.one_of(st.text(st.sampled_from(WORDS), max_size=80), st.text(max_size=40)))
    offsets = st.integers(0, len(text))

    def span() -> Span:
        return Span(*sorted((draw(offsets), draw(offsets))))

    def disjoint() -> list[Span]:
        edges = sorted(draw(st.sets(offsets, max_size=8)))
        return [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]

    sections = []
    for number in range(draw(st.integers(0, 5))):
        start, heading_end, end = sorted(draw(st.tuples(offsets, offsets, offsets)))
        above = draw(st.sampled_from([None, "s0", "s1", "missing"]))
        part, label = draw(st.sampled_from(Part)), draw(st.sampled_from(["", "1"]))
        sections.append(section(f"s{number}", start, heading_end, end, above, part, label))
    passages = [passage(each.start, each.end, draw(st.sampled_from(Part))) for each in disjoint()]
    notes = Notes(
        draw(st.one_of(st.none(), st.builds(span))),
        disjoint(),
        [TermPlace(each, "entry-0", "解释") for each in disjoint()],
        {draw(offsets): ("entry-0",)},
        [draw(st.builds(span))],
    )
    return text, sections, passages, notes


@given(readings())
def test_blocks_and_what_lies_between_them_are_the_text(
    given_reading: tuple[str, list[Section], list[Passage], Notes],
) -> None:
    text, sections, passages, notes = given_reading
    made = blocks(text, sections, passages, notes)
    rest = text[made[-1].end :] if made else text
    assert rejoined(made) + rest == text
    for each in made:
        assert "".join(piece.text for piece in each.pieces) == text[each.start : each.end]
        assert all(piece.text for piece in each.pieces)
    for between in (rest, *(each.before for each in made)):
        assert all(char.isspace() or char in "\u200b\ufeff" for char in between)
    assert [b for group in groups(made) for b in group.blocks] == list(made)


@given(readings())
def test_the_mark_is_marked_once_and_exactly(
    given_reading: tuple[str, list[Section], list[Passage], Notes],
) -> None:
    text, sections, passages, notes = given_reading
    made = blocks(text, sections, passages, notes)
    marked: set[int] = set()
    for block in made:
        at = block.start
        for piece in block.pieces:
            if piece.marked:
                marked.update(range(at, at + len(piece.text)))
            at += len(piece.text)
    mark = notes.mark or Span(0, 0)
    shown = {at for block in made for at in range(block.start, block.end)}
    assert marked == set(range(mark.start, mark.end)) & shown
    firsts = [piece for block in made for piece in block.pieces if piece.first]
    assert len(firsts) == (1 if marked else 0)


@given(readings())
def test_every_section_has_its_anchor_once(
    given_reading: tuple[str, list[Section], list[Passage], Notes],
) -> None:
    text, sections, passages, notes = given_reading
    made = blocks(text, sections, passages, notes)
    ids = [name for block in made for piece in block.pieces for name in piece.anchors]
    wanted = [f"s-{each.section_id}" for each in sections]
    wanted += [name for names in (notes.anchors or {}).values() for name in names]
    assert sorted(ids) == (sorted(wanted) if made else [])


def test_pieces_join_to_the_text() -> None:
    text = "0123456789"
    made = blocks(
        text,
        [section("a", 2, 4, 10), section("b", 5, 5, 10)],
        [passage(0, 10)],
        Notes(Span(4, 7)),
    )
    assert [(b.start, b.end, b.kind) for b in made] == [(0, 10, BlockKind.PARAGRAPH)]
    assert [(p.text, p.strong, p.marked, p.first, p.anchors) for p in made[0].pieces] == [
        ("01", False, False, False, ()),
        ("23", True, False, False, ("s-a",)),
        ("4", False, True, True, ()),
        ("56", False, True, False, ("s-b",)),
        ("789", False, False, False, ()),
    ]


def test_headings_furniture_and_parts() -> None:
    lines = [
        "首页",
        "某县报告",
        "一、工作",
        "（一）执法",
        "一是培训。办班3期。",
        "附件：表",
        "1.修路。",
    ]
    text = "\n".join(lines)
    at = {line: text.index(line) for line in lines}
    end = len(text)
    body_end = at["附件：表"] - 1
    sections = [
        section("a", at["一、工作"], at["一、工作"] + 4, body_end, number="一"),
        section("b", at["（一）执法"], at["（一）执法"] + 5, body_end, "a", number="一"),
        section("c", at["一是培训。办班3期。"], at["一是培训。办班3期。"] + 4, body_end, "b"),
        section("d", at["附件：表"], at["附件：表"] + 4, end, None, Part.ANNEX),
        section("e", at["1.修路。"], end - 1, end, "d", Part.ANNEX, "1"),
    ]
    made = blocks(text, sections, [passage(3, body_end), passage(body_end + 1, end, Part.ANNEX)])
    assert [(b.kind.value, b.level, b.part.value, b.furniture) for b in made] == [
        ("paragraph", 0, "body", True),
        ("front", 0, "body", False),
        ("heading", 2, "body", False),
        ("heading", 3, "body", False),
        ("paragraph", 0, "body", False),
        ("heading", 2, "annex", False),
        ("paragraph", 0, "annex", False),
    ]
    assert [p.text for b in made for p in b.pieces if p.strong] == ["一是培训"]
    assert [(g.part.value, g.furniture, len(g.blocks)) for g in groups(made)] == [
        ("body", True, 1),
        ("body", False, 4),
        ("annex", False, 2),
    ]


def test_a_paragraph_broken_into_lines_is_one_block() -> None:
    text = "全年平均浓度降至，\n每立方米24微克。\n\n　　另起一段，说明情况。"
    made = blocks(text, [], [passage(0, len(text))])
    assert [text[b.start : b.end] for b in made] == [
        "全年平均浓度降至，\n每立方米24微克。",
        "　　另起一段，说明情况。",
    ]
    assert [(p.text, p.lead) for p in made[1].pieces] == [
        ("　　", True),
        ("另起一段，说明情况。", False),
    ]


def test_a_report_without_passages_is_not_all_furniture() -> None:
    assert [b.furniture for b in blocks("甲\n乙", [], [])] == [False, False]


def test_links_without_a_question_are_as_before() -> None:
    assert reader_link("甲/乙") == "/reports/%E7%94%B2%2F%E4%B9%99"
    assert reader_link("a", 1, 2) == "/reports/a?start=1&end=2#mark"
    assert reader_link("a", 1, 2, "x&y #") == "/reports/a?start=1&end=2&q=x%26y%20%23#mark"


def test_each_term_once_a_section_the_longest_first() -> None:
    text = "数字政务和政务，政务。\n又一节政务。\n名词解释\n政务：公事。\n数字政务：网上公事。"
    body = text.index("\n名词")
    title = body + 1
    second = text.index("又一节")
    sections = [
        section("a", 0, 0, second),
        section("b", second, second, body),
        section("c", title, title + 4, len(text), None, Part.GLOSSARY),
    ]
    passages = [passage(0, body), passage(title, len(text), Part.GLOSSARY)]
    found = explained(text, sections, passages)
    assert [each.term.of(text) for each in found.entries] == ["政务", "数字政务"]
    assert [(each.span.start, each.span.of(text), each.explanation) for each in found.places] == [
        (0, "数字政务", "网上公事。"),
        (5, "政务", "公事。"),
        (second + 3, "政务", "公事。"),
    ]


def test_without_a_glossary_nothing_is_explained() -> None:
    assert explained("甲：乙", [], [passage(0, 3)]).places == ()


def test_the_outline_is_a_tree_with_one_current_section() -> None:
    sections = [
        replace(section("a", 0, 2, 20), label="一、"),
        replace(section("b", 2, 4, 10, "a"), label="1."),
        replace(section("c", 20, 22, 30, "gone"), label="二、"),
    ]
    tree = outline_tree(sections, 5)
    below = Node("1.题", "s-b", Part.BODY, True, ())
    assert tree == (
        Node("一、题", "s-a", Part.BODY, False, (below,)),
        Node("二、题", "s-c", Part.BODY, False, ()),
    )
    assert [each.holds_current for each in tree] == [True, False]
    assert not any(each.holds_current for each in outline_tree(sections))


def test_rows_with_as_many_cells_are_a_table() -> None:
    text = "指标\t2024年\n粮食\t12万吨\n公路\t 40公里\n说明：数字 均为 12 初步。\n单独\t一行"
    made = blocks(text, [], [passage(0, len(text))])
    (group,) = groups(made)
    assert [len(run) for run in group.runs] == [3, 1, 1]
    table = group.runs[0]
    assert [[[p.text for p in cell] for cell in row.cells] for row in table] == [
        [["指标\t"], ["2024年"]],
        [["粮食\t"], ["12万吨"]],
        [["公路\t"], [" 40公里"]],
    ]
    assert [row.names_columns for row in table] == [True, False, False]
    assert rejoined(made) == text


def sentences(text: str, *spans: tuple[int, int]) -> list[Passage]:
    """One passage with these sentences."""
    found = tuple(Span(*span) for span in spans)
    return [Passage("r", 0, len(text), text, (), sentences=found)]


def test_places_with_the_very_words_are_sentences() -> None:
    text = "建成公路。公路通车。修桥，公路再通车。"
    passages = sentences(text, (0, 5), (5, 10), (10, 19))
    assert literal_places(text, "公路通车", passages) == [Span(5, 10)]
    assert literal_places(text, " 公路 ", passages) == [Span(0, 5), Span(5, 10), Span(10, 19)]
    assert literal_places(text, "路", passages) == []  # stands everywhere
    assert literal_places(text, "航空", passages) == []


def test_the_very_words_in_traditional_characters_and_capitals() -> None:
    assert literal_places("發展ABB產業。", "发展abb", sentences("發展ABB產業。", (0, 8))) == [
        Span(0, 8)
    ]


def test_a_place_outside_of_sentences_is_the_words_themselves() -> None:
    text = "公路。通车里程"
    assert literal_places(text, "通车", sentences(text, (0, 3))) == [Span(3, 5)]
    assert literal_places(text, "路。通", sentences(text, (0, 3))) == [Span(1, 4)]
