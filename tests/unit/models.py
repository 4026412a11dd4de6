"""Facts of small models, made without Keras, for tests of the judge's side."""

from typing import Any

from checkers.snapshot import (
    CallFacts,
    LayerFacts,
    ModelFacts,
    Snapshot,
    TraceFacts,
    WeightFacts,
)

KERNEL = WeightFacts("kernel", (4, 4), True, False, 0.0, 0.3, True)


def layer(kind: str, *, activation: str = "", **config: Any) -> LayerFacts:
    """Return the facts of one Keras layer."""
    weights = (KERNEL,) if kind in ("Dense", "BatchNormalization") else ()
    return LayerFacts(
        name=kind.lower(),
        kind=kind,
        module="keras.layers",
        is_keras=True,
        base=kind,
        config=config,
        activation=activation or ("linear" if kind == "Dense" else ""),
        path=(),
        trainable=True,
        weights=weights,
    )


def dense(units: int, activation: str = "linear", **config: Any) -> LayerFacts:
    """Return a Dense layer."""
    return layer("Dense", activation=activation, units=units, **config)


def dropout(rate: float) -> LayerFacts:
    """Return a Dropout layer."""
    return layer("Dropout", rate=rate)


def chain(*layers: LayerFacts, inputs: int = 18, **changes: Any) -> ModelFacts:
    """Return a model that calls its layers one after the other."""

    def trace(training: bool) -> TraceFacts:
        calls = tuple(
            CallFacts(
                layer=position,
                operation="",
                settings={},
                inputs=(position - 1,),
                training=training,
                input_shapes=((None, inputs),),
                output_shape=(None, inputs),
            )
            for position in range(len(layers))
        )
        return TraceFacts(calls, (len(layers) - 1,))

    values: dict[str, Any] = {
        "api": "sequential",
        "class_name": "Sequential",
        "inputs": ((None, inputs),),
        "layers": tuple(layers),
        "training": trace(True),
        "inference": trace(False),
        "compiled": None,
        "probes": (),
        "num_params": 0,
        "num_trainable": 0,
        "built_here": False,
    }
    return ModelFacts(**{**values, **changes})


def snapshot(exercise: str, **parts: Any) -> Snapshot:
    """Return a snapshot of these parts."""
    return Snapshot(exercise, parts)
