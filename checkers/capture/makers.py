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


def _dropout_model(_: Path, *, seed: int = 0) -> Any:
    """Return a network of four hidden units with dropout, weights from a seed."""
    import keras
    import numpy as np

    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, activation="softplus"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(2, activation="softplus"),
        ]
    )
    rng = np.random.default_rng(seed)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    return model


def _bowl_gradient(_: Path, *, curvature: list[float]) -> Any:
    """Return the gradient of a bowl, L(w) = ½ Σ curvature · w²."""
    import numpy as np

    factors = np.array(curvature)

    def gradient(w: Any) -> Any:
        return factors * np.asarray(w, "float64")

    return gradient


def _monte_carlo(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Compare mean and spread over passes with all 16 masks, in standard errors."""
    import numpy as np

    model, inputs, passes = args
    inference = np.asarray(model(inputs, training=False), "float64")
    found: dict[str, Any] = {"problem": "", "expected": "", "received": ""}
    if not isinstance(result, list | tuple) or len(result) != 2:
        kind = type(result).__name__
        return found | {"problem": "pair", "expected": "2 arrays", "received": kind}
    mean, spread = (np.asarray(part, "float64") for part in result)
    for part in (mean, spread):
        if part.shape != inference.shape:
            shapes = {"expected": str(inference.shape), "received": str(part.shape)}
            return found | {"problem": "shape", **shapes}
        if not np.isfinite(part).all():
            return found | {"problem": "finite", "received": str(part.flat[0])}
    every = _all_masks(model, inputs)
    center, deviation = every.mean(axis=0), every.std(axis=0)
    fourth = ((every - center) ** 4).mean(axis=0)
    mean_error = deviation / np.sqrt(passes)
    variance_error = np.sqrt(np.maximum(fourth - deviation**4, 0.0) / passes)
    spread_error = variance_error / (2 * deviation) + 2 * deviation / passes
    expects_spread = passes > 1
    wanted = deviation if expects_spread else np.zeros_like(deviation)
    return found | {
        "is_inference": bool(np.allclose(mean, inference, atol=1e-5)),
        "is_spread_zero": bool(np.allclose(spread, 0.0, atol=1e-4)),
        "is_variance": bool(
            expects_spread
            and _sigmas(np.sqrt(np.abs(spread)) - wanted, spread_error) <= 5
            and _sigmas(spread - wanted, spread_error) > 5
        ),
        "mean_sigmas": _sigmas(mean - center, mean_error),
        "spread_sigmas": _sigmas(spread - wanted, spread_error),
    }


def _all_masks(model: Any, inputs: Any) -> Any:
    """Return the predictions of `_dropout_model` under each of its 16 masks."""
    import itertools

    import numpy as np

    w_1, b_1, w_2, b_2 = (np.asarray(w, "float64") for w in model.get_weights())
    hidden = np.logaddexp(0.0, np.asarray(inputs, "float64") @ w_1 + b_1)
    masks = itertools.product((0.0, 2.0), repeat=4)
    return np.stack(
        [np.logaddexp(0.0, (hidden * np.array(m)) @ w_2 + b_2) for m in masks]
    )


def _sigmas(difference: Any, error: Any) -> float:
    """Return the largest difference in standard errors."""
    import numpy as np

    return float(np.max(np.abs(difference) / (error + 1e-6)))


def _classifier(_: Path, *, seed: int, classes: int, head: str) -> Any:
    """Return a small network, not compiled; its last layer has softmax or does not."""
    from checkers.capture.classifiers import make_classifier

    return make_classifier(seed=seed, classes=classes, head=head)


def _compiled_classifier(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Measure the loss and the metrics of a compiled classifier on fixed logits."""
    from checkers.capture.classifiers import observe_classifier

    return observe_classifier(result, args)


def _dropout_layer(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Run a layer that was written by hand forward and backward."""
    from checkers.capture.layers import observe_dropout_layer

    return observe_dropout_layer(result, args)


def _normed_model(folder: Path, **settings: Any) -> Any:
    """Return a network with dropout and stored variances that do not fit."""
    from checkers.capture.shifted import make_normed_model

    return make_normed_model(folder, **settings)


def _rows(folder: Path, **settings: Any) -> Any:
    """Return training and validation rows for such a network."""
    from checkers.capture.shifted import make_rows

    return make_rows(folder, **settings)


def _shift_ratios(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return the shift ratios of a network, right ones and known wrong ones."""
    from checkers.capture.shifted import observe_ratios

    return observe_ratios(result, args, folder)


def _reestimated(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what a network stores after its variances were measured anew."""
    from checkers.capture.shifted import observe_reestimated

    return observe_reestimated(result, args, folder)


def _marked_pictures(_: Path, *, rows: int, seed: int) -> Any:
    """Return pictures that carry their number."""
    from checkers.capture.batches import marked_pictures

    return marked_pictures(rows=rows, seed=seed)


def _marked_labels(_: Path, *, rows: int, seed: int) -> Any:
    """Return the labels of such pictures."""
    from checkers.capture.batches import marked_labels

    return marked_labels(rows=rows, seed=seed)


def _marked_augment(_: Path) -> Any:
    """Return an augmentation that leaves the numbers of pictures alone."""
    from checkers.capture.batches import marked_augment

    return marked_augment()


def _training_batches(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Read two epochs of a pipeline for training."""
    from checkers.capture.batches import observe_training

    return observe_training(result, args)


def _validation_batches(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Read two epochs of a pipeline for validation."""
    from checkers.capture.batches import observe_validation

    return observe_validation(result, args)


def _transfer(name: str) -> Callable[..., Any]:
    """Return a maker or an observer of lesson 13, imported when it is needed."""

    def call(*args: Any, **settings: Any) -> Any:
        from checkers.capture import transferred

        return getattr(transferred, name)(*args, **settings)

    return call


_MAKERS: dict[str, Callable[..., Any]] = {
    "bowl_gradient": _bowl_gradient,
    "cam_base": _transfer("cam_base"),
    "cam_head": _transfer("cam_head"),
    "counted_base": _transfer("counted_base"),
    "small_head": _transfer("small_head"),
    "classifier": _classifier,
    "dropout_model": _dropout_model,
    "normed_model": _normed_model,
    "rows": _rows,
    "marked_augment": _marked_augment,
    "marked_labels": _marked_labels,
    "marked_pictures": _marked_pictures,
    "small_model": _small_model,
    "model_path": _model_path,
}
_OBSERVERS: dict[str, Callable[..., Any]] = {
    "compiled_classifier": _compiled_classifier,
    "dropout_layer": _dropout_layer,
    "heads_on_cache": _transfer("observe_heads"),
    "monte_carlo": _monte_carlo,
    "reestimated": _reestimated,
    "saved_model": _saved_model,
    "shift_ratios": _shift_ratios,
    "training_batches": _training_batches,
    "validation_batches": _validation_batches,
}
