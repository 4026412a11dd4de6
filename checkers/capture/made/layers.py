"""Layers that are written by hand: what they do forward and backward, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkers.capture.data import NoPlainForm, shape_of, to_plain
from checkers.capture.running import run_limited

__all__ = ["observe_dropout_layer"]

_SHAPE = (40, 25)  # 1,000 draws: shares that differ by 0.08 are told apart
_LIMIT_S = 5.0


def observe_dropout_layer(layer: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what a dropout layer gives in training, in training again, at inference.

    Each forward pass is followed by a backward pass. What comes in is drawn from the
    rate, so that the same case gives the same inputs.

    Args:
        layer: An object with `forward(x, training)` and `backward(dout)`.
        args: What it was made with: the rate.
        folder: Not needed.

    Returns:
        `missing`: methods that it does not have. `passes`: one entry per pass, up to
        the first that stops, each with `name`, the arguments `x` and `dout`, and for
        `y` and `dx` a plain value, or None with `problem` and its words.
    """
    import numpy as np

    missing = [
        name
        for name in ("forward", "backward")
        if not callable(getattr(layer, name, None))
    ]
    found: dict[str, Any] = {"missing": missing, "passes": []}
    if missing:
        return found
    rng = np.random.default_rng(round(1e6 * abs(float(args[0]))))
    for name, training in (("train", True), ("again", True), ("inference", False)):
        x, dout = (
            rng.choice((-1.0, 1.0), _SHAPE) * rng.uniform(0.1, 2.0, _SHAPE)
            for _ in range(2)
        )
        one: dict[str, Any] = {"name": name, "x": x.tolist(), "dout": dout.tolist()}
        one["y"], one["forward"] = _run(layer.forward, x, training)
        if not one["forward"]["problem"]:
            one["dx"], one["backward"] = _run(layer.backward, dout)
        found["passes"].append(one)
        if one["forward"]["problem"] or one["backward"]["problem"]:
            break
    return found


def _run(method: Any, given: Any, *more: Any) -> tuple[Any, dict[str, Any]]:
    """Return the plain result of one call, and the facts about it.

    `problem` is "error", "none" or "kind" where there is no result.
    """
    before = given.copy()
    run = run_limited(lambda: method(given, *more), _LIMIT_S)
    facts = {
        "problem": "",
        "mutated": before.tobytes() != given.tobytes(),
        "kind": type(run.value).__name__,
        "shape": [],
        "error": "",
        "text": "",
        "line": "",
    }
    if run.error is not None:
        error = run.error
        texts = {"error": error.kind, "text": error.message, "line": error.line}
        return None, facts | {"problem": "error"} | texts
    if run.value is None:
        return None, facts | {"problem": "none"}
    try:
        plain = to_plain(run.value)
    except NoPlainForm:
        return None, facts | {"problem": "kind"}
    return plain, facts | {"shape": list(shape_of(run.value))}
