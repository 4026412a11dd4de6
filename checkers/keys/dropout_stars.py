"""Lesson 09, dropout: the two starred exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checkers.compare import wrong_properties
from checkers.i18n import N_, translate
from checkers.key import Key
from checkers.normalize import Graph, Node, normalize
from checkers.parts import Case
from checkers.rules.base import Context, Found
from checkers.rules.functions import Each
from checkers.rules.values import Look
from checkers.snapshot import Facts, ModelFacts, ResultFacts
from checkers.spec import Dense, Dropout, LayerSpec, show_value

__all__ = ["many_masks", "monte_carlo"]

# -- 7 · Several masks, one head -----------------------------------------------------

_MASKS = 4
_PART = "many_masks"
_PATH = (Dense(1), Dropout(0.5), Dense(128, "relu"))  # from an output to the input
_MAE = ("mae", "mean_absolute_error", "MeanAbsoluteError")


def _graph(facts: Facts) -> tuple[ModelFacts, Graph | None]:
    assert isinstance(facts, ModelFacts)
    usable = facts.error is None and facts.training is not None
    return facts, normalize(facts) if usable else None


def _paths(graph: Graph) -> list[list[Node]]:
    """Return the nodes from each output back to the input, where each has one."""
    found = []
    for output in graph.outputs:
        path: list[Node] = []
        position = output
        while position >= 0:
            path.append(graph.nodes[position])
            position = path[-1].inputs[0] if len(path[-1].inputs) == 1 else -1
        found.append(path)
    return found


def _wrong(code: str, check: str, expected: Any, received: Any, **more: Any) -> Found:
    values = {"part": _PART, **more}
    return Found(code, check, values, None, str(expected), str(received))


def _look_at_masks(facts: Facts, context: Context) -> Iterable[Found]:
    model, graph = _graph(facts)
    if graph is None:
        error = model.error
        yield Found(
            "MODEL.RAISES",
            "masks",
            {
                "part": _PART,
                "error": error.kind if error else "",
                "error_text": error.message if error else "",
                "line": error.line if error else "",
            },
        )
        return
    if model.inputs != ((None, 18),):
        shapes = [shape[1:] for shape in model.inputs]
        yield _wrong("INPUT.SHAPE", "masks", (18,), *shapes)
        return
    paths = _paths(graph)
    if len(paths) != _MASKS:
        yield _wrong("DROPOUT.OUTPUT_COUNT", "masks", _MASKS, len(paths))
        return
    for path in paths:
        wrong = _first_difference(path)
        if wrong is not None:
            yield wrong
            return
    yield from _same_masks(model, [path[1] for path in paths])


def _first_difference(path: list[Node]) -> Found | None:
    """Return what is wrong on the way from one output to the input."""
    kinds = [node.kind for node in path]
    if kinds != [spec.kind for spec in _PATH]:
        received = " → ".join(reversed(kinds)) or translate(N_("nothing"))
        return _wrong(
            "DROPOUT.OTHER_PATH", "masks", "Dense → Dropout → Dense", received
        )
    for spec, node in zip(_PATH, path, strict=True):
        for name in wrong_properties(spec, node, frozenset()):
            return _property(spec, node, name)
    return None


def _property(spec: LayerSpec, node: Node, name: str) -> Found:
    code = "LAYER.PROPERTY"
    if (spec.kind, name) == ("Dense", "trainable"):
        code = "LAYER.FROZEN"
    return Found(
        code,
        "head" if spec is _PATH[0] else "masks",
        {"part": _PART, "property": name},
        node.layer,
        show_value(spec.properties[name]),
        show_value(node.properties.get(name)),
    )


def _same_masks(model: ModelFacts, drops: list[Node]) -> Iterable[Found]:
    """Report masks that are one and the same: one call, or one integer seed."""
    calls = {id(drop) for drop in drops}  # one node per call, however equal they look
    if len(calls) < _MASKS:
        yield _wrong("DROPOUT.ONE_MASK", "masks", _MASKS, len(calls))
        return
    layers = {drop.index for drop in drops if drop.index is not None}
    seeds = [model.layers[index].config.get("seed") for index in sorted(layers)]
    given = [seed for seed in seeds if seed is not None]
    if len(set(given)) < len(given):
        yield _wrong("DROPOUT.SAME_SEED", "masks", "—", given[0])


def _look_at_head(facts: Facts, context: Context) -> Iterable[Found]:
    _, graph = _graph(facts)
    paths = _paths(graph) if graph is not None else []
    heads = {path[0].index for path in paths if path}
    if len(heads) != 1:
        yield _wrong("DROPOUT.MANY_HEADS", "head", 1, len(heads))


def _look_at_loss(facts: Facts, context: Context) -> Iterable[Found]:
    assert isinstance(facts, ModelFacts)
    if facts.compiled is None:
        yield Found("COMPILE.MISSING", "loss", {"part": _PART})
        return
    num_outputs = len(facts.training.outputs) if facts.training else 0
    if num_outputs != _MASKS:
        yield _wrong("DROPOUT.OUTPUT_COUNT", "loss", _MASKS, num_outputs)
        return
    loss = facts.compiled.get("loss")
    losses = loss if isinstance(loss, list) else [loss]
    if not all(str(one).split("(")[0] in _MAE for one in losses):
        values = {"part": _PART, "property": "loss"}
        yield Found("COMPILE.SETTING", "loss", values, None, "'mae'", str(loss))
        return
    weights = facts.compiled.get("loss_weights")
    given = weights if isinstance(weights, list) else [1.0] * _MASKS
    if any(abs(float(weight) - 1 / _MASKS) > 1e-6 for weight in given):
        yield _wrong("DROPOUT.SUM_OF_LOSSES", "loss", 0.25, given[0])


many_masks = Key(
    exercise="dropout-many-masks",
    rules=(
        Look("masks", _PART, _look_at_masks),
        Look("head", _PART, _look_at_head),
        Look("loss", _PART, _look_at_loss),
    ),
    solution=N_(
        "head = layers.Dense(1); outputs = [head(layers.Dropout(0.5)(hidden)) for _ in "
        "range(4)]; compile with loss_weights=[0.25] * 4.\n"
        "One head means one set of weights; four dropout calls mean four masks. At "
        "inference the four outputs are the same number."
    ),
)

# -- 8 · Monte Carlo dropout ---------------------------------------------------------

_SIGMAS = 5.0


def _look_at_form(seen: dict[str, Any]) -> Found | None:
    if seen["problem"]:
        code = {
            "pair": "DROPOUT.NOT_A_PAIR",
            "shape": "DROPOUT.WRONG_AXIS",
            "finite": "DROPOUT.NOT_FINITE",
        }[seen["problem"]]
        expected = seen["expected"]
        if seen["problem"] == "pair":
            expected = translate(N_("2 arrays"))
        return Found(code, "", {}, None, expected, seen["received"])
    return None


def _look_at_mean(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    wrong = _look_at_form(seen)
    if wrong is not None:
        yield wrong
    elif seen["is_inference"]:
        yield Found("DROPOUT.PREDICT_DROPS_NOTHING", "")
    elif seen["is_spread_zero"] and case.args[2] > 1:
        yield Found("DROPOUT.ONE_PASS", "")
    elif seen["mean_sigmas"] > _SIGMAS:
        yield Found("DROPOUT.OTHER_MONTE_CARLO_MEAN", "")


def _look_at_spread(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    wrong = _look_at_form(seen)
    if wrong is not None:
        yield wrong
    elif seen["is_inference"]:
        yield Found("DROPOUT.PREDICT_DROPS_NOTHING", "")
    elif seen["is_spread_zero"] and case.args[2] > 1:
        yield Found("DROPOUT.ONE_PASS", "")
    elif seen["is_variance"]:
        yield Found("DROPOUT.VARIANCE_FOR_SPREAD", "")
    elif seen["spread_sigmas"] > _SIGMAS:
        yield Found("DROPOUT.OTHER_SPREAD", "")


monte_carlo = Key(
    exercise="dropout-monte-carlo",
    rules=(
        Each("mean", "monte_carlo", _look_at_mean),
        Each("spread", "monte_carlo", _look_at_spread),
    ),
    solution=N_(
        "predictions = np.stack([model(x, training=True) for _ in range(passes)]); "
        "return predictions.mean(axis=0), predictions.std(axis=0).\n"
        "predict runs at inference, where nothing is dropped. The passes lie on axis 0."
    ),
)
