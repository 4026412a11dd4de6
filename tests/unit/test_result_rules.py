"""What the rules on results say, from facts alone: no function runs here."""

import itertools
import math
import random

import pytest

from checkers import draws
from checkers.exercise import Array, Case, Check, Exercise, Function
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.base import Found
from checkers.rules.differences import Compared, difference, shape_hint
from checkers.rules.distributions import Distribution, Repeats
from checkers.rules.functions import Each, Equals, Runs, failure, failure_values
from checkers.rules.gradients import (
    Apart,
    GradientCheck,
    NoSlope,
    numeric_gradients,
)
from checkers.rules.grids import Grid, is_close, precision_of
from checkers.rules.properties import (
    Has,
    HasDtype,
    HasShape,
    InRange,
    Monotone,
    Related,
    SumsTo,
    Symmetric,
    permuted_result,
    same_result,
)
from checkers.rules.results import show_number
from checkers.snapshot import ErrorFacts, FunctionFacts, ResultFacts, Snapshot

ERROR = ErrorFacts("ZeroDivisionError", "division by zero", "return 1 / 0", 3)
LATE = ResultFacts(None, ErrorFacts("TimeoutError", "late"), problem="timeout")


def verdict_on(rule, pairs):
    """Judge results that are given as values or as facts, each on a case."""
    cases = tuple(
        case if isinstance(case, Case) else Case((case,), f"case {number}")
        for number, (case, _) in enumerate(pairs, start=1)
    )
    results = tuple(
        value if isinstance(value, ResultFacts) else ResultFacts(value)
        for _, value in pairs
    )
    part = Function("f", cases=lambda rng, parameters: cases)
    checks = tuple(Check(name, 1, name) for name in rule.checks)
    exercise = Exercise("toy-f", "F", "F", (part,), checks, ("a", "b", "c"))
    snapshot = Snapshot("toy-f", {"f": FunctionFacts("f", results)})
    text = snapshot.to_json()
    snapshot = Snapshot.from_json(text)
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-f", (rule,), ""))
    assert verdict.to_html()
    return verdict


def finding(rule, pairs):
    verdict = verdict_on(rule, pairs)
    assert verdict.status != "broken", verdict.to_text()
    return verdict.findings[0] if verdict.findings else None


def code(rule, pairs):
    found = finding(rule, pairs)
    return found.code if found else ""


# -- grids ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (3, ()),
        (True, ()),
        ([1, 2], (2,)),
        ([[1], [2]], (2, 1)),
        ([], (0,)),
        ([[], []], (2, 0)),
        ([[1], [2, 3]], None),
        ([1, [2]], None),
        ("3", None),
        ([None], None),
        ({"a": 1}, None),
    ],
)
def test_is_a_nested_list_a_grid_if_it_is_regular(value, shape):
    grid = Grid.of(value)
    assert (None if grid is None else grid.shape) == shape


def test_do_grids_turn_like_arrays():
    grid = Grid.of([[1, 2, 3], [4, 5, 6]])
    assert grid.transposed() == Grid.of([[1, 4], [2, 5], [3, 6]])
    assert grid.flipped((1,)) == Grid.of([[3, 2, 1], [6, 5, 4]])
    assert grid.sums(0) == Grid.of([5, 7, 9])
    assert grid.sums(-1) == Grid.of([6, 15])
    assert grid.rows() == [Grid.of([1, 2, 3]), Grid.of([4, 5, 6])]
    assert Grid.of([[1], [2]]).squeezed() == Grid.of([1, 2])
    assert Grid.of([-1.0]).map(math.sqrt).entries[0] != 0
    assert not Grid.of([math.inf]).is_finite


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ([1.0], [1.0 + 1e-9], True),
        ([1.0], [1.1], False),
        ([1.0], 1.0, False),
        ([math.nan], [math.nan], True),
        ([math.nan], [1.0], False),
        ([1.0], [math.nan], False),
        ([math.inf], [math.inf], True),
        ([math.inf], [-math.inf], False),
        ([math.inf], [1.0], False),
    ],
)
def test_does_nan_agree_with_nan_only(one, other, agree):
    assert is_close(Grid.of(one), Grid.of(other), 1e-6) == agree


@pytest.mark.parametrize(
    ("dtypes", "entries", "precision"),
    [
        (("float64",), [0.5], 1e-9),
        (("float64", "float16"), [0.5], 4e-3),
        (("float32",), [0.1], 2e-5),
        ((), [0.1], 1e-9),
        ((), [0.10000000149011612, math.nan], 2e-5),
        ((), [1e300], 1e-9),
        (("bfloat16",), [1.0], 3e-2),
    ],
)
def test_does_the_type_of_numbers_explain_rounding(dtypes, entries, precision):
    assert precision_of(dtypes, Grid.of(entries)) == precision


# -- shapes and patterns -------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "received", "words"),
    [
        ((3, 4), (4, 3), "changed places"),
        ((3,), (3, 1), "an extra axis of length 1"),
        ((3, 1), (3,), "length 1 is missing"),
        ((3, 4), (), "a single number"),
        ((3, 4), (12,), "in one row"),
        ((3, 4), (4,), "an axis is missing"),
        ((4,), (3, 4), "an axis too many"),
        ((3,), (5,), ""),
        ((3, 4), (5, 6, 7), ""),
    ],
)
def test_is_a_wrong_shape_explained(expected, received, words):
    hint = shape_hint(expected, received)
    assert words in hint
    assert bool(hint) == bool(words)


def pattern(*pairs, argument=None):
    compared = [
        Compared(Grid.of(one), Grid.of(other), 1e-6, Grid.of(argument))
        for one, other in pairs
    ]
    found = difference(compared)
    return None if found is None else (found.kind, *found.values.values())


RIGHT = [[0.31, -1.7, 2.9], [0.47, 1.3, -0.6]]


def changed(change, value=RIGHT):
    return [[change(entry) for entry in row] for row in value]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda x: -x, "SIGN"),
        (lambda x: 1 - x, "COMPLEMENT"),
        (lambda x: x * x, "SQUARE"),
        (lambda x: 2 * x, "FACTOR"),
        (lambda x: x + 0.25, "OFF_BY_CONSTANT"),
        (lambda x: round(x), "INTEGER"),
        (lambda x: math.floor(x), "INTEGER"),
        (lambda x: math.trunc(x), "INTEGER"),
        (lambda x: round(x, 1), "ROUNDED"),
        (lambda x: x * 1.0001 + 0.0001, "CLOSE"),
    ],
)
def test_is_one_change_of_all_entries_named(change, kind):
    assert pattern((RIGHT, changed(change)))[0] == kind


def test_is_a_root_or_a_logarithm_named():
    positive = changed(abs)
    assert pattern((positive, changed(math.sqrt, positive))) == ("ROOT",)
    assert pattern((positive, changed(math.log, positive))) == ("LOGARITHM",)


@pytest.mark.parametrize(
    ("factor", "text"), [(2, "2"), (1 / math.log(2), "1.4427 (1 / ln 2)"), (0.5, "0.5")]
)
def test_has_a_factor_its_name(factor, text):
    assert pattern((RIGHT, changed(lambda x: factor * x))) == ("FACTOR", text)


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (lambda n: n, "N (the number of rows)"),
        (lambda n: 1 / n, "1 / N (N rows)"),
        (lambda n: n / (n - 1), "N / (N - 1) (N rows)"),
        (lambda n: (n - 1) / n, "(N - 1) / N (N rows)"),
        (math.sqrt, "the root of N (N rows)"),
        (lambda n: 2 * n, "N (the number of entries)"),
        (lambda n: 1 / (2 * n), "1 / N (N entries)"),
    ],
)
def test_is_a_factor_found_that_follows_from_the_size(factor, words):
    cases = [
        Compared(
            Grid.of(RIGHT),
            Grid.of(changed(lambda x, n=n: factor(n) * x)),
            1e-6,
            Grid.of([[0.5, 1.5]] * n),
        )
        for n in (3, 5, 8)
    ]
    found = difference(cases)
    assert (found.kind, found.values["factor"]) == ("FACTOR", words)


def test_is_an_empty_or_single_argument_no_size():
    for argument in ([], 3.0, None):
        assert pattern(
            (RIGHT, changed(lambda x: 2 * x)),
            (RIGHT, changed(lambda x: 3 * x)),
            argument=argument,
        ) in (None, ("CLOSE",))


def test_is_a_result_in_another_order_named():
    assert pattern((RIGHT, [row[::-1] for row in RIGHT])) == ("REVERSED",)
    mixed = [[RIGHT[1][2], RIGHT[0][0], RIGHT[1][0]], [*RIGHT[0][1:], RIGHT[1][1]]]
    assert pattern((RIGHT, mixed)) == ("OTHER_ORDER",)
    square = [[1.0, 2.0], [3.0, 5.0]]
    assert pattern((square, [[1.0, 3.0], [2.0, 5.0]])) == ("TRANSPOSED",)
    assert pattern(([1.0, 2.0, 4.0], [4.0, 2.0, 1.0]), (3.5, 2.0)) is None


def test_are_few_entries_no_pattern():
    assert pattern((0.5, 1.0)) is None
    assert pattern((0.5, -0.5)) is None
    assert pattern(([0.0, 0.0], [2.0, 1.0])) is None


def test_is_a_wrong_border_named():
    right = [[float(7 * i + j * j + 1) for j in range(6)] for i in range(6)]
    wrong = [
        [
            entry + i - j / 3 + 0.2 if i in (0, 5) or j in (0, 5) else entry
            for j, entry in enumerate(row)
        ]
        for i, row in enumerate(right)
    ]
    assert pattern((right, wrong), (right, right)) == ("BORDER",)
    wrong[2][2] = 50.0
    assert pattern((right, wrong)) is None


def test_is_a_constant_result_named():
    assert pattern((0.3, 7.0), (0.9, 7.0)) == ("CONSTANT_RESULT",)
    assert pattern((0.3, 0.0), (0.9, 0.0)) is None


# -- equality ------------------------------------------------------------------------


def double(x):
    return 2 * x


def test_passes_a_number_as_itself_and_an_array_of_one_with_a_note():
    rule = Equals("a", "f", double)
    assert verdict_on(rule, [(1.5, 3.0)]).status == "passed"
    noted = verdict_on(rule, [(1.5, [[3.0]])])
    assert noted.status == "passed with a note"
    assert noted.findings[0].code == "FUNCTION.ONE_ENTRY"


@pytest.mark.parametrize(
    ("received", "expected_code"),
    [
        ([1.0, 2.0], "FUNCTION.WRONG_SHAPE"),
        ("3.0", "FUNCTION.OTHER_RESULT"),
        ([None], "FUNCTION.OTHER_RESULT"),
        ({"a": 3.0}, "FUNCTION.OTHER_RESULT"),
        (math.nan, "FUNCTION.NAN"),
        (4.0, "FUNCTION.WRONG_RESULT"),
        (ResultFacts(None, ERROR), "FUNCTION.RAISES"),
        (LATE, "FUNCTION.TOO_SLOW"),
        (ResultFacts(None, ErrorFacts("TimeoutError", "")), "FUNCTION.TOO_SLOW"),
        (ResultFacts(3.0, mutated=True, changed=("x",)), "FUNCTION.MUTATES"),
        (ResultFacts(3.0, mutated=True), "FUNCTION.MUTATES"),
    ],
)
def test_has_a_wrong_result_its_code(received, expected_code):
    assert code(Equals("a", "f", double), [(1.5, received)]) == expected_code


def test_may_a_function_change_its_arguments_where_that_is_declared():
    facts = ResultFacts(3.0, mutated=True)
    assert code(Equals("a", "f", double, may_mutate=True), [(1.5, facts)]) == ""
    assert code(Runs("a", "f", may_mutate=True), [(1.5, facts)]) == ""


def test_is_nan_right_where_the_reference_says_so():
    rule = Equals("a", "f", lambda x: math.nan)
    assert code(rule, [(1.5, math.nan)]) == ""
    assert code(rule, [(1.5, 3.0)]) == "FUNCTION.WRONG_RESULT"


@pytest.mark.parametrize(
    ("args", "warnings", "expected_code"),
    [
        ((1000.0,), (), "FUNCTION.OVERFLOW"),
        ((1.0,), (), "FUNCTION.NAN"),
        ((1.0,), ("overflow encountered in exp",), "FUNCTION.OVERFLOW"),
        ((1000.0,), ("divide by zero encountered in log",), "FUNCTION.NAN"),
    ],
)
def test_is_an_overflow_told_from_another_nan(args, warnings, expected_code):
    facts = ResultFacts(math.inf, warnings=warnings)
    found = finding(Equals("a", "f", double), [(Case(args, "one"), facts)])
    assert found.code == expected_code
    assert all(text in found.why for text in warnings)


def test_counts_a_wrong_number_more_than_a_nan():
    pairs = [(1.5, 9.0), (2.0, math.nan)]
    assert code(Equals("a", "f", double), pairs) == "FUNCTION.WRONG_RESULT"


def test_shows_a_long_result_its_first_difference():
    expected = [float(n) ** 1.5 for n in range(20)]
    received = [*expected[:7], 5.0, 6.5, *expected[9:]]
    found = finding(Equals("a", "f", lambda x: expected), [(1.0, received)])
    assert (found.expected, found.received) == ("18.5203 at [7]", "5 at [7]")


def both(x):
    return x, {"a": 2 * x}["a"]


@pytest.mark.parametrize(
    ("received", "expected_code"),
    [
        ([1.5, 3.0], ""),
        ([1.5, 9.0], "FUNCTION.WRONG_RESULT"),
        ([1.5], "FUNCTION.WRONG_COUNT"),
        (1.5, "FUNCTION.WRONG_COUNT"),
    ],
)
def test_are_several_results_compared_one_by_one(received, expected_code):
    rule = Equals("a", "f", both, names=("mean",))
    assert code(rule, [(1.5, received)]) == expected_code


def test_is_the_wrong_one_of_several_results_named():
    rule = Equals("a", "f", both, names=("mean", "sd"))
    assert "result sd" in finding(rule, [(1.5, [1.5, 9.0])]).message


@pytest.mark.parametrize(
    ("received", "expected_code"),
    [("relu", ""), (" ReLU ", ""), ("tanh", "FUNCTION.WRONG_RESULT"), (3, None)],
)
def test_are_texts_compared_as_texts(received, expected_code):
    rule = Equals("a", "f", lambda x: "relu")
    found = code(rule, [(1.5, received)])
    assert found == (
        "FUNCTION.WRONG_RESULT" if expected_code is None else expected_code
    )


def test_is_the_asked_part_picked_out():
    rule = Equals("a", "f", lambda x: {"m": x}, pick=lambda value: value["m"])
    assert code(rule, [(1.5, {"m": 1.5})]) == ""
    assert code(rule, [(1.5, {"n": 1.5})]) == "FUNCTION.OTHER_RESULT"
    assert code(rule, [(1.5, 3)]) == "FUNCTION.OTHER_RESULT"


def test_is_another_right_result_right_on_all_cases_or_not_at_all():
    rule = Equals("a", "f", double, also=(lambda x: 10 * x,))
    assert code(rule, [(1.5, 15.0), (2.5, 25.0)]) == ""
    assert code(rule, [(1.5, 15.0), (2.5, 5.0)]) == "FUNCTION.WRONG_RESULT"


def test_counts_a_slip_only_if_it_explains_all_cases():
    def fails(x):
        return 1 / 0

    slips = ((fails, "NUMBER.SIGN"), (lambda x: 3 * x, "CHOICE.INCOMPLETE"))
    rule = Equals("a", "f", double, slips=slips)
    assert code(rule, [(1.5, 4.5), (2.5, 7.5)]) == "CHOICE.INCOMPLETE"
    assert code(rule, [(1.5, 4.5), (2.5, 9.5)]) == "FUNCTION.WRONG_RESULT"
    pair = Equals("a", "f", both, slips=((lambda x: x, "CHOICE.INCOMPLETE"),))
    assert code(pair, [(1.5, 1.5)]) == "CHOICE.INCOMPLETE"


def test_does_the_first_finding_of_a_test_count():
    rule = Each("a", "f", lambda case, result, p: [Found("FUNCTION.FIXED_SEED", "")])
    assert code(rule, [(1.5, 3.0)]) == "FUNCTION.FIXED_SEED"
    assert code(Each("a", "f", lambda *_: ()), [(1.5, 3.0)]) == ""
    assert code(rule, [(1.5, ResultFacts(None, ERROR))]) == "FUNCTION.RAISES"


def test_is_a_result_without_plain_form_no_failure_where_none_is_asked_for():
    facts = ResultFacts(None, other="Sequential")
    assert failure(facts, plain=False) == ""
    assert failure(facts) == "FUNCTION.OTHER_RESULT"
    assert failure_values("f", Case((1, 2)), facts)["count"] == "2"
    assert show_number(3) == "3"


# -- gradients -----------------------------------------------------------------------


def linear(x, w):
    return [
        [
            sum(a * b for a, b in zip(row, column, strict=True))
            for column in zip(*w, strict=True)
        ]
        for row in x
    ]


X, W = [[1.0, 2.0, 0.5], [-0.3, 0.7, 1.1]], [[0.2, 1.0], [0.4, -0.5], [1.5, 0.3]]
D = [[1.0, -2.0], [0.5, 0.25]]
CASE = Case((D, X, W), "two rows")
DX = [[0.2 - 2.0, 0.4 + 1.0, 1.5 - 0.6], [0.35, 0.075, 0.825]]
DW = [[0.85, -2.075], [2.35, -3.825], [1.05, -0.725]]
LINEAR = GradientCheck("a", "f", linear, ("dx", "dw"), wrt=(0, 1))


@pytest.mark.parametrize(
    ("received", "expected_code"),
    [
        ([DX, DW], ""),
        ({"dx": DX, "dw": DW}, ""),
        ({"dx": DX}, "FUNCTION.OTHER_RESULT"),
        ([DX], "FUNCTION.WRONG_COUNT"),
        (3.0, "FUNCTION.WRONG_COUNT"),
        ([DX, "none"], "FUNCTION.OTHER_RESULT"),
        ([DW, DX], "GRADIENT.ORDER"),
        ([DX, [list(row) for row in zip(*DW, strict=True)]], "GRADIENT.SHAPE"),
        ([changed(lambda v: -v, DX), DW], "GRADIENT.SIGN"),
        ([changed(lambda v: 3 * v, DX), DW], "GRADIENT.FACTOR"),
        ([changed(lambda v: 0.0, DX), DW], "GRADIENT.ZERO"),
        ([changed(lambda v: math.nan, DX), DW], "FUNCTION.NAN"),
        ([DX, [[9.0, 1.0], *DW[1:]]], "GRADIENT.WRONG"),
        (ResultFacts(None, ERROR), "FUNCTION.RAISES"),
        (ResultFacts([DX, DW], mutated=True), "FUNCTION.MUTATES"),
    ],
)
def test_has_a_wrong_gradient_its_code(received, expected_code):
    assert code(LINEAR, [(CASE, received)]) == expected_code


def test_are_gradients_that_are_wrong_for_one_reason_one_finding():
    wrong = [changed(lambda v: 3 * v, DX), changed(lambda v: 3 * v, DW)]
    verdict = verdict_on(LINEAR, [(CASE, wrong)])
    assert [found.code for found in verdict.findings] == ["GRADIENT.FACTOR"]
    assert "dx, dw" in verdict.findings[0].message
    wrong = [changed(lambda v: -v, DX), changed(lambda v: 3 * v, DW)]
    verdict = verdict_on(LINEAR, [(CASE, wrong)])
    assert [found.code for found in verdict.findings] == [
        "GRADIENT.SIGN",
        "GRADIENT.FACTOR",
    ]
    verdict = verdict_on(LINEAR, [(CASE, [[0.0], [0.0]])])
    assert [found.code for found in verdict.findings] == ["GRADIENT.SHAPE"] * 2


def apart(**slips):
    return Apart(
        tuple(
            GradientCheck(
                name, "f", linear, ("dx", "dw"), (0, 1), judged=(name,), slips=slip
            )
            for name, slip in {"dx": (), "dw": (), **slips}.items()
        )
    )


THRICE_DX, THRICE_DW = (changed(lambda v: 3 * v, one) for one in (DX, DW))


@pytest.mark.parametrize(
    ("received", "expected_codes", "states"),
    [
        ([DX, DW], [], ["passed", "passed"]),
        ([THRICE_DX, DW], ["GRADIENT.FACTOR"], ["failed", "passed"]),
        ([DX, THRICE_DW], ["GRADIENT.FACTOR"], ["passed", "failed"]),
        ([THRICE_DX, THRICE_DW], ["GRADIENT.FACTOR"], ["failed", "skipped"]),
        (
            [changed(lambda v: -v, DX), THRICE_DW],
            ["GRADIENT.SIGN", "GRADIENT.FACTOR"],
            ["failed", "failed"],
        ),
        ([DX], ["FUNCTION.WRONG_COUNT"], ["failed", "skipped"]),
        (ResultFacts(None, ERROR), ["FUNCTION.RAISES"], ["failed", "skipped"]),
    ],
)
def test_has_each_gradient_a_check_of_its_own(received, expected_codes, states):
    verdict = verdict_on(apart(), [(CASE, received)])
    assert [found.code for found in verdict.findings] == expected_codes
    assert [check.state for check in verdict.checks] == states


def test_does_a_slip_explain_the_gradients_of_its_check_only():
    slips = (((lambda dy, x, w: (THRICE_DW,)), "NUMBER.ROUNDED"),)
    verdict = verdict_on(apart(dw=slips), [(CASE, [DX, THRICE_DW])])
    assert [found.code for found in verdict.findings] == ["NUMBER.ROUNDED"]
    assert [check.state for check in verdict.checks] == ["passed", "failed"]


def test_is_a_gradient_without_the_incoming_one_named():
    ones = [[1.0, 1.0], [1.0, 1.0]]
    bare = numeric_gradients(linear, [X, W], (0, 1), ones)
    received = [_nested(grid) for grid in bare]
    assert code(LINEAR, [(CASE, received)]) == "GRADIENT.UPSTREAM"


def test_are_zeros_not_taken_for_a_gradient_without_the_incoming_one():
    rule = GradientCheck("a", "f", lambda x: [x[0] - x[1], x[1] - x[0]], ("dx",), (0,))
    case = Case(([1.0, 3.0], [5.0, 6.0]), "differences")
    assert code(rule, [(case, [-2.0, 2.0])]) == ""
    assert code(rule, [(case, [0.0, 0.0])]) == "GRADIENT.ZERO"


def _nested(grid):
    return [_nested(row) for row in grid.rows()] if grid.shape else grid.entries[0]


def test_is_a_gradient_of_a_loss_compared_without_an_incoming_one():
    rule = GradientCheck(
        "a", "f", lambda w: sum(v**3 for v in w), ("dw",), wrt=(0,), upstream=None
    )
    case = Case((Array([1.0, 2.0]),), "cube")
    assert code(rule, [(case, [3.0, 12.0])]) == ""
    assert code(rule, [(case, [3.0, 11.0])]) == "GRADIENT.WRONG"
    packed = ResultFacts([[3.0, 12.0]], kind="tuple")
    assert code(rule, [(case, packed)]) == ""


def test_are_the_forward_passs_arguments_chosen():
    rule = GradientCheck(
        "a", "f", lambda x: [2 * v for v in x], ("dx",), wrt=(0,), forward_args=(1,)
    )
    case = Case(([1.0, 1.0], [5.0, 6.0], "cache"), "a cache")
    assert code(rule, [(case, [2.0, 2.0])]) == ""


def test_is_an_entry_at_a_kink_left_out():
    rule = GradientCheck("a", "f", lambda x: [max(v, 0.0) for v in x], ("dx",), (0,))
    case = Case(([2.0, 2.0], [1.0, 0.0]), "with a 0")
    for at_kink in (0.0, 1.0, 2.0):
        assert code(rule, [(case, [2.0, at_kink])]) == ""
    assert code(rule, [(case, [1.0, 0.0])]) == "GRADIENT.UPSTREAM"
    only_kink = Case(([2.0], [0.0]), "only a 0")
    assert verdict_on(rule, [(only_kink, [2.0])]).status == "broken"


def test_does_a_slip_name_the_thought_behind_a_gradient():
    slips = (
        (lambda d, x, w: 1 / 0, "NUMBER.SIGN"),
        (lambda d, x, w: (["a"], DW), "NUMBER.SIGN"),
        (lambda d, x, w: (changed(lambda v: v + 1, DX), DW), "CHOICE.INCOMPLETE"),
    )
    rule = GradientCheck("a", "f", linear, ("dx", "dw"), wrt=(0, 1), slips=slips)
    received = [changed(lambda v: v + 1, DX), DW]
    assert code(rule, [(CASE, received)]) == "CHOICE.INCOMPLETE"


@pytest.mark.parametrize(
    ("forward", "args", "weights"),
    [
        (lambda x: ["a"], [[1.0]], None),
        (lambda x: x, ["a"], None),
        (lambda x: x, [[1.0]], [1.0, 2.0]),
    ],
)
def test_is_a_case_without_a_slope_the_authors_error(forward, args, weights):
    with pytest.raises(NoSlope):
        numeric_gradients(forward, args, (0,), weights)


def test_is_the_term_named_that_a_column_shares():
    def centered(x):
        means = [sum(column) / len(x) for column in zip(*x, strict=True)]
        return [[v - m for v, m in zip(row, means, strict=True)] for row in x]

    rule = GradientCheck("a", "f", centered, ("dx",), wrt=(0,))
    rng = random.Random(1)
    d, x = (draws.normal(rng, 4, 2).values for _ in range(2))
    case = Case((d, x), "four rows")
    means = [sum(column) / 4 for column in zip(*d, strict=True)]
    right = [[v - m for v, m in zip(row, means, strict=True)] for row in d]
    assert code(rule, [(case, right)]) == ""
    assert code(rule, [(case, d)]) == "GRADIENT.TERM_MISSING"


# -- properties ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "received", "expected_code"),
    [
        (HasShape(lambda x: (2,)), [1, 2], ""),
        (HasShape(lambda x: (2,)), [1, 2, 3], "FUNCTION.WRONG_SHAPE"),
        (HasDtype("int"), [1, 2], ""),
        (HasDtype("int"), [1, 2.5], "FUNCTION.WRONG_DTYPE"),
        (HasDtype("float"), [1, 2.5], ""),
        (HasDtype("bool"), [True, False], ""),
        (HasDtype("bool"), [1, 0], "FUNCTION.WRONG_DTYPE"),
        (HasDtype("float"), ResultFacts([1.0], dtypes=("bfloat16",)), ""),
        (
            HasDtype("float"),
            ResultFacts([1.0], dtypes=("int64",)),
            "FUNCTION.WRONG_DTYPE",
        ),
        (HasDtype("int"), ResultFacts([1], dtypes=("uint8",)), ""),
        (HasDtype("float32"), ResultFacts([1.0], dtypes=("float32",)), ""),
        (
            HasDtype("float32"),
            ResultFacts([1.0], dtypes=("float64",)),
            "FUNCTION.WRONG_DTYPE",
        ),
        (HasDtype("float32"), 1.5, ""),
        (InRange(0, 1), [0.0, 1.0], ""),
        (InRange(0, 1), [0.0, 1.5], "FUNCTION.OUT_OF_RANGE"),
        (InRange(0, 1), [math.nan], "FUNCTION.OUT_OF_RANGE"),
        (SumsTo(), [[0.5, 0.5]], ""),
        (SumsTo(), 1.0, ""),
        (SumsTo(), [[0.25, 0.5], [0.75, 0.5]], "FUNCTION.WRONG_AXIS"),
        (SumsTo(), [[0.25, 0.5]], "FUNCTION.WRONG_SUM"),
        (Monotone(), [[1, 2], [0, 3]], ""),
        (Monotone(), [1, 0], "FUNCTION.NOT_MONOTONE"),
        (Monotone(rising=False), [3, 1, 2], "FUNCTION.NOT_MONOTONE"),
        (Monotone(rising=False), [3, 2, 2], ""),
        (Monotone(), 3, ""),
        (Symmetric(), [[1, 2], [2, 1]], ""),
        (Symmetric(), [[1, 2], [3, 1]], "FUNCTION.NOT_SYMMETRIC"),
        (Symmetric(), [[1, 2, 3]], "FUNCTION.NOT_SYMMETRIC"),
        (InRange(0, 1), "text", "FUNCTION.OTHER_RESULT"),
        (InRange(0, 1), ResultFacts(None, ERROR), "FUNCTION.RAISES"),
    ],
)
def test_is_a_property_that_is_missing_named(one, received, expected_code):
    assert code(Has("a", "f", (one,)), [(1.5, received)]) == expected_code


def test_is_a_property_of_a_part_of_the_result_looked_at():
    rule = Has("a", "f", (InRange(0, 1),), pick=lambda value: value["p"])
    assert code(rule, [(1.5, {"p": [0.5]})]) == ""
    assert code(rule, [(1.5, {"p": [5]})]) == "FUNCTION.OUT_OF_RANGE"
    assert code(rule, [(1.5, {})]) == "FUNCTION.OTHER_RESULT"


SWAPPED = permuted_result((1, 0))


@pytest.mark.parametrize(
    ("relation", "second", "expected_code"),
    [
        (same_result, [1.0, 2.0], ""),
        (same_result, [2.0, 1.0], "FUNCTION.NOT_RELATED"),
        (SWAPPED, [2.0, 1.0], ""),
        (SWAPPED, [1.0, 2.0], "FUNCTION.NOT_RELATED"),
        (SWAPPED, [1.0], "FUNCTION.NOT_RELATED"),
        (same_result, "text", "FUNCTION.OTHER_RESULT"),
        (same_result, ResultFacts(None, ERROR), "FUNCTION.RAISES"),
    ],
)
def test_are_two_results_compared_with_each_other(relation, second, expected_code):
    rule = Related("a", "f", 0, 1, relation, "order of rows")
    assert code(rule, [(1.5, [1.0, 2.0]), (2.5, second)]) == expected_code


def test_is_a_relation_not_looked_at_after_a_case_that_was_too_slow():
    rule = Related("a", "f", 0, 2, same_result, "order of rows")
    assert code(rule, [(1.5, [1.0]), (2.5, LATE)]) == "FUNCTION.TOO_SLOW"
    assert code(rule, [(1.5, [1.0])]) == "FUNCTION.TOO_SLOW"


# -- randomness ----------------------------------------------------------------------


def drawn(seed, count=400, mean=0.0, sd=1.0):
    rng = random.Random(seed)
    return [rng.gauss(mean, sd) for _ in range(count)]


NORMAL = Distribution(
    "a", "f", mean=lambda x: 0.0, variance=lambda x: 1.0, pick=lambda value: value
)


@pytest.mark.parametrize(
    ("received", "expected_code"),
    [
        (drawn(1), ""),
        (drawn(1, mean=0.5), "FUNCTION.WRONG_MEAN"),
        (drawn(1, sd=2.0), "FUNCTION.WRONG_VARIANCE"),
        ([0.0] * 400, "FUNCTION.WRONG_VARIANCE"),
        ([], "FUNCTION.OTHER_RESULT"),
        ("text", "FUNCTION.OTHER_RESULT"),
        ([1.0, math.inf], "FUNCTION.NAN"),
        (ResultFacts(None, ERROR), "FUNCTION.RAISES"),
    ],
)
def test_are_mean_and_variance_bounded_by_five_sigma(received, expected_code):
    assert code(NORMAL, [(1.5, received)]) == expected_code


def test_needs_a_mean_no_variance():
    rule = Distribution("a", "f", mean=lambda x: 0.0)
    assert code(rule, [(1.5, drawn(1))]) == ""
    assert code(rule, [(1.5, drawn(1, mean=1.0))]) == "FUNCTION.WRONG_MEAN"


@pytest.mark.parametrize(
    ("calls", "expected_code"),
    [
        ([drawn(1), drawn(2)], ""),
        ([drawn(1), drawn(1)], "FUNCTION.FIXED_SEED"),
        ([[1.0] * 3, [1.0] * 3], "FUNCTION.NOT_RANDOM"),
    ],
)
def test_do_two_calls_differ(calls, expected_code):
    rule = Distribution("a", "f")
    assert code(rule, [(Case((1.5,), "two calls", repeat=2), calls)]) == expected_code


def test_is_a_part_that_is_not_there_no_result():
    rule = Distribution("a", "f", pick=lambda value: value["mask"])
    assert code(rule, [(1.5, {"other": 1})]) == "FUNCTION.OTHER_RESULT"
    assert code(rule, [(1.5, {"mask": [1.0, 2.0]})]) == ""


MASK = Distribution("a", "f", zeros=lambda x, rate: rate, scale=lambda x, rate: 1.0)


def thinned(rate, count=300, seed=1):
    rng = random.Random(seed)
    return [0.0 if rng.random() < rate else 1.0 for _ in range(count)]


@pytest.mark.parametrize(
    ("given", "rate", "received", "expected_code"),
    [
        ([1.0] * 300, 0.3, thinned(0.3), ""),
        ([1.0] * 300, 0.3, thinned(0.7), "FUNCTION.SHARE_SWAPPED"),
        ([1.0] * 300, 0.3, thinned(0.5), "FUNCTION.WRONG_SHARE"),
        ([1.0] * 300, 0.3, [1.0] * 300, "FUNCTION.NOT_RANDOM"),
        ([1.0] * 300, 0.0, [1.0] * 300, ""),
        ([1.0] * 300, 1.0, [0.0] * 300, ""),
        ([0.0] * 300, 0.3, [0.0] * 300, ""),
        ([1.0] * 300, 0.3, [2 * v for v in thinned(0.3)], "FUNCTION.WRONG_SCALE"),
        ([2.0] * 300, 0.3, thinned(0.3), "FUNCTION.WRONG_SCALE"),
        ([1.0] * 300, 0.3, thinned(0.3, 200), "FUNCTION.WRONG_SHAPE"),
    ],
)
def test_is_the_share_of_zeros_bounded_by_five_sigma(
    given, rate, received, expected_code
):
    case = Case((given, rate), "a mask")
    assert code(MASK, [(case, received)]) == expected_code


def test_is_a_right_mask_accepted_whatever_its_seed():
    case = Case(([1.0] * 300, 0.3), "a mask")
    pairs = [(case, thinned(0.3, seed=seed)) for seed in range(500)]
    assert code(MASK, pairs) == ""


def test_is_a_share_counted_without_an_argument_to_thin():
    rule = Distribution("a", "f", zeros=lambda rate: rate, values=5)
    assert code(rule, [(0.3, thinned(0.3))]) == ""
    assert code(rule, [(0.3, thinned(0.9))]) == "FUNCTION.WRONG_SHARE"
    scaled = Distribution("a", "f", scale=lambda rate: 2.0, values=5)
    assert code(scaled, [(0.3, thinned(0.3))]) == ""


@pytest.mark.parametrize(
    ("value", "expected_code"),
    [
        ([[1, 2], [1, 2]], ""),
        ([[1, 2], [2, 1]], "FUNCTION.NOT_REPEATABLE"),
        (ResultFacts(None, ERROR), "FUNCTION.RAISES"),
    ],
)
def test_repeats_the_same_seed_the_same_result(value, expected_code):
    rule = Repeats("a", "f")
    assert code(rule, [(Case((1,), "seed 1", repeat=2), value)]) == expected_code
    if not isinstance(value, ResultFacts):
        assert code(rule, [(1, value)]) == ""


# -- draws ---------------------------------------------------------------------------


def test_keep_draws_what_they_promise():
    rng = random.Random(3)
    assert Grid.of(draws.normal(rng, 2, 3).values).shape == (2, 3)
    away = Grid.of(draws.away_from(rng, 200, kinks=(0.0, 1.0), gap=0.2).values)
    assert all(abs(v) >= 0.2 and abs(v - 1) >= 0.2 for v in away.entries)
    apart = sorted(Grid.of(draws.distinct(rng, 4, 5).values).entries)
    assert all(b - a > 0.09 for a, b in itertools.pairwise(apart))
    rows = Grid.of(draws.shares(rng, 5, 3).values)
    assert all(abs(total - 1) < 1e-12 for total in rows.sums(-1).entries)
    assert sorted(draws.labels(rng, 6, 3).values) == [0, 0, 1, 1, 2, 2]
    flat = draws.uniform(rng, 50, low=2.0, high=3.0).values
    assert all(2.0 <= v <= 3.0 for v in flat)
    assert isinstance(draws.normal(rng).values, float)


def test_is_a_gradient_of_the_right_shape_on_one_case_only_wrong():
    other = Case((D, X, W), "the same rows again")
    wrong = [changed(lambda v: 3 * v, DX), DW]
    received = [wrong, [[0.0], DW]]
    pairs = list(zip((CASE, other), received, strict=True))
    assert code(LINEAR, pairs) == "GRADIENT.WRONG"


def test_are_right_results_without_a_size_no_factor():
    assert pattern((0.0, 1.0), (0.0, 2.0)) is None
    zeros = [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert pattern((RIGHT, zeros)) is None
