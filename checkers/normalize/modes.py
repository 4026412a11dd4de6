"""Whether a call acts as it should in each mode, or is switched on or off."""

from __future__ import annotations

from checkers.snapshot import TraceFacts

__all__ = ["switches_of"]


def switches_of(
    trace: TraceFacts, other: TraceFacts | None, *, training: bool
) -> list[str]:
    """Return per call: normal, off (in training) or on (at inference)."""
    seen: dict[int, int] = {}
    partners = {}
    for call in other.calls if other else ():
        if call.layer is not None:
            seen[call.layer] = seen.get(call.layer, 0) + 1
            partners[call.layer, seen[call.layer]] = call
    count: dict[int, int] = {}
    modes = []
    for call in trace.calls:
        if call.layer is None:
            modes.append("normal")
            continue
        count[call.layer] = count.get(call.layer, 0) + 1
        partner = partners.get((call.layer, count[call.layer]))
        first, second = (call, partner) if training else (partner, call)
        if first is not None and first.training is False:
            modes.append("off")
        elif second is not None and second.training is True:
            modes.append("on")
        else:
            modes.append("normal")
    return modes
