"""What a rule says on a network that may be built in several ways."""

import pytest

from checkers.exercise import Check, Exercise, Model
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.either import EitherNetwork
from checkers.rules.models import Network
from checkers.snapshot import Snapshot
from checkers.spec import Dense, ModelSpec
from tests.unit.models import chain, dense


def network(*units, part="net", checks=("a",)):
    claims = {checks[0]: ("*",), **{name: (name,) for name in checks[1:]}}
    return Network(part, ModelSpec((18,), tuple(map(Dense, units))), claims)


def codes(*layers):
    rule = EitherNetwork(network(64, 1), also=(network(32, 1), network(1)))
    part = Model("net", inputs=(18,))
    exercise = Exercise("toy-e", "E", "M", (part,), (Check("a", 1, "a"),), ("a",) * 3)
    snapshot = Snapshot("toy-e", {"net": chain(*layers)})
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-e", (rule,), ""))
    assert verdict.status != "broken", verdict.to_text()
    return [(found.code, found.layer.index) for found in verdict.findings]


def test_is_each_of_the_forms_right():
    assert codes(dense(64), dense(1)) == []
    assert codes(dense(32), dense(1)) == []
    assert codes(dense(1)) == []


def test_is_any_other_network_compared_with_the_first():
    assert codes(dense(16), dense(1)) == [("LAYER.PROPERTY", 0)]


def test_must_all_forms_decide_the_same_checks():
    with pytest.raises(ValueError, match="Expected the part 'net'"):
        EitherNetwork(network(1), also=(network(2, part="other"),))
    with pytest.raises(ValueError, match="Expected the part 'net'"):
        EitherNetwork(network(1), also=(network(2, checks=("a", "Dense")),))
