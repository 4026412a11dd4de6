"""A draft as Python text, in many styles.

Every layer is written `keep(3, layers.Dense(64))`, where 3 is the expected step it
stands for: while the text runs, that tells which layer is which. `source_of` leaves
the marks out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from textwrap import indent

from checkers.layers import MODE_KINDS
from tests.bank.drafts import Draft, Step

__all__ = ["STYLES", "fits_style", "marked_source_of", "needs_cuts", "source_of"]

_KEEP = "keep("
_WITH_MODE = MODE_KINDS | {"BatchNormalization", "LSTM", "GRU"}


def source_of(draft: Draft) -> str:
    """Return the draft as a learner would type it."""
    return _without_marks(marked_source_of(draft))


def marked_source_of(draft: Draft) -> str:
    """Return the draft with each layer marked by the step it stands for."""
    model = STYLES[draft.style](draft)
    return "\n".join((*draft.preamble, model, *draft.afterwards)) + "\n"


def fits_style(draft: Draft, style: str) -> bool:
    """Return True if a draft can be written in a style."""
    is_plain = draft.is_chain and all(step.is_plain for step in draft.steps)
    if style in _PLAIN_CHAIN and not is_plain:
        return False
    if style in _ANY_CHAIN and not draft.is_chain:
        return False
    if style in _CUT and len(draft.steps) < 2:
        return False
    if "input_shape" in style and draft.input_text != "keras.Input({shape})":
        return False
    if style not in _SUBCLASS and (draft.spare or draft.reversed_attributes):
        return False
    if any("tf.nn" in step.operation for step in draft.steps):
        return style in _SUBCLASS
    if any("self." in step.operation for step in draft.steps):
        return style in _SUBCLASS
    return True


def needs_cuts(style: str) -> bool:
    """Return True if a style groups the steps into blocks."""
    return style in _CUT


# -- Parts of the text ---------------------------------------------------------------


def layer_text(step: Step, more: str = "") -> str:
    """Return the text that makes a step's layer."""
    written = [
        text if position < step.positional else f"{name}={text}"
        for position, (name, text) in enumerate(step.arguments.items())
    ]
    if more:
        written.append(more)
    maker = step.maker or f"layers.{step.kind}"
    return f"keep({step.origin}, {maker}({', '.join(written)}))"


def _input(draft: Draft, position: int = 0) -> str:
    return draft.input_text.format(shape=draft.inputs[position])


def _inputs(draft: Draft) -> list[str]:
    """Return one line per input."""
    return [f"i{n + 1} = {_input(draft, n)}" for n in range(len(draft.inputs))]


def _name(key: int) -> str:
    return f"i{-key}" if key < 0 else f"x{key}"


def _called(step: Step, layer: str) -> str:
    """Return the text of one call."""
    sources = [_name(key) for key in step.inputs]
    if step.operation:
        return step.operation.format(*sources)
    given = sources[0] if len(sources) == 1 else f"[{', '.join(sources)}]"
    return f"{layer}({given}{step.call})"


def _body(steps: Iterable[Step], draft: Draft) -> list[str]:
    """Return the lines of functional steps; a shared layer gets a name first."""
    lines = []
    shared = {step.same_as for step in draft.steps}
    for step in steps:
        layer = layer_text(step)
        if step.key in shared:
            lines.append(f"layer{step.key} = {layer}")
            layer = f"layer{step.key}"
        elif step.same_as is not None:
            layer = f"layer{step.same_as}"
        lines.append(f"x{step.key} = {_called(step, layer)}")
    return lines


def _returned(draft: Draft) -> str:
    names = [_name(key) for key in draft.outputs]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _taken(draft: Draft) -> str:
    names = [f"i{n + 1}" for n in range(len(draft.inputs))]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _block(lines: Iterable[str]) -> str:
    return indent("\n".join(lines), "    ")


def _listed(items: Iterable[str]) -> str:
    """Return a list with one item per line."""
    return "[\n" + _block(f"{item}," for item in items) + "\n]"


def _groups(draft: Draft) -> list[tuple[Step, ...]]:
    """Return the steps cut into blocks."""
    cuts = sorted({cut for cut in draft.cuts if 0 < cut < len(draft.steps)})
    edges = [0, *cuts, len(draft.steps)]
    return [draft.steps[low:high] for low, high in itertools.pairwise(edges)]


# -- Sequential ----------------------------------------------------------------------


def _sequential(draft: Draft) -> str:
    items = [_input(draft), *map(layer_text, draft.steps)]
    return f"model = keras.Sequential({_listed(items)})"


def _sequential_add(draft: Draft) -> str:
    lines = ["model = keras.Sequential()", f"model.add({_input(draft)})"]
    lines += [f"model.add({layer_text(step)})" for step in draft.steps]
    return "\n".join(lines)


def _sequential_input_layer(draft: Draft) -> str:
    first = f"layers.InputLayer(shape={draft.inputs[0]})"
    items = [first, *map(layer_text, draft.steps)]
    return f"model = keras.Sequential({_listed(items)})"


def _sequential_deferred(draft: Draft) -> str:
    return f"model = keras.Sequential({_listed(map(layer_text, draft.steps))})"


def _sequential_built(draft: Draft) -> str:
    return f"{_sequential_deferred(draft)}\nmodel.build({(None, *draft.inputs[0])})"


def _sequential_called(draft: Draft) -> str:
    shape = (1, *draft.inputs[0])
    return f"{_sequential_deferred(draft)}\nmodel(np.zeros({shape}, 'float32'))"


def _sequential_input_shape(draft: Draft) -> str:
    first, *others = draft.steps
    items = [layer_text(first, f"input_shape={draft.inputs[0]}")]
    items += map(layer_text, others)
    return f"model = keras.Sequential({_listed(items)})"


def _sequential_subclass(draft: Draft) -> str:
    items = [_input(draft), *map(layer_text, draft.steps)]
    init = ["def __init__(self):", _block([f"super().__init__({_listed(items)})"])]
    return f"class Net(keras.Sequential):\n{_block(init)}\n\nmodel = Net()"


def _sequential_popped(draft: Draft) -> str:
    return (
        f"{_sequential(draft)}\nmodel.add(layers.Dense(7))\nmodel.pop()"
        if len(draft.steps) > 1
        else _sequential(draft)
    )


def _sequential_as_functional(draft: Draft) -> str:
    made = _sequential(draft).replace("model =", "chain =", 1)
    return f"{made}\nmodel = keras.Model(chain.inputs, chain.outputs[0])"


def _nested_sequential(draft: Draft) -> str:
    items = [_input(draft)]
    for group in _groups(draft):
        made = list(map(layer_text, group))
        if len(made) == 1:
            items += made
        else:
            items.append(f"keras.Sequential({_listed(made)})")
    return f"model = keras.Sequential({_listed(items)})"


def _deep_sequential(draft: Draft) -> str:
    text = ""
    for group in reversed(_groups(draft)):
        items = list(map(layer_text, group))
        if text:
            items.append(text)
        text = f"keras.Sequential({_listed(items)})"
    return f"model = keras.Sequential({_listed([_input(draft), text])})"


# -- Functional ----------------------------------------------------------------------


def _functional(draft: Draft) -> str:
    lines = [*_inputs(draft), *_body(draft.steps, draft)]
    return "\n".join(
        [*lines, f"model = keras.Model({_taken(draft)}, {_returned(draft)})"]
    )


def _functional_keywords(draft: Draft) -> str:
    taken = _taken(draft) if len(draft.inputs) > 1 else f"[{_taken(draft)}]"
    last = (
        f"model = keras.Model(inputs={taken}, outputs={_returned(draft)}, name='net')"
    )
    return "\n".join([*_inputs(draft), *_body(draft.steps, draft), last])


def _functional_loop(draft: Draft) -> str:
    return (
        f"inputs = x = {_input(draft)}\n"
        f"for layer in {_listed(map(layer_text, draft.steps))}:\n"
        "    x = layer(x)\n"
        "model = keras.Model(inputs, x)"
    )


def _functional_function(draft: Draft) -> str:
    lines = [*_inputs(draft), *_body(draft.steps, draft)]
    lines.append(f"return keras.Model({_taken(draft)}, {_returned(draft)})")
    return f"def build():\n{_block(lines)}\n\nmodel = build()"


def _functional_subclass(draft: Draft) -> str:
    lines = [*_inputs(draft), *_body(draft.steps, draft)]
    lines.append(f"super().__init__({_taken(draft)}, {_returned(draft)})")
    init = ["def __init__(self):", _block(lines)]
    return f"class Net(keras.Model):\n{_block(init)}\n\nmodel = Net()"


def _nested_functional(draft: Draft) -> str:
    """A functional model of functional models."""
    lines = [f"inputs = x = {_input(draft)}"]
    for number, group in enumerate(_groups(draft)):
        first = group[0].inputs[0]
        lines.append(f"{_name(first)} = part = keras.Input(x.shape[1:])")
        lines += _body(group, draft)
        lines.append(f"part{number} = keras.Model(part, x{group[-1].key})")
        lines.append(f"x = part{number}(x)")
    return "\n".join([*lines, "model = keras.Model(inputs, x)"])


def _functional_of_sequential(draft: Draft) -> str:
    lines = [f"inputs = x = {_input(draft)}"]
    for group in _groups(draft):
        made = _listed(map(layer_text, group))
        lines.append(f"x = keras.Sequential({made})(x)")
    return "\n".join([*lines, "model = keras.Model(inputs, x)"])


# -- Subclasses ----------------------------------------------------------------------


def _own_class(
    name: str, base: str, steps: tuple[Step, ...], draft: Draft, *, training: str
) -> str:
    """Return a class with one attribute per layer.

    Args:
        name: Its name.
        base: keras.Model or layers.Layer.
        steps: What it computes.
        draft: The draft that the steps belong to.
        training: "none" if its call does not mention training, else "takes" or
            "hands on".
    """
    is_whole = len(steps) == len(draft.steps)
    made = [
        f"self.step{step.key} = {layer_text(step)}"
        for step in steps
        if not step.operation and step.same_as is None
    ]
    if draft.reversed_attributes:
        made.reverse()
    if draft.spare and is_whole:
        made.append(f"self.spare = {draft.spare}")
    init = ["def __init__(self):", _block(["super().__init__()", *made])]
    parameters = "" if training == "none" else ", training=None"
    first = steps[0].inputs[0] if not is_whole else -1
    body = []
    if is_whole and len(draft.inputs) > 1:
        body.append(f"{', '.join(_name(-1 - n) for n in range(len(draft.inputs)))} = x")
    else:
        body.append(f"{_name(first)} = x")
    for step in steps:
        key = step.key if step.same_as is None else step.same_as
        if training == "hands on" and step.kind in _WITH_MODE and not step.call:
            line = _called(step, f"self.step{key}")
            if not step.operation:
                line = line[:-1] + ", training=training)"
        else:
            line = _called(step, f"self.step{key}")
        body.append(f"x{step.key} = {line}")
    if draft.spare and draft.has_spare_call and is_whole:
        body.append(f"_ = self.spare({_name(first)})")
    body.append(f"return {_returned(draft) if is_whole else _name(steps[-1].key)}")
    call = [f"def call(self, x{parameters}):", _block(body)]
    return f"class {name}({base}):\n{_block([*init, '', *call])}\n"


def _subclass(draft: Draft) -> str:
    net = _own_class("Net", "keras.Model", draft.steps, draft, training="none")
    return f"{net}\nmodel = Net()"


def _subclass_training(draft: Draft) -> str:
    net = _own_class("Net", "keras.Model", draft.steps, draft, training="hands on")
    return f"{net}\nmodel = Net()"


def _subclass_takes_training(draft: Draft) -> str:
    net = _own_class("Net", "keras.Model", draft.steps, draft, training="takes")
    return f"{net}\nmodel = Net()"


def _subclass_called(draft: Draft) -> str:
    zeros = [f"np.zeros({(1, *shape)}, 'float32')" for shape in draft.inputs]
    given = zeros[0] if len(zeros) == 1 else f"[{', '.join(zeros)}]"
    return f"{_subclass_training(draft)}\nmodel({given})"


def _subclass_built(draft: Draft) -> str:
    return f"{_subclass_training(draft)}\nmodel.build({(None, *draft.inputs[0])})"


def _subclass_list(draft: Draft) -> str:
    made = _listed(map(layer_text, draft.steps))
    init = ["def __init__(self):", _block(["super().__init__()", f"self.all = {made}"])]
    loop = ["for layer in self.all:", _block(["x = layer(x)"]), "return x"]
    call = ["def call(self, x):", _block(loop)]
    net = f"class Net(keras.Model):\n{_block([*init, '', *call])}\n"
    return f"{net}\nmodel = Net()"


def _subclass_sequential(draft: Draft) -> str:
    """A subclass that holds Sequential models."""
    made, used = ["super().__init__()"], []
    for number, group in enumerate(_groups(draft)):
        items = _listed(map(layer_text, group))
        made.append(f"self.part{number} = keras.Sequential({items})")
        used.append(f"x = self.part{number}(x, training=training)")
    init = ["def __init__(self):", _block(made)]
    call = ["def call(self, x, training=None):", _block([*used, "return x"])]
    net = f"class Net(keras.Model):\n{_block([*init, '', *call])}\n"
    return f"{net}\nmodel = Net()"


def _blocks(draft: Draft, training: str = "none") -> tuple[str, list[str]]:
    """Return the classes of all blocks, and the text that makes each."""
    classes, made = [], []
    for number, group in enumerate(_groups(draft)):
        name = f"Block{number + 1}"
        classes.append(
            _own_class(name, "layers.Layer", group, draft, training=training)
        )
        made.append(f"{name}()")
    return "\n".join(classes), made


def _sequential_blocks(draft: Draft) -> str:
    classes, made = _blocks(draft)
    return f"{classes}\nmodel = keras.Sequential({_listed([_input(draft), *made])})"


def _functional_blocks(draft: Draft) -> str:
    classes, made = _blocks(draft, "hands on")
    lines = [f"inputs = x = {_input(draft)}", *(f"x = {one}(x)" for one in made)]
    return "\n".join([classes, *lines, "model = keras.Model(inputs, x)"])


def _subclass_blocks(draft: Draft) -> str:
    """A subclass with a list of blocks and a loop over it."""
    classes, made = _blocks(draft, "hands on")
    init = ["super().__init__()", f"self.blocks = {_listed(made)}"]
    loop = [
        "for block in self.blocks:",
        _block(["x = block(x, training=training)"]),
        "return x",
    ]
    lines = [
        "def __init__(self):",
        _block(init),
        "",
        "def call(self, x, training=None):",
        _block(loop),
    ]
    net = f"class Net(keras.Model):\n{_block(lines)}\n"
    return f"{classes}\n{net}\nmodel = Net()"


STYLES: dict[str, Callable[[Draft], str]] = {
    "sequential": _sequential,
    "sequential_add": _sequential_add,
    "sequential_input_layer": _sequential_input_layer,
    "sequential_deferred": _sequential_deferred,
    "sequential_built": _sequential_built,
    "sequential_called": _sequential_called,
    "sequential_input_shape": _sequential_input_shape,
    "sequential_subclass": _sequential_subclass,
    "sequential_popped": _sequential_popped,
    "sequential_as_functional": _sequential_as_functional,
    "nested_sequential": _nested_sequential,
    "deep_sequential": _deep_sequential,
    "functional": _functional,
    "functional_keywords": _functional_keywords,
    "functional_loop": _functional_loop,
    "functional_function": _functional_function,
    "functional_subclass": _functional_subclass,
    "nested_functional": _nested_functional,
    "functional_of_sequential": _functional_of_sequential,
    "subclass": _subclass,
    "subclass_training": _subclass_training,
    "subclass_takes_training": _subclass_takes_training,
    "subclass_called": _subclass_called,
    "subclass_built": _subclass_built,
    "subclass_list": _subclass_list,
    "subclass_sequential": _subclass_sequential,
    "sequential_blocks": _sequential_blocks,
    "functional_blocks": _functional_blocks,
    "subclass_blocks": _subclass_blocks,
}
_PLAIN_CHAIN = {
    *(name for name in STYLES if name.startswith(("sequential", "nested_seq", "deep"))),
    "functional_loop",
    "functional_of_sequential",
    "subclass_list",
    "subclass_sequential",
} - {"sequential_blocks"}
_ANY_CHAIN = {
    "nested_functional",
    "sequential_blocks",
    "functional_blocks",
    "subclass_blocks",
    "subclass_built",
}
_CUT = {
    "nested_sequential",
    "deep_sequential",
    "nested_functional",
    "functional_of_sequential",
    "subclass_sequential",
    "sequential_blocks",
    "functional_blocks",
    "subclass_blocks",
}
_SUBCLASS = {
    "subclass",
    "subclass_training",
    "subclass_takes_training",
    "subclass_called",
    "subclass_built",
}


def _without_marks(text: str) -> str:
    """Return the text without `keep(3, …)` around the layers."""
    while (start := text.find(_KEEP)) >= 0:
        depth, end = 0, start + len(_KEEP) - 1
        for position in range(end, len(text)):
            depth += {"(": 1, ")": -1}.get(text[position], 0)
            if depth == 0:
                end = position
                break
        inside = text[start + len(_KEEP) : end].split(", ", 1)[1]
        text = text[:start] + inside + text[end + 1 :]
    return text
