"""Lesson 02: one cause in results and warnings, or in all rows, is told once."""

import numpy as np
import pytest

from checkers import losses
from checkers.capture import capture
from checkers.judge import judge
from checkers.keys.losses import sigmoid, softmax


def verdict_on(answer, exercise=losses.sigmoid, key=sigmoid):
    return judge(capture(exercise, (answer,), seed=3), exercise=exercise, key=key)


def other_writing(x, x0, k):
    power = np.exp(k * (x - x0))
    return power / (power + 1)


def no_return(x, x0, k):
    del x, x0, k


def too_late(x, x0, k):
    z = k * (x - x0)
    with np.errstate(over="raise"):
        return 1 / (1 + np.exp(-z))


def raises(x, x0, k):
    raise TypeError(x, x0, k)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (other_writing, "FUNCTION.OVERFLOW"),
        (no_return, "FUNCTION.NO_RESULT"),
        (raises, "FUNCTION.RAISES"),
        (too_late, "FUNCTION.RAISES"),
        (lambda x: x, "FUNCTION.WRONG_ARGUMENTS"),
    ],
)
def test_is_one_cause_told_once(answer, code):
    assert [found.code for found in verdict_on(answer).findings] == [code]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_is_a_warning_told_beside_another_midpoint():
    verdict = verdict_on(lambda x, x0, k: 1 / (1 + np.exp(-k * x)))
    codes = [found.code for found in verdict.findings]
    assert codes == ["LOSSES.MIDPOINT_IGNORED", "LOSSES.SIGMOID_OVERFLOW"]


@pytest.mark.parametrize("axis", [1, None])
def test_is_one_sum_for_all_rows_named_whatever_is_subtracted(axis):
    def one_sum(z, T):
        powers = np.exp((z - z.max(axis=axis, keepdims=True)) / T)
        return powers / powers.sum()

    verdict = verdict_on(one_sum, losses.softmax, softmax)
    assert "LOSSES.SOFTMAX_OVER_BATCH" in {found.code for found in verdict.findings}
    assert len(verdict.findings) == 1
