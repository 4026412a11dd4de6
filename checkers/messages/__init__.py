"""Every learner-facing message, by code. One module per topic.

models.py            what is wrong with a model, layer by layer
compiling.py         choices in compile, and the last layer beside them
behavior.py          what a model does although its settings are right
values.py            numbers, choices, arrays, callbacks, trained models
trained.py           trained classifiers: why a score is missed
functions.py         functions: arguments, results, randomness
gradients.py         gradients worked out by hand
lint_training.py     lint: heads, losses, labels, metrics, optimizers, data
lint_layers.py       lint: layers, their order, sizes, modes, weights
explaining.py        explain: why a layer has as many parameters as it has
<lesson slug>.py     misconceptions that a lesson names
sentences.py         everything else that a learner reads
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from checkers.messages.message import Message

__all__ = ["Message", "all_messages", "find_message"]

_NO_CATALOG = {"message", "sentences", "explaining"}


@functools.cache
def all_messages() -> dict[str, Message]:
    """Return all messages by code, sorted.

    Raises:
        ValueError: If two modules use the same code.
    """
    found: dict[str, Message] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name in _NO_CATALOG:
            continue
        for message in importlib.import_module(f"{__name__}.{module.name}").MESSAGES:
            if message.code in found:
                raise ValueError(f"Message code {message.code} is declared twice.")
            found[message.code] = message
    return dict(sorted(found.items()))


def find_message(code: str) -> Message:
    """Return the message of a code.

    Raises:
        KeyError: If a rule uses a code that no module declares: the author's error.
    """
    return all_messages()[code]
