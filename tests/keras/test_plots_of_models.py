"""Do the pictures of a model show what is in it?"""

import keras
import numpy as np
import pytest
from keras import layers

from course import plots

pytestmark = pytest.mark.keras

PICTURES = np.random.default_rng(0).random((5, 8, 8, 1)).astype("float32")


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(4, 3, name="conv"),
            layers.BatchNormalization(name="norm"),
            layers.ReLU(name="relu"),
            layers.Flatten(name="flat"),
            layers.Dense(10, name="head"),
        ]
    )


def titles_of(figure):
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    return [title for title in titles if title]


def test_are_all_parameters_counted(model):
    figure = plots.layer_sizes(model)
    alt = plots.alt_text(figure)
    assert alt.startswith(f"Bars of parameters by layer, {model.count_params():,}")
    assert "Conv2D → 6×6×4 40;" in alt
    assert "BatchNormalization → 6×6×4 16 (8 not trainable);" in alt
    assert "ReLU → 6×6×4 0;" in alt


def test_are_kernels_those_of_the_model(model):
    by_name, by_weights = (
        plots.alt_text(plots.kernels(*given))
        for given in [(model, "conv"), (model.get_layer("conv").get_weights()[0],)]
    )
    assert by_name == by_weights
    assert titles_of(plots.kernels(model)) == [f"filter {i}" for i in range(4)]


def test_are_maps_those_of_the_layer(model):
    figure = plots.feature_maps(model, "relu", PICTURES[0], count=2)
    inside = keras.Model(model.inputs[0], model.get_layer("relu").output)
    expected = np.asarray(inside(PICTURES[:1]))[0, :, :, 1]
    assert titles_of(figure) == ["map 0", "map 1"]
    shown = figure.axes[1].images[0].get_array()
    np.testing.assert_array_equal(shown, expected.astype("float64"))


def test_does_each_layer_get_its_panel(model):
    assert titles_of(plots.weight_histograms(model)) == ["conv", "head"]
    outputs = plots.activation_histograms(model, PICTURES)
    assert titles_of(outputs) == ["conv", "norm", "relu", "head"]
    chosen = plots.activation_histograms(model, PICTURES, layers=["relu"])
    assert titles_of(chosen) == ["relu"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda m: plots.kernels(m, "head"), "a convolution called 'head'"),
        (lambda m: plots.kernels(m, "conv", channel=3), "and channel 3"),
        (lambda m: plots.feature_maps(m, "no", PICTURES[0]), "layers called no"),
        (lambda m: plots.feature_maps(m, "head", PICTURES[0]), "maps from 'head'"),
        (
            lambda m: plots.layer_sizes(keras.Sequential([layers.Dense(1)])),
            "a built model",
        ),
    ],
)
def test_do_errors_name_the_next_step(model, make, message):
    with pytest.raises(ValueError, match=message) as caught:
        make(model)
    assert "Next:" in str(caught.value)
