"""What a verdict may tell of an expected model, and what it keeps for `solution()`.

An expected value shows where the task's text states it, or where it is the one
property that a finding names. So a verdict tells at most one thing that the text does
not state. Where that would complete the picture although something else differs as
well, it tells none: mend the rest first. The differences that it keeps are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkers.compare import Alignment, Edit
from checkers.layers import defaults_of
from checkers.rules.base import Found
from checkers.spec import GraphSpec, LayerSpec, ModelSpec, fits, show_value
from checkers.verdict import NO_VALUE

__all__ = ["Disclosure", "disclose", "kept_back"]

_SWITCHES = {"trainable": True, "switch": "normal"}
_CONNECTIONS = ("wiring", "order", "shared", "unshared", "outputs")
_OWN = ("extra", "impostor")  # they speak of the learner's layer only


@dataclass(frozen=True)
class Disclosure:
    """What one verdict tells.

    Attributes:
        spec: The expected model.
        states: What the task's text states (see `Exercise.states`).
        kept: Differences that are counted but not told.
    """

    spec: ModelSpec | GraphSpec
    states: frozenset[str]
    kept: frozenset[Edit] = frozenset()

    def names(self, kind: str) -> bool:
        """Return True if the text says that there is such a layer, and where."""
        return bool(self.states & {"all", "layers", kind})

    def states_setting(self, layer: LayerSpec, name: str) -> bool:
        """Return True if the text states a setting, or nobody has to write it."""
        words = {"all", layer.kind, name, f"{layer.kind}.{name}"}
        if self.states & words:
            return True
        default = {**_SWITCHES, **(defaults_of(layer.kind) or {})}.get(name)
        return fits(layer.properties[name], default)

    def is_stated(self, edit: Edit) -> bool:
        """Return True if naming a difference tells nothing that the text does not."""
        if edit.what in _OWN or edit.expected is None or "all" in self.states:
            return True
        layer = self.spec.layers[edit.expected]
        if edit.what == "property":
            return self.states_setting(layer, edit.name)
        if edit.what in ("missing", "kind", "moved", "swapped"):
            return self.names(layer.kind)
        return "layers" in self.states

    def describe(self, position: int, edits: tuple[Edit, ...] = ()) -> str:
        """Return an expected layer as far as it may be told.

        Args:
            position: Its position among the expected layers.
            edits: The differences of this layer.
        """
        layer = self.spec.layers[position]
        is_told = any(edit.what not in _OWN for edit in edits if edit not in self.kept)
        if not self.names(layer.kind) and not is_told:
            return NO_VALUE
        return replace(layer, given=self.settings(position, edits)).describe()

    def settings(self, position: int, edits: tuple[Edit, ...] = ()) -> tuple[str, ...]:
        """Return the names of an expected layer's settings that may be told.

        That a setting is of interest at all is told with it.
        """
        layer = self.spec.layers[position]
        named = {edit.name for edit in edits if edit not in self.kept}
        return tuple(
            name
            for name in layer.given
            if name in named or self.states_setting(layer, name)
        )

    def hides_settings(self, position: int) -> bool:
        """Return True if an expected layer has settings that may not be told."""
        return self.settings(position) != self.spec.layers[position].given

    def limit(self, found: Found, edit: Edit) -> Found:
        """Return a finding without the settings that it does not name."""
        if edit.what == "property" or edit.expected is None or "all" in self.states:
            return found
        layer = self.spec.layers[edit.expected]
        if found.expected != layer.describe():
            return found
        return replace(found, expected=self.describe(edit.expected, (edit,)))


def disclose(
    spec: ModelSpec | GraphSpec,
    alignment: Alignment,
    states: tuple[str, ...],
    *,
    differs_elsewhere: bool,
) -> Disclosure:
    """Return what the verdict on this alignment tells.

    Args:
        spec: The expected model.
        alignment: Expected and found layers side by side.
        states: What the task's text states.
        differs_elsewhere: True if something is wrong beside the layers.
    """
    open_ = Disclosure(spec, frozenset(states))
    secret = [edit for edit in alignment.edits if not open_.is_stated(edit)]
    facts = list(dict.fromkeys(_fact(edit, spec) for edit in secret))
    is_alone = len(secret) == len(alignment.edits) and not differs_elsewhere
    told = facts if is_alone and len(facts) == 1 else []
    if len(facts) > 1:  # a connection names other layers, missing ones too
        told = [fact for fact in facts if fact[0] not in _CONNECTIONS][:1]
    kept = frozenset(edit for edit in secret if _fact(edit, spec) not in told)
    return replace(open_, kept=kept)


def _fact(edit: Edit, spec: ModelSpec | GraphSpec) -> tuple[str, ...]:
    """Return what a difference tells: one setting of a kind, or one layer's place."""
    if edit.what != "property" or edit.expected is None:
        return (edit.what, str(edit.expected))
    layer = spec.layers[edit.expected]
    return (layer.kind, edit.name, show_value(layer.properties[edit.name]))


def kept_back(checks: list[str]) -> list[Found]:
    """Return one finding for each check whose differences are only counted."""
    values = {"count": len(checks)}
    return [Found("MODEL.FURTHER", name, values) for name in dict.fromkeys(checks)]
