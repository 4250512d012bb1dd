"""Comparisons of invented places to write into files."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.report import Citation, Section, Span
from corpus.statements.quantities import quantities
from corpus.statements.statement import Aspect, Bound, Sense, Source, Statement
from search_api.comparing.comparison_types import (
    Comparison,
    Likeness,
    Measured,
    Piece,
    Relation,
    Row,
    Status,
    Topic,
    TopicKind,
)
from search_api.comparing.outlines.outline_types import OutlineComparison, Place, SectionPair
from search_api.comparing.wording.wording_types import (
    Changed,
    FigureChange,
    Group,
    Member,
    Particular,
    Revision,
    Shared,
    WordingComparison,
)
from search_api.questions.question import Language


def topic(
    text: str = "松露产量", kind: TopicKind = TopicKind.FIGURE, language: Language = Language.ZH
) -> Topic:
    return Topic(text, kind, (f"{text}是多少？",), language)


def cited(
    quote: str, region: str = "云溪县", year: int | None = 2025, start: int = 100
) -> Citation:
    return Citation(
        report_id=f"{region}-{year}",
        start=start,
        end=start + len(quote),
        quote=quote,
        heading_path=("一、回顾", "（二）山货"),
        title=f"{region}工作报告",
        region=region,
        year=year,
        source=f"reports/{region}.txt",
    )


def shifted(span: Span, by: int = 100) -> Span:
    return Span(span.start + by, span.end + by)


def row(
    region: str,
    value: str,
    low: str,
    high: str | None = None,
    *,
    unit: str = "吨",
    bound: Bound = Bound.EXACT,
    comparable: bool = True,
    outlier: bool = False,
    year: int = 2025,
    quote: str | None = None,
    wording: tuple[Piece, ...] = (),
) -> Row:
    """A row that states a figure; `value` is written as in the quote."""
    quote = quote or f"松露产量{value}。"
    citation = cited(quote, region, year)
    found = next((each for each in quantities(quote) if each.span.of(quote) in value), None)
    stated = None
    if found is not None:
        # Offsets of a Row's statement are those of the report.
        stated = Statement(
            quantity=replace(found, span=shifted(found.span), about=shifted(found.about)),
            sentence=Span(citation.start, citation.end),
            words="松露产量",
            clause="松露产量",
            aspect=Aspect.LEVEL,
            sign=0,
            bound=bound,
            sense=Sense.DONE,
            sense_sure=True,
            period=None,
            period_source=Source.UNKNOWN,
        )
    return Row(
        report_id=citation.report_id,
        title=citation.title,
        region=region,
        year=year,
        status=Status.STATED,
        value=value,
        statement=stated,
        measured=Measured(
            Decimal(low), Decimal(high or low), unit, bound, comparable=comparable, outlier=outlier
        ),
        citation=citation,
        wording=wording,
        confidence=0.8126,
    )


def silent(region: str = "白塔县", year: int = 2025, nearest: Citation | None = None) -> Row:
    return Row(
        report_id=f"{region}-{year}",
        title=f"{region}工作报告",
        region=region,
        year=year,
        status=Status.NOT_STATED,
        reason="报告没有说明。",
        nearest=nearest,
    )


def comparison(*rows: Row, asked: Topic | None = None, notices: tuple[str, ...] = ()) -> Comparison:
    return Comparison(asked or topic(), rows, notices)


def usual() -> Comparison:
    """A range, a bound, an outlier, another unit, and a report that doesn't state it."""
    return comparison(
        row(
            "云溪县",
            "12—15吨",
            "12",
            "15",
            bound=Bound.RANGE,
            wording=(Piece("松露产量", True), Piece("12—15吨", False), Piece("。", True)),
        ),
        row("石桥县", "20吨以上", "20", bound=Bound.AT_LEAST),
        row("青禾县", "90吨", "90", outlier=True),
        row("双河县", "3户", "3", unit="户", comparable=False),
        silent(nearest=cited("种植松露的农户增多。", "白塔县", start=40)),
        notices=("没有收录2024年的报告。",),
    )


def wording() -> WordingComparison:
    """Two of three reports share a wording, one sentence is particular, one place changed a figure."""
    first, second = cited("办好松露节。", "云溪县"), cited("办好松露节。", "石桥县", start=7)
    third = cited("办好松露节会。", "青禾县", start=9)
    before = cited("投资8亿元建设步道。", "云溪县", 2024, start=30)
    after = cited("投资10亿元建设步道。", "云溪县", 2025, start=50)
    eight, ten = quantities(before.quote)[0], quantities(after.quote)[0]
    return WordingComparison(
        topic=topic(),
        reports=("云溪县-2025", "石桥县-2025", "青禾县-2025", "白塔县-2025"),
        groups=(
            Group(
                members=(
                    Member(first, (Piece("办好松露节。", True),), Likeness(Relation.IDENTICAL, 1)),
                    Member(second, (Piece("办好松露节。", True),), Likeness(Relation.IDENTICAL, 1)),
                    Member(
                        third,
                        (Piece("办好松露", True), Piece("节会", False), Piece("。", True)),
                        Likeness(Relation.REWORDED, 0.93),
                    ),
                ),
                typical=0,
                reports=3,
                of=4,
            ),
        ),
        particular=(
            Particular(
                cited("首创松露指数并发布松露地图。", "双河县"), ("松露指数", "松露地图"), 0.41
            ),
        ),
        revisions=(
            Revision(
                region="云溪县",
                earlier="云溪县-2024",
                later="云溪县-2025",
                earlier_year=2024,
                later_year=2025,
                kept=6,
                changed=(
                    Changed(
                        before,
                        after,
                        (Piece("投资", True), Piece("8亿元", False), Piece("建设步道。", True)),
                        (Piece("投资", True), Piece("10亿元", False), Piece("建设步道。", True)),
                        Likeness(Relation.OTHER_FIGURE, 0.98),
                        (
                            FigureChange(
                                "8亿元",
                                "10亿元",
                                eight,
                                ten,
                                Decimal(200_000_000),
                                Decimal(25),
                                "元",
                            ),
                        ),
                    ),
                ),
                new=(cited("新建菌房。", "云溪县", 2025, start=70),),
                dropped=(cited("停办旧集市。", "云溪县", 2024, start=80),),
            ),
        ),
        phrases=(Shared("松露节", (first, second), 4), Shared("办好松露节会", (third,), 4)),
        silent=("白塔县-2025",),
    )


def section(number: str, title: str, level: int, start: int, end: int, label: str = "") -> Section:
    return Section(
        section_id=f"s{start}",
        parent_id=None,
        level=level,
        number=number,
        label=label,
        heading=title,
        start=start,
        heading_end=start + len(label) + len(title),
        end=end,
    )


def outlines() -> OutlineComparison:
    """One section in both, one below it moved, one on each side alone."""
    return OutlineComparison(
        left="云溪县-2024",
        right="云溪县-2025",
        pairs=(
            SectionPair(
                section("一", "回顾", 1, 10, 90, "一、"),
                section("一", "回顾", 1, 12, 80, "一、"),
                Place.MATCHED,
                1.0,
            ),
            SectionPair(
                section("一", "山货|菌类", 2, 20, 50, "（一）"),
                section("二", "山货", 2, 40, 80, "（二）"),
                Place.MOVED,
                0.8125,
            ),
            SectionPair(section("二", "旧集市", 2, 50, 90, "（二）"), None, Place.LEFT_ONLY, 0.0),
            SectionPair(None, section("二", "安排", 1, 80, 99, "二、"), Place.RIGHT_ONLY, 0.0),
        ),
    )
