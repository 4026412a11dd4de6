"""One case through proof and checker, and what is wrong with the verdict."""

from __future__ import annotations

import functools
import re
import time
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checkers.capture import capture
from checkers.judge import judge
from checkers.snapshot import ModelFacts, Snapshot
from checkers.spec import ANYTHING, AnyOf, Between, GraphSpec, ModelSpec, fits
from tests.bank.building import Built, build
from tests.bank.drafts import Draft
from tests.bank.proofs import (
    Reference,
    difference,
    is_given,
    is_same_graph,
    is_strict,
    look,
    reference_of,
)
from tests.bank.rewritings import NOTED_STYLES
from tests.bank.strategies import Case
from tests.bank.targets import Target

if TYPE_CHECKING:
    from checkers.verdict import Finding, Verdict

__all__ = ["Trial", "prove", "run", "try_case"]

_PLACE = re.compile(r"(?:layer|after layer|Layer) (\d+)")


@dataclass
class Trial:
    """What became of one case.

    Attributes:
        target: Name of the target.
        case: The case.
        proof: How it was proven: "equal", or what differs; "" if it was discarded.
        discarded: Why it was discarded, "" if it counts.
        fault: "", "false reject", "false accept", "crash" or "misplaced".
        detail: The verdict in a line, or the error.
        seconds: Wall times of capture and judge.
    """

    target: str
    case: Case
    proof: str = ""
    discarded: str = ""
    fault: str = ""
    detail: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


@functools.cache
def _reference(target_name: str) -> Reference:
    from tests.bank.targets import all_targets

    target = next(one for one in all_targets() if one.name == target_name)
    return reference_of(target)


def try_case(target: Target, case: Case) -> Trial:
    """Prove a case, check it, and look at the verdict."""
    trial = Trial(target.name, case)
    try:
        built = build(case.draft)
    except Exception as error:
        trial.discarded = "does not build"
        trial.detail = f"{type(error).__name__}: {error}"[:300]
        return trial
    was_built = bool(built.model.built and built.model.weights)
    prove(target, trial, built)
    if trial.discarded:
        return trial
    # The proof puts weights back, but cannot unbuild what it built.
    fresh = built if was_built else build(case.draft)
    try:
        snapshot, verdict = _check(target, fresh, trial)
    except Exception as error:
        trial.fault = "crash"
        trial.detail = f"{type(error).__name__}: {error}"[:300]
        return trial
    trial.detail = _in_a_line(verdict)
    if verdict.status == "broken":
        trial.fault = "crash"
        trial.detail = "; ".join({c.reason for c in verdict.checks if c.reason})[:300]
    elif case.is_right:
        wanted = {"passed"}
        if case.draft.style in NOTED_STYLES:
            wanted.add("passed with a note")
        if verdict.status not in wanted:
            trial.fault = "false reject"
    elif verdict.status != "failed":
        trial.fault = "false accept"
    elif not is_located(target, case, fresh, verdict, snapshot):
        trial.fault = "misplaced"
    return trial


def prove(target: Target, trial: Trial, built: Built) -> None:
    """Write down how a case is proven, or why it is discarded."""
    case, reference = trial.case, _reference(target.name)
    seen = look(built, reference)
    has_free_momentum = "momentum" in case.draft.step_texts()
    if case.change is None:
        found = difference(seen, reference.seen)
        if found == "after" and has_free_momentum and _in_range(target, built):
            found = ""
        trial.proof = "" if found else "equal"
        trial.discarded = f"not proven equal: {found}" if found else ""
        if found == "raises":
            trial.discarded = f"raises: {seen.problem}"
        return
    if is_given(target, case.base):
        trial.discarded = "the given network"
        return
    if is_same_graph(target, case.change, case.base):
        trial.discarded = "the same graph"
        return
    trial.proof = difference(seen, reference.seen)
    if not trial.proof and is_strict(target, case.change, built, case.draft):
        trial.proof = "strict property"
    if not trial.proof:
        trial.discarded = "not proven different"
    elif trial.proof == "raises":
        trial.discarded = f"raises: {seen.problem}"
    elif _is_allowed(target, case, built):
        trial.discarded = "inside the range that the key allows"


def _is_allowed(target: Target, case: Case, built: Built) -> bool:
    """Return True if the changed property still is what the key allows."""
    change = case.change
    assert change is not None
    if change.what == "extra" and _is_activation(case.draft, change.origins[0]):
        before = target.spec.layers[change.origins[-1]]
        return before.properties.get("activation") is ANYTHING
    if change.what != "property" or len(change.origins) != 1:
        return False
    if case.operator == "called_switched_off":
        return _may_be_off(target, change.origins[0])
    spec = target.spec.layers[change.origins[0]]
    expected = spec.properties.get(change.name)
    if expected is ANYTHING:
        return True  # another rule of the key judges it: the head, with the loss
    if not isinstance(expected, Between | AnyOf):
        return False
    found = [layer.get_config() for layer in built.layers(change.origins[0])]
    return all(fits(expected, config.get(change.name)) for config in found)


def _may_be_off(target: Target, origin: int) -> bool:
    """Return True if the key allows a layer to be called with training=False."""
    layer = target.spec.layers[origin]
    others = [spec.layers[origin] for spec in target.also if _is_twin(target, spec)]
    return any(
        fits(one.properties.get("switch", "normal"), "off")
        and {**one.properties, "switch": ""} == {**layer.properties, "switch": ""}
        for one in (layer, *others)
    )


def _is_twin(target: Target, spec: ModelSpec | GraphSpec) -> bool:
    """Return True if a spec has layers of the same kinds as the target's."""
    kinds = [layer.kind for layer in spec.layers]
    return kinds == [layer.kind for layer in target.spec.layers]


def _is_activation(draft: Draft, key: int) -> bool:
    """Return True if a step is an operation that can be a layer's activation."""
    step = next((one for one in draft.steps if one.key == key), None)
    return step is not None and step.operation.startswith(_ACTIVATIONS)


_ACTIVATIONS = ("keras.ops.tanh", "keras.ops.relu")


def _in_range(target: Target, built: Built) -> bool:
    """Return True if all normalizations are as the key allows."""
    for origin, spec in enumerate(target.spec.layers):
        if spec.kind != "BatchNormalization":
            continue
        for layer in built.layers(origin):
            config = layer.get_config()
            for name in ("momentum", "epsilon"):
                is_free = {name, f"{spec.kind}.{name}"} & set(target.free)
                expected = spec.properties.get(name, ANYTHING)
                if not is_free and not fits(expected, config.get(name)):
                    return False
    return True


def _check(target: Target, built: Built, trial: Trial) -> tuple[Snapshot, Verdict]:
    """Check a model as a notebook does, and render the verdict."""
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras's on shapes of unbuilt models
        snapshot = capture(target.exercise, (built.model,))
    middle = time.perf_counter()
    verdict = judge(snapshot, exercise=target.exercise, key=target.key)
    end = time.perf_counter()
    trial.seconds = {"capture": middle - start, "judge": end - middle}
    verdict.to_text()
    verdict.to_html()
    return snapshot, verdict


def _in_a_line(verdict: Verdict) -> str:
    found = [f"{one.code}: {one.message}" for one in verdict.findings]
    reasons = [f"{c.name} {c.state}" for c in verdict.checks if c.state != "passed"]
    return f"{verdict.status}: {' | '.join(found) or reasons}"


# -- Is the first finding at the right place? ----------------------------------------


def is_located(
    target: Target, case: Case, built: Built, verdict: Verdict, snapshot: Snapshot
) -> bool:
    """Return True if the first finding points at the change and names it."""
    change = case.change
    assert change is not None
    if not verdict.findings:
        return False
    first = verdict.findings[0]
    origins = _origins(first, built)
    if first.code == "LAYER.SWAPPED":  # its sentence names both layers
        origins |= _numbered(first, built, snapshot)
    origins = _with_equal_neighbors(case.base, origins)
    text = " ".join((first.code, first.message, first.expected, first.received)).lower()
    named = not change.words or any(word in text for word in change.words)
    if change.what == "input":
        return first.code.startswith("INPUT.") or (
            named and bool(set(change.origins) & origins)
        )
    if change.what == "outputs":
        return named
    if change.what == "missing":
        return _names_missing(target, case, first, origins, snapshot, built)
    if change.what == "extra":
        return named and _names_extra(target, case, first, origins)
    if change.what == "order":
        kinds = {target.spec.layers[origin].kind for origin in change.origins}
        if set(change.origins) & origins or _moves_back(target, case, origins):
            return True
        if set(change.origins) >= set(target.draft.outputs) and "OUTPUT" in first.code:
            return True  # two heads that changed places are outputs in another order
        is_missing = first.layer is not None and first.layer.index is None
        return is_missing and _kind(first) in kinds
    if set(change.origins) & origins:
        return named
    # A layer that has nothing to point at: an operation, or one that is not there.
    has_no_layer = first.layer is None or first.layer.index is None
    kinds = {
        target.spec.layers[o].kind
        for o in change.origins
        if o < len(target.spec.layers)
    }
    return named and has_no_layer and _kind(first) in {*kinds, "", *_OPERATIONS}


_OPERATIONS = ("Relu", "Activation")


def _with_equal_neighbors(base: Draft, origins: set[int]) -> set[int]:
    """Return the steps with those beside them that are the same layer again."""
    found = set(origins)
    neighbors = list(zip(base.steps, base.steps[1:], strict=False))
    for one, two in (*neighbors, *reversed(neighbors)):
        is_same = (one.kind, one.arguments, one.maker) == (
            two.kind,
            two.arguments,
            two.maker,
        )
        if is_same and two.inputs == (one.key,) and found & {one.origin, two.origin}:
            found |= {one.origin, two.origin}
    return found


def _kind(finding: Finding) -> str:
    return finding.layer.kind if finding.layer else ""


def _origins(finding: Finding, built: Built) -> set[int]:
    """Return the expected step that a finding points at; {} if it names none."""
    if finding.layer is None or not finding.layer.name:
        return set()
    origin = built.origins.get(finding.layer.name)
    return set() if origin is None else {origin}


def _numbered(finding: Finding, built: Built, snapshot: Snapshot) -> set[int]:
    """Return the expected steps of all layers that a sentence names by number."""
    facts = next(iter(snapshot.parts.values()))
    if not isinstance(facts, ModelFacts):
        return set()
    numbers = [int(number) for number in _PLACE.findall(finding.message)]
    names = [facts.layers[n - 1].name for n in numbers if n <= len(facts.layers)]
    return {built.origins[name] for name in names if name in built.origins}


def _names_missing(
    target: Target,
    case: Case,
    first: Finding,
    origins: set[int],
    snapshot: Snapshot,
    built: Built,
) -> bool:
    """The finding names the missing kind and, as far as it says, the right place."""
    change = case.change
    assert change is not None
    is_slip = not first.code.startswith("LAYER.")
    if set(change.origins) & origins:
        return True  # owned but never called: the layer itself
    if _kind(first) != change.kind:
        # The last layer is gone: its activation or units are missed at the one before.
        return is_slip and change.kind.lower() in first.message.lower()
    if is_slip or first.layer is None or first.layer.index is not None:
        return True
    return _place_fits(target, case, first, snapshot, built)


def _place_fits(
    target: Target, case: Case, first: Finding, snapshot: Snapshot, built: Built
) -> bool:
    """Putting the layer at the named place gives the expected model."""
    if not target.draft.is_chain or "after layer" not in first.message:
        return True
    numbers = [int(number) for number in _PLACE.findall(first.message)]
    facts = next(iter(snapshot.parts.values()))
    if not numbers or not isinstance(facts, ModelFacts):
        return False
    layers = facts.layers
    name = layers[numbers[0] - 1].name if numbers[0] <= len(layers) else ""
    before = built.origins.get(name)
    if before is None:
        return False
    expected = target.draft.signature()
    for origin in case.change.origins if case.change else ():
        step = target.draft.step(origin)
        if before not in {one.key for one in case.base.steps}:
            continue
        put = case.base.inserted(before, step)
        if put.signature() == expected:
            return True
    # Several layers of the kind are gone: any place next to one of them.
    return len(case.change.origins) > 1 if case.change else False


def _moves_back(target: Target, case: Case, origins: set[int]) -> bool:
    """Putting the named layer elsewhere gives the expected model."""
    expected = target.draft.signature()
    for step in case.base.steps:
        if step.origin not in origins or len(step.inputs) != 1:
            continue
        rest = case.base.dropped(step.key)
        for after in (-1, *(one.key for one in rest.steps)):
            if rest.inserted(after, step).signature() == expected:
                return True
    return False


def _names_extra(target: Target, case: Case, first: Finding, origins: set[int]) -> bool:
    """Removing the named layer gives the expected model."""
    change = case.change
    assert change is not None
    if set(change.origins) & origins:
        return True
    if first.layer is not None and first.layer.index is None:
        return not change.kind or _kind(first) == change.kind
    expected = target.draft.signature()
    return any(
        step.origin in origins and case.base.dropped(step.key).signature() == expected
        for step in case.base.steps
    ) or (not change.kind and not origins)


def run(target: Target, draft: Draft) -> Any:
    """Return the verdict on one draft, for a look at a single case."""
    trial = Trial(target.name, Case("", draft, draft))
    return _check(target, build(draft), trial)[1]
