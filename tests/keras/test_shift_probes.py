"""What is measured for lesson 11: noise of a learner's own, ratios, new variances."""

from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from checkers.capture.made.shifted import (
    make_normed_model,
    make_rows,
    observe_ratios,
    observe_reestimated,
)
from checkers.capture.model import capture_model
from checkers.capture.quiet import quiet
from checkers.parts import Model

layers = keras.layers
HERE = Path()


class Noise(layers.Layer):
    def call(self, inputs, training=None):
        if not training:
            return inputs
        shape = keras.ops.shape(inputs)
        return inputs * (1 + keras.random.uniform(shape, -0.5, 0.5))


def measured(noise, *, multiplies=True):
    steps = [layers.Dense(64, activation="relu"), noise, layers.Dense(1)]
    model = keras.Sequential([keras.Input((11,)), *steps])
    with quiet():
        facts = capture_model(model, Model("m", (11,), multiplies=multiplies))
    return [probe.values for probe in facts.probes if probe.name == "multiplier"]


def test_are_the_moments_of_uniform_noise_found():
    (seen,) = measured(Noise())
    assert seen["mean"] == pytest.approx(1, abs=5 * 0.29 / 90)
    assert seen["variance"] == pytest.approx(0.25 / 3, rel=0.1)
    assert 0.5 <= seen["low"] < seen["high"] <= 1.5
    assert seen["is_identity_at_inference"]
    assert seen["size_on_zeros"] == 0
    assert not seen["is_same_twice"]
    assert seen["is_fixed_in_fit"] is False


def test_is_a_draw_of_numpy_seen_as_fixed_where_fit_compiles():
    def draw(inputs, training=None):
        if not training:
            return inputs
        size = tuple(size or 1 for size in inputs.shape)
        return inputs * np.random.default_rng().uniform(0.5, 1.5, size)

    (seen,) = measured(layers.Lambda(draw))
    assert not seen["is_same_twice"]
    assert seen["is_fixed_in_fit"] is not False


def test_is_nothing_measured_of_layers_of_keras_or_where_no_task_asks():
    assert measured(layers.Dropout(0.5)) == []
    assert measured(Noise(), multiplies=False) == []


def ratios(model, x):
    values, found = x, []
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            stored = np.mean(layer.moving_variance)
            found.append(float(stored / np.mean(np.var(values, axis=0))))
        values = layer(values, training=False)
    return found


@pytest.mark.parametrize("order", ["before", "between", "after"])
def test_are_the_ratios_those_of_the_definition(order):
    model = make_normed_model(HERE, seed=3, units=[6, 5], order=order)
    x = np.random.default_rng(1).normal(size=(150, 6)).astype("float32")
    seen = observe_ratios([], [model, x], HERE)
    assert seen["changed"] == []
    assert seen["ratios"]["expected"] == pytest.approx(ratios(model, x), rel=1e-4)


def test_is_a_network_of_a_seed_always_the_same():
    one, other = (
        make_normed_model(HERE, seed=3, units=[6], order="before") for _ in range(2)
    )
    for weight, twin in zip(one.get_weights(), other.get_weights(), strict=True):
        assert np.array_equal(weight, twin)


def test_is_named_what_a_function_changed():
    model = make_normed_model(HERE, seed=3, units=[6], order="before")
    x = np.ones((20, 6), "float32")
    model(x, training=True)
    model.layers[1].rate = 0.0
    seen = observe_ratios([], [model, x], HERE)
    assert seen["changed"] == ["moving_mean", "moving_variance", "rate"]


def test_are_new_variances_told_from_old_ones_and_from_those_of_other_rows():
    split = make_rows(HERE, seed=1, count=200)
    model = make_normed_model(HERE, seed=3, units=[6, 5], order="before")
    old = observe_reestimated(None, [model, split], HERE)
    assert old["kept"] == [True, True]
    assert old["train"][0] > 1.1
    store(model, split.x_train)
    new = observe_reestimated(None, [model, split], HERE)
    assert new["train"] == pytest.approx([1, 1], abs=1e-3)
    assert new["changed"] == ["moving_mean", "moving_variance"]
    store(model, split.x_val)
    other = observe_reestimated(None, [model, split], HERE)
    assert other["val"] == pytest.approx([1, 1], abs=1e-3)


def store(model, values):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.moving_mean.assign(np.mean(values, axis=0))
            layer.moving_variance.assign(np.var(values, axis=0))
        values = layer(values, training=False)


def test_is_another_network_refused():
    model = make_normed_model(HERE, seed=3, units=[6], order="before")
    other = make_normed_model(HERE, seed=3, units=[6, 5], order="before")
    rows = SimpleNamespace(**vars(make_rows(HERE, seed=1, count=20)))
    assert observe_reestimated(other, [model, rows], HERE) == {"other_model": True}
