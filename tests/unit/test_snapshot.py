"""Snapshots travel as JSON, and hostile text is refused."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.snapshot import (
    CallbackFacts,
    ErrorFacts,
    FunctionFacts,
    MissingFacts,
    OtherFacts,
    ResultFacts,
    Snapshot,
    SnapshotError,
    TrainedFacts,
    ValueFacts,
)
from tests.unit.models import chain, dense, dropout

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)
errors = st.builds(ErrorFacts, st.text(), st.text(), st.text(), st.integers(0, 99))
results = st.builds(
    ResultFacts,
    plain,
    st.none() | errors,
    st.text(),
    st.booleans(),
    st.floats(0, 10),
    st.dictionaries(st.text(), plain, max_size=3),
)
models = st.sampled_from([chain(dense(4)), chain(dense(4, "relu"), dropout(0.3))])
facts = st.one_of(
    st.builds(MissingFacts),
    st.builds(OtherFacts, st.text(), st.text(), st.text(), st.none() | errors),
    st.builds(ValueFacts, plain, st.text(), st.just((2, 3)), st.text()),
    st.builds(FunctionFacts, st.text(), st.lists(results, max_size=3).map(tuple)),
    st.builds(CallbackFacts, st.text(), st.booleans(), st.just({"patience": 5})),
    models,
    st.builds(TrainedFacts, models, st.just({"mae": 0.2}), st.integers(0, 9)),
)
snapshots = st.builds(
    Snapshot,
    st.text(),
    st.dictionaries(st.text(), facts, max_size=3),
    st.text(),
    st.integers(0, 2**31),
    st.booleans(),
)


@given(snapshots)
def test_is_every_snapshot_the_same_after_a_trip_through_json(snapshot):
    assert Snapshot.from_json(snapshot.to_json()) == snapshot


def damaged():
    """Give texts that look more or less like a snapshot."""
    good = json.loads(Snapshot("a-b", {"x": ValueFacts(1, "int")}).to_json())
    yield "empty", ""
    yield "no JSON", "{"
    yield "a list", "[]"
    yield "another version", json.dumps(good | {"schema_version": 99})
    yield "an unknown field", json.dumps(good | {"points": 3})
    yield "a number for a text", json.dumps(good | {"exercise": 5})
    yield "a boolean for a number", json.dumps(good | {"seed": True})
    yield (
        "an unknown kind of facts",
        json.dumps(good | {"parts": {"x": {"type": "os"}}}),
    )
    yield (
        "facts without a field",
        json.dumps(good | {"parts": {"x": {"type": "ValueFacts", "value": 1}}}),
    )
    yield (
        "deep nesting",
        json.dumps(good).replace('"value": 1', '"value": ' + "[" * 90 + "]" * 90),
    )
    yield "very deep nesting", "[" * 100_000
    yield "too long", json.dumps(good | {"code": "x" * 5_000_000})


@pytest.mark.parametrize("text", [pytest.param(t, id=name) for name, t in damaged()])
def test_is_damaged_text_refused_with_a_reason(text):
    with pytest.raises(SnapshotError, match=r"\w"):
        Snapshot.from_json(text)


def test_is_a_snapshot_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Snapshot("a-b", {}).seed = 3


def test_is_the_first_line_of_an_error_quoted_that_is_not_empty():
    error = ErrorFacts("ValueError", "\n\n  Input   0 does\tnot fit.\n\nDetails: ...")
    assert error.first_line == "Input 0 does not fit."
    long = ErrorFacts("ValueError", 400 * "x").first_line
    assert (len(long), long[-1]) == (300, "…")
    assert ErrorFacts("ValueError", "\n").first_line == ""
