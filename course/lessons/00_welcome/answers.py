"""Right variants and wrong answers of lesson 00_welcome."""

import keras
import numpy as np

from course.answers import right, wrong

NUMBERS = "welcome-first-number"
DENSE = "welcome-one-layer"


@right(NUMBERS)
def multiplied():
    return 32 * 28 * 28


@right(NUMBERS)
def array_size():
    return np.zeros((32, 28, 28, 1)).size


@right(NUMBERS)
def float_product():
    return np.prod([32.0, 28.0, 28.0, 1.0])


@wrong(NUMBERS, code="WELCOME.SHAPE_ADDED")
def added():
    return 32 + 28 + 28 + 1


@wrong(NUMBERS, code="WELCOME.BATCH_FORGOTTEN")
def one_image():
    return 784


@wrong(NUMBERS, code="WELCOME.AXIS_FORGOTTEN")
def one_axis_short():
    return 32 * 28


@wrong(NUMBERS, code="WELCOME.AXES_COUNTED")
def number_of_axes():
    return np.zeros((32, 28, 28, 1)).ndim


@wrong(NUMBERS, code="NUMBER.WRONG")
def another_number():
    return 25_000


@wrong(NUMBERS, code="NUMBER.SEVERAL")
def the_shape_itself():
    return (32, 28, 28, 1)


@right(DENSE)
def sequential():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])


@right(DENSE)
def functional():
    inputs = keras.Input((4,))
    return keras.Model(inputs, keras.layers.Dense(3, name="out")(inputs))


@right(DENSE)
def subclass():
    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(3, activation="linear")

        def call(self, inputs):
            return self.dense(inputs)

    return Model()


@right(DENSE, status="passed with a note")
def input_not_declared():
    return keras.Sequential([keras.layers.Dense(3)])


@wrong(DENSE, code="WELCOME.INPUT_AND_UNITS_SWAPPED", layer=0)
def swapped():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])


@wrong(DENSE, code="LAYER.PROPERTY", layer=0)
def other_units():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])


@wrong(DENSE, code="INPUT.SHAPE")
def other_input():
    return keras.Sequential([keras.Input((5,)), keras.layers.Dense(3)])


@wrong(DENSE, code="LAYER.EXTRA", layer=1)
def two_layers():
    return keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dense(1)]
    )


@wrong(DENSE, code="MODEL.LAYER_NOT_MODEL")
def layer_without_model():
    return keras.layers.Dense(3)


@wrong(DENSE, code="MODEL.LIST_OF_LAYERS")
def list_of_layers():
    return [keras.layers.Dense(3)]
