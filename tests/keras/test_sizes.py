"""Runs on several sizes, where an exercise states them."""

import keras
import pytest

from checkers import find_exercise
from checkers.capture.probes.sizes import run_sizes
from checkers.parts import Model

pytestmark = pytest.mark.keras

PART = Model("net", inputs=(28, 28, 1), sizes=((28, 28, 1), (40, 40, 1)))


def net(*steps, shape=(None, None, 1)):
    inputs = x = keras.Input(shape=shape)
    for step in steps:
        x = step(x)
    return keras.Model(inputs, x)


def ending():
    return (
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(10, activation="softmax"),
    )


def test_is_every_size_run():
    runs = run_sizes(net(keras.layers.Conv2D(4, 3), *ending()), PART)["runs"]
    assert [run["size"] for run in runs] == [[28, 28, 1], [40, 40, 1]]
    assert all(run["shape"] == [10] and run["is_finite"] for run in runs)
    assert all(run["sum_error"] < 1e-5 for run in runs)


def test_is_a_refused_size_an_error_in_words():
    fixed = net(keras.layers.Conv2D(4, 3), *ending(), shape=(28, 28, 1))
    first, second = run_sizes(fixed, PART)["runs"]
    assert first["is_finite"]
    assert "expected shape" in second["error"]


def test_are_logits_no_probabilities():
    logits = net(keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10))
    assert all(run["sum_error"] > 1e-3 for run in run_sizes(logits, PART)["runs"])


def test_is_the_mean_of_nothing_not_finite():
    pools = [keras.layers.MaxPooling2D(2) for _ in range(5)]
    first, second = run_sizes(net(*pools, *ending()), PART)["runs"]
    assert not first["is_finite"]
    assert second["is_finite"]


@pytest.mark.parametrize(("keeps", "code"), [(True, ""), (False, "CONV2D.HAS_FLATTEN")])
def test_is_a_reshape_a_flatten_only_where_it_joins_places(keeps, code):
    steps = [keras.layers.Resizing(12, 12), keras.layers.Conv2D(10, 3, strides=4)]
    if keeps:
        steps.append(keras.layers.GlobalAveragePooling2D(keepdims=True))
    steps += [keras.layers.Reshape((-1,)), keras.layers.Dense(10, "softmax")]
    verdict = find_exercise("conv2d-any-size").check(net(*steps))
    assert [found.code for found in verdict.findings] == ([code] if code else [])
