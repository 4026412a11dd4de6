"""A draft as a Keras model, with a note of which layer stands for which step."""

from __future__ import annotations

import functools
import linecache
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bank.drafts import Draft
from tests.bank.sources import marked_source_of

__all__ = ["Built", "build", "run_source"]


@dataclass
class Built:
    """A model and its layers.

    Attributes:
        model: What the text calls `model`.
        kept: Layers by the expected step they stand for.
    """

    model: Any = None
    kept: dict[int, list[Any]] = field(default_factory=dict)

    def keep(self, origin: int, layer: Any) -> Any:
        """Note a layer; the text calls this around each."""
        self.kept.setdefault(origin, []).append(layer)
        return layer

    @property
    def origins(self) -> dict[str, int]:
        """The expected step of each layer name."""
        return {
            str(layer.name): origin
            for origin, layers in self.kept.items()
            for layer in layers
            if hasattr(layer, "name")
        }

    def layers(self, origin: int) -> list[Any]:
        """Return the layers of a step as the final model has them.

        After a round trip through a file the model has other objects of the same names.
        """
        inside = {str(layer.name): layer for layer in _walk(self.model)}
        return [
            inside.get(str(layer.name), layer)
            for layer in self.kept.get(origin, [])
            if hasattr(layer, "name")
        ]


def build(draft: Draft) -> Built:
    """Run a draft's text.

    Raises whatever Keras raises on it.
    """
    return run_source(marked_source_of(draft))


def run_source(source: str) -> Built:
    """Run the text of an answer."""
    import keras
    import numpy as np

    built = Built()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # input_shape= on a layer, and the like
        names: dict[str, Any] = {
            "__name__": "answer",
            "keras": keras,
            "layers": keras.layers,
            "np": np,
            "partial": functools.partial,
            "path": str(Path(folder) / "model.keras"),
            "keep": built.keep,
        }
        if "tf." in source:
            import tensorflow

            names["tf"] = tensorflow
        name = f"<answer {len(source)}>"
        if len(source) % 2:
            # As in a notebook; elsewhere the source of a lambda cannot be read.
            lines = source.splitlines(keepends=True)
            linecache.cache[name] = (len(source), None, lines, name)
        else:
            linecache.cache.pop(name, None)
        exec(compile(source, name, "exec"), names)
    built.model = names["model"]
    return built


def _walk(model: Any) -> list[Any]:
    """Return all layers of a model and of the models inside it."""
    found = []
    for layer in getattr(model, "layers", ()):
        found.append(layer)
        if hasattr(layer, "layers"):
            found += _walk(layer)
    return found
