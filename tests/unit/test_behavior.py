"""Rules on what was measured: pure functions of probes, without TensorFlow."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from checkers.normalize import Graph, Node, normalize
from checkers.rules.behavior import compare_modes, judge_probes, stopped
from checkers.snapshot import (
    ErrorFacts,
    LayerFacts,
    ProbeFacts,
    TraceFacts,
    WeightFacts,
)
from checkers.verdict import LayerRef
from tests.unit.models import chain, dense, dropout

FORWARD = {
    "output_shapes": [[None, 1]],
    "dtypes": ["float32"],
    "is_finite": True,
    "is_repeatable": True,
    "is_rowwise": True,
    "training_differs": True,
}
DROPPED = {
    "zeros": 0.3,
    "low": 0.0,
    "high": 1 / 0.7,
    "mean": 1.0,
    "draws": 4096,
    "is_identity_at_inference": True,
}
NOISE = {
    "mean": 1.0,
    "std": 0.5,
    "std_on_zeros": 0.5,
    "draws": 4096,
    "is_identity_at_inference": True,
}
NORMAL = {
    "training": "batch",
    "inference": "moving",
    "momentum": 0.99,
    "moves_at_inference": False,
}
PICTURE = {"acts_in_training": True, "is_identity_at_inference": True}
NO_CUT = {"cut": [], "zero": [], "stops_at": None, "stops_after": None}


def node(kind, index=0, **properties):
    ref = LayerRef(index, kind.lower(), kind)
    return Node(kind, properties, (index - 1,), ref, index)


def layer(kind, *weights):
    facts = tuple(
        WeightFacts(name, (1,), True, False, 0.0, 1.0, True) for name in weights
    )
    return LayerFacts(kind.lower(), kind, "keras", True, kind, {}, "", (), True, facts)


def judged(*probes, nodes=(), layers=(), repeatable=True, outputs=((0,), ((None, 1),))):
    calls = tuple(SimpleNamespace(output_shape=shape) for shape in outputs[1])
    trace = outputs[0] is not None and SimpleNamespace(calls=calls, outputs=outputs[0])
    model = SimpleNamespace(
        probes=probes, layers=layers, inference=trace or None, inputs=((None, 4),)
    )
    graph = Graph(((None, 4),), tuple(nodes), ())
    seen = SimpleNamespace(model=model, graph=graph, expects_repeatable=repeatable)
    return judge_probes(seen, "net")


def codes(*probes, **settings):
    return [found.code for found in judged(*probes, **settings)]


def forward(**changes):
    return ProbeFacts("forward", None, FORWARD | changes)


def test_is_nothing_said_where_nothing_was_measured():
    assert judged() == []
    assert judged(ProbeFacts("too_large", None, {"work": 1e12})) == []


def test_is_a_fine_forward_pass_fine():
    assert judged(forward()) == []
    assert judged(forward(), outputs=(None, ())) == []


def test_is_an_error_shown_with_its_line():
    error = ErrorFacts("ValueError", "shapes", "return a(b)", 3)
    (found,) = judged(ProbeFacts("forward", None, {}, error))
    assert found.code == "MODEL.RAISES"
    assert found.values["line"] == "return a(b)"


def test_is_the_layer_that_stopped_pointed_at():
    error = ErrorFacts("ValueError", "shapes", layer="dense_1")
    model = SimpleNamespace(
        layers=(layer("Dense"), replace(layer("Dense"), name="dense_1"))
    )
    found = stopped(model, error, "network")
    assert (found.code, found.layer) == (
        "LAYER.RAISES",
        LayerRef(1, "dense_1", "Dense"),
    )
    elsewhere = stopped(model, replace(error, layer="other"), "network")
    assert (elsewhere.code, elsewhere.layer) == ("MODEL.RAISES", None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_finite": False}, "MODEL.NOT_FINITE"),
        ({"is_repeatable": False, "is_rowwise": None}, "MODEL.NOT_REPEATABLE"),
        ({"is_rowwise": False}, "MODEL.MIXES_EXAMPLES"),
        ({"output_shapes": [[None, 2]]}, "MODEL.OUTPUT_SHAPE"),
        ({"output_shapes": [[16, 1]]}, "MODEL.OUTPUT_SHAPE"),
        ({"output_shapes": [[None, 1, 1]]}, "MODEL.OUTPUT_SHAPE"),
    ],
)
def test_is_an_odd_forward_pass_named(changes, code):
    assert codes(forward(**changes)) == [code]


def test_may_a_model_that_should_stay_random_not_repeat_itself():
    assert codes(forward(is_repeatable=False), repeatable=False) == []


def test_does_an_axis_of_any_length_fit_any_length():
    assert codes(forward(), outputs=((0,), ((None, None),))) == []
    assert codes(forward(output_shapes=[[None, 4]]), outputs=((-1,), ())) == []
    assert codes(forward(output_shapes=[[]]), outputs=((0,), ((),))) == []


@pytest.mark.parametrize(
    ("kind", "properties", "changes", "code"),
    [
        ("Dropout", {"rate": 0.3}, {}, None),
        ("Dropout", {"rate": 0.3}, {"zeros": 0.3 + 4 * 0.0072}, None),
        ("Dropout", {"rate": 0.3}, {"zeros": 0.3 + 6 * 0.0072}, "DROP_RATE"),
        ("Dropout", {"rate": 0.3}, {"high": 1.0}, "DROP_SCALE"),
        ("Dropout", {"rate": 0.3}, {"low": -1.0}, "DROP_SCALE"),
        ("Dropout", {"rate": 0.0}, {"zeros": 0.0, "high": 1.0}, None),
        ("Dropout", {"rate": 1.0}, {"zeros": 1.0, "high": 0.0}, None),
        ("Dropout", {"rate": "?"}, {}, None),
        ("Dropout", {"rate": 0.3}, {"is_identity_at_inference": False}, "NOT_IDENTITY"),
        ("AlphaDropout", {"rate": 0.3}, {}, "DROP_SCALE"),
        ("AlphaDropout", {"rate": 0.3}, {"low": -1.059548, "high": 1.315039}, None),
    ],
)
def test_is_dropout_judged_at_five_sigma(kind, properties, changes, code):
    probe = ProbeFacts("dropout", 0, DROPPED | changes)
    expected = [] if code is None else [f"BEHAVIOR.{code}"]
    assert codes(probe, nodes=[node(kind, **properties)]) == expected


@pytest.mark.parametrize(
    ("kind", "properties", "changes", "code"),
    [
        ("GaussianNoise", {"stddev": 0.5}, {}, None),
        ("GaussianNoise", {"stddev": 0.5}, {"std": 0.4}, "NOISE"),
        ("GaussianNoise", {"stddev": 0.5}, {"mean": 1.1}, "NOISE"),
        ("GaussianNoise", {"stddev": 0.5}, {"std_on_zeros": 0.0}, "NOISE"),
        ("GaussianNoise", {"stddev": None}, {}, None),
        ("GaussianDropout", {"rate": 0.2}, {"std_on_zeros": 0.0}, None),
        ("GaussianDropout", {"rate": 0.2}, {}, "NOISE"),
        ("GaussianDropout", {"rate": 1.0}, {}, None),
    ],
)
def test_is_noise_judged_by_mean_and_spread(kind, properties, changes, code):
    probe = ProbeFacts("dropout", 0, NOISE | changes)
    expected = [] if code is None else [f"BEHAVIOR.{code}"]
    assert codes(probe, nodes=[node(kind, **properties)]) == expected


@pytest.mark.parametrize(
    ("properties", "changes", "code"),
    [
        ({"momentum": 0.99}, {}, None),
        ({"momentum": "?"}, {}, None),
        ({"momentum": 0.9}, {}, "MOMENTUM"),
        ({"momentum": 0.99}, {"training": "moving"}, "BATCH_STATISTICS"),
        ({"momentum": 0.99}, {"inference": "batch"}, "MOVING_STATISTICS"),
        ({"momentum": 0.99}, {"moves_at_inference": True}, "MOVING_STATISTICS"),
        ({"momentum": 0.99, "trainable": False}, {}, "BATCH_STATISTICS"),
        (
            {"momentum": 0.99, "trainable": False},
            {"training": "moving", "momentum": 1.0},
            None,
        ),
    ],
)
def test_is_a_batch_normalization_judged_by_whose_statistics_it_uses(
    properties, changes, code
):
    probe = ProbeFacts("statistics", 0, NORMAL | changes)
    nodes = [node("BatchNormalization", **properties)]
    expected = [] if code is None else [f"BEHAVIOR.{code}"]
    assert codes(probe, nodes=nodes) == expected


@pytest.mark.parametrize(
    ("kind", "properties", "changes", "code"),
    [
        ("RandomFlip", {}, {}, None),
        ("RandomFlip", {}, {"acts_in_training": False}, "RESTS"),
        ("RandomZoom", {"height_factor": 0.0}, {"acts_in_training": False}, None),
        ("RandomZoom", {"height_factor": 0.1}, {"acts_in_training": False}, "RESTS"),
        (
            "RandomZoom",
            {"height_factor": (0, 0.1), "fill_mode": "x"},
            {"acts_in_training": False},
            "RESTS",
        ),
        ("RandomFlip", {}, {"is_identity_at_inference": False}, "NOT_IDENTITY"),
    ],
)
def test_does_augmentation_act_in_training_only(kind, properties, changes, code):
    probe = ProbeFacts("augmentation", 0, PICTURE | changes)
    expected = [] if code is None else [f"BEHAVIOR.{code}"]
    assert codes(probe, nodes=[node(kind, **properties)]) == expected


def test_is_a_layer_without_effect_or_with_an_error_not_judged():
    odd = DROPPED | {"zeros": 0.9}
    assert codes(ProbeFacts("dropout", 7, odd), nodes=[node("Dropout", rate=0.3)]) == []
    failed = ProbeFacts("dropout", 0, {}, ErrorFacts("E", ""))
    assert codes(failed, nodes=[node("Dropout", rate=0.3)]) == []


def test_are_equal_findings_on_two_layers_one():
    probes = [ProbeFacts("dropout", n, DROPPED | {"zeros": 0.9}) for n in (0, 1)]
    nodes = [node("Dropout", n, rate=0.3) for n in (0, 1)]
    (found,) = judged(*probes, nodes=nodes)
    assert found.values["numbers"] == "1, 2"


def weights(moved, variables=((0, 1),)):
    values = {"variables": [list(v) for v in variables], "moved": moved}
    return ProbeFacts("weights", None, values)


@pytest.mark.parametrize(
    ("trainable", "moved", "expected"),
    [
        (True, [0, 1], []),
        (True, [0], [("BEHAVIOR.FROZEN", "bias")]),
        (True, [], [("BEHAVIOR.FROZEN", "kernel, bias")]),
        (False, [], []),
        (False, [0, 1], [("BEHAVIOR.NOT_FROZEN", "kernel, bias")]),
    ],
)
def test_is_frozen_frozen(trainable, moved, expected):
    nodes = [node("Dense", trainable=trainable)]
    layers = [layer("Dense", "kernel", "bias", "seed")]
    found = judged(weights([moved]), nodes=nodes, layers=layers)
    assert [(one.code, one.values["weights"]) for one in found] == expected


def test_is_a_weight_that_two_layers_hold_named_once():
    nodes = [node("Dense", 0), node("Dense", 1), node("Dense", 0)]
    layers = [layer("Dense", "kernel"), layer("Dense", "kernel")]
    (found,) = judged(weights([[0], [0]], ((0,), (0,))), nodes=nodes, layers=layers)
    assert (found.code, found.layer.index) == ("BEHAVIOR.TIED", 1)
    assert found.values == {"other": 1, "kind": "Dense"}


def test_is_an_operation_without_a_layer_passed_over():
    plain = Node("Add", {}, (-1, -1))
    assert codes(weights([]), nodes=[plain]) == []


def test_is_a_probe_that_failed_no_finding():
    error = ErrorFacts("E", "")
    for name in ("weights", "gradients"):
        assert codes(ProbeFacts(name, None, {}, error)) == []


@pytest.mark.parametrize(
    ("changes", "code", "index"),
    [
        ({}, None, None),
        ({"cut": [[0, "kernel"]], "stops_at": 1}, "GRADIENT.STOPS_AT", 1),
        ({"cut": [[0, "kernel"]], "stops_after": 0}, "GRADIENT.STOPS_AFTER", 0),
        ({"cut": [[0, "kernel"]]}, "GRADIENT.NONE", 0),
        ({"zero": [[0, "kernel"]]}, "GRADIENT.NONE", 0),
        ({"cut": [[None, "own"]]}, "GRADIENT.NONE", None),
        ({"cut": [[5, "kernel"]]}, None, None),
    ],
)
def test_is_a_gradient_that_stops_named(changes, code, index):
    probe = ProbeFacts("gradients", None, NO_CUT | changes)
    layers = [layer("Dense", "kernel"), layer("Lambda")]
    found = judged(probe, nodes=[node("Dense", 0), node("Lambda", 1)], layers=layers)
    expected = [] if code is None else [(code, index)]
    assert [(one.code, one.layer and one.layer.index) for one in found] == expected


def test_does_the_first_kind_of_finding_stand_alone():
    odd = ProbeFacts("dropout", 0, DROPPED | {"is_identity_at_inference": False})
    found = codes(odd, forward(is_repeatable=False), nodes=[node("Dropout", rate=0.3)])
    assert found == ["BEHAVIOR.NOT_IDENTITY"]


def modes(model):
    graph = normalize(model)
    seen = SimpleNamespace(model=model, graph=graph, usual=graph)
    return [found.code for found in compare_modes(seen, "net")]


def test_are_dropout_and_its_absence_the_same_in_both_modes():
    assert modes(chain(dense(8), dropout(0.3), dense(1))) == []
    assert modes(chain(dense(8), inference=None)) == []


def test_is_a_layer_that_rests_at_inference_named():
    model = chain(dense(8), dense(4), dense(1))
    shorter = TraceFacts(model.inference.calls[:2], (1,))
    assert modes(replace(model, inference=shorter)) == ["MODEL.MODES_DIFFER"]
