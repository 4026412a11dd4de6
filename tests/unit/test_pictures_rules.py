"""Augmentation in a model: what was measured becomes a verdict."""

from dataclasses import replace

import pytest

from checkers.exercise import Check, Exercise
from checkers.judge import judge
from checkers.key import Key
from checkers.parts import Model
from checkers.rules.pictures import Augmented, is_mirrored, without_front
from checkers.snapshot import ErrorFacts, ProbeFacts, Snapshot
from checkers.spec import Dense, ModelSpec
from tests.unit.models import chain, dense, layer

PHOTOS = {
    "arrives": True,
    "rests": True,
    "is_steady": True,
    "is_finite": True,
    "calls_differ": True,
    "examples_differ": True,
    "changed": 1.0,
    "score": 0.97,
    "mirrored": 0.5,
    "upside_down": 0.0,
    "angle": 10,
    "down": 2,
    "right": 2,
}
DIGITS = {**PHOTOS, "mirrored": 0.0}
PARTS = (Model("net", inputs=(28, 28, 1), pictures=True),)


def rule(*, mirrors=False):
    behind = ModelSpec((28, 28, 1), (Dense(10, "softmax"),))
    return Augmented("net", behind, most=0.1, mirrors=mirrors)


def net(seen, *steps):
    front = steps or (layer("RandomTranslation"), dense(10, "softmax"))
    found = chain(*front)
    shape = (None, 28, 28, 1)

    def on_pictures(trace):
        calls = (replace(call, input_shapes=(shape,)) for call in trace.calls)
        return replace(trace, calls=tuple(calls))

    probes = (ProbeFacts("pictures", None, seen),) if isinstance(seen, dict) else seen
    return replace(
        found,
        inputs=(shape,),
        training=on_pictures(found.training),
        inference=on_pictures(found.inference),
        probes=probes,
    )


def codes(facts, *, mirrors=False):
    one = rule(mirrors=mirrors)
    checks = tuple(Check(name, 1, name) for name in one.checks)
    exercise = Exercise("toy-p", "P", "M", PARTS, checks, ("a", "b", "c"))
    snapshot = Snapshot("toy-p", {"net": facts})
    assert Snapshot.from_json(snapshot.to_json()) == snapshot
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-p", (one,), ""))
    assert verdict.status != "broken", verdict.to_text()
    assert "{" not in verdict.to_text()
    return [found.code.removeprefix("AUGMENTATION.") for found in verdict.findings]


def test_is_a_shift_in_front_right():
    assert codes(net(DIGITS)) == []
    assert codes(net(PHOTOS), mirrors=True) == []


def test_may_anything_stand_in_front_that_does_it():
    own = replace(layer("Wobble"), is_keras=False, module="__main__")
    assert codes(net(DIGITS, own, layer("Rescaling"), dense(10, "softmax"))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"changed": 0.0, "calls_differ": False}, "NOTHING_HAPPENS"),
        ({"is_finite": False}, "NOT_FINITE"),
        ({"calls_differ": False}, "ALWAYS_THE_SAME"),
        ({"examples_differ": False}, "ONE_DRAW"),
        ({"score": 0.4}, "LOST"),
        ({"down": 0, "right": 0}, "NO_SHIFT"),
        ({"down": 0}, "ONLY_SIDEWAYS"),
        ({"right": 0}, "ONLY_UP_AND_DOWN"),
        ({"mirrored": 0.4}, "MIRRORED_DIGITS"),
        ({"upside_down": 0.5}, "HALF_TURN"),
        ({"angle": 60}, "TURNED_FAR"),
        ({"down": 8}, "SHIFTED_FAR"),
        ({"is_steady": False, "rests": False}, "ACTIVE_AT_INFERENCE"),
        ({"rests": False}, "CHANGED_AT_INFERENCE"),
    ],
)
def test_has_each_fault_its_name(changes, code):
    assert codes(net({**DIGITS, **changes})) == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mirrored": 0.0}, "NOT_MIRRORED"),
        ({"mirrored": 1.0}, "ALWAYS_MIRRORED"),
        ({"upside_down": 0.5}, "UPSIDE_DOWN"),
    ],
)
def test_have_photographs_rules_of_their_own(changes, code):
    assert codes(net({**PHOTOS, **changes}), mirrors=True) == [code]


def test_is_a_layer_behind_the_first_weights_named():
    steps = dense(10, "softmax"), layer("RandomFlip", mode="horizontal")
    seen = {**DIGITS, "changed": 0.0, "calls_differ": False}
    assert codes(net(seen, *steps)) == ["LATE"]


def test_is_the_network_behind_compared_as_if_it_were_alone():
    wide = net(DIGITS, layer("RandomTranslation"), dense(12, "softmax"))
    assert codes(wide) == ["LAYER.PROPERTY"]
    bare = without_front(net(DIGITS))
    assert [call.layer for call in bare.training.calls] == [1]
    assert bare.training.calls[0].inputs == (-1,)
    assert bare.training.outputs == (0,)


def test_stays_a_model_without_weights_as_it_is():
    facts = chain(layer("Flatten"))
    assert without_front(facts).training == facts.training
    untraced = replace(facts, training=None)
    assert without_front(untraced).training is None


def test_is_a_model_that_stops_told_so():
    error = ErrorFacts("ValueError", "no such thing")
    stops = net((ProbeFacts("pictures", None, {}, error),))
    assert codes(stops) == ["MODEL.RAISES"]
    assert codes(replace(net(DIGITS), error=error)) == ["MODEL.RAISES"]


def test_leaves_a_model_without_a_picture_the_network_to_judge():
    assert codes(net({"arrives": False}, dense(12, "softmax"))) == ["LAYER.PROPERTY"]


def test_knows_a_classifier_of_mirror_images():
    assert is_mirrored({"as_given": 0.88, "mirrored": 0.87})
    assert not is_mirrored({"as_given": 0.88, "mirrored": 0.45})
    assert not is_mirrored({"as_given": 0.1, "mirrored": 0.1})
    assert not is_mirrored({})
