"""What capture measures of augmentation: in models, in pipelines, in penalties."""

from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from checkers.capture.made.batches import (
    marked_augment,
    marked_labels,
    marked_pictures,
    observe_training,
    observe_validation,
)
from checkers.capture.model import capture_model
from checkers.capture.penalties import penalty_text
from checkers.capture.quiet import quiet
from checkers.parts import Model

FOLDER = Path("unused")  # these makers and observers need no folder

layers = keras.layers


class Moves(layers.Layer):
    """Shifts every picture in training: by chance, by a fixed step, or all alike."""

    def __init__(self, how):
        super().__init__()
        self.how = how

    def call(self, images, training=None):
        if self.how == "always":
            training = True
        if not training:
            return images
        if self.how == "fixed":
            return tf.roll(images, (1, 2), axis=(1, 2))
        if self.how == "alike":
            return tf.roll(images, self.draw(), axis=(1, 2))
        return tf.map_fn(lambda one: tf.roll(one, self.draw(), axis=(0, 1)), images)

    def draw(self):
        return tf.random.uniform((2,), -2, 3, dtype="int32")


def measured(*front, size=28, channels=1):
    model = keras.Sequential(
        [
            keras.Input((size, size, channels)),
            *front,
            layers.Conv2D(4, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    keras.utils.set_random_seed(1)
    with quiet():
        facts = capture_model(
            model, Model("net", (size, size, channels), pictures=True)
        )
    return next(p for p in facts.probes if p.name == "pictures").values


def shift(factor=0.1):
    return layers.RandomTranslation(factor, factor)


def test_does_nothing_happen_without_augmentation():
    seen = measured()
    assert seen["changed"] == 0
    assert seen["rests"]
    assert seen["is_steady"]
    assert (seen["down"], seen["right"], seen["angle"]) == (0, 0, 0)
    assert seen["score"] > 0.99


@pytest.mark.parametrize(("size", "channels"), [(28, 1), (32, 3)])
def test_is_a_shift_seen_in_pixels(size, channels):
    seen = measured(shift(), size=size, channels=channels)
    assert 1 <= seen["down"] <= 3
    assert 1 <= seen["right"] <= 4
    assert seen["changed"] > 0.9
    assert seen["rests"]
    assert seen["mirrored"] == seen["upside_down"] == 0


def test_are_flips_and_turns_told_apart():
    flipped = measured(shift(), layers.RandomFlip("horizontal"))
    assert 0.2 < flipped["mirrored"] < 0.8
    assert flipped["upside_down"] == 0
    vertical = measured(layers.RandomFlip("vertical"))
    assert 0.2 < vertical["upside_down"] < 0.8
    turned = measured(layers.RandomRotation(0.5, fill_mode="constant"))
    assert turned["upside_down"] > 0.2
    assert turned["mirrored"] < 0.05
    little = measured(layers.RandomRotation(0.03, fill_mode="constant"))
    assert little["angle"] <= 20
    assert little["upside_down"] == 0


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("chance", {"calls_differ": True, "examples_differ": True, "rests": True}),
        ("fixed", {"calls_differ": False, "rests": True}),
        ("alike", {"examples_differ": False, "rests": True}),
        ("always", {"is_steady": False, "rests": False}),
    ],
)
def test_is_a_layer_of_ones_own_measured_alike(how, expected):
    seen = measured(Moves(how))
    assert {name: seen[name] for name in expected} == expected


def test_counts_what_the_first_weights_receive():
    late = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(1, 1),
            shift(),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    with quiet():
        facts = capture_model(late, Model("net", (28, 28, 1), pictures=True))
    seen = next(p for p in facts.probes if p.name == "pictures").values
    assert seen["changed"] == 0


def test_is_a_row_of_numbers_no_picture():
    model = keras.Sequential([keras.Input((784,)), layers.Dense(10)])
    with quiet():
        facts = capture_model(model, Model("net", (28, 28, 1), pictures=True))
    seen = next(p for p in facts.probes if p.name == "pictures")
    assert seen.error is None
    assert seen.values == {"arrives": False}


def test_is_a_flattened_picture_still_a_picture():
    assert measured(layers.Flatten(), layers.Reshape((28, 28, 1)))["arrives"]


# -- pipelines -----------------------------------------------------------------------


def arguments(rows=150, size=32):
    settings = {"rows": rows, "seed": 3}
    labels = marked_labels(FOLDER, **settings)
    return [marked_pictures(FOLDER, **settings), labels, size, marked_augment(FOLDER)]


def test_does_a_good_pipeline_measure_well():
    x, y, size, augment = args = arguments()
    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(size)
    data = data.map(lambda a, b: (augment(a, training=True), b)).prefetch(1)
    seen = observe_training(data, args, FOLDER)
    assert seen["num_seen"] == seen["num_different"] == 150
    assert seen["labels_right"] == seen["changed"] == 1
    assert not (seen["in_order"])
    assert not (seen["same_order"])
    assert not (seen["whole_batches"])
    assert seen["wandering"] > 0.7
    assert seen["noise_again"] == 0
    assert seen["ends_with_prefetch"]
    assert seen["was_told"]
    assert seen["changed_otherwise"] == 0


def test_does_a_pipeline_without_end_stop():
    x, y, size, _ = args = arguments()
    data = tf.data.Dataset.from_tensor_slices((x, y)).batch(size).repeat()
    assert observe_validation(data, args[:3], FOLDER)["num_seen"] > 3 * len(x)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda x, y: (x, y), "no_dataset"),
        (lambda x, y: tf.data.Dataset.from_tensor_slices(x).batch(9), "no_pair"),
        (lambda x, y: tf.data.Dataset.from_tensor_slices((x, y)), "no_batches"),
        (
            lambda x, y: tf.data.Dataset.from_tensor_slices((x - 900, y)).batch(9),
            "other_pictures",
        ),
        (lambda x, y: tf.data.Dataset.from_tensor_slices((x, y)).take(0), "empty"),
    ],
)
def test_is_what_cannot_be_read_named(make, problem):
    x, y, size, _ = arguments()
    assert observe_validation(make(x, y), [x, y, size], FOLDER)["problem"] == problem


def test_becomes_an_error_in_a_map_data():
    x, y, size, _ = arguments()

    def fails(a, b):
        return tf.ensure_shape(a, (7, 4, 4, 1)), b

    data = tf.data.Dataset.from_tensor_slices((x, y)).batch(size).map(fails)
    seen = observe_validation(data, [x, y, size], FOLDER)
    assert seen["problem"] == "raises"
    assert seen["received"]


# -- penalties -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("penalty", "text"),
    [
        (lambda w: 0.001 * keras.ops.sum(w**2), "L2(l2=0.001)"),
        (lambda w: 0.002 * tf.nn.l2_loss(w), "L2(l2=0.001)"),
        (lambda w: 0.01 * keras.ops.sum(keras.ops.abs(w)), "L1(l1=0.01)"),
        (lambda w: keras.ops.max(keras.ops.abs(w)), ""),
        (lambda w: 0.0 * keras.ops.sum(w), ""),
        (lambda w: w.no_such_thing, ""),
        (keras.regularizers.L2(0.1), ""),  # has a name already
        (None, ""),
    ],
)
def test_has_a_penalty_the_name_of_what_it_computes(penalty, text):
    assert penalty_text(penalty) == text


def test_is_a_penalty_with_two_parts_named():
    def both(w):
        w = keras.ops.convert_to_tensor(w)
        return 0.1 * keras.ops.sum(keras.ops.abs(w)) + 0.3 * keras.ops.sum(w * w)

    assert penalty_text(both) == "L1L2(l1=0.1, l2=0.3)"
    assert np.isfinite(float(both(np.ones((2, 2), "float32"))))
