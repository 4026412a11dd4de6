"""What `explain` returns: frozen plain data with two faces."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from checkers.snapshot import Shape

__all__ = ["Explanation", "ExplanationRow"]

FORMAT_VERSION = 1


@dataclass(frozen=True)
class ExplanationRow:
    """One line of the layer table: one call, or a layer that is never called.

    Attributes:
        number: Number of the layer, from 1; a letter for an operation without layer.
        name: Name of the layer; "" for an operation.
        kind: Class name.
        path: Names of the models and blocks around it, outermost first.
        sources: Numbers of the rows that feed it; "input" for the model's input.
        receives: Shapes that it gets, without the batch axis.
        gives: Shape that it returns, without the batch axis.
        num_params: Parameters that this line adds to the model.
        num_trainable: Those of them that are trained.
        why: Why there are as many.
        state: "", "shared" (counted in an earlier line), "frozen" or "idle".
    """

    number: str
    name: str
    kind: str
    path: tuple[str, ...]
    sources: tuple[str, ...]
    receives: tuple[Shape, ...]
    gives: Shape
    num_params: int
    num_trainable: int
    why: str
    state: str = ""


@dataclass(frozen=True)
class Explanation:
    """A model, line by line.

    Attributes:
        name: Name of the model.
        kind: Its class.
        inputs: Shapes of its inputs, without the batch axis.
        outputs: Number of the row and shape of each output.
        rows: Its layers in calling order, then those that are never called.
        num_params: All parameters.
        num_trainable: Those that are trained.
        num_stored: Those that a layer keeps without training, such as moving means.
        num_frozen: Those of layers with trainable=False.
        memory_bytes: Bytes of all parameters as float32.
        notes: Sentences on what the table does not show by itself.
    """

    name: str
    kind: str
    inputs: tuple[Shape, ...]
    outputs: tuple[tuple[str, Shape], ...]
    rows: tuple[ExplanationRow, ...]
    num_params: int
    num_trainable: int
    num_stored: int
    num_frozen: int
    memory_bytes: int
    notes: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return the explanation for terminals, logs and screen readers."""
        from checkers.explaining.faces import explanation_text

        return explanation_text(self)

    def to_html(self) -> str:
        """Return the explanation as escaped HTML without scripts."""
        from checkers.explaining.faces import explanation_html

        return explanation_html(self)

    def to_json(self) -> str:
        """Return the explanation as one line of JSON."""
        content = {"format_version": FORMAT_VERSION, **asdict(self)}
        return json.dumps(content, ensure_ascii=False)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Let notebooks choose between the two faces."""
        return {"text/plain": self.to_text(), "text/html": self.to_html()}

    def __repr__(self) -> str:
        """Show the text face where no notebook is."""
        return self.to_text()
