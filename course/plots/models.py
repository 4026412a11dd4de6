"""What is inside a Keras model: parameters, weights, outputs of its layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from course.plots._canvas import (
    describe,
    dress,
    entries_of,
    expect,
    legend_below,
    new_figure,
)
from course.plots._palette import INK, look
from course.plots.distribution import histograms
from course.plots.gallery import gallery

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.figure import Figure


def layer_sizes(
    model: Any,
    *,
    title: str = "Parameters by layer",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw the parameters of each layer as a bar, with its output's shape.

    Args:
        model: A built Keras model.
        title: Title of the figure.
        alt: Alternative text; "" writes one from the model.
        caption: Line below the figure.

    Raises:
        ValueError: If the model is not built.
    """
    _expect_built(model)
    rows = [(_name(layer), *_sizes(layer)) for layer in model.layers]
    total = max(sum(free + frozen for _, free, frozen in rows), 1)
    figure = new_figure(height=1.5 + 0.38 * len(rows))
    axes = figure.subplots()
    for i, (_, free, frozen) in enumerate(rows):
        for start, size, style, label in (
            (0, free, look(0), "trainable"),
            (free, frozen, look(1), "not trainable"),
        ):
            if size:
                axes.barh(
                    i,
                    size,
                    left=start,
                    height=0.6,
                    color=style.color,
                    hatch=style.hatch,
                    edgecolor="white",
                    label=label,
                )
        count = free + frozen
        words = f"{count:,} ({count / total:.1%})" if count else "0"
        axes.annotate(
            words,
            xy=(count, i),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=INK,
        )
    axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    longest = max(free + frozen for _, free, frozen in rows)
    axes.set_xlim(0, 1.4 * max(longest, 1))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    dress(axes, title=title, x="Parameters", y="")
    axes.grid(visible=False, axis="y")
    legend_below(figure, entries_of(axes))
    listed = "; ".join(
        f"{name} {free + frozen:,}" + (f" ({frozen:,} not trainable)" if frozen else "")
        for name, free, frozen in rows
    )
    words = f"Bars of parameters by layer, {total:,} in all: {listed}."
    return describe(figure, alt or words, caption)


def kernels(
    model_or_kernel: Any,
    layer: str = "",
    *,
    channel: int = 0,
    count: int = 16,
    title: str = "Kernels",
    columns: int = 8,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw the kernels of a convolution, blue below zero and orange above.

    Args:
        model_or_kernel: A Keras model, or weights of shape `(rows, columns, channels
            in, filters)`.
        layer: Name of the layer; "" takes the first one with such weights.
        channel: Which channel of the input; kernels have one slice for each.
        count: How many filters at most.
        title: Title of the figure.
        columns: Pictures in a row.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the model has no such layer.
    """
    weights = _kernel(model_or_kernel, layer)
    shape = f"shape {weights.shape}"
    fits = weights.ndim == 4 and -weights.shape[2] <= channel < weights.shape[2]
    step = "pass the kernel of a Conv2D layer and one of its input channels"
    expect(
        fits,
        f"(rows, columns, channels in, filters) and channel {channel}",
        shape,
        step,
    )
    pictures = {
        f"filter {i}": weights[:, :, channel, i]
        for i in range(min(count, weights.shape[3]))
    }
    return gallery(
        pictures,
        title=title,
        value_label="Weight",
        columns=columns,
        signed=True,
        numbers=weights.shape[0] <= 3 and columns <= 5,
        alt=alt,
        caption=caption,
    )


def feature_maps(
    model: Any,
    layer: str,
    picture: npt.ArrayLike,
    *,
    count: int = 16,
    title: str = "",
    columns: int = 8,
    one_scale: bool = True,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw what the filters of a layer answer to one picture.

    Args:
        model: A built Keras model.
        layer: Name of the layer.
        picture: One picture as the model takes it, `(height, width, channels)`.
        count: How many maps at most.
        title: Title of the figure; "" names the layer.
        columns: Pictures in a row.
        one_scale: False gives each map a scale of its own.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the layer is unknown or has no maps as output.
    """
    batch = np.asarray(picture, dtype=np.float32)[None]
    maps = _outputs(model, batch, [layer])[layer][0]
    step = "name a layer before Flatten"
    expect(maps.ndim == 3, f"maps from '{layer}'", f"shape {maps.shape}", step)
    signed = bool(maps.min() < 0)
    return gallery(
        {f"map {i}": maps[:, :, i] for i in range(min(count, maps.shape[2]))},
        title=title or f"What {layer} answers to one picture",
        value_label="Output",
        columns=columns,
        one_scale=one_scale,
        signed=signed,
        alt=alt,
        caption=caption,
    )


def weight_histograms(
    model: Any, *, title: str = "Weights by layer", alt: str = "", caption: str = ""
) -> Figure:
    """Draw how the weights of each layer spread, one panel per layer.

    Biases and the scales of normalizations are left out.

    Args:
        model: A built Keras model.
        title: Title of the figure.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If no layer has weights.
    """
    _expect_built(model)
    weights = {
        layer.name: kernel
        for layer in model.layers
        if (kernel := _weights(layer)) is not None
    }
    expect(bool(weights), "a model with weights", "none", "build the model first")
    return histograms(
        weights,
        label="Weight",
        title=title,
        panels=True,
        same_x=False,
        alt=alt,
        caption=caption,
    )


def activation_histograms(
    model: Any,
    x: npt.ArrayLike,
    *,
    layers: Sequence[str] = (),
    same_x: bool = False,
    title: str = "Outputs by layer",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw how the outputs of each layer spread over some examples.

    The layers run as at inference.

    Args:
        model: A built Keras model.
        x: Examples as the model takes them, with the batch axis; a few hundred.
        layers: Names of the layers; () is every layer with parameters, and every
            activation.
        same_x: Whether all panels share one horizontal range.
        title: Title of the figure.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If a layer is unknown.
    """
    _expect_built(model)
    names = list(layers) or [
        layer.name
        for layer in model.layers
        if layer.count_params() or "activation" in type(layer).__module__
    ]
    return histograms(
        _outputs(model, np.asarray(x), names),
        label="Output",
        title=title,
        panels=True,
        same_x=same_x,
        alt=alt,
        caption=caption,
    )


def _expect_built(model: Any) -> None:
    step = "begin the model with an Input, or call it once on data"
    expect(bool(model.built), "a built model", "one without weights", step)


def _name(layer: Any) -> str:
    shape = getattr(layer, "output", None)
    text = "×".join(str(size) for size in shape.shape[1:]) if shape is not None else "?"
    return f"{type(layer).__name__} → {text}"


def _sizes(layer: Any) -> tuple[int, int]:
    free = sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)
    return free, int(layer.count_params()) - free


def _weights(layer: Any) -> npt.NDArray[np.float64] | None:
    kernels = [np.asarray(weight) for weight in layer.get_weights()]
    return next((kernel for kernel in kernels if kernel.ndim >= 2), None)


def _kernel(model_or_kernel: Any, name: str) -> npt.NDArray[np.float64]:
    if not hasattr(model_or_kernel, "layers"):
        return np.asarray(model_or_kernel, dtype=np.float64)
    found = [
        kernel
        for layer in model_or_kernel.layers
        if name in ("", layer.name)
        and (kernel := _weights(layer)) is not None
        and kernel.ndim == 4
    ]
    received = ", ".join(layer.name for layer in model_or_kernel.layers)
    wanted = f"a convolution called '{name}'" if name else "a convolution"
    expect(bool(found), wanted, received, "name one of these layers")
    return found[0]


def _outputs(
    model: Any, batch: npt.NDArray[Any], names: Sequence[str]
) -> dict[str, npt.NDArray[np.float64]]:
    """Return the named layers' outputs at inference, by name."""
    import keras

    known = {layer.name: layer for layer in model.layers}
    missing = [name for name in names if name not in known]
    step = "name layers of this model"
    expect(not missing, f"layers called {', '.join(missing)}", ", ".join(known), step)
    # One input is passed as itself: Keras warns of a list where it gets an array.
    inputs = model.inputs[0] if len(model.inputs) == 1 else model.inputs
    inside = keras.Model(inputs, [known[name].output for name in names])
    outputs = inside(batch, training=False)
    listed = outputs if isinstance(outputs, list | tuple) else [outputs]
    return {name: np.asarray(out) for name, out in zip(names, listed, strict=True)}
