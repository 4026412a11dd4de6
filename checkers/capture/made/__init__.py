"""Arguments and observations that need Keras or a folder of their own.

A case names a maker (`Made("small_model")`), a function part names an observer. The
tables say in which module each of them is, so that tasks stay plain data and Keras is
imported only where it is needed. A maker gets an empty folder, which is deleted after
the case, and its settings; an observer gets the result, the arguments and the folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkers.parts import Made
from checkers.reference import find

__all__ = ["make", "observe"]


def make(made: Made, folder: Path) -> Any:
    """Return the argument that a case asks for.

    Raises:
        KeyError: If there is no such maker: the author's error.
    """
    return find(f"{__name__}.{_MAKERS[made.maker]}")(folder, **made.settings)


def observe(name: str, result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what an observer measures about a result, as plain data.

    Raises:
        KeyError: If there is no such observer: the author's error.
    """
    observer = find(f"{__name__}.{_OBSERVERS[name]}")
    found: dict[str, Any] = observer(result, args, folder)
    return found


_MAKERS = {
    "bowl_gradient": "small:bowl_gradient",
    "cam_base": "transferred:cam_base",
    "cam_head": "transferred:cam_head",
    "classifier": "classifiers:make_classifier",
    "counted_base": "transferred:counted_base",
    "dropout_model": "masks:dropout_model",
    "marked_augment": "batches:marked_augment",
    "marked_labels": "batches:marked_labels",
    "marked_pictures": "batches:marked_pictures",
    "model_path": "small:model_path",
    "normed_model": "shifted:make_normed_model",
    "rows": "shifted:make_rows",
    "small_head": "transferred:small_head",
    "small_model": "small:small_model",
}
_OBSERVERS = {
    "compiled_classifier": "classifiers:observe_classifier",
    "dropout_layer": "layers:observe_dropout_layer",
    "heads_on_cache": "transferred:observe_heads",
    "monte_carlo": "masks:monte_carlo",
    "reestimated": "shifted:observe_reestimated",
    "saved_model": "small:saved_model",
    "shift_ratios": "shifted:observe_ratios",
    "training_batches": "batches:observe_training",
    "validation_batches": "batches:observe_validation",
}
