"""What is embedded for a passage and for a sentence."""

from corpus.report import Metadata, Passage, Region, Span
from indexer.indexed_text import full_name, passage_text, place_and_year, sentence_text

COUNTY = Region("桑日县", "540523", "西藏自治区", "山南市", "桑日县")
TEXT = "標題\n調整人民調解組織54個。新建3個。"
PASSAGE = Passage(
    report_id="桑日",
    start=3,
    end=len(TEXT),
    text=TEXT[3:],
    heading_path=("一、工作成效", "（一）調解"),
    sentences=(Span(3, 15), Span(15, 20)),
)


def test_place_year_title_and_headings_stand_before_the_body() -> None:
    metadata = Metadata(title="法治政府建设年度报告", region=COUNTY, year=2025)
    assert passage_text(PASSAGE, metadata) == (
        "西藏自治区山南市桑日县2025年\n法治政府建设年度报告\n一、工作成效 （一）调解\n"
        "调整人民调解组织54个。新建3个。"
    )


def test_what_is_unknown_is_left_out() -> None:
    assert passage_text(PASSAGE, Metadata(title="")).startswith("一、工作成效")
    assert place_and_year(Metadata(title="", year=2025)) == "2025年"


def test_sentences_carry_the_place_only() -> None:
    metadata = Metadata(title="报告", region=COUNTY, year=2025)
    first, second = PASSAGE.sentences
    assert sentence_text(PASSAGE, first, metadata) == "桑日县:调整人民调解组织54个。"
    assert sentence_text(PASSAGE, second, Metadata(title="")) == "新建3个。"


def test_a_place_is_named_once() -> None:
    assert full_name(Region("西藏自治区", "540000", "西藏自治区")) == "西藏自治区"
    assert full_name(None) == ""


def test_long_parts_are_cut_so_that_the_body_fits_the_encoder() -> None:
    passage = Passage(
        "长", 0, 600, "字" * 600, heading_path=("题" * 500,), sentences=(Span(0, 600),)
    )
    metadata = Metadata(title="名" * 500, region=COUNTY, year=2025)
    assert len(passage_text(passage, metadata)) <= 700
    assert passage_text(passage, metadata).endswith("字" * 600)
    assert len(sentence_text(passage, passage.sentences[0], metadata)) <= 490
