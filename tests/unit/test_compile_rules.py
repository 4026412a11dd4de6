"""What the rule on compile choices says, and the one place that reads them."""

from dataclasses import replace

import pytest

from checkers.exercise import Check, Exercise, Model
from checkers.judge import judge
from checkers.key import Key
from checkers.linting.settings import learning_rate, parse, shown
from checkers.rules.compiling import Compiled, CompileSlip
from checkers.snapshot import Snapshot, TraceFacts
from checkers.spec import any_of, between
from tests.unit.models import chain, dense, layer

SPARSE = "sparse_categorical_crossentropy"
SPARSE_LOGITS = "SparseCategoricalCrossentropy(from_logits=True)"


def model(*layers, width=None, **compiled):
    facts = chain(*(layers or (dense(10, "softmax"),)))
    facts = replace(facts, compiled=compiled or None)
    if width is None:
        width = facts.layers[-1].config.get("units", 10)
    last = facts.inference.calls[-1]
    calls = (*facts.inference.calls[:-1], replace(last, output_shape=(None, width)))
    return replace(facts, inference=TraceFacts(calls, facts.inference.outputs))


def verdict(rule, facts, states=()):
    parts = (Model("net", inputs=(18,)),)
    checks = tuple(Check(name, 1, name) for name in rule.checks)
    exercise = Exercise(
        "toy-c", "C", "M", parts, checks, ("a", "b", "c"), states=states
    )
    snapshot = Snapshot("toy-c", {"net": facts})
    found = judge(snapshot, exercise=exercise, key=Key("toy-c", (rule,), ""))
    assert found.status != "broken", found.to_text()
    assert found.to_html()
    return found


def codes(rule, facts, **how):
    return [one.code for one in verdict(rule, facts, **how).findings]


def rule(*losses, **how):
    return Compiled("compile", "net", losses=losses, **how)


@pytest.mark.parametrize(
    "loss",
    [
        *("mse", "MSE", "mean_squared_error", "MeanSquaredError"),
        "MeanSquaredError(reduction='sum_over_batch_size')",
        *(["mse"], {"dense": "mse"}),
    ],
)
def test_is_one_loss_the_same_in_every_writing(loss):
    facts = model(dense(1), loss=loss)
    assert codes(rule("mean_squared_error"), facts) == []
    assert codes(rule("MeanSquaredError", "mae"), facts) == []
    assert codes(rule("mae"), facts) == ["COMPILE.OTHER"]


@pytest.mark.parametrize(
    ("activation", "loss", "found"),
    [
        ("softmax", SPARSE, []),
        ("linear", SPARSE_LOGITS, []),
        ("softmax", SPARSE_LOGITS, ["COMPILE.LOGITS_TWICE"]),
        ("linear", SPARSE, ["COMPILE.LOGITS_NOT_TOLD"]),
        ("sigmoid", SPARSE, ["COMPILE.SIGMOID_EXCLUSIVE"]),
        ("relu", SPARSE, ["COMPILE.NO_PROBABILITY"]),
        ("softmax", "categorical_crossentropy", ["COMPILE.ONE_HOT_LOSS"]),
        ("softmax", "bce", ["COMPILE.BINARY_LOSS"]),
        ("softmax", "mse", ["COMPILE.VALUE_LOSS"]),
        ("softmax", "unknown loss crossentropy", ["COMPILE.UNKNOWN_LOSS"]),
        ("softmax", "own loss mine", ["COMPILE.OTHER"]),
        ("softmax", None, ["COMPILE.NO_LOSS"]),
    ],
)
def test_are_head_and_loss_of_classes_judged_together(activation, loss, found):
    facts = model(dense(10, activation), loss=loss, optimizer="Adam")
    assert codes(rule(SPARSE), facts) == found


@pytest.mark.parametrize(
    ("units", "activation", "loss", "wanted", "found"),
    [
        (2, "sigmoid", "bce", "bce", []),
        (2, "linear", "BinaryCrossentropy(from_logits=True)", "bce", []),
        (2, "softmax", "bce", "bce", ["COMPILE.SOFTMAX_MULTILABEL"]),
        (2, "sigmoid", SPARSE, "bce", ["COMPILE.EXCLUSIVE_LOSS"]),
        (1, "linear", "huber", "huber", []),
        (1, "sigmoid", "mae", "mae", ["COMPILE.VALUE_HEAD"]),
        (1, "softmax", "mae", "mae", ["COMPILE.SOFTMAX_ONE_UNIT"]),
        (1, "linear", "bce", "mae", ["COMPILE.CLASS_LOSS"]),
        (3, "softmax", SPARSE, "CategoricalCrossentropy", ["COMPILE.NUMBERS_LOSS"]),
        (1, "tanh", "poisson", "poisson", []),
    ],
)
def test_has_each_kind_of_target_its_head(units, activation, loss, wanted, found):
    facts = model(dense(units, activation), loss=loss)
    assert codes(rule(wanted), facts) == found


def test_is_an_activation_layer_behind_the_head_read():
    behind = (dense(10), layer("Activation", activation="softmax"))
    assert codes(rule(SPARSE), model(*behind, width=10, loss=SPARSE)) == []


def test_is_a_head_that_nobody_knows_no_probability():
    unknown = dense(10, "unknown")
    assert codes(rule(SPARSE), model(unknown, loss=SPARSE)) == [
        "COMPILE.NO_PROBABILITY"
    ]


def test_leaves_the_rule_the_head_to_another_one():
    other = rule(SPARSE, judges_head=False)
    assert codes(other, model(dense(10, "sigmoid"), loss=SPARSE)) == []
    assert codes(other, model(dense(10), loss=SPARSE)) == []
    facts = model(dense(10, "softmax"), loss=SPARSE_LOGITS)
    assert codes(other, facts) == ["COMPILE.LOGITS_TWICE"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BinaryCrossentropy(label_smoothing=0.1)", ["COMPILE.LOSS_SETTING"]),
        ("BinaryCrossentropy(reduction='sum')", ["COMPILE.LOSS_SETTING"]),
        ("BinaryCrossentropy(reduction='mean', label_smoothing=0, axis=-1)", []),
    ],
)
def test_is_a_setting_of_the_loss_compared(text, found):
    facts = model(dense(2, "sigmoid"), loss=text)
    assert codes(rule("bce"), facts) == found
    assert codes(rule("bce", free=("label_smoothing", "reduction")), facts) == []


def test_is_the_expected_choice_shown_only_where_the_task_states_it():
    facts = model(dense(1), loss="mae", optimizer="SGD")
    asked = rule("mse", optimizer="Adam")
    (loss, optimizer) = verdict(asked, facts).findings
    assert (loss.expected, optimizer.expected) == ("—", "—")
    (loss, optimizer) = verdict(asked, facts, states=("all",)).findings
    assert (loss.expected, optimizer.expected) == ("'mse'", "'Adam'")
    (loss, optimizer) = verdict(asked, facts, states=("compile.loss",)).findings
    assert (loss.expected, optimizer.expected) == ("'mse'", "—")


ADAM = {"learning_rate": 0.0010000000474974513, "beta_1": 0.9}


@pytest.mark.parametrize(
    ("how", "count"),
    [
        ({"optimizer": "Adam"}, 0),
        ({"optimizer": any_of("SGD", "Adam")}, 0),
        ({"optimizer": "Adam", "settings": {"learning_rate": 0.001}}, 0),
        ({"settings": {"learning_rate": between(1e-4, 1e-2)}}, 0),
        ({"settings": {"learning_rate": lambda p: 0.001}}, 0),
        ({"optimizer": "Adam", "settings": {"learning_rate": 0.01}}, 1),
        ({"optimizer": "SGD", "settings": {"learning_rate": 0.01}}, 1),
        ({"settings": {"learning_rate": 0.1, "beta_1": 0.8}}, 2),
    ],
)
def test_are_optimizer_and_rate_compared(how, count):
    facts = model(loss=SPARSE, optimizer="Adam", optimizer_settings=ADAM)
    assert codes(rule(**how), facts) == ["COMPILE.OTHER"] * count


def test_has_a_wrong_choice_the_code_of_the_thought_behind_it():
    slips = (
        CompileSlip("loss", "mean_absolute_error", "CHOICE.WRONG"),
        CompileSlip("learning_rate", 0.001, "NUMBER.SIGN"),
        CompileSlip("optimizer", "Adadelta", "NUMBER.PERCENT"),
        CompileSlip("head", "relu", "NUMBER.ROUNDED"),
    )
    asked = rule("mse", settings={"learning_rate": 1.0}, slips=slips)
    facts = model(dense(1), loss="mae", optimizer="Adam", optimizer_settings=ADAM)
    assert codes(asked, facts) == ["CHOICE.WRONG", "NUMBER.SIGN"]
    other = rule("mse", optimizer="Adam", slips=slips)
    relu = model(dense(1, "relu"), loss="mse", optimizer="Adadelta")
    assert codes(other, relu) == ["NUMBER.ROUNDED", "NUMBER.PERCENT"]


@pytest.mark.parametrize(
    ("loss", "metrics", "found"),
    [
        (SPARSE, ["accuracy"], []),
        (SPARSE, ["acc", "mae"], []),
        (SPARSE, [["sparse_categorical_accuracy"]], []),
        (SPARSE, ["SparseCategoricalAccuracy()"], []),
        (SPARSE, ["CategoricalAccuracy()"], ["COMPILE.OTHER_ACCURACY"]),
        (SPARSE, ["Accuracy()"], ["COMPILE.EXACT_ACCURACY"]),
        (SPARSE, ["mae"], ["COMPILE.NO_METRIC"]),
        (SPARSE, None, ["COMPILE.NO_METRIC"]),
        ("categorical_crossentropy", ["CategoricalAccuracy()"], []),
    ],
)
def test_is_a_metric_the_same_in_every_writing(loss, metrics, found):
    asked = rule(metrics=("accuracy",))
    assert codes(asked, model(loss=loss, metrics=metrics)) == found
    assert codes(rule(metrics=("mae",)), model(loss=loss, metrics=["mae"])) == []


def test_are_metrics_in_the_place_of_the_weights_told():
    asked = rule(SPARSE, charge={"metrics": "metrics"}, metrics=("accuracy",))
    found = verdict(asked, model(loss=SPARSE, loss_weights=["accuracy"]))
    assert [one.code for one in found.findings] == ["COMPILE.METRICS_AS_WEIGHTS"]
    assert [check.state for check in found.checks] == ["passed", "failed"]
    assert codes(rule(SPARSE), model(loss=SPARSE, loss_weights=[0.5])) == []


def test_is_a_model_that_is_not_compiled_one_finding():
    asked = rule(SPARSE, charge={"metrics": "metrics"}, metrics=("accuracy",))
    found = verdict(asked, model())
    assert [one.code for one in found.findings] == ["COMPILE.MISSING"]
    assert [check.state for check in found.checks] == ["failed", "skipped"]


def test_is_each_choice_charged_to_its_check():
    asked = rule(SPARSE, charge={"metrics": "metrics"}, metrics=("accuracy",))
    found = verdict(asked, model(loss=SPARSE, metrics=["mae"]))
    assert [check.state for check in found.checks] == ["passed", "failed"]


def test_is_a_model_that_cannot_be_called_skipped():
    facts = replace(model(loss="mse"), training=None)
    assert codes(rule("mse"), facts) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mse", "'mse'"),
        ("own loss mine", "own loss mine"),
        (f"{SPARSE_LOGITS}", SPARSE_LOGITS),
        ("MeanSquaredError(reduction='sum_over_batch_size')", "MeanSquaredError()"),
    ],
)
def test_is_a_loss_shown_as_it_would_be_typed(text, expected):
    assert shown(parse(text)) == expected


def test_is_a_schedule_no_single_rate():
    text = "ExponentialDecay(initial_learning_rate=0.1)"
    assert learning_rate({"optimizer_settings": {"learning_rate": text}}) is None
    assert learning_rate({"optimizer_settings": {"learning_rate": 0.1}}) == 0.1
    assert learning_rate({}) is None
