"""A Keras callback's public settings, the same before and after `fit`."""

from __future__ import annotations

import sys
from typing import Any

from checkers.capture.data import NoPlainForm, to_plain
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
    "save_freq",
    "initial_value_threshold",
    "separator",
    "append",
    "log_dir",
)
_ADDED_BY_FIT = ("History", "ProgbarLogger")


def capture_callback(answer: Any) -> Facts:
    """Return a callback's class and settings."""
    keras = sys.modules.get("keras")
    found = _unpacked(answer)
    reason = _why_no_callback(found, keras)
    if reason or keras is None:
        return OtherFacts(reason, type(answer).__name__, short_text(answer))
    cls = type(found)
    settings = {
        name: value
        for name in _NAMES
        if (value := _setting(found, name)) is not _NOT_THERE
    }
    delta = _setting(found, "min_delta")
    if isinstance(delta, int | float):
        # fit turns the sign for quantities that should fall: 0.001 becomes -0.001.
        settings["min_delta"] = abs(float(delta))
    is_keras = getattr(keras.callbacks, cls.__name__, None) is cls
    return CallbackFacts(cls.__name__, is_keras, settings)


def _unpacked(answer: Any) -> Any:
    """Return the one callback in a list or in Keras's own container.

    `fit` takes `callbacks=[stopper]`, so a list with one entry is no mistake.
    """
    items = getattr(answer, "callbacks", answer)
    if isinstance(items, list | tuple):
        own = [one for one in items if type(one).__name__ not in _ADDED_BY_FIT]
        if len(own) == 1:
            return own[0]
    return answer


def _why_no_callback(answer: Any, keras: Any) -> str:
    """Return why this is no callback; "" if it is one."""
    if keras is None:
        return "not_a_callback"
    if isinstance(answer, keras.callbacks.History):
        return "callback_history"  # what fit returns
    if isinstance(answer, keras.callbacks.CallbackList):
        return "several_callbacks"
    if isinstance(answer, keras.callbacks.Callback):
        return ""
    if isinstance(answer, type) and issubclass(answer, keras.callbacks.Callback):
        return "callback_class"
    is_list = isinstance(answer, list | tuple) and len(answer) > 1
    if is_list and all(isinstance(one, keras.callbacks.Callback) for one in answer):
        return "several_callbacks"
    return "not_a_callback"


_NOT_THERE = object()


def _setting(callback: Any, name: str) -> Any:
    """Return a public attribute as plain data, if it is there."""
    try:
        value = getattr(callback, name)
    except Exception:
        return _NOT_THERE
    try:
        return to_plain(value, max_entries=100)
    except NoPlainForm:
        return short_text(value)
