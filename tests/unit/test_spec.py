"""The vocabulary of keys."""

import pytest

from checkers.spec import (
    ANYTHING,
    Dense,
    Dropout,
    MaxPooling2D,
    ModelSpec,
    SpecError,
    any_of,
    between,
    fits,
    layer,
    repeat,
    show_value,
)


@pytest.mark.parametrize(
    ("expected", "received"),
    [
        (0.3, 0.1 + 0.2),
        (0.3, 1 - 0.7),
        (3, (3, 3)),
        ((3, 3), [3, 3]),
        ("same", "SAME"),
        (0.001, 0.0010000000474974513),
        (between(0.2, 0.5), 0.2),
        (any_of("relu", "elu"), "elu"),
        (ANYTHING, object()),
        (None, None),
        (1, 1.0),
    ],
)
def test_is_an_equivalent_setting_accepted(expected, received):
    assert fits(expected, received)


@pytest.mark.parametrize(
    ("expected", "received"),
    [
        (0.3, 0.7),
        (0.3, "0.3"),
        (1, True),
        (True, 1),
        (0.3, 0.3001),
        (3, (3, 2)),
        ("same", "valid"),
        (between(0.2, 0.5), 0.51),
        (between(0, 1), True),
        (any_of(1, 2), 3),
        (None, 0),
        (0, None),
    ],
)
def test_is_another_setting_rejected(expected, received):
    assert not fits(expected, received)


def test_does_a_layer_get_the_defaults_of_keras():
    assert MaxPooling2D(3).properties["strides"] == 3
    assert Dense(4).properties["activation"] == "linear"
    assert Dropout(0.3).properties["noise_shape"] is None


@pytest.mark.parametrize(
    "declare",
    [
        lambda: layer("Dance"),
        lambda: layer("Dense", units=3, rate=0.5),
        lambda: layer("Dense"),
        lambda: between(0.5, 0.2),
        lambda: any_of(1),
        lambda: repeat((Dense(1),), 0),
        lambda: ModelSpec((18,), ()),
    ],
)
def test_is_a_contradiction_an_error_of_the_author(declare):
    with pytest.raises(SpecError):
        declare()


def test_does_a_layer_describe_itself_as_one_would_write_it():
    spec = layer("Dense", units=64, activation="relu", use_bias=False)
    assert spec.describe() == "Dense(units=64, activation='relu', use_bias=False)"


def test_are_ranges_shown_in_words():
    assert show_value(between(0.2, 0.5)) == "0.2 to 0.5"
    assert show_value(any_of(1, 2)) == "1 or 2"
