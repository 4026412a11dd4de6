"""The references of lesson 05, beside a measured slope and a brute search."""

import random

import pytest

from checkers.draws import distinct, normal
from checkers.keys import _pooling_convolution as convolution
from checkers.keys import _pooling_windows as pooling
from checkers.reference import plain
from checkers.rules.gradients import numeric_gradients
from checkers.rules.grids import Grid, is_close


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (2, 3), (3, 1)])
def test_is_the_way_back_through_a_pool_the_measured_slope(kind, size, stride):
    rng = random.Random(7)
    x = plain(distinct(rng, 7, 6))
    rows, columns = ((side - size) // stride + 1 for side in (7, 6))
    delta = plain(normal(rng, rows, columns))

    def forward(x):
        return pooling.pool2d(x, size, stride, "valid", kind)

    (measured,) = numeric_gradients(forward, [x], (0,), delta)
    found = Grid.of(pooling.spread(x, delta, size, stride, kind=kind))
    assert found is not None
    assert is_close(measured, found, 1e-6)


def test_is_the_way_back_through_a_convolution_the_measured_slope():
    rng = random.Random(8)
    x, w = plain(normal(rng, 5, 6)), plain(normal(rng, 3, 2))
    delta = plain(normal(rng, 3, 5))

    def forward(x, w, b):
        return [[entry + b for entry in row] for row in convolution.xcorr(x, w)]

    measured = numeric_gradients(forward, [x, w, 0.3], (0, 1, 2), delta)
    found = [Grid.of(one) for one in convolution.backward(x, w, delta)]
    for slope, mine in zip(measured, found, strict=True):
        assert mine is not None
        assert is_close(slope, mine, 1e-6)


def test_is_the_first_of_ties_the_one_that_gets_the_gradient():
    assert pooling.spread([[1, 1], [1, 1]], [[5.0]], 2, 2, kind="max") == [
        [5, 0],
        [0, 0],
    ]


@pytest.mark.parametrize(
    "stack",
    [
        [(3, 1, 1)] * 3,
        [(3, 1, 1), (2, 2, 1), (5, 1, 1), (3, 2, 1), (3, 1, 2)],
        [(7, 2, 1), (3, 2, 3), (1, 1, 1)],
    ],
)
def test_is_the_field_the_span_of_the_pixels_that_one_number_reads(stack):
    def reads(place, depth):
        if depth == 0:
            return {place}
        window, stride, dilation = stack[depth - 1]
        starts = [place * stride + dilation * at for at in range(window)]
        return set().union(*(reads(start, depth - 1) for start in starts))

    first, second = (reads(place, len(stack)) for place in (0, 1))
    span = max(first) - min(first) + 1
    assert pooling.field_of(stack) == (span, min(second) - min(first))
