"""What the cells of a table state."""

from __future__ import annotations

from decimal import Decimal

from corpus.report import ReportKind
from corpus.statements.period import told_by
from corpus.statements.statement import Aspect, Period, Scope, Sense, Statement
from corpus.statements.table import head_of, is_row, row_statements

TOLD = told_by(ReportKind.OTHER, 2026, "莲塘市2025年预算执行情况和2026年预算草案的报告")


def cells(lines: list[str], row: str, *headings: str) -> list[Statement]:
    return row_statements(row, 0, head_of(lines, row.count("\t") + 1), headings, TOLD)


def test_a_row_has_a_name_and_a_figure() -> None:
    assert is_row("教育支出\t95218")
    assert not is_row("教育支出95218")
    assert not is_row("项目\t金额")
    assert not is_row("95218\t教育支出")


def test_a_unit_said_above_the_table() -> None:
    (made,) = cells(["单位：万元", "项目\t2025年执行数"], "一、教育支出\t95,218")
    assert made.quantity.low == Decimal(952_180_000)
    assert (made.quantity.unit, made.words, made.period) == (
        "元",
        "教育支出2025年执行数",
        Period(2025, 2025),
    )
    assert made.sense is Sense.DONE


def test_heads_over_two_lines_under_the_last_column() -> None:
    lines = [
        "2025年莲塘市市本级支出执行情况表",
        "单位：万元",
        "项目\t2024年决算数\t2025年预算数\t2025年执行数",
        "金额\t占预算\t比上年增长",
    ]
    last, plan, done, share, change = cells(lines, "农林水支出\t40\t60\t50\t83.3%\t-25.0%")
    assert [each.period for each in (last, plan, done)] == [
        Period(2024, 2024), Period(2025, 2025), Period(2025, 2025)]  # fmt: skip
    # 执行情况 of the caption doesn't make 预算数 a result.
    assert [each.sense for each in (last, plan, done)] == [Sense.DONE, Sense.APPROVED, Sense.DONE]
    assert (share.aspect, share.quantity.unit) == (Aspect.SHARE, "%")
    assert (change.aspect, change.sign, change.quantity.low) == (Aspect.CHANGE, -1, Decimal(25))
    assert {each.scope for each in (last, plan, done, share, change)} == {Scope.OWN_LEVEL}


def test_units_on_a_line_below_stand_under_all_heads() -> None:
    lines = ["表1 2025年收入及其增长速度", "绝对数\t比上年增长", "指标", "（亿元）\t（%）"]
    level, change = cells(lines, "地方收入\t108.29\t-5.7")
    assert (level.quantity.low, level.quantity.unit) == (Decimal("10829000000"), "元")
    assert (level.aspect, change.aspect) == (Aspect.LEVEL, Aspect.CHANGE)
    assert (change.quantity.low, change.quantity.unit, change.sign) == (Decimal("5.7"), "%", -1)


def test_a_row_of_a_part() -> None:
    whole, part = (
        cells(["单位：万元", "项目\t金额"], row)[0] for row in ("税收\t90", "其中：增值税\t40")
    )
    assert (whole.component, part.component) == (False, True)


def test_a_plan_by_its_heading() -> None:
    (made,) = cells(["单位：万元", "项目\t预算数"], "教育支出\t80", "二、2026年预算草案")
    assert made.sense is Sense.APPROVED
    (made,) = cells(["单位：万元", "项目\t金额"], "教育支出\t80", "二、2026年预算草案")
    assert (made.sense, made.period) == (Sense.PLANNED, Period(2026, 2026))


def test_a_table_that_goes_on_keeps_its_unit() -> None:
    assert head_of(["项目\t金额"], 2, "万元").unit == "万元"
    assert head_of([], 2).columns == ()
