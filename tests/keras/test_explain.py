"""Why a layer has as many parameters as it has, and what a table says about a model."""

import json

import keras
import pytest
from keras import layers as L

import checkers
from checkers.explaining.counts import why_so_many
from checkers.snapshot import LayerFacts, WeightFacts


def row(layer, *shape: int, dtype: str = "float32"):
    """Return the row of a layer that gets examples of a shape."""
    x = keras.Input(shape, dtype=dtype)
    model = keras.Model(x, layer(x))
    (found,) = checkers.explain(model).rows
    assert found.num_params == layer.count_params()
    return found


IMAGE = (8, 8, 3)
STEPS = (5, 6)
COUNTS = [
    (L.Dense(128), (18,), "18 inputs × 128 units + 128 biases = 2,432"),
    (L.Dense(1, use_bias=False), (1,), "1 input × 1 unit = 1"),
    (
        L.EinsumDense("abc,cde->abde", (None, 2, 4), bias_axes="de"),
        STEPS,
        "a kernel of 6 × 2 × 4 (abc,cde->abde) + 8 biases = 56",
    ),
    (
        L.Conv2D(32, 3),
        IMAGE,
        "3 × 3 places × 3 channels × 32 filters + 32 biases = 896",
    ),
    (L.Conv1D(4, 3), STEPS, "3 places × 6 channels × 4 filters + 4 biases = 76"),
    (
        L.Conv2D(6, 3, groups=3),
        IMAGE,
        "3 × 3 places × 1 channel of one group × 6 filters + 6 biases = 60",
    ),
    (
        L.Conv2DTranspose(4, 3),
        IMAGE,
        "3 × 3 places × 3 channels × 4 filters + 4 biases = 112",
    ),
    (
        L.DepthwiseConv2D(3, depth_multiplier=2),
        IMAGE,
        "3 × 3 places × 3 channels × 2 filters each + 6 biases = 60",
    ),
    (
        L.SeparableConv2D(8, 3, depth_multiplier=2, use_bias=False),
        IMAGE,
        "3 × 3 places × 3 channels × 2 filters each + 6 channels × 8 filters of one "
        "place = 102",
    ),
    (
        L.BatchNormalization(),
        (128,),
        "2 × 128 trained (gamma, beta) + 2 × 128 moving (mean, variance) = 512",
    ),
    (
        L.BatchNormalization(center=False),
        (4,),
        "1 × 4 trained (gamma) + 2 × 4 moving (mean, variance) = 12",
    ),
    (L.LayerNormalization(), (6,), "2 × 6 trained (gamma, beta) = 12"),
    (L.GroupNormalization(2), (6,), "2 × 6 trained (gamma, beta) = 12"),
    (L.RMSNormalization(), (6,), "1 × 6 trained (scale) = 6"),
    (
        L.Normalization(),
        (6,),
        "2 × 6 stored (mean, variance) + 1 counter = 13",
    ),
    (L.PReLU(), (7,), "7 slopes, one per entry = 7"),
    (
        L.SimpleRNN(4),
        STEPS,
        "6 inputs × 4 units + 4 × 4 fed back + 4 biases = 44",
    ),
    (
        L.LSTM(4),
        STEPS,
        "4 gates × (6 inputs × 4 units + 4 × 4 fed back + 4 biases) = 176",
    ),
    (
        L.GRU(4),
        STEPS,
        "3 gates × (6 inputs × 4 units + 4 × 4 fed back + 8 biases) = 144",
    ),
    (
        L.GRU(4, reset_after=False),
        STEPS,
        "3 gates × (6 inputs × 4 units + 4 × 4 fed back + 4 biases) = 132",
    ),
    (
        L.ConvLSTM2D(2, 3),
        (5, 8, 8, 1),
        "4 gates × (3 × 3 places × 1 channel × 2 filters + 3 × 3 places × 2 × 2 fed "
        "back + 2 biases) = 224",
    ),
    (
        L.Bidirectional(L.LSTM(4, use_bias=False)),
        STEPS,
        "2 directions × (4 gates × (6 inputs × 4 units + 4 × 4 fed back)) = 320",
    ),
    (
        L.TimeDistributed(L.Dense(2)),
        STEPS,
        "the same at every step: 6 inputs × 2 units + 2 biases = 14",
    ),
    (
        L.SpectralNormalization(L.Dense(2)),
        (3,),
        "kernel 3 × 2 + vector_u 1 × 2 + bias 2 = 10",
    ),
]


@pytest.mark.parametrize(
    ("layer", "shape", "why"), COUNTS, ids=lambda value: type(value).__name__
)
def test_is_a_count_explained_with_its_numbers(layer, shape, why):
    assert row(layer, *shape).why == why


def test_is_an_embedding_explained():
    assert row(L.Embedding(1000, 8), 5).why == "1,000 tokens × 8 numbers = 8,000"


def test_is_grouped_attention_explained():
    x = keras.Input(STEPS)
    layer = L.GroupQueryAttention(head_dim=2, num_query_heads=2, num_key_value_heads=1)
    explanation = checkers.explain(keras.Model(x, layer(x, x)))
    assert explanation.rows[0].why == (
        "query 6 × 2 heads × 2 + key 6 × 1 heads × 2 + value 6 × 1 heads × 2 + "
        "output 2 heads × 2 × 6 + 14 biases = 86"
    )


@pytest.mark.parametrize("use_bias", [True, False])
def test_is_attention_explained_with_several_inputs(use_bias):
    x, y = keras.Input((5, 6)), keras.Input((7, 3))
    layer = L.MultiHeadAttention(2, 4, value_dim=3, use_bias=use_bias)
    explanation = checkers.explain(keras.Model([x, y], layer(x, y)))
    biases, total = (" + 28 biases", 154) if use_bias else ("", 126)
    assert explanation.rows[0].why == (
        "query 6 × 2 heads × 4 + key 3 × 2 heads × 4 + value 3 × 2 heads × 3 + "
        f"output 2 heads × 3 × 6{biases} = {total}"
    )
    assert explanation.rows[0].sources == ("input 1", "input 2")


NONE = [
    (L.Dropout(0.3), (4,), "none: it only acts at random in training"),
    (L.MaxPooling2D(), IMAGE, "none: one fixed rule for every window"),
    (L.Flatten(), IMAGE, "none: the same numbers in another shape"),
    (L.ReLU(), (4,), "none: a fixed function of each number"),
    (L.ZeroPadding2D(), IMAGE, "none: it pads, cuts or repeats by a fixed rule"),
    (L.Rescaling(2), (4,), "none: its numbers are settings"),
    (L.Masking(), STEPS, "none"),
]


@pytest.mark.parametrize(
    ("layer", "shape", "why"), NONE, ids=lambda value: type(value).__name__
)
def test_is_it_said_why_there_are_none(layer, shape, why):
    assert row(layer, *shape).why == why


class Own(L.Layer):
    """A layer with weights that nobody knows."""

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1], 2), name="scale")
        self.single = self.add_weight(shape=(), name="single")

    def call(self, x):
        return keras.ops.matmul(x, self.scale) * self.single


def test_are_the_weights_of_an_unknown_layer_listed():
    found = row(Own(), 4)
    assert (found.kind, found.why) == ("Own", "scale 4 × 2 + single 1 = 9")


def test_are_weights_listed_where_a_formula_does_not_hold():
    dense = L.Dense(2)
    dense.build((None, 3))
    dense.enable_lora(1)
    assert row(dense, 3).why.startswith("kernel 3 × 2 + bias 2 + lora_kernel_a 3 × 1")


def weight(name: str, *shape: int) -> WeightFacts:
    return WeightFacts(name, shape, True, False, 0.0, 0.0, True)


def facts(kind: str, config: dict, *weights: WeightFacts) -> LayerFacts:
    return LayerFacts("x", kind, "keras", True, kind, config, "", (), True, weights)


@pytest.mark.parametrize(
    ("layer", "why"),
    [
        (
            facts("MultiHeadAttention", {}, weight("kernel", 2, 2)),
            "kernel 2 × 2 = 4",
        ),
        (
            facts("Bidirectional", {"layer": "LSTM()"}, weight("a", 1), weight("b", 2)),
            "a 1 + b 2 = 3",
        ),
        (facts("Dense", {}, weight("bias", 2)), "bias 2 = 2"),
    ],
)
def test_are_weights_listed_where_a_known_layer_holds_others(layer, why):
    assert why_so_many(layer) == why


# The table


def test_is_a_shared_layer_counted_once_and_said_so():
    x = keras.Input((8,))
    shared = L.Dense(8)
    model = keras.Model(x, shared(shared(shared(x))))
    explanation = checkers.explain(model)
    assert [one.state for one in explanation.rows] == ["", "shared", "shared"]
    assert sum(one.num_params for one in explanation.rows) == 72 == model.count_params()
    assert "the same layer as 1 above: counted there" in explanation.to_text()
    assert any("Called more than once" in note for note in explanation.notes)


def test_are_nested_models_opened():
    inner = keras.Sequential([keras.Input((4,)), L.Dense(3, name="in")], name="block")
    x = keras.Input((4,))
    explanation = checkers.explain(keras.Model(x, L.Dense(1)(inner(x))))
    assert [one.path for one in explanation.rows] == [("block",), ()]
    assert "block/in (Dense)" in explanation.to_text()
    assert any("block" in note for note in explanation.notes)


def test_are_frozen_and_stored_parameters_told_apart():
    x = keras.Input((4,))
    y = L.BatchNormalization()(L.Dense(4, trainable=False)(x))
    explanation = checkers.explain(keras.Model(x, L.BatchNormalization()(y)))
    assert (explanation.num_params, explanation.num_trainable) == (52, 16)
    assert (explanation.num_stored, explanation.num_frozen) == (16, 20)
    assert explanation.rows[0].state == "frozen"
    assert explanation.rows[0].why.endswith("= 20 (frozen)")
    assert explanation.memory_bytes == 208


class Idle(keras.Model):
    """Owns a layer that it never calls, and a weight of its own."""

    def __init__(self):
        super().__init__()
        self.used, self.idle = L.Dense(2), L.Dense(5)
        self.own = self.add_weight(shape=(3,), name="own")
        self.idle.build((None, 4))

    def call(self, x):
        return self.used(x)


def test_is_a_layer_that_is_never_called_listed_at_the_end():
    model = Idle()
    model(keras.ops.zeros((1, 4)))
    explanation = checkers.explain(model)
    assert [one.state for one in explanation.rows] == ["", "idle"]
    assert explanation.rows[1].why.endswith("= 25 (never called)")
    assert explanation.num_params == 38
    assert any(note.startswith("3 parameters belong") for note in explanation.notes)
    assert explanation.inputs == ((4,),)


def test_are_operations_lettered_and_outputs_named():
    x = keras.Input((4,))
    y = x
    for _ in range(28):
        y = y + x
    explanation = checkers.explain(keras.Model(x, [y, x]))
    assert [one.number for one in explanation.rows][:2] == ["a", "b"]
    assert explanation.rows[-1].number == "bb"
    assert explanation.outputs == (("bb", (4,)), ("input", (4,)))
    assert "operation (Add)" in explanation.to_text()


def test_does_an_explanation_read_as_text():
    stack = [keras.Input((28, 28, 1)), L.Flatten(name="flat"), L.Dense(2, name="out")]
    lines = checkers.explain(keras.Sequential(stack, name="toy")).to_text().splitlines()
    assert lines == [
        "toy (Sequential): 1,570 parameters, 6.3 kB as float32",
        "Inputs: 28 × 28 × 1.",
        "Outputs: 2 from 2.",
        "",
        "Layer by layer; shapes are those of one example:",
        "     layer           gets         gives  parameters  why",
        f"  1  flat (Flatten)  28 × 28 × 1  784    0           {NONE[2][2]}",
        "  2  out (Dense)     784          2      1,570       784 inputs × 2 units + 2 "
        "biases = 1,570",
        "",
        "Trained: 1,570 of 1,570.",
    ]


def test_is_an_explanation_an_accessible_page():
    evil = "<img src=x>"
    page = checkers.explain(
        keras.Sequential([keras.Input((4,)), L.Dense(1, name=evil)])
    ).to_html()
    assert evil not in page
    assert "&lt;img src=x&gt;" in page
    for part in ("<caption>", 'scope="col"', 'scope="row"', 'tabindex="0"', "lang="):
        assert part in page
    assert "<script" not in page


def test_is_an_explanation_readable_by_a_script():
    model = keras.Sequential([keras.Input((4,)), L.Dense(1)])
    explanation = checkers.explain(model)
    content = json.loads(explanation.to_json())
    assert content["rows"][0]["num_params"] == 5
    assert repr(explanation) == explanation.to_text()
    assert set(explanation._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_is_a_large_network_explained_and_its_sum_right():
    model = keras.applications.MobileNetV2(weights=None)
    explanation = checkers.explain(model)
    assert explanation.num_params == model.count_params()
    assert sum(one.num_params for one in explanation.rows) == model.count_params()


def test_is_what_is_no_model_refused():
    with pytest.raises(TypeError, match="a list of layers"):
        checkers.explain([L.Dense(1)])
    with pytest.raises(ValueError, match=r"keras.Input\(shape"):
        checkers.explain(keras.Sequential([L.Dense(1)]))


class Two(keras.Model):
    """Takes two inputs, and declares none."""

    def __init__(self):
        super().__init__()
        self.first, self.second = L.Dense(2), L.Dense(2)

    def call(self, inputs):
        return self.first(inputs[0]) + self.second(inputs[1])


def test_does_a_subclass_that_was_called_know_its_inputs():
    model = Two()
    model([keras.ops.zeros((1, 4)), keras.ops.zeros((1, 3))])
    explanation = checkers.explain(model)
    assert explanation.inputs == ((4,), (3,))
    assert explanation.num_params == 18


@pytest.mark.parametrize(
    "config", [{}, None, {"input_shape": 3}, {"input_shape": [None, "x"]}, "raise"]
)
def test_is_a_subclass_with_odd_build_settings_asked_for_its_input(config):
    class Odd(Idle):
        def get_build_config(self):
            if config == "raise":
                raise RuntimeError("no")
            return config

    model = Odd()
    model(keras.ops.zeros((1, 4)))
    with pytest.raises(ValueError, match=r"keras.Input\(shape"):
        checkers.explain(model)
