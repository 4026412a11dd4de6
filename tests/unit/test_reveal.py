"""No failing verdict lets one read off what is right.

At most one thing that the task's text does not state is told, and none where that
would complete the picture although something else is wrong too.
"""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checkers.exercise import Check, Exercise, Model
from checkers.judge import find_key, judge
from checkers.key import Key
from checkers.messages import all_messages
from checkers.rules.models import Network
from checkers.rules.slips import value_slip
from checkers.snapshot import ModelFacts, Snapshot
from checkers.spec import Dense, Dropout, GraphSpec, Input, LayerSpec, ModelSpec, layer
from checkers.tasks import all_exercises
from tests.unit import models

# Settings that occur nowhere else in a verdict, so that a search finds only them.
SECRET = ModelSpec(
    (18,),
    (
        Dense(977, "tanh"),
        Dropout(0.377),
        layer("GaussianNoise", stddev=0.733),
        Dense(983, "elu", use_bias=False),
        Dense(7),
    ),
)
STATES = ((), ("layers",), ("Dense",), ("units", "rate"), ("layers", "Dense"), ("all",))


def exercise(*states: str) -> Exercise:
    """Return an exercise whose text states only this."""
    checks = (
        Check("noise", 1, "what is switched on in training"),
        Check("network", 1, "the rest"),
    )
    part = Model("net", inputs=(18,))
    return Exercise("toy-net", "A net", "M", (part,), checks, ("look",), states=states)


NETWORK = Network(
    "net",
    SECRET,
    claims={"noise": ("Dropout", "Dropout.*"), "network": ("*",)},
    slips=(value_slip("Dropout.rate", 0.623, "DROPOUT.RATE_IS_KEEP"),),
)


def facts(spec: LayerSpec) -> models.LayerFacts:
    """Return the facts of a layer that is exactly as expected."""
    values = {
        name: value
        for name, value in spec.properties.items()
        if name not in ("trainable", "switch", "activation")
    }
    return models.layer(
        spec.kind, activation=spec.properties.get("activation") or "linear", **values
    )


def verdict_on(answer: ModelFacts, *states: str):
    """Judge an answer to the exercise whose text states this."""
    snapshot = Snapshot("toy-net", {"net": answer})
    key = Key("toy-net", (NETWORK,), "the solution")
    return judge(snapshot, exercise=exercise(*states), key=key)


def shown(verdict) -> str:
    """Return everything that a notebook holds of a verdict."""
    faces = verdict._repr_mimebundle_()
    html = re.sub(r"<style>.*?</style>", "", faces["text/html"])
    return f"{faces['text/plain']}\n{html}\n{verdict.to_json()}"


def without_own(rows):
    """Return the rows of a verdict without what the learner wrote.

    A row that is as asked says twice what they wrote.
    """
    right = {"expected": "—", "received": "—"}
    return tuple(
        dataclasses.replace(row, **({"received": "—"} if row.is_wrong else right))
        for row in rows
    )


# What gives a fact away: settings by their value, layers by their name.
FACTS = {
    "Dense.units 977": ("977", ("Dense", "units", "all")),
    "Dense.activation tanh": ("tanh", ("Dense", "activation", "all")),
    "Dropout": (r"\bDropout\b", ("Dropout", "layers", "all")),
    "Dropout.rate": (r"0\.377", ("Dropout", "rate", "all")),
    "GaussianNoise": ("GaussianNoise", ("GaussianNoise", "layers", "all")),
    "GaussianNoise.stddev": (r"0\.733", ("GaussianNoise", "stddev", "all")),
    "Dense.units 983": ("983", ("Dense", "units", "all")),
    "Dense.activation elu": (r"\belu\b", ("Dense", "activation", "all")),
    "Dense.use_bias": (r"use_bias", ("Dense", "use_bias", "all")),
    "Dense.units 7": (r"units(=|: expected | )7\b", ("Dense", "units", "all")),
}


def secrets(answer: ModelFacts, states: tuple[str, ...]) -> set[str]:
    """Return the facts that neither the text nor the answer itself holds."""
    own = " ".join(
        f"{one.kind} {one.activation} {one.config}" for one in answer.layers
    ).replace("'units': ", "units=")
    own = re.sub(r"'use_bias': True", "", own)
    return {
        name
        for name, (pattern, words) in FACTS.items()
        if not set(words) & set(states) and not re.search(pattern, own)
    }


def told(answer: ModelFacts, states: tuple[str, ...]) -> set[str]:
    """Return the secrets that the verdict gives away."""
    text = shown(verdict_on(answer, *states))
    # The title of a check and the answer's own words are no news.
    return {name for name in secrets(answer, states) if re.search(FACTS[name][0], text)}


ATTACKS = {
    "nearly nothing": models.chain(models.dense(1)),
    "one layer of every kind": models.chain(
        models.dense(1), models.layer("Flatten"), models.dense(2)
    ),
    "many layers": models.chain(*(models.dense(units) for units in range(1, 9))),
    "all settings wrong": models.chain(
        models.dense(1, "relu"),
        models.dropout(0.9),
        models.layer("GaussianNoise", stddev=0.1),
        models.dense(2, "relu"),
        models.dense(3, "relu"),
    ),
    "one layer missing": models.chain(
        *map(facts, SECRET.layers[:2] + SECRET.layers[3:])
    ),
    "last layer only": models.chain(facts(SECRET.layers[-1])),
    "backwards": models.chain(*map(facts, reversed(SECRET.layers))),
    "other input too": models.chain(models.dense(1), inputs=5),
}


@pytest.mark.parametrize("states", STATES, ids=str)
@pytest.mark.parametrize("answer", ATTACKS.values(), ids=ATTACKS)
def test_does_a_verdict_tell_at_most_one_thing_that_the_text_does_not_state(
    answer, states
):
    verdict = verdict_on(answer, *states)
    assert verdict.status == "failed"
    assert len(told(answer, states)) <= 1


@st.composite
def wrong_answers(draw):
    """Return the expected network with layers dropped and settings changed."""
    layers = []
    for spec in SECRET.layers:
        fate = draw(st.sampled_from(["keep", "keep", "drop", "change", "other"]))
        if fate == "keep":
            layers.append(facts(spec))
        elif fate == "change":
            name = draw(st.sampled_from(spec.given))
            wrong = {"activation": "relu", "use_bias": True}.get(name, 0.5)
            changed = {**spec.properties, name: 3 if name == "units" else wrong}
            layers.append(facts(dataclasses.replace(spec, properties=changed)))
        elif fate == "other":
            layers.append(models.layer("Flatten"))
    assume(layers and layers != [facts(spec) for spec in SECRET.layers])
    return models.chain(*layers)


@given(wrong_answers(), st.sampled_from(STATES))
def test_does_one_secret_stay_where_several_things_are_wrong(answer, states):
    verdict = verdict_on(answer, *states)
    assume(verdict.status == "failed")
    hidden, given_away = secrets(answer, states), told(answer, states)
    assert len(given_away) <= 1
    if len(verdict.findings) > 1 and hidden:
        # The place of a second Dense layer is a secret too, and counted in FURTHER.
        keeps_a_place = "MODEL.FURTHER" in [one.code for one in verdict.findings]
        assert given_away < hidden or keeps_a_place
    if len(hidden) > 1:
        assert given_away < hidden


def test_does_a_single_difference_have_its_expected_value():
    layers = [facts(spec) for spec in SECRET.layers]
    layers[0] = models.dense(4, "tanh")
    finding = verdict_on(models.chain(*layers)).findings[0]
    assert (finding.expected, finding.received) == ("977", "4")


def test_is_a_missing_layer_named_without_its_settings():
    answer = ATTACKS["one layer missing"]
    finding = verdict_on(answer, "layers").findings[0]
    assert (finding.code, finding.expected) == ("LAYER.MISSING", "GaussianNoise()")
    stated = verdict_on(answer, "layers", "stddev").findings[0]
    assert stated.expected == "GaussianNoise(stddev=0.733)"


def test_is_what_is_not_told_counted_and_charged():
    verdict = verdict_on(ATTACKS["all settings wrong"])
    further = [one for one in verdict.findings if one.code == "MODEL.FURTHER"]
    assert len(further) == 1
    assert re.search(r": \d+\.$", further[0].message)
    assert verdict.points == 0
    assert "differs" in [row.difference for row in verdict.rows]


BRANCHES = Input((18,))
BRANCHED = GraphSpec(
    (BRANCHES,),
    (
        layer("Add")(Dense(4)(BRANCHES), Dense(5)(Dense(4)(BRANCHES))),
        Dense(3)(BRANCHES),
    ),
)


@pytest.mark.parametrize("states", [(), ("layers",), ("Dense", "Add")], ids=str)
def test_is_the_way_through_a_graph_kept_as_its_layers_are(states):
    """Are connections told only where the text states the layers?"""
    answer = models.chain(models.dense(4), models.dense(4), models.dense(5))
    rule = Network("net", BRANCHED, claims={"noise": ("Dropout",), "network": ("*",)})
    snapshot = Snapshot("toy-net", {"net": answer})
    key = Key("toy-net", (rule,), "")
    verdict = judge(snapshot, exercise=exercise(*states), key=key)
    codes = {one.code for one in verdict.findings}
    assert ("MODEL.FURTHER" in codes) == ("layers" not in states)
    assert ("MODEL.OUTPUTS" in codes) == ("layers" in states)


def test_do_stated_layers_show_and_others_a_dash():
    answer = models.chain(models.dense(1), *map(facts, SECRET.layers[1:]))
    rows = verdict_on(answer, "Dense").rows
    assert rows[0].expected == "Dense(units=977, activation='tanh')"
    assert [row.expected for row in rows[1:3]] == ["—", "—"]


def test_does_a_skipped_check_name_no_hidden_layer():
    only_rates = Network(
        "net", SECRET, claims={"noise": ("Dropout.rate",), "network": ("*",)}
    )
    snapshot = Snapshot("toy-net", {"net": models.chain(models.dense(1))})
    for states, word in (((), "the layer that"), (("layers",), "no Dropout layer")):
        key = Key("toy-net", (only_rates,), "")
        verdict = judge(snapshot, exercise=exercise(*states), key=key)
        assert word in verdict.checks[0].reason


# What each exercise of the course hides: exercise, part -> facts as a pattern.
def model_rules():
    """Return every rule on a model in the course, with its exercise."""
    found = []
    for name, task in all_exercises().items():
        key = find_key(name)
        for rule in key.rules:
            network = getattr(rule, "network", rule)
            if isinstance(network, Network) and not callable(network.expects):
                found.append(pytest.param(task, network, id=f"{name}:{network.part}"))
    return found


def hidden_facts(task: Exercise, spec: ModelSpec | GraphSpec) -> dict[str, str]:
    """Return what the text does not state, each as a pattern that gives it away."""
    found = {}
    for one in spec.layers:
        if not {"all", "layers", one.kind} & set(task.states):
            found[one.kind] = rf"\b{one.kind}\b"
        for name in one.given:
            words = {"all", one.kind, name, f"{one.kind}.{name}"}
            if not words & set(task.states):
                value = re.escape(repr(one.properties[name]))
                found[f"{one.kind}.{name}"] = rf"{name}(=|: expected | ){value}"
    return found


@pytest.mark.parametrize(("task", "network"), model_rules())
@pytest.mark.parametrize("attack", ["nearly nothing", "many layers", "backwards"])
def test_gives_no_exercise_its_network_away(task, network, attack):
    spec = network.expects
    width = spec.input_shapes[0]
    answer = ATTACKS[attack]
    if attack == "backwards":
        if len(spec.layers) == 1:
            pytest.skip("one layer backwards is itself")
        answer = models.chain(*map(facts, reversed(spec.layers)))
    answer = dataclasses.replace(answer, inputs=((None, *width),))
    key = Key(task.id, (network,), "")
    names = {name for name in network.claims}
    checks = tuple(
        dataclasses.replace(check, needs=tuple(n for n in check.needs if n in names))
        for check in task.checks
        if check.name in names
    )
    parts = tuple(part for part in task.parts if part.name == network.part)
    narrow = dataclasses.replace(task, parts=parts, checks=checks)
    verdict = judge(Snapshot(task.id, {network.part: answer}), exercise=narrow, key=key)
    assert verdict.status == "failed", verdict.to_text()
    own = {f"{one.kind}" for one in answer.layers}
    # What the answer itself holds comes back in its own column.
    text = shown(dataclasses.replace(verdict, rows=without_own(verdict.rows)))
    given_away = {
        name
        for name, pattern in hidden_facts(task, spec).items()
        if name not in own and re.search(pattern, text)
    }
    assert len(given_away) <= 1, given_away


GOLDENS = Path(__file__).parent.parent / "goldens"
# What the right answers hold, as anyone would write it.
ANSWERS = {
    "welcome-first-number": r"25,?088",
    "first-model-baseline": r"0\.664[56]|0\.665\b",
    "first-model-read-curves": r"0\.1624|0\.1772|0\.0006|0\.0082|best.*\b(3|5|12|10)\b",
    "batch-norm-parameter-split": r"\b384\b",
    "dropout-gain": r"0\.19[123]|0\.00[2-5]",
    "dropout-small-net": r"9[67]\.[0-9]|9[45]\.[0-9]|two points",
    "dropout-spotify-model": r"24,?856|7,?972|120\.81",
}


@pytest.mark.parametrize(("name", "pattern"), ANSWERS.items())
def test_holds_no_verdict_the_answer_to_a_question(name, pattern):
    own = {  # the wrong answer itself holds a right number, in another place
        "training_minus_validation",
        "accuracies_changed_places",
        "gap_without_sign",
        "none_trained",
        "sign_turned_round",
        "dropout_behind_the_last_layer",
    }
    for golden in sorted((GOLDENS / name).glob("*.txt")):
        if golden.stem not in own:
            text = re.sub(r" +", " ", golden.read_text(encoding="utf-8"))
            findings = text.split("Checks:")[0]
            assert not re.search(pattern, findings), golden


def test_does_no_code_of_a_diagnosis_name_it():
    codes = [code for code in all_messages() if code.startswith("FIRST_MODEL.")]
    for word in ("OVERFIT", "UNDERFIT", "RATE_TOO_HIGH", "FINE"):
        assert not [code for code in codes if word in code]


def test_looks_a_layer_that_is_as_asked_like_the_learners():
    layers = [facts(spec) for spec in SECRET.layers]
    layers[0] = models.dense(4, "tanh")
    row = verdict_on(models.chain(*layers), "layers", "units").rows[3]
    assert row.expected == row.received
    assert row.difference == "as asked"
