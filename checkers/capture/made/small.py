"""A small saved network, a path to save it at, and a bowl to roll down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["bowl_gradient", "model_path", "saved_model", "small_model"]


def small_model(_: Path, *, seed: int = 0, inputs: int = 3) -> Any:
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


def model_path(folder: Path, *, name: str = "model.keras") -> str:
    """Return a path in an empty folder that is deleted after the case."""
    return str(folder / name)


def saved_model(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Compare a returned model with the one that was saved."""
    import zipfile

    import keras
    import numpy as np

    original, path = args[0], Path(args[1])
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))
    found: dict[str, Any] = {
        "files": files[:20],
        # A pickled model holds an archive too, but does not begin with one.
        "is_keras_file": path.is_file()
        and zipfile.is_zipfile(path)
        and path.read_bytes()[:2] == b"PK",
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


def bowl_gradient(_: Path, *, curvature: list[float]) -> Any:
    """Return the gradient of a bowl, L(w) = ½ Σ curvature · w²."""
    import numpy as np

    factors = np.array(curvature)

    def gradient(w: Any) -> Any:
        return factors * np.asarray(w, "float64")

    return gradient
