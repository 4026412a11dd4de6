"""A model or data file of the user's, opened so that no code in it runs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

__all__ = ["ModelFile", "load_data", "load_model"]

_PAIRS = (("inputs", "targets"), ("x", "y"), ("x_train", "y_train"))


class ModelFile(click.ClickException):
    """A file that cannot be used, with the next step."""


def load_model(path: Path) -> Any:
    """Load a `.keras` file; code inside it is never run.

    Raises:
        ModelFile: If it is missing, damaged, of another kind, or holds code.
    """
    config = _config(path)
    own = sorted(set(_own_classes(config)))
    if "Lambda" in _class_names(config):
        raise ModelFile(
            f"{path.name} holds a Lambda layer: Python code, which is not run from a "
            "file. Next: replace it by a Keras layer, or look at the model in Python, "
            "where you built it: checkers.lint(model)."
        )
    if own:
        raise ModelFile(
            f"{path.name} uses code that Keras does not have: {', '.join(own)}. "
            "Next: look at the model in Python, where that is defined: "
            "checkers.lint(model)."
        )
    from checkers.capture.quiet import quiet

    try:
        with quiet():
            model, is_whole = _load(path)
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelFile(
            f"{path.name} is damaged or of another Keras version: {reason[0][:300]} "
            "Next: save the model again with model.save(...)."
        ) from error
    if not is_whole:
        click.echo("Left out: compile settings with code of its author.", err=True)
    return model


def load_data(path: Path) -> Any:
    """Load inputs and targets from an `.npz` file.

    Raises:
        ModelFile: If it is missing or damaged, or if its arrays have other names.
    """
    import numpy as np

    if not path.is_file():
        raise ModelFile(f"There is no file {path}. Next: check the path.")
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
    except Exception as error:
        raise ModelFile(
            f"{path.name} is no readable .npz file of plain arrays. Next: write it "
            "with numpy.savez(path, inputs=inputs, targets=targets)."
        ) from error
    for inputs, targets in _PAIRS:
        if inputs in arrays:
            return arrays[inputs], arrays.get(targets)
    raise ModelFile(
        f"Expected arrays named inputs and targets in {path.name}, received "
        f"{', '.join(sorted(arrays)) or 'none'}. Next: write it with "
        "numpy.savez(path, inputs=inputs, targets=targets)."
    )


def _config(path: Path) -> Any:
    """Return the architecture that a `.keras` file describes."""
    if not path.is_file():
        raise ModelFile(f"There is no file {path}. Next: check the path.")
    try:
        with zipfile.ZipFile(path) as stored:
            if "config.json" in stored.namelist():
                return json.loads(stored.read("config.json"))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        pass
    raise ModelFile(
        f"{path.name} is no .keras file, or only a part of one. Next: load it in "
        'Python, then save it with model.save("model.keras").'
    )


def _load(path: Path) -> tuple[Any, bool]:
    """Return the model, and whether it came with its compile settings."""
    import keras

    try:
        return keras.models.load_model(path, safe_mode=True), True
    except Exception:
        # A loss of the author's own need not load; the layers are what counts.
        return keras.models.load_model(path, safe_mode=True, compile=False), False


def _objects(config: Any) -> Iterator[dict[str, Any]]:
    """Yield every serialized object of an architecture, compile settings left out."""
    if isinstance(config, dict):
        if "class_name" in config:
            yield config
        for key, value in config.items():
            if key != "compile_config":
                yield from _objects(value)
    elif isinstance(config, list):
        for value in config:
            yield from _objects(value)


def _class_names(config: Any) -> set[str]:
    """Return the class names of all objects."""
    return {str(one["class_name"]) for one in _objects(config)}


def _own_classes(config: Any) -> Iterator[str]:
    """Yield the names of classes and functions that belong to no library of Keras's."""
    for one in _objects(config):
        module = str(one.get("module") or "").split(".")[0]
        if one["class_name"] == "function" and module != "keras":
            yield str(one.get("config"))
        elif one.get("registered_name") and module not in ("keras", "builtins"):
            yield str(one["class_name"])
