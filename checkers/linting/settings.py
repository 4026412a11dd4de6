"""Compile facts in a form that rules can ask: names and settings of Keras objects.

Capture writes a serialized object as it would be typed: `Adam(learning_rate=0.001)`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "BINARY",
    "DEFAULTS",
    "MULTI",
    "REGRESSION",
    "SPARSE",
    "Named",
    "learning_rate",
    "parse",
    "parse_all",
    "shown",
]

SPARSE = frozenset(("sparsecategoricalcrossentropy",))
MULTI = SPARSE | {"categoricalcrossentropy", "categoricalfocalcrossentropy"}
BINARY = frozenset(("binarycrossentropy", "binaryfocalcrossentropy"))
REGRESSION = frozenset(
    (
        *("meansquarederror", "meanabsoluteerror", "meanabsolutepercentageerror"),
        *("meansquaredlogarithmicerror", "huber", "logcosh"),
    )
)

_SHORT = {
    "mse": "meansquarederror",
    "mae": "meanabsoluteerror",
    "mape": "meanabsolutepercentageerror",
    "msle": "meansquaredlogarithmicerror",
    "bce": "binarycrossentropy",
    "kld": "kldivergence",
    "acc": "accuracy",
}

# Of all losses: what Keras takes where nothing is said.
DEFAULTS = {
    "reduction": "sum_over_batch_size",
    "from_logits": False,
    "label_smoothing": 0.0,
    "axis": -1,
    "ignore_class": None,
    "delta": 1.0,
}


@dataclass(frozen=True)
class Named:
    """A loss, a metric or a regularizer.

    Attributes:
        text: How it was written.
        name: Its name in small letters without marks: `meansquarederror` for "mse",
            "mean_squared_error" and MeanSquaredError().
        is_object: True if it was given as an object with settings.
        settings: Those settings.
    """

    text: str
    name: str
    is_object: bool = False
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def from_logits(self) -> bool:
        """True if a loss applies softmax or sigmoid itself."""
        return bool(self.settings.get("from_logits", False))


def parse(text: str) -> Named:
    """Read one name or object.

    Example:
        >>> parse("mse").name, parse("MeanSquaredError(name='x')").settings
        ('meansquarederror', {'name': 'x'})
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return Named(text, _plain_name(text))
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        return Named(text, _plain_name(text))
    settings = {one.arg: _value(one.value) for one in tree.keywords if one.arg}
    return Named(tree.func.id, _plain_name(tree.func.id), True, settings)


def parse_all(value: Any) -> list[Named]:
    """Read all names in nested lists and dicts, in order."""
    if isinstance(value, str):
        return [parse(value)]
    if isinstance(value, dict):
        return [one for item in value.values() for one in parse_all(item)]
    if isinstance(value, list | tuple):
        return [one for item in value for one in parse_all(item)]
    return []


def learning_rate(compiled: dict[str, Any]) -> float | None:
    """Return the learning rate of compile facts, where that is one number."""
    rate = (compiled.get("optimizer_settings") or {}).get("learning_rate")
    if isinstance(rate, bool) or not isinstance(rate, int | float):
        return None
    return float(rate)


def shown(named: Named) -> str:
    """Return a name as a learner would type it, without settings at their default.

    Example:
        >>> shown(parse("mse")), shown(parse("CategoricalHinge(reduction='sum')"))
        ("'mse'", "CategoricalHinge(reduction='sum')")
    """
    if not named.is_object:
        return named.text if " " in named.text else repr(named.text)
    inside = ", ".join(
        f"{name}={value!r}"
        for name, value in named.settings.items()
        if DEFAULTS.get(name, ...) != value
    )
    return f"{named.text}({inside})"


def _value(node: ast.expr) -> Any:
    """Return a literal; other expressions as text."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)


def _plain_name(text: str) -> str:
    """Return a name in small letters without marks, long form."""
    name = text.rsplit(".", 1)[-1].replace("_", "").lower()
    return _SHORT.get(name, name)
