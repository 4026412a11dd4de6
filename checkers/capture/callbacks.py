"""A Keras callback's public settings, the same before and after `fit`."""

from __future__ import annotations

import sys
from typing import Any

from checkers.capture.stubs import short_text
from checkers.snapshot import CallbackFacts, Facts, OtherFacts

__all__ = ["capture_callback"]

_NAMES = (
    "monitor",
    "patience",
    "restore_best_weights",
    "mode",
    "baseline",
    "start_from_epoch",
    "factor",
    "min_lr",
    "cooldown",
    "filepath",
    "save_best_only",
    "save_weights_only",
)


def capture_callback(answer: Any) -> Facts:
    """Return a callback's class and settings."""
    keras = sys.modules.get("keras")
    if isinstance(answer, list | tuple) and len(answer) == 1:
        answer = answer[0]  # fit takes callbacks=[stopper]; the list is no mistake
    if keras is None or not isinstance(answer, keras.callbacks.Callback):
        return OtherFacts("not_a_callback", type(answer).__name__, short_text(answer))
    cls = type(answer)
    settings: dict[str, Any] = {
        name: _plain(getattr(answer, name)) for name in _NAMES if hasattr(answer, name)
    }
    if hasattr(answer, "min_delta"):
        # fit turns the sign for quantities that should fall: 0.001 becomes -0.001.
        settings["min_delta"] = abs(float(answer.min_delta))
    is_keras = getattr(keras.callbacks, cls.__name__, None) is cls
    return CallbackFacts(cls.__name__, is_keras, settings)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str | None) else str(value)
