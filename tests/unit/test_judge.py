"""From snapshot to verdict: states, points, statuses."""

import sys

import pytest

from checkers.exercise import Check, DeclarationError, Exercise, Model, Number
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.models import Network
from checkers.rules.slips import looks_like, missing_layer, value_slip
from checkers.rules.values import Committed, Look, NumberIs
from checkers.snapshot import (
    ErrorFacts,
    MissingFacts,
    OtherFacts,
    ProbeFacts,
    Snapshot,
    ValueFacts,
)
from checkers.spec import Dense, Dropout, ModelSpec
from checkers.verdict import CheckerBroken, Verdict
from tests.unit.models import chain, dense, dropout

GIVEN = ModelSpec((18,), (Dense(128, "relu"), Dense(1)))
WANTED = ModelSpec((18,), (Dense(128, "relu"), Dropout(0.3), Dense(1)))
EXERCISE = Exercise(
    id="toy-net",
    title="One dropout layer",
    kind="M",
    parts=(Model("net", inputs=(18,)),),
    checks=(
        Check("placement", 1, "a Dropout layer"),
        Check("rate", 0.5, "its rate"),
        Check("network", 1.5, "the rest"),
    ),
    hints=("one", "two", "three"),
    states=("all",),
)
NETWORK = Network(
    "net",
    WANTED,
    claims={"placement": ("Dropout",), "rate": ("Dropout.*",), "network": ("*",)},
    given=GIVEN,
)


@pytest.fixture
def key(monkeypatch):
    """Let a test install the key of an exercise."""

    def install(*rules, exercise=EXERCISE):
        found = Key(exercise.id, rules, "the solution")
        # By module: the package's attribute `judge` is the function.
        module = sys.modules["checkers.judge"]
        monkeypatch.setattr(module, "find_key", lambda _: found)

    return install


def verdict_on(model) -> Verdict:
    return judge(Snapshot("toy-net", {"net": model}), exercise=EXERCISE)


def states(verdict: Verdict) -> dict[str, str]:
    return {check.name: check.state for check in verdict.checks}


def test_does_the_right_network_pass(key):
    key(NETWORK)
    verdict = verdict_on(chain(dense(128, "relu"), dropout(0.3), dense(1)))
    assert (verdict.status, verdict.points, verdict.findings) == ("passed", 3.0, ())
    assert type(verdict.points) is float


def test_does_a_wrong_rate_cost_its_check_only(key):
    key(NETWORK)
    verdict = verdict_on(chain(dense(128, "relu"), dropout(0.7), dense(1)))
    assert states(verdict) == {
        "placement": "passed",
        "rate": "failed",
        "network": "passed",
    }
    assert (verdict.status, verdict.points) == ("failed", 2.5)
    (finding,) = verdict.findings
    assert (finding.code, finding.expected, finding.received) == (
        "LAYER.PROPERTY",
        "0.3",
        "0.7",
    )
    assert finding.layer.index == 1


def test_is_a_check_skipped_where_there_is_nothing_to_look_at(key):
    key(NETWORK)
    verdict = verdict_on(chain(dense(64, "relu"), dense(1)))
    assert states(verdict)["rate"] == "skipped"
    assert "Dropout" in verdict.checks[1].reason
    assert verdict.points == 0.0


def test_is_the_given_network_not_attempted(key):
    key(NETWORK)
    verdict = verdict_on(chain(dense(128, "relu"), dense(1)))
    assert (verdict.status, verdict.points) == ("not attempted", 0.0)
    assert "given" in verdict.summary


def test_is_a_missing_answer_not_attempted(key):
    key(NETWORK)
    assert verdict_on(MissingFacts()).status == "not attempted"


def test_does_something_else_than_a_model_cost_all_with_one_finding(key):
    key(NETWORK)
    verdict = verdict_on(OtherFacts("list_of_layers", "list"))
    assert [finding.code for finding in verdict.findings] == ["MODEL.LIST_OF_LAYERS"]
    assert (verdict.status, verdict.points) == ("failed", 0.0)


def test_is_a_model_that_stops_shown_with_the_learners_line(key):
    key(NETWORK)
    error = ErrorFacts("ValueError", "shapes", "return self.a(self.b(x))", 7)
    verdict = verdict_on(chain(dense(1), error=error, training=None))
    assert "return self.a(self.b(x))" in verdict.findings[0].next
    assert verdict.points == 0.0


def test_does_a_declared_slip_give_its_own_code(key):
    slip = value_slip("Dropout.rate", 0.7, "MODEL.NOT_FINITE")
    key(Network("net", WANTED, NETWORK.claims, slips=(slip,)))
    verdict = verdict_on(chain(dense(128, "relu"), dropout(0.7), dense(1)))
    assert verdict.findings[0].code == "MODEL.NOT_FINITE"


def test_is_a_whole_wrong_network_one_finding(key):
    before = ModelSpec((18,), (Dropout(0.3), Dense(64, "relu"), Dense(1)))
    slip = looks_like(before, "LAYER.EXTRA", topic="Dropout", layer=0)
    key(Network("net", WANTED, NETWORK.claims, slips=(slip,)))
    verdict = verdict_on(chain(dropout(0.3), dense(64, "relu"), dense(1)))
    assert [finding.code for finding in verdict.findings] == ["LAYER.EXTRA"]
    assert verdict.points == 2.0


def test_does_a_missing_layer_name_its_place(key):
    slip = missing_layer("Dropout", "LAYER.MISSING", position=1)
    key(Network("net", WANTED, NETWORK.claims, slips=(slip,)))
    verdict = verdict_on(chain(dense(128, "relu"), dense(2)))
    assert "after layer 1 (Dense)" in verdict.findings[0].message


def test_does_behavior_overrule_a_right_structure(key):
    key(NETWORK)
    measured = {
        "zeros": 0.9,
        "low": 0.0,
        "high": 1 / 0.7,
        "mean": 1.0,
        "draws": 4096,
        "is_identity_at_inference": True,
    }
    model = chain(
        dense(128, "relu"),
        dropout(0.3),
        dense(1),
        probes=(ProbeFacts("dropout", 1, measured),),
    )
    verdict = verdict_on(model)
    assert [finding.code for finding in verdict.findings] == ["BEHAVIOR.DROP_RATE"]
    assert verdict.status == "failed"


def test_is_an_undeclared_input_a_note_and_no_fault(key):
    key(NETWORK)
    layers = (dense(128, "relu"), dropout(0.3), dense(1))
    verdict = verdict_on(chain(*layers, built_here=True))
    assert (verdict.status, verdict.points) == ("passed with a note", 3.0)


def test_is_a_fault_of_a_rule_never_the_learners(key):
    def fails(facts, context):
        raise ZeroDivisionError("ours")

    key(Look("placement", "net", fails), NETWORK)
    verdict = verdict_on(chain(dense(128, "relu"), dropout(0.3), dense(1)))
    assert verdict.status == "broken"
    assert "ours" in verdict.checks[0].reason
    with pytest.raises(CheckerBroken, match="ours"):
        verdict.raise_if_broken()


def test_is_a_fault_of_capture_never_the_learners(key):
    key(NETWORK)
    facts = OtherFacts("capture_failed", "Sequential", "", ErrorFacts("E", "inside"))
    assert verdict_on(facts).status == "broken"


def test_is_a_key_that_forgets_a_check_a_fault_of_ours(key):
    key(NumberIs("rate", "net", 3))
    assert verdict_on(ValueFacts(3, "int")).status == "broken"


def test_is_a_snapshot_of_another_exercise_a_fault_of_ours(key):
    key(NETWORK)
    snapshot = Snapshot("toy-net", {"other": MissingFacts()})
    assert judge(snapshot, exercise=EXERCISE).status == "broken"


def test_is_the_answer_to_another_exercise_never_judged(key):
    key(NETWORK)
    model = chain(dense(128, "relu"), dropout(0.3), dense(1))
    verdict = judge(Snapshot("toy-other", {"net": model}), exercise=EXERCISE)
    assert (verdict.status, verdict.points) == ("not attempted", 0.0)


NUMBERS = Exercise(
    id="toy-gain",
    title="A gain",
    kind="P",
    parts=(Number("guess", low=0, high=1), Number("measured")),
    checks=(
        Check("guess", 1, "a number"),
        Check("measured", 1, "the measured number", needs_real_data=True),
        Check("why", 1, "the reason", needs=("measured",)),
    ),
    hints=("one", "two", "three"),
)


def test_is_one_cause_one_finding(key):
    rules = [
        Look(
            check.name,
            "guess",
            lambda f, c, n=check.name: [
                Found("FUNCTION.TOO_SLOW", n, {"part": "guess", "case": "one"})
            ],
        )
        for check in NUMBERS.checks
    ]
    key(*rules, exercise=NUMBERS)
    parts = {"guess": ValueFacts(1, "int"), "measured": ValueFacts(1, "int")}
    verdict = judge(Snapshot("toy-gain", parts), exercise=NUMBERS)
    assert len(verdict.findings) == 1
    assert list(states(verdict).values()) == ["failed", "skipped", "skipped"]
    assert verdict.points == 0.0


def numbers(key, guess, measured, *, stand_in=False) -> Verdict:
    def nothing(facts: object, context: Context) -> list[Found]:
        return []

    rules = (
        Committed("guess", "guess"),
        NumberIs("measured", "measured", 0.5, tolerance=0.1),
        Look("why", "measured", nothing),
    )
    key(*rules, exercise=NUMBERS)
    parts = {
        name: MissingFacts() if value is None else ValueFacts(value, "float")
        for name, value in (("guess", guess), ("measured", measured))
    }
    snapshot = Snapshot("toy-gain", parts, stand_in=stand_in)
    return judge(snapshot, exercise=NUMBERS)


def test_does_a_committed_number_count_whatever_it_is(key):
    assert numbers(key, 0.99, 0.5).points == 3.0
    assert numbers(key, 0.01, 0.5).points == 3.0


def test_does_a_number_out_of_its_range_not_count(key):
    assert numbers(key, 7, 0.5).findings[0].code == "NUMBER.OUT_OF_RANGE"


def test_is_half_an_answer_half_graded(key):
    verdict = numbers(key, 0.2, None)
    assert (verdict.status, verdict.points) == ("failed", 1.0)
    assert states(verdict)["measured"] == "skipped"


def test_is_a_check_skipped_whose_premise_failed(key):
    verdict = numbers(key, 0.2, 9.0)
    assert states(verdict)["why"] == "skipped"
    assert "the measured number" in verdict.checks[2].reason


def test_do_stand_in_data_leave_the_maximum(key):
    verdict = numbers(key, 0.2, 9.0, stand_in=True)
    assert states(verdict)["measured"] == "skipped"
    assert verdict.max_points == 2.0


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "X"},
        {"parts": ()},
        {"checks": ()},
        {"checks": (Check("a", 1, ""), Check("a", 1, ""))},
        {"checks": (Check("a", -1, ""),)},
        {"checks": (Check("a", 1, "", needs=("b",)), Check("b", 1, ""))},
    ],
)
def test_is_a_contradictory_exercise_an_error_of_the_author(changes):
    values = {
        "id": "toy-net",
        "title": "",
        "kind": "N",
        "parts": (Number("x"),),
        "checks": (Check("a", 1, ""),),
        "hints": (),
    }
    with pytest.raises(DeclarationError):
        Exercise(**{**values, **changes})


@pytest.mark.parametrize("claims", [{"a": ("x",)}, {"a": ("*",), "b": ("*",)}])
def test_must_a_network_claim_every_topic_once(claims):
    with pytest.raises(ValueError, match="claimed once"):
        Network("net", WANTED, claims)


def test_does_an_outcome_start_empty():
    assert Outcome() == Outcome((), {}, (), False)
