"""Text in columns: widths, breaks, tables; and which rows of a table are folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.render.columns import align, clean, display_width, wrap
from checkers.render.folding import Fold, fold
from checkers.verdict import Row

CHINESE = "在 Keras 中，rate 是被丢弃的比例，而不是被保留的比例（见第 9 课）。"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("丢弃率", 6),
        ("e\u0301", 1),
        ("✗ –", 3),
        ("한글", 4),
        ("，", 2),
    ],
)
def test_takes_a_text_as_many_columns_as_on_a_terminal(text, width):
    assert display_width(text) == width


@given(st.text(max_size=300), st.integers(12, 60))
def test_is_no_line_wider_than_asked_and_nothing_lost(text, width):
    lines = wrap(text, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_breaks_chinese_between_characters_but_not_before_a_mark():
    lines = wrap(CHINESE, 20)
    assert all(display_width(line) <= 20 for line in lines)
    assert not [line for line in lines if line[0] in "，。）"]
    assert not [line for line in lines if line[-1] in "（"]


def test_breaks_a_long_value_after_a_bracket_or_comma():
    assert wrap("SpatialDropout2D(rate=0.25)", 24) == [
        "SpatialDropout2D(",
        "rate=0.25)",
    ]
    assert wrap("x" * 30, 12) == ["x" * 12, "x" * 12, "x" * 6]


def test_indents_the_first_line_and_the_others():
    lines = wrap("one two three", 9, first="- ", rest="  ")
    assert lines == ["- one two", "  three"]


def test_takes_control_characters_out():
    text = "\x1b[31mred\x1b[0m\nnext\u202eline"
    assert clean(text) == "\ufffd[31mred\ufffd[0m next\ufffdline"


def test_keeps_a_narrow_table_its_width_and_a_wide_one_within_the_terminal():
    rows = [["a", "expected", "yours"], ["1", "x" * 50, "short"]]
    assert align(rows, 88) == [
        ["a  expected" + " " * 44 + "yours"],
        ["1  " + "x" * 50 + "  short"],
    ]
    wide = align([["a", "b", "c"], ["1", "word " * 20, "other " * 20]], 60, fixed=1)
    assert all(display_width(line) <= 60 for lines in wide for line in lines)


def test_stand_chinese_cells_under_their_heads():
    head, row = align([["层", "期望", "你的"], ["1", "Dense(64)", "丢弃"]], 80)
    assert display_width(head[0].split("你")[0]) == display_width(row[0].split("丢")[0])


def rows(text: str) -> list[Row]:
    """Return rows by a picture: "." is right, "x" is wrong."""
    return [
        Row(str(number), "a", "b", "c", sign == "x")
        for number, sign in enumerate(text, start=1)
    ]


def picture(text: str) -> list[str]:
    """Return a folded table in short."""
    return [
        f"{one.count}:{one.numbers}" if isinstance(one, Fold) else one.number
        for one in fold(rows(text))
    ]


def test_is_a_short_table_shown_whole():
    assert picture("." * 11 + "x") == [str(number) for number in range(1, 13)]


def test_is_a_long_run_of_right_rows_one_line():
    assert picture("." * 5 + "x" + "." * 2 + "x" + "." * 4) == [
        *("5:1-5", "6", "7", "8", "9", "4:10-13"),
    ]


def test_has_a_fold_without_numbers_none():
    blank = [Row("", "a", "b", "c", False)] * 13
    assert fold(blank) == [Fold(13, "")]
