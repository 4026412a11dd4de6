"""Explain any Keras model: its layers, shapes, and why each count is so.

    counts.py       one layer -> the sum behind its number of parameters
    building.py     a model's facts -> explanation
    explanation.py  what comes out
    faces.py        the explanation as text and as HTML

Sentences stand in checkers/messages/explaining.py. Only `explain` loads Keras.
"""

from __future__ import annotations

from typing import Any

from checkers.explaining.explanation import Explanation, ExplanationRow

__all__ = ["Explanation", "ExplanationRow", "explain"]


def explain(model: Any) -> Explanation:
    """Explain a Keras model layer by layer; the model stays as it is.

    Args:
        model: Any Keras model that knows its input: with a declared one, or called
            once.

    Returns:
        An explanation that a notebook shows as a table and `print` as text; `rows`,
        `num_params` and the rest can be read by a script.

    Raises:
        TypeError: If it is no model.
        ValueError: If nothing says what the model takes, or if it cannot be called.
    """
    from checkers.capture.whole import read_model
    from checkers.explaining.building import explanation_of

    return explanation_of(read_model(model), name=str(model.name))
