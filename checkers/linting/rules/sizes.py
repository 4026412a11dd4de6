"""Windows, strides and maps: what is read, and what never is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from checkers.linting.rule import Hit, rule
from checkers.linting.subject import CONVS, Subject

_WINDOWS = frozenset(kind for kind in CONVS if "Transpose" not in kind) | frozenset(
    f"{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3)
)
_GUIDE = "Dumoulin, Visin 2016, A Guide to Convolution Arithmetic for Deep Learning"


class _Window(NamedTuple):
    """A window that moves over a map, one entry per axis.

    `reach` is its length with the gaps of a dilated convolution.
    """

    layer: int
    sizes: tuple[int | None, ...]
    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    reach: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: str
    has_weights: bool


def _windows(subject: Subject) -> Iterator[_Window]:
    """Yield all convolutions and poolings over maps with channels last."""
    for position, call, layer in subject.calls_of(*_WINDOWS):
        config = layer.config
        if config.get("data_format") == "channels_first":
            continue
        sizes = call.input_shapes[0][1:-1]
        kernel = _axes(config.get("kernel_size", config.get("pool_size")), len(sizes))
        stride = _axes(config.get("strides") or kernel, len(sizes))
        dilation = _axes(config.get("dilation_rate", 1), len(sizes))
        if not kernel or not stride or not dilation:
            continue
        reach = tuple((k - 1) * d + 1 for k, d in zip(kernel, dilation, strict=True))
        yield _Window(
            subject.index(position),
            sizes,
            kernel,
            stride,
            reach,
            dilation,
            str(config.get("padding")),
            layer.kind in CONVS,
        )


def _axes(value: Any, count: int) -> tuple[int, ...]:
    """Return one whole number per axis; () if that is not what stands there."""
    if isinstance(value, int):
        return (value,) * count
    values = tuple(value) if isinstance(value, list | tuple) else ()
    is_plain = len(values) == count and all(isinstance(v, int) for v in values)
    return values if is_plain else ()


def _times(numbers: tuple[int, ...]) -> str:
    """Return "3 × 3"."""
    return " × ".join(str(number) for number in numbers)


def _skipped(window: _Window) -> float:
    """Return the share of a map that the window never reads."""
    read = 1.0
    for kernel, stride in zip(window.kernel, window.stride, strict=True):
        read *= min(1.0, kernel / stride)
    return 1 - read


@rule("STRIDE_SKIPS", "warning", f"{_GUIDE}, section 2.3")
def stride_skips(subject: Subject) -> Iterator[Hit]:
    """Steps longer than the window: some places are never read."""
    for window in _windows(subject):
        pairs = zip(window.kernel, window.stride, strict=True)
        if any(1 < kernel < stride for kernel, stride in pairs):
            yield Hit((window.layer,), _stride_values(window))


@rule(
    "POINTWISE_STRIDE",
    "advice",
    "He et al. 2019, Bag of Tricks for Image Classification with Convolutional Neural "
    "Networks, section 4.1",
)
def pointwise_stride(subject: Subject) -> Iterator[Hit]:
    """A 1 × 1 window with a stride reads one place in four, as in ResNet."""
    for window in _windows(subject):
        if set(window.kernel) == {1} and max(window.stride) > 1:
            yield Hit((window.layer,), _stride_values(window))


def _stride_values(window: _Window) -> dict[str, str]:
    """Return kernel, stride and the share that is never read."""
    return {
        "kernel": _times(window.kernel),
        "stride": _times(window.stride),
        "share": f"{100 * _skipped(window):.0f}",
    }


@rule("CUT_OFF", "advice", f"{_GUIDE}, section 2.4")
def cut_off(subject: Subject) -> Iterator[Hit]:
    """Valid padding and a stride that does not fit: the edge is never read."""
    for window in _windows(subject):
        if window.padding != "valid":
            continue
        for size, reach, stride in zip(
            window.sizes, window.reach, window.stride, strict=True
        ):
            if size is None or size < reach or stride > reach:
                continue
            rest = (size - reach) % stride
            if rest:
                yield Hit((window.layer,), {"rest": rest, "size": size})
                break


@rule("KERNEL_LARGER_THAN_MAP", "warning", f"{_GUIDE}, section 2.2")
def kernel_larger_than_map(subject: Subject) -> Iterator[Hit]:
    """Same padding on a tiny map: outer weights only ever meet zeros."""
    for window in _windows(subject):
        if window.padding != "same" or not window.has_weights:
            continue
        used = 1.0
        for size, kernel, dilation in zip(
            window.sizes, window.kernel, window.dilation, strict=True
        ):
            if size is not None and kernel % 2:
                met = 2 * ((size - 1) // dilation) + 1
                used *= min(kernel, met) / kernel
        if used < 1:
            values = {
                "kernel": _times(window.kernel),
                "share": f"{100 - 100 * used:.0f}",
            }
            sizes = " × ".join("?" if s is None else str(s) for s in window.sizes)
            yield Hit((window.layer,), {**values, "map": sizes})
