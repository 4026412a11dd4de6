"""Keys of exercises 2, 7 and 8 of lesson 05: pooling forward, and two ways back."""

from __future__ import annotations

import functools
import math
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys import _pooling_convolution as convolution
from checkers.keys import _pooling_windows as pooling
from checkers.rules.shared import Share, Shared

__all__ = ["conv_backward", "pool2d", "pool_backward"]

_CODE = "POOLING."
Map = list[list[float]]

# -- 2 · Pooling by hand ---------------------------------------------------------------

_OTHER_KIND = {"max": "average", "average": "max"}


def _steps_by_window(x: Map, size: int, stride: int, padding: str, kind: str) -> Map:
    return pooling.pool2d(x, size, size, padding, kind)


def _never_pads(x: Map, size: int, stride: int, padding: str, kind: str) -> Map:
    return pooling.pool2d(x, size, stride, "valid", kind)


def _always_pads(x: Map, size: int, stride: int, padding: str, kind: str) -> Map:
    return pooling.pool2d(x, size, stride, "same", kind)


def _other_kind(x: Map, size: int, stride: int, padding: str, kind: str) -> Map:
    return pooling.pool2d(x, size, stride, padding, _OTHER_KIND[kind])


def _always(one: str, x: Map, size: int, stride: int, padding: str, kind: str) -> Map:
    return pooling.pool2d(x, size, stride, padding, one)


def _filled(**slip: Any) -> functools.partial[Map]:
    return functools.partial(pooling.pool2d, **slip)


def _is(kind: str) -> Any:
    """Return the test for cases without padding, of one kind."""

    def test(x: Map, size: int, stride: int, padding: str, found: str) -> bool:
        return (padding, found) == ("valid", kind)

    return test


def _is_same(x: Map, size: int, stride: int, padding: str, kind: str) -> bool:
    return padding == "same"


pool2d = Key(
    exercise="pooling-pool2d",
    rules=(
        Shared(
            "pool2d",
            pooling.pool2d,
            (
                Share("max", _is("max")),
                Share("average", _is("average")),
                Share(
                    "same",
                    _is_same,
                    slips=(
                        (_never_pads, _CODE + "NEVER_PADS"),
                        (_filled(fill=math.nan), _CODE + "NAN_KEPT"),
                        (_filled(fill=0.0), _CODE + "ZEROS_COUNTED"),
                        (_filled(fill=-math.inf), _CODE + "INFINITY_AVERAGED"),
                        (_filled(slip="front"), _CODE + "MARGIN_IN_FRONT"),
                        (_filled(slip="frame"), _CODE + "MARGIN_OF_STRIDE_1"),
                    ),
                ),
            ),
            slips=(
                (_steps_by_window, _CODE + "NEVER_OVERLAPS"),
                (_filled(slip="ragged"), _CODE + "RAGGED_KEPT"),
                (_always_pads, _CODE + "ALWAYS_PADS"),
                (_other_kind, _CODE + "KINDS_SWAPPED"),
                (functools.partial(_always, "max"), _CODE + "KIND_IGNORED", "average"),
                (functools.partial(_always, "average"), _CODE + "KIND_IGNORED", "max"),
                (_filled(slip="sum"), _CODE + "SUM_FOR_AVERAGE"),
            ),
        ),
    ),
    solution=N_(
        "def pool2d(x, size, stride, padding, kind):\n"
        '    if padding == "same":\n'
        "        ends = []\n"
        "        for n in x.shape:\n"
        "            missing = max((-(-n // stride) - 1) * stride + size - n, 0)\n"
        "            ends.append((missing // 2, missing - missing // 2))\n"
        "        x = np.pad(x, ends, constant_values=np.nan)\n"
        '    pick = np.nanmax if kind == "max" else np.nanmean\n'
        "    rows = range(0, x.shape[0] - size + 1, stride)\n"
        "    columns = range(0, x.shape[1] - size + 1, stride)\n"
        "    return np.array([[pick(x[r : r + size, c : c + size]) for c in columns]\n"
        "                     for r in rows])\n"
        "A margin of nan cannot be mistaken for a pixel, and nanmax and nanmean leave "
        "it out: neither a zero wins, nor does it pull an average down."
    ),
)

# -- 7 · Backward through a pool -------------------------------------------------------


def _spread(
    x: Map, delta: Map, size: int, stride: int, kind: str, *, slip: str = ""
) -> Map:
    return pooling.spread(x, delta, size, stride, kind=kind, slip=slip)


def _slip(name: str, code: str) -> tuple[Any, str]:
    return functools.partial(_spread, slip=name), _CODE + code


def _backward_other_kind(x: Map, delta: Map, size: int, stride: int, kind: str) -> Map:
    return pooling.spread(x, delta, size, stride, kind=_OTHER_KIND[kind])


def _backward_always_max(x: Map, delta: Map, size: int, stride: int, kind: str) -> Map:
    return pooling.spread(x, delta, size, stride, kind="max")


pool_backward = Key(
    exercise="pooling-pool-backward",
    rules=(
        Shared(
            "pool_backward",
            _spread,
            (
                Share(
                    "max",
                    lambda x, delta, size, stride, kind: kind == "max",
                    slips=(
                        _slip("last", "TIE_LAST"),
                        _slip("all", "TIES_ALL"),
                        _slip("split", "TIES_SPLIT"),
                        _slip("mean", "MAX_SPREADS"),
                    ),
                ),
                Share(
                    "average",
                    lambda x, delta, size, stride, kind: kind == "average",
                    slips=(
                        _slip("whole", "AVERAGE_WHOLE"),
                        _slip("strides", "AVERAGE_BY_STRIDE"),
                    ),
                ),
            ),
            slips=(
                _slip("overwrite", "OVERWRITES"),
                _slip("corner", "CORNER"),
                (_backward_other_kind, _CODE + "KINDS_SWAPPED"),
                (_backward_always_max, _CODE + "KIND_IGNORED", "average"),
            ),
        ),
    ),
    solution=N_(
        "def pool_backward(x, delta, size, stride, kind):\n"
        "    dx = np.zeros_like(x)\n"
        "    for r, c in np.ndindex(delta.shape):\n"
        "        top, left = r * stride, c * stride\n"
        '        if kind == "max":\n'
        "            window = x[top : top + size, left : left + size]\n"
        "            i, j = np.unravel_index(window.argmax(), window.shape)\n"
        "            dx[top + i, left + j] += delta[r, c]\n"
        "        else:\n"
        "            share = delta[r, c] / size**2\n"
        "            dx[top : top + size, left : left + size] += share\n"
        "    return dx\n"
        "A small change of a pixel that is not the largest changes nothing, so its "
        "slope is 0. In an average each pixel counts 1/n, so that is its slope. "
        "Windows that overlap add up."
    ),
)

# -- 8 · Backward through a convolution ------------------------------------------------


def _turned(rows: bool, columns: bool, x: Map, w: Map, delta: Map) -> Any:
    return convolution.backward(x, w, delta, turn=(rows, columns))


def _transposed(x: Map, w: Map, delta: Map) -> Any:
    """Slide the transposed kernel, where its shape allows that."""
    turned = [list(row) for row in zip(*w, strict=True)]
    padded = convolution.framed(delta, len(w) - 1, len(w[0]) - 1)
    right = convolution.backward(x, w, delta)
    return convolution.xcorr(padded, turned), right[1], right[2]


def _no_margin(x: Map, w: Map, delta: Map) -> Any:
    """Slide the kernel over delta as it is, where it fits."""
    _, dw, db = convolution.backward(x, w, delta)
    return convolution.xcorr(delta, convolution.flipped(w)), dw, db


def _no_margin_no_turn(x: Map, w: Map, delta: Map) -> Any:
    _, dw, db = convolution.backward(x, w, delta)
    return convolution.xcorr(delta, w), dw, db


def _turned_dw(x: Map, w: Map, delta: Map) -> Any:
    dx, _, db = convolution.backward(x, w, delta)
    return dx, convolution.xcorr(x, convolution.flipped(delta)), db


def _flipped_dw(x: Map, w: Map, delta: Map) -> Any:
    dx, dw, db = convolution.backward(x, w, delta)
    return dx, convolution.flipped(dw), db


def _means(x: Map, w: Map, delta: Map) -> Any:
    dx, dw, db = convolution.backward(x, w, delta)
    count = len(delta) * len(delta[0])
    return (
        [[entry / count for entry in row] for row in dx],
        [[entry / count for entry in row] for row in dw],
        db / count,
    )


def _bias_one(x: Map, w: Map, delta: Map) -> Any:
    dx, dw, _ = convolution.backward(x, w, delta)
    return dx, dw, 1.0


def _bias_per_pixel(x: Map, w: Map, delta: Map) -> Any:
    dx, dw, _ = convolution.backward(x, w, delta)
    return dx, dw, delta


_NO_TURN = functools.partial(_turned, False, False)
_HALF_TURNS = (
    functools.partial(_turned, True, False),
    functools.partial(_turned, False, True),
)

conv_backward = Key(
    exercise="pooling-conv-backward",
    rules=(
        Shared(
            "conv_backward",
            convolution.backward,
            (
                Share(
                    "dw",
                    result=1,
                    slips=(
                        (_turned_dw, _CODE + "DW_TURNED"),
                        (_flipped_dw, _CODE + "DW_TURNED"),
                        (_means, _CODE + "MEANS"),
                    ),
                ),
                Share(
                    "dx",
                    result=0,
                    slips=(
                        (_NO_TURN, _CODE + "NO_TURN"),
                        *((one, _CODE + "HALF_TURN") for one in _HALF_TURNS),
                        (_transposed, _CODE + "TRANSPOSED"),
                        (_no_margin, _CODE + "NO_MARGIN"),
                        (_no_margin_no_turn, _CODE + "NO_MARGIN"),
                        (_means, _CODE + "MEANS"),
                    ),
                ),
                Share(
                    "db",
                    result=2,
                    slips=(
                        (_means, _CODE + "MEANS"),
                        (_bias_one, _CODE + "BIAS_ONE"),
                        (_bias_per_pixel, _CODE + "BIAS_PER_PIXEL"),
                    ),
                ),
            ),
        ),
    ),
    solution=N_(
        "def conv_backward(x, w, delta):\n"
        "    dw = xcorr(x, delta)\n"
        "    db = delta.sum()\n"
        "    height, width = w.shape\n"
        "    margin = ((height - 1, height - 1), (width - 1, width - 1))\n"
        "    dx = xcorr(np.pad(delta, margin), w[::-1, ::-1])\n"
        "    return dx, dw, db\n"
        "Each weight meets every position, so its slope is a sum over positions: delta "
        "slides over x. Each pixel was met by the last weight first, so for dx the "
        "kernel slides turned by 180 degrees: that is a full true convolution."
    ),
)
