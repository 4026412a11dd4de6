"""The bank, its fast part: generated right and wrong answers through the checker.

The long run is `python bench/checker.py --cases 20000`.
"""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.bank.draws import draw_cases, pairs
from tests.bank.mutants import MUTANTS
from tests.bank.rewritings import REWRITINGS
from tests.bank.sources import STYLES
from tests.bank.strategies import applicable, mutants, rewritings
from tests.bank.targets import all_targets, targets_of_keys
from tests.bank.trials import Trial, try_case

TARGETS = {target.name: target for target in all_targets()}
# Different every week would be nice, the same every time is right for a suite.
FIXED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=5,
    phases=[Phase.generate],  # shrinking a slow case takes minutes; the text tells
    suppress_health_check=list(HealthCheck),
)


def text_of(trial: Trial) -> str:
    return f"{trial.fault}: {trial.detail}\n{trial.case.draft}"


@pytest.mark.parametrize("name", TARGETS)
def test_every_proven_rewriting_passes(name):
    @FIXED
    @given(rewritings(TARGETS[name].draft))
    def check(case):
        trial = try_case(TARGETS[name], case)
        assert not trial.fault, text_of(trial)

    check()


@pytest.mark.parametrize("name", TARGETS)
def test_every_proven_mutant_fails_at_its_place(name):
    @FIXED
    @given(mutants(TARGETS[name].draft))
    def check(case):
        trial = try_case(TARGETS[name], case)
        assert not trial.fault, text_of(trial)

    check()


def test_every_network_of_every_key_is_a_target():
    parts = {(t.exercise.id, t.exercise.parts[0].name) for t in targets_of_keys()}
    assert {("dropout-spotify-net", "spotify_net"), ("dropout-map-net", "map_net")} <= (
        parts
    )
    assert len(parts) == len(targets_of_keys()) >= 10


@pytest.mark.parametrize("operators", [REWRITINGS, MUTANTS], ids=["right", "wrong"])
def test_every_operator_applies_to_some_target(operators):
    used = {
        name
        for target in TARGETS.values()
        for name in applicable(target.draft, operators)
    }
    assert sorted(used) == sorted(operators)


@pytest.mark.parametrize(
    ("side", "operator"),
    [
        ("right", "activation_lambda"),
        ("right", "flatten_as_reshape"),
        ("wrong", "rate_is_keep"),
        ("wrong", "share_weights"),
        ("wrong", "impostor"),
    ],
)
def test_an_operator_has_a_case_that_survives_its_proof(side, operator):
    assert any(
        try_case(target, case).proof
        for target in TARGETS.values()
        if (side, operator) in pairs(target)
        for case in draw_cases(target, side, operator, 2, 5)
    )


def test_the_plain_draft_of_every_target_passes():
    from tests.bank.trials import run

    found = {name: run(target, target.draft).status for name, target in TARGETS.items()}
    assert found == dict.fromkeys(TARGETS, "passed")


def test_the_bank_holds_several_hundred_cases():
    assert 2 * FIXED.max_examples * len(TARGETS) >= 300


def test_styles_are_operators():
    assert {f"style:{name}" for name in STYLES} <= set(REWRITINGS)


def test_a_proof_never_asks_the_checker():
    """It runs where the modules that compare models cannot be imported."""
    code = (
        "import sys;"
        "names = 'normalize compare capture rules.models'.split();"
        "sys.modules.update({f'checkers.{name}': None for name in names});"
        "import tests.bank.proofs, tests.bank.rewritings, tests.bank.mutants"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
