"""Function exercises of the course: what the verdict says on a few slips."""

import sys

import pytest

from checkers import find_exercise
from checkers.keys import _pooling_windows as pooling


def first_of(verdict):
    assert verdict.status == "failed", verdict.to_text()
    return verdict.findings[0]


@pytest.mark.parametrize("kind", ["max", "average"])
def test_is_a_pool_of_one_kind_not_taken_for_two_that_are_swapped(kind):
    def pool2d(x, size, stride, padding, asked):
        return pooling.pool2d(x.tolist(), size, stride, padding, kind)

    verdict = find_exercise("pooling-pool2d").check(pool2d)
    assert [one.code for one in verdict.findings] == ["POOLING.KIND_IGNORED"]


def test_are_swapped_kinds_still_called_swapped():
    def pool2d(x, size, stride, padding, kind):
        other = {"max": "average", "average": "max"}[kind]
        return pooling.pool2d(x.tolist(), size, stride, padding, other)

    verdict = find_exercise("pooling-pool2d").check(pool2d)
    assert first_of(verdict).code == "POOLING.KINDS_SWAPPED"


def test_is_a_gradient_that_knows_max_only_not_called_swapped():
    def pool_backward(x, delta, size, stride, kind):
        return pooling.spread(x.tolist(), delta.tolist(), size, stride, kind="max")

    verdict = find_exercise("pooling-pool-backward").check(pool_backward)
    assert [one.code for one in verdict.findings] == ["POOLING.KIND_IGNORED"]


def test_is_a_number_in_quotes_called_a_text():
    counts = {"unshared": "768,000", "shared": 750, "with_biases": 760}
    counts["unshared_biases"] = 10_240
    first = first_of(find_exercise("convolution-sharing").check(counts))
    assert first.code == "NUMBER.IN_QUOTES"
    assert "768,000" in first.message


def test_are_texts_of_the_answer_quoted_on_one_line():
    def prints(filters, size, depth, bias):
        sys.stdout.write(f"\n[[ 1.5   {filters}]\n [2, 3]]")

    def stops(filters, size, depth, bias):
        raise ValueError("no   such\n\t; NodeDef: long")

    exercise = find_exercise("convolution-conv-params")
    assert "prints '[[ 1.5 32]'" in first_of(exercise.check(prints)).message
    assert first_of(exercise.check(stops)).message.endswith(": no such")
