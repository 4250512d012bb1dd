"""How chosen reports word a topic, end to end on an index of invented reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest

from corpus.places.regions import load_gazetteer
from corpus.report import Citation
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from indexer.types import ReportInfo
from search_api.comparing.comparison_types import Relation, TopicKind
from search_api.comparing.table import report_sentences
from search_api.comparing.table.report_sentences import Sentence
from search_api.comparing.table.selection import choose
from search_api.comparing.wording import wording_comparison
from search_api.comparing.wording.wording_comparison import compare_wording
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.engine import Engine
from search_api.errors import BadRequestError
from tests.search_api.support import HashEncoder, write_reports


def work_report(place: str, year: int, done: str, planned: str) -> dict[str, str | int]:
    title = f"{place}{year}年政府工作报告"
    return {
        "report_id": f"{place}-{year}",
        "title": title,
        "region": place,
        "year": year,
        "text": f"{title}\n一、{year - 1}年工作回顾\n{done}\n二、{year}年工作安排\n{planned}\n",
    }


# 鱼塘管家: in three of four; 鱼苗产量: in three, each of its own year; the rest is in one or two.
REPORTS = [
    work_report(
        "苇塘县",
        2024,
        "2023年鱼苗产量达到3万吨，渔民很高兴。\n聘请鱼塘管家12名，巡查鱼塘300口。",
        "守护好每一口清水。\n停办旧渔市，迁移摊位80个。",
    ),
    work_report(
        "苇塘县",
        2025,
        "2024年鱼苗产量达到3.6万吨，渔民很高兴。\n聘请鱼塘管家15名，巡查鱼塘450口。",
        "守护好每一口清水。\n首创“鱼灯学堂”并编印图册。",
    ),
    work_report(
        "竹屿县",
        2024,
        "2023年鱼苗产量达到8000吨，渔民很高兴。\n清理海滩垃圾，保护贝类。",
        "修复海堤13公里，新建渔港2座。",
    ),
    work_report(
        "竹屿县",
        2025,
        "聘请鱼塘管家7名，巡查鱼塘90口。\n清理海滩垃圾，保护贝类。",
        "修复海堤20公里，新建渔港5座。",
    ),
]
ALL = WEITANG_24, WEITANG_25, ZHUYU_24, ZHUYU_25 = [str(each["report_id"]) for each in REPORTS]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("wordings")
    table = write_reports(folder, REPORTS)
    build.add([table], folder / "index", HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(folder / "index"), HashEncoder, load_gazetteer()) as engine:
        yield engine


def compared(
    engine: Engine, topic: str | None, report_ids: Sequence[str] = ALL
) -> WordingComparison:
    found = compare_wording(engine, topic, choose(engine, report_ids=report_ids))
    check(engine, found)
    return found


def cited(found: WordingComparison) -> Iterator[Citation]:
    for group in found.groups:
        yield from (member.citation for member in group.members)
    for shared in found.phrases:
        yield from shared.citations
    yield from (each.citation for each in found.particular)
    for each in found.revisions:
        yield from (*each.new, *each.dropped)
        for changed in each.changed:
            yield from (changed.before, changed.after)


def check(engine: Engine, found: WordingComparison) -> None:
    """What holds of every comparison."""
    for citation in cited(found):
        assert citation.report_id in found.reports
        assert citation.report_id not in found.silent
        text = engine.text(citation.report_id)
        assert text[citation.start : citation.end] == citation.quote
    for group in found.groups:
        assert group.of == len(found.reports)
        for member in group.members:
            assert "".join(piece.text for piece in member.pieces) == member.citation.quote
    for revision in found.revisions:
        for changed in revision.changed:
            before = "".join(piece.text for piece in changed.before_pieces)
            after = "".join(piece.text for piece in changed.after_pieces)
            assert (before, after) == (changed.before.quote, changed.after.quote)


def groups(found: WordingComparison) -> list[list[tuple[str, str, Relation]]]:
    return [
        [(each.citation.report_id, each.citation.quote, each.likeness.relation) for each in group.members]
        for group in found.groups
    ]  # fmt: skip


def quotes(citations: tuple[Citation, ...]) -> list[str]:
    return [each.quote for each in citations]


def test_sentences_on_a_theme(opened: Engine) -> None:
    found = compared(opened, "鱼塘管家")
    assert found.topic is not None
    assert found.topic.kind is TopicKind.THEME
    assert found.reports == tuple(ALL)
    assert found.silent == (ZHUYU_24,)
    assert groups(found) == [
        [
            (WEITANG_24, "聘请鱼塘管家12名，巡查鱼塘300口。", Relation.IDENTICAL),
            (WEITANG_25, "聘请鱼塘管家15名，巡查鱼塘450口。", Relation.OTHER_FIGURE),
            (ZHUYU_25, "聘请鱼塘管家7名，巡查鱼塘90口。", Relation.OTHER_FIGURE),
        ]
    ]
    assert (found.groups[0].reports, found.groups[0].of, found.groups[0].typical) == (3, 4, 0)
    assert found.particular == ()
    assert [(each.phrase, each.reports, each.of) for each in found.phrases] == [
        ("聘请鱼塘管家", 3, 4),
        ("巡查鱼塘", 3, 4),
    ]
    weitang, zhuyu = found.revisions
    assert (weitang.earlier, weitang.later, weitang.kept) == (WEITANG_24, WEITANG_25, 0)
    (changed,) = weitang.changed
    assert [(each.before, each.after, each.difference) for each in changed.figures] == [
        ("12名", "15名", Decimal(3)),
        ("300口", "450口", Decimal(150)),
    ]
    # The earlier one says nothing of it: all of the later one is new.
    assert (zhuyu.earlier, zhuyu.later, zhuyu.changed, zhuyu.dropped) == (
        ZHUYU_24,
        ZHUYU_25,
        (),
        (),
    )
    assert quotes(zhuyu.new) == ["聘请鱼塘管家7名，巡查鱼塘90口。"]
    assert found.notices == ()


def test_a_figure(opened: Engine) -> None:
    found = compared(opened, "鱼苗产量")
    assert found.topic is not None
    assert found.topic.kind is TopicKind.FIGURE
    assert found.silent == (ZHUYU_25,)
    (group,) = groups(found)
    assert [(report_id, quote) for report_id, quote, _ in group] == [
        (WEITANG_24, "2023年鱼苗产量达到3万吨，渔民很高兴。"),
        (WEITANG_25, "2024年鱼苗产量达到3.6万吨，渔民很高兴。"),
        (ZHUYU_24, "2023年鱼苗产量达到8000吨，渔民很高兴。"),
    ]
    (changed,) = found.revisions[0].changed
    (figure,) = changed.figures
    assert (figure.before, figure.after) == ("3万吨", "3.6万吨")
    assert (figure.difference, figure.percent, figure.unit) == (Decimal(6000), Decimal(20), "吨")


def test_a_passage(opened: Engine) -> None:
    found = compared(opened, "修复海堤45公里，新建渔港9座。")
    assert found.topic is not None
    assert found.topic.kind is TopicKind.PASSAGE
    assert found.silent == (WEITANG_24, WEITANG_25)
    assert groups(found) == [
        [
            (ZHUYU_24, "修复海堤13公里，新建渔港2座。", Relation.IDENTICAL),
            (ZHUYU_25, "修复海堤20公里，新建渔港5座。", Relation.OTHER_FIGURE),
        ]
    ]
    # 苇塘县 says nothing in either year: no revision of it.
    (revision,) = found.revisions
    assert revision.region == "竹屿县"


def test_whole_reports(opened: Engine) -> None:
    found = compared(opened, None)
    assert found.topic is None
    assert (found.silent, found.phrases, found.notices) == ((), (), ())
    assert [(group.reports, group.wording) for group in found.groups] == [
        (3, "2023年鱼苗产量达到3万吨，渔民很高兴。"),
        (3, "聘请鱼塘管家12名，巡查鱼塘300口。"),
        (2, "守护好每一口清水。"),
        (2, "清理海滩垃圾，保护贝类。"),
        (2, "修复海堤13公里，新建渔港2座。"),
    ]
    assert [(each.citation.report_id, each.citation.quote) for each in found.particular] == [
        (WEITANG_24, "停办旧渔市，迁移摊位80个。"),
        (WEITANG_25, "首创“鱼灯学堂”并编印图册。"),
    ]
    assert "鱼灯学堂" in found.particular[1].phrases
    weitang, zhuyu = found.revisions
    assert (weitang.kept, len(weitang.changed)) == (1, 2)
    assert quotes(weitang.new) == ["首创“鱼灯学堂”并编印图册。"]
    assert quotes(weitang.dropped) == ["停办旧渔市，迁移摊位80个。"]
    assert (zhuyu.kept, len(zhuyu.changed)) == (1, 1)
    assert quotes(zhuyu.new) == ["聘请鱼塘管家7名，巡查鱼塘90口。"]
    assert quotes(zhuyu.dropped) == ["2023年鱼苗产量达到8000吨，渔民很高兴。"]


def test_a_topic_nobody_writes_of(opened: Engine) -> None:
    found = compared(opened, "滑雪场建设")
    assert found.silent == found.reports
    assert (found.groups, found.particular, found.phrases, found.revisions) == ((), (), (), ())


def test_reports_are_in_the_order_chosen_and_places_apart_are_no_revision(opened: Engine) -> None:
    found = compared(opened, "鱼塘管家", [ZHUYU_25, WEITANG_24])
    assert found.reports == (ZHUYU_25, WEITANG_24)
    assert [each.citation.report_id for each in found.groups[0].members] == [ZHUYU_25, WEITANG_24]
    assert found.revisions == ()


def test_the_earlier_report_comes_first_however_they_were_chosen(opened: Engine) -> None:
    (revision,) = compared(opened, "鱼塘管家", [WEITANG_25, WEITANG_24]).revisions
    assert (revision.earlier_year, revision.later_year) == (2024, 2025)


def test_years_without_a_report_are_told(opened: Engine) -> None:
    chosen = choose(opened, years=[2023, 2024, 2025])
    told = ("没有收录2023年的报告。",)
    assert compare_wording(opened, "鱼塘管家", chosen).notices == told
    assert compare_wording(opened, None, chosen).notices == told


def test_one_report_is_compared_with_nothing(opened: Engine) -> None:
    with pytest.raises(BadRequestError, match="choose two") as caught:
        compared(opened, "鱼塘管家", [WEITANG_25])
    assert caught.value.field == "report_ids"


def test_an_empty_topic_is_refused(opened: Engine) -> None:
    with pytest.raises(BadRequestError) as caught:
        compared(opened, " ")
    assert caught.value.field == "topic"


def test_more_sentences_than_can_be_compared_are_refused(
    opened: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without titles and headings 14 of them, three on 鱼塘管家.
    monkeypatch.setattr(wording_comparison, "MOST_SENTENCES", 13)
    with pytest.raises(BadRequestError, match=": 14 sentences are more than the 13") as caught:
        compared(opened, None)
    assert caught.value.field == "topic"
    assert str(caught.value).endswith("name a topic, or fewer reports")
    monkeypatch.setattr(wording_comparison, "MOST_SENTENCES", 14)
    assert compared(opened, None).groups
    monkeypatch.setattr(wording_comparison, "MOST_SENTENCES", 3)
    assert compared(opened, "鱼塘管家").groups
    monkeypatch.setattr(wording_comparison, "MOST_SENTENCES", 2)
    with pytest.raises(BadRequestError, match=r"topic: 3 sentences .* a narrower topic"):
        compared(opened, "鱼塘管家")


def test_reading_ends_where_it_is_too_much(opened: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def sentences_of(engine: Engine, info: ReportInfo) -> list[Sentence]:
        read.append(info.report_id)
        return report_sentences.sentences_of(engine, info)

    monkeypatch.setattr(wording_comparison, "sentences_of", sentences_of)
    # 4 sentences in each of the first three, and at most one in 80 characters.
    monkeypatch.setattr(wording_comparison, "MOST_SENTENCES", 7)
    with pytest.raises(BadRequestError, match=r"topic: about 1[3-5] sentences are more than the 7"):
        compared(opened, None)
    assert read == [WEITANG_24, WEITANG_25]
    # So many characters have more than three sentences, however long these are: nothing is read.
    read.clear()
    characters = sum(info.characters for info in opened.reports())
    monkeypatch.setattr(wording_comparison, "MOST_SENTENCES", characters // 80 - 1)
    with pytest.raises(BadRequestError, match=f"topic: about {characters // 44} sentences"):
        compared(opened, None)
    assert read == []
