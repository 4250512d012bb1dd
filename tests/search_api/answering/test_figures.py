"""Which figures a sentence states, and of what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search_api.answering.figures import Figure, figures


def by_said(sentence: str) -> dict[str, Figure]:
    return {each.quantity.span.of(sentence): each for each in figures(sentence)}


def test_each_figure_of_an_enumeration_has_its_own_words() -> None:
    found = by_said("梳理办事清单43项，其中甲类事项20项、乙类事项76项。")
    assert found["20项"].words == "其中甲类事项"
    assert found["76项"].words == "乙类事项"
    assert "办事清单" in found["43项"].words


def test_a_piece_that_names_nothing_goes_on_with_the_subject() -> None:
    found = by_said("成交金额达到8.9亿元、增长4.4%，参会人数与上年持平。")
    assert "成交金额" in found["4.4%"].words
    assert found["4.4%"].change
    assert not found["8.9亿元"].change


def test_a_heading_leads_a_sentence_that_names_nothing() -> None:
    (found,) = figures("达到95家。", lead="培育高新企业")
    assert found.words.startswith("培育高新企业")


def test_figures_in_a_row_are_dealt_to_names_in_a_row() -> None:
    found = by_said("认定甲类机构、乙类机构分别从71家、48家增加到107家、63家。")
    assert "甲类机构" in found["107家"].words
    assert "乙类机构" not in found["107家"].words
    assert "乙类机构" in found["63家"].words
    assert found["71家"].origin
    assert not found["107家"].origin


def test_what_is_said_before_a_row_is_said_of_all_of_it() -> None:
    found = by_said("公用经费和一般支出分别压减11%、19%。")
    assert found["11%"].change
    assert found["19%"].change
    assert "一般支出" in found["19%"].words


def test_new_ones_are_counted_not_grown() -> None:
    (found,) = figures("新增2家上市企业。")
    assert not found.change


def test_growth_to_a_level_is_a_level() -> None:
    (found,) = figures("标准提高到1000元。")
    assert not found.change


def test_a_mark_that_was_passed() -> None:
    found = by_said("全县收入突破3000万元、达到3212万元。")
    assert found["3000万元"].passed
    assert not found["3212万元"].passed


def test_the_year_named_before_a_figure() -> None:
    found = by_said("标准从2020年的645元提高到2025年的801元。")
    assert found["645元"].year == 2020
    assert found["801元"].year == 2025


def test_dates_are_figures_only_when_asked_for() -> None:
    sentence = "2025年3月开工，建成40公里。"
    assert [each.quantity.unit for each in figures(sentence)] == ["公里"]
    (date,) = figures(sentence, dates=True)
    assert date.quantity.span.of(sentence) == "2025年3月"


@given(st.integers(min_value=0, max_value=1000), st.integers(min_value=2, max_value=9999))
def test_offsets_count_from_the_start_that_is_given(start: int, value: int) -> None:
    sentence = f"全年办结案件{value}件、增长5%，新建公路{value}公里。"
    for each in figures(sentence, start):
        span = each.quantity.span
        assert sentence[span.start - start : span.end - start].startswith(("5%", str(value)))
        assert (each.sentence.start, each.sentence.end) == (start, start + len(sentence))


def test_town_and_country_in_one_word_are_two_names() -> None:
    words = [each.words for each in figures("城乡居民收入分别增长4%、6%。")]
    assert words == ["城镇居民收入分别增长", "农村居民收入分别增长"]
    # One figure is said of both.
    (both,) = figures("城乡居民收入增长5%。")
    assert both.words.startswith("城乡居民收入")


def test_names_of_single_figures_go_on_to_the_row_behind_them() -> None:
    words = [each.words for each in figures("甲镇收入3万元，乙镇收入4万元，实际增长5%和6%。")]
    assert words == ["甲镇收入", "乙镇收入", "甲镇收入", "乙镇收入"]


def test_what_the_last_name_says_is_said_of_all() -> None:
    words = [each.words for each in figures("城镇、农村居民收入分别增长4%、6%。")]
    assert words == ["城镇居民收入分别增长", "农村居民收入分别增长"]
