"""Dataclasses to JSON and back; what does not fit is refused."""

import math
from dataclasses import dataclass, field
from typing import Any

import pytest

from checkers.codec import CodecError, decode, encode


@dataclass(frozen=True)
class Inner:
    share: float


@dataclass(frozen=True)
class Outer:
    name: str
    value: Any = None
    inner: Inner | float | None = None
    scores: dict[str, float] = field(default_factory=dict)
    several: tuple[Inner | str, ...] = ()


NAMES = {"Inner": Inner, "Outer": Outer}


@pytest.mark.parametrize(
    "value",
    [
        Outer("a"),
        Outer("a", {"x": [1, "b", None, True, 0.5]}, Inner(0.5), {"mae": 1.0}),
        Outer("a", inner=0.25, several=(Inner(1.0), "text")),
    ],
)
def test_comes_a_dataclass_back_as_it_was(value):
    assert decode(Outer, encode(value), NAMES) == value


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_comes_every_float_back_wherever_it_stands(number):
    value = Outer("a", [{"x": number}], number, {"mae": number}, (Inner(number),))
    plain = encode(value)
    assert repr(decode(Outer, plain, NAMES)) == repr(value)
    assert "nan" not in repr(plain).replace("'nan'", "")


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        ({"type": "Inner", "share": 1.0}, "expected a Outer"),
        ([], "expected a Outer"),
        ({"type": "Outer"}, "Outer: "),
        ({"type": "Outer", "name": "a", "more": 1}, "no field 'more'"),
        ({"type": "Outer", "name": 3}, "expected <class 'str'>"),
        ({"type": "Outer", "name": "a", "value": (1,)}, "unexpected tuple"),
        (
            {"type": "Outer", "name": "a", "inner": {"type": "Other"}},
            "unexpected Other",
        ),
        ({"type": "Outer", "name": "a", "scores": []}, "expected dict"),
        (
            {"type": "Outer", "name": "a", "scores": {"a": {"type": "float"}}},
            "expected <class 'float'>",
        ),
        (
            {"type": "Outer", "name": "a", "several": [{"type": "Outer"}]},
            "unexpected Outer",
        ),
    ],
)
def test_is_what_does_not_fit_refused(plain, says):
    with pytest.raises(CodecError, match=says):
        decode(Outer, plain, NAMES)


def test_is_deep_nesting_refused():
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    with pytest.raises(CodecError, match="nested too deeply"):
        decode(Outer, {"type": "Outer", "name": "a", "value": deep}, NAMES)
    kind: Any = float
    for _ in range(60):
        kind = dict[str, kind]
    deeper: Any = 1.0
    for _ in range(60):
        deeper = {"a": deeper}
    with pytest.raises(CodecError, match="nested too deeply"):
        decode(kind, deeper, NAMES)
