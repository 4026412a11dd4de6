"""Right, with a note: what works and was asked for in another form."""

import pytest

from checkers.exercise import Check, Exercise, Model
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.models import Network
from checkers.rules.writings import USUAL, WRITINGS, Writings
from checkers.snapshot import Snapshot
from checkers.spec import Dense, Dropout, ModelSpec
from tests.unit import models

SPEC = ModelSpec((18,), (Dense(4, "relu"), Dropout(0.3), Dense(1)))
EXERCISE = Exercise(
    "toy-net",
    "A net",
    "M",
    (Model("net", inputs=(18,)),),
    (Check("input", 1, "the input"), Check("network", 2, "the rest")),
    ("look",),
    states=("all",),
)
RIGHT = (models.dense(4, "relu"), models.dropout(0.3), models.dense(1))
FLOAT64 = models.dense(1)
object.__setattr__(FLOAT64, "compute_dtype", "float64")
# Way of writing -> layers that use it, and whether the model was built here.
USES = {
    "late input": (RIGHT, True),
    "activation layer": (
        (models.dense(4), models.layer("ReLU", activation="relu"), *RIGHT[1:]),
        False,
    ),
    "idle layer": ((RIGHT[0], models.layer("Identity"), *RIGHT[1:]), False),
    "dtype": ((*RIGHT[:2], FLOAT64), False),
    "initializer": (
        (*RIGHT[:2], models.dense(1, kernel_initializer="HeNormal()")),
        False,
    ),
}


def verdict_on(layers, *, built_here=False, **declared):
    """Judge a model whose key declares this."""
    claims = {"input": ("input",), "network": ("*",)}
    rule = Network("net", SPEC, claims=claims, **declared)
    answer = models.chain(*layers, built_here=built_here)
    snapshot = Snapshot("toy-net", {"net": answer})
    return judge(snapshot, exercise=EXERCISE, key=Key("toy-net", (rule,), ""))


@pytest.mark.parametrize("name", USES)
def test_passes_what_is_declared_a_note_with_a_note(name):
    layers, built_here = USES[name]
    verdict = verdict_on(layers, built_here=built_here, notes=(name,))
    assert (verdict.status, verdict.points) == ("passed with a note", 3.0)
    assert [one.code for one in verdict.findings] == [WRITINGS[name]]


@pytest.mark.parametrize("name", USES)
def test_costs_what_is_declared_strict_its_check(name):
    layers, built_here = USES[name]
    verdict = verdict_on(layers, built_here=built_here, notes=(), strict=(name,))
    assert verdict.status == "failed"
    assert verdict.points == (2.0 if name == "late input" else 1.0)


@pytest.mark.parametrize("name", USES)
def test_is_free_what_is_not_declared(name):
    layers, built_here = USES[name]
    verdict = verdict_on(layers, built_here=built_here, notes=())
    assert (verdict.status, verdict.findings) == ("passed", ())


def test_is_a_dropout_of_nothing_an_idle_layer():
    layers = (RIGHT[0], models.dropout(0.0), *RIGHT[1:])
    verdict = verdict_on(layers, notes=("idle layer",))
    assert [one.layer.index for one in verdict.findings] == [1]


def test_is_an_activation_behind_a_dropout_a_note():
    layers = (models.dense(4), RIGHT[1], models.layer("ReLU", activation="relu"))
    verdict = verdict_on((*layers, RIGHT[2]))
    assert [one.code for one in verdict.findings] == ["ACTIVATION.LATER"]
    assert verdict.status == "passed with a note"


def test_is_a_declared_setting_a_note():
    layers = (*RIGHT[:2], models.dense(1, use_bias=False))
    verdict = verdict_on(layers, notes=("Dense.use_bias",))
    assert verdict.status == "passed with a note"
    note = verdict.findings[0]
    assert (note.code, note.expected, note.received) == (
        "WRITING.SETTING",
        "True",
        "False",
    )
    assert verdict_on(layers).status == "failed"


def test_are_equal_notes_one():
    start = {"kernel_initializer": "HeNormal()"}
    layers = (models.dense(4, "relu", **start), RIGHT[1], models.dense(1, **start))
    verdict = verdict_on(layers, notes=("initializer",))
    assert len(verdict.findings) == 1
    assert verdict.findings[0].message.startswith("Layers 1, 3 (Dense)")


def test_is_no_note_made_of_a_wrong_answer():
    layers = (models.dense(5, "relu"), *RIGHT[1:])
    verdict = verdict_on(layers, built_here=True)
    assert [one.is_note for one in verdict.findings] == [False]


def test_are_the_input_and_a_moved_activation_notes_everywhere():
    assert Network("net", SPEC, claims={"a": ("*",)}).notes == USUAL


@pytest.mark.parametrize(
    ("notes", "strict"),
    [(("no such way",), ()), ((), ("Dense.units",)), (("dtype",), ("dtype",))],
)
def test_is_a_contradiction_refused(notes, strict):
    with pytest.raises(ValueError, match="Expected ways of writing"):
        Writings(notes, strict)
