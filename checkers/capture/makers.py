"""Arguments and observations that need Keras or a folder of their own.

A case names a maker (`Made("small_model")`), a function part names an observer; both
are found here, so that tasks stay plain data.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from checkers.parts import Made

__all__ = ["make", "observe"]


def make(made: Made, folder: Path) -> Any:
    """Return the argument that a case asks for.

    Raises:
        KeyError: If there is no such maker: the author's error.
    """
    return _MAKERS[made.maker](folder, **made.settings)


def observe(name: str, result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what an observer measures about a result, as plain data."""
    found: dict[str, Any] = _OBSERVERS[name](result, args, folder)
    return found


def _small_model(_: Path, *, seed: int = 0, inputs: int = 3) -> Any:
    """Return a small compiled network with weights drawn from a seed."""
    import keras
    import numpy as np

    model = keras.Sequential(
        [
            keras.Input((inputs,)),
            keras.layers.Dense(4, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    rng = np.random.default_rng(seed)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    model.compile(optimizer="adam", loss="mae")
    return model


def _model_path(folder: Path, *, name: str = "model.keras") -> str:
    """Return a path in an empty folder that is deleted after the case."""
    return str(folder / name)


def _saved_model(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Compare a returned model with the one that was saved."""
    import zipfile

    import keras
    import numpy as np

    original, path = args[0], Path(args[1])
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))
    found: dict[str, Any] = {
        "files": files[:20],
        "is_keras_file": path.is_file() and zipfile.is_zipfile(path),
        "is_model": isinstance(result, keras.Model),
        "is_same_object": result is original,
        "optimizer": type(
            getattr(result, "optimizer", None)
        ).__name__,  # NoneType: lost
    }
    if not found["is_model"]:
        return found
    inputs = np.random.default_rng(1).normal(size=(8, original.input_shape[-1]))
    try:
        expected = keras.ops.convert_to_numpy(original(inputs, training=False))
        received = keras.ops.convert_to_numpy(result(inputs, training=False))
        found["is_same_shape"] = expected.shape == received.shape
        if found["is_same_shape"]:
            found["max_difference"] = float(np.abs(expected - received).max())
    except Exception as error:
        found["error"] = f"{type(error).__name__}: {error}"[:500]
    return found


_MAKERS: dict[str, Callable[..., Any]] = {
    "small_model": _small_model,
    "model_path": _model_path,
}
_OBSERVERS: dict[str, Callable[..., Any]] = {"saved_model": _saved_model}
