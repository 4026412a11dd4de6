"""Typical function exercises with right and wrong answers, for tests of the rules.

Each `Task` is an exercise with its key; `right` holds answers in different styles,
`wrong` answers with the code that names them.
"""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from checkers import draws
from checkers.exercise import Case, Check, Exercise, Function
from checkers.key import Key
from checkers.parts import Array
from checkers.reference import Reference
from checkers.rules.distributions import Distribution, Repeats
from checkers.rules.functions import Equals, Runs
from checkers.rules.gradients import GradientCheck
from checkers.rules.properties import (
    Has,
    HasDtype,
    HasShape,
    InRange,
    Related,
    SumsTo,
    permuted_result,
    same_result,
)

NUMPY = "tests.unit.numpy_references"


@dataclass
class Task:
    """One exercise with answers to it."""

    name: str
    cases: Callable[..., tuple[Case, ...]]
    rules: tuple[Any, ...]
    right: dict[str, Callable[..., Any]] = field(default_factory=dict)
    wrong: dict[str, tuple[Callable[..., Any], str]] = field(default_factory=dict)

    @property
    def exercise(self) -> Exercise:
        names = dict.fromkeys(name for rule in self.rules for name in rule.checks)
        checks = tuple(Check(name, 1, name) for name in names)
        parts = (Function("f", cases=self.cases, limit_s=2.0),)
        return Exercise(
            f"toy-{self.name}", self.name, "F", parts, checks, ("a", "b", "c")
        )

    @property
    def key(self) -> Key:
        return Key(self.exercise.id, self.rules, "the solution")


TASKS: dict[str, Task] = {}


def task(name, cases, *rules) -> Task:
    TASKS[name] = Task(name, cases, rules)
    return TASKS[name]


# -- softmax -------------------------------------------------------------------------


def softmax_cases(rng, parameters):
    z = draws.normal(rng, 3, 4)
    shifted = Array([[entry + 5.0 for entry in row] for row in z.values])
    swapped = Array([z.values[2], z.values[0], z.values[1]])
    return (
        Case((z, 1.0), "three rows"),
        Case((shifted, 1.0), "the same rows, all entries larger by 5"),
        Case((swapped, 1.0), "the rows in another order"),
        Case((draws.normal(rng, 2, 5), rng.uniform(2, 4)), "two rows, a high T"),
        Case((Array([[1000.0, 999.0, 998.5]]), 1.0), "entries near 1000"),
    )


def softmax_reference(z, t):
    found = []
    for row in z:
        powers = [math.exp((entry - max(row)) / t) for entry in row]
        found.append([power / sum(powers) for power in powers])
    return found


def softmax_times_t(z, t):
    return softmax_reference([[entry * t * t for entry in row] for row in z], t)


softmax = task(
    "softmax",
    softmax_cases,
    Equals(
        "values", "f", softmax_reference, slips=((softmax_times_t, "NUMBER.WRONG"),)
    ),
    Has("shares", "f", (HasShape(lambda z, t: (len(z), len(z[0]))), SumsTo(1))),
    Related("shift", "f", 0, 1, same_result, "a shift changes nothing"),
    Related("order", "f", 0, 2, permuted_result((2, 0, 1)), "rows are independent"),
)


def softmax_numpy(z, t):
    e = np.exp((z - z.max(axis=-1, keepdims=True)) / t)
    return e / e.sum(axis=-1, keepdims=True)


def softmax_float32(z, t):
    return softmax_numpy(z.astype("float32"), np.float32(t))


def softmax_rows(z, t):
    return [np.exp((r - r.max()) / t) / np.exp((r - r.max()) / t).sum() for r in z]


def softmax_mutates(z, t):
    z -= z.max(axis=-1, keepdims=True)
    z /= t
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


softmax.right = {
    "numpy": softmax_numpy,
    "lists": lambda z, t: softmax_reference(z.tolist(), t),
    "rows": softmax_rows,
    "float32": softmax_float32,
    "other names": lambda logits, temperature=1.0: softmax_numpy(logits, temperature),
    "any arguments": lambda *args: softmax_numpy(*args),
}
softmax.wrong = {
    "axis 0": (
        lambda z, t: np.exp((z - z.max()) / t) / np.exp((z - z.max()) / t).sum(axis=0),
        "FUNCTION.WRONG_RESULT",
    ),
    "no max subtracted": (
        lambda z, t: np.exp(z / t) / np.exp(z / t).sum(axis=-1, keepdims=True),
        "FUNCTION.OVERFLOW",
    ),
    "times T": (lambda z, t: softmax_numpy(z * t, 1.0), "NUMBER.WRONG"),
    "transposed": (lambda z, t: softmax_numpy(z, t).T, "FUNCTION.WRONG_SHAPE"),
    "logarithm": (lambda z, t: np.log(softmax_numpy(z, t)), "FUNCTION.LOGARITHM"),
    "not divided": (
        lambda z, t: np.exp((z - z.max(axis=-1, keepdims=True)) / t),
        "FUNCTION.WRONG_RESULT",
    ),
    "in place": (softmax_mutates, "FUNCTION.MUTATES"),
    "rounded": (lambda z, t: softmax_numpy(z, t).round(2), "FUNCTION.ROUNDED"),
    "flat": (lambda z, t: softmax_numpy(z, t).ravel(), "FUNCTION.WRONG_SHAPE"),
    "prints": (
        lambda z, t: sys.stdout.write("0.5") and None,
        "FUNCTION.PRINTS_NOT_RETURNS",
    ),
    "one argument": (lambda z: softmax_numpy(z, 1.0), "FUNCTION.WRONG_ARGUMENTS"),
    "the input": (lambda z, t: z, "FUNCTION.RETURNS_INPUT"),
    "generator": (lambda z, t: (row for row in z), "FUNCTION.YIELDS"),
    "uncalled": (lambda z, t: softmax_numpy, "FUNCTION.RETURNS_FUNCTION"),
    "percent": (lambda z, t: 100 * softmax_numpy(z, t), "FUNCTION.FACTOR"),
    "texts": (lambda z, t: [["0.5"] * 4] * 3, "FUNCTION.OTHER_RESULT"),
    "misspelled": (lambda z, t: np.expp(z), "FUNCTION.RAISES"),
}

# -- sigmoid -------------------------------------------------------------------------


def sigmoid_cases(rng, parameters):
    return (
        Case((draws.normal(rng, 6), 0.3, 2.0), "six values"),
        Case((draws.normal(rng, 5), -1.0, 0.7), "another midpoint"),
        Case((Array([-1000.0, 0.0, 1000.0]), 0.0, 1.0), "values far from 0"),
    )


def sigmoid_reference(x, x0, k):
    return [_sigmoid(k * (entry - x0)) for entry in x]


def _sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


sigmoid = task(
    "sigmoid",
    sigmoid_cases,
    Equals("values", "f", sigmoid_reference),
    Has("range", "f", (InRange(0, 1),)),
)


def sigmoid_masked(x, x0, k):
    z = k * (np.asarray(x) - x0)
    out = np.empty_like(z)
    out[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    out[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return out


sigmoid.right = {
    "masked": sigmoid_masked,
    "tanh": lambda x, x0, k: (np.tanh(k * (x - x0) / 2) + 1) / 2,
    "a loop": lambda x, x0, k: [_sigmoid(k * (one - x0)) for one in x],
    # NumPy warns on the way, and the result is right all the same.
    "naive": lambda x, x0, k: 1 / (1 + np.exp(-k * (x - x0))),
}
sigmoid.wrong = {
    "tanh": (lambda x, x0, k: np.tanh(k * (x - x0)), "FUNCTION.WRONG_RESULT"),
    "k outside": (
        lambda x, x0, k: k / (1 + np.exp(-(x - x0))),
        "FUNCTION.WRONG_RESULT",
    ),
    "nan": (
        lambda x, x0, k: np.exp(k * (x - x0)) / (1 + np.exp(k * (x - x0))),
        "FUNCTION.OVERFLOW",
    ),
    "math.exp": (
        lambda x, x0, k: [1 / (1 + math.exp(-k * (one - x0))) for one in x],
        "FUNCTION.OVERFLOW",
    ),
    "complement": (
        lambda x, x0, k: 1 - sigmoid_masked(x, x0, k),
        "FUNCTION.COMPLEMENT",
    ),
}

# -- entropy -------------------------------------------------------------------------


def entropy_cases(rng, parameters):
    return (
        *(Case((draws.shares(rng, n),), f"{n} classes") for n in (2, 3, 5)),
        Case((Array([0.25, 0.75, 0.0]),), "a share of 0"),
    )


def entropy_reference(p):
    return -math.fsum(one * math.log(one) for one in p if one > 0)


entropy = task("entropy", entropy_cases, Equals("value", "f", entropy_reference))


def entropy_where(p):
    p = np.asarray(p)
    return -np.sum(p[p > 0] * np.log(p[p > 0]))


entropy.right = {
    "where": entropy_where,
    "a loop": entropy_reference,
    "clip": lambda p: float(-(p * np.log(np.clip(p, 1e-12, 1))).sum()),
    "0-d": lambda p: np.array(entropy_where(p)),
    "one entry": lambda p: [entropy_where(p)],
}
entropy.wrong = {
    "log2": (lambda p: entropy_where(p) / np.log(2), "FUNCTION.FACTOR"),
    "log10": (lambda p: entropy_where(p) / np.log(10), "FUNCTION.FACTOR"),
    "sign": (lambda p: -entropy_where(p), "FUNCTION.SIGN"),
    "log 0": (lambda p: -(p * np.log(p)).sum(), "FUNCTION.NAN"),
    "mean": (lambda p: entropy_where(p) / len(p), "FUNCTION.FACTOR"),
    "math domain": (
        lambda p: -sum(one * math.log(one) for one in p),
        "FUNCTION.RAISES",
    ),
    "not summed": (lambda p: -(p * np.log(p + 1e-12)), "FUNCTION.WRONG_SHAPE"),
    "a constant": (lambda p: 0.6931, "FUNCTION.CONSTANT_RESULT"),
    "large epsilon": (lambda p: -(p * np.log(p + 1e-3)).sum(), "FUNCTION.CLOSE"),
}

# -- Kullback-Leibler ----------------------------------------------------------------


def kl_cases(rng, parameters):
    p = draws.shares(rng, 4)
    return (
        Case((p, draws.shares(rng, 4)), "four classes"),
        Case((draws.shares(rng, 3), draws.shares(rng, 3)), "three classes"),
        Case((p, p), "p and p"),
    )


def kl_reference(p, q):
    return math.fsum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


def _cross_entropy(p, q):
    return -math.fsum(a * math.log(b) for a, b in zip(p, q, strict=True))


kl = task(
    "kl",
    kl_cases,
    Equals(
        "value",
        "f",
        kl_reference,
        slips=(
            (lambda p, q: kl_reference(q, p), "CHOICE.WRONG"),
            (_cross_entropy, "FUNCTION.SQUARE"),
        ),
    ),
)
kl.right = {
    "numpy": lambda p, q: np.sum(p * np.log(p / q)),
    "two terms": lambda p, q: _cross_entropy(p, q) - _cross_entropy(p, p),
    "a loop": kl_reference,
}
kl.wrong = {
    "swapped": (lambda p, q: kl_reference(q, p), "CHOICE.WRONG"),
    "cross-entropy": (_cross_entropy, "FUNCTION.SQUARE"),
    "sign": (lambda p, q: -kl_reference(p, q), "FUNCTION.WRONG_RESULT"),
    "log2": (lambda p, q: np.sum(p * np.log2(p / q)), "FUNCTION.WRONG_RESULT"),
}

# -- binary cross-entropy ------------------------------------------------------------


def bce_cases(rng, parameters):
    def pair(n):
        y = draws.labels(rng, n, 2)
        return y, draws.uniform(rng, n, low=0.05, high=0.95)

    return (
        *(Case(pair(n), f"{n} rows") for n in (3, 4, 6, 7)),
        Case((Array([0, 1, 1], "int64"), Array([0.0, 1.0, 0.5])), "p of 0 and of 1"),
    )


def bce_reference(y, p):
    terms = [-math.log(max(b if a else 1 - b, 1e-7)) for a, b in zip(y, p, strict=True)]
    return math.fsum(terms) / len(terms)


def bce_clipped(y, p):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


bce = task("bce", bce_cases, Equals("value", "f", bce_reference, tolerance=1e-5))
bce.right = {
    "clipped": bce_clipped,
    "picked": lambda y, p: float(
        np.mean(-np.log(np.clip(np.where(y == 1, p, 1 - p), 1e-9, 1)))
    ),
    "a loop": bce_reference,
}
bce.wrong = {
    "sum": (lambda y, p: len(y) * bce_clipped(y, p), "FUNCTION.FACTOR"),
    "no clip": (
        lambda y, p: -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean(),
        "FUNCTION.NAN",
    ),
    "forgets 1 - y": (
        lambda y, p: -(y * np.log(np.clip(p, 1e-7, 1))).mean(),
        "FUNCTION.WRONG_RESULT",
    ),
    "whole numbers": (lambda y, p: bce_clipped(y, p) // 1, "FUNCTION.INTEGER"),
    "per row": (
        lambda y, p: -np.log(np.clip(np.where(y, p, 1 - p), 1e-7, 1)),
        "FUNCTION.WRONG_SHAPE",
    ),
}

# -- one-hot -------------------------------------------------------------------------


def one_hot_cases(rng, parameters):
    return (
        Case((draws.labels(rng, 5, 3), 3), "five labels"),
        Case((draws.labels(rng, 4, 6), 6), "classes that do not occur"),
        Case((Array([1, 1], "int64"), 2), "two equal labels"),
    )


def one_hot_reference(y, n):
    return [[1.0 if column == label else 0.0 for column in range(n)] for label in y]


one_hot = task("one_hot", one_hot_cases, Equals("values", "f", one_hot_reference))
one_hot.right = {
    "eye": lambda y, n: np.eye(n)[y],
    "a loop": one_hot_reference,
    "comparison": lambda y, n: y[:, None] == np.arange(n),
    "integers": lambda y, n: np.eye(n, dtype=int)[y],
    "float16": lambda y, n: np.eye(n, dtype="float16")[y],
}
one_hot.wrong = {
    "transposed": (lambda y, n: np.eye(n)[y].T, "FUNCTION.WRONG_SHAPE"),
    "from the labels": (lambda y, n: np.eye(y.max() + 1)[y], "FUNCTION.WRONG_SHAPE"),
    "extra axis": (lambda y, n: np.eye(n)[y][:, None], "FUNCTION.WRONG_SHAPE"),
    "inverted": (lambda y, n: 1 - np.eye(n)[y], "FUNCTION.WRONG_RESULT"),
}

# -- relu ----------------------------------------------------------------------------


def relu_cases(rng, parameters):
    return (
        Case((draws.away_from(rng, 3, 4),), "three rows"),
        Case((draws.away_from(rng, 5),), "five values"),
        Case((Array([-2.5, 0.0, 2.5]),), "with a 0"),
    )


def relu_reference(x):
    return [relu_reference(one) for one in x] if isinstance(x, list) else max(x, 0.0)


relu = task("relu", relu_cases, Equals("values", "f", relu_reference))


def relu_in_place(x):
    x[x < 0] = 0
    return x


relu.right = {
    "maximum": lambda x: np.maximum(x, 0),
    "where": lambda x: np.where(x > 0, x, 0.0),
    "times mask": lambda x: x * (x > 0),
    "lists": lambda x: relu_reference(x.tolist()),
    "copy": lambda x: relu_in_place(x.copy()),
}
relu.wrong = {
    "in place": (relu_in_place, "FUNCTION.MUTATES"),
    "absolute": (np.abs, "FUNCTION.WRONG_RESULT"),
    "mask": (lambda x: x > 0, "FUNCTION.WRONG_RESULT"),
    "negative side": (lambda x: np.minimum(x, 0), "FUNCTION.WRONG_RESULT"),
    "identity": (lambda x: x, "FUNCTION.RETURNS_INPUT"),
    "truth value": (lambda x: x if x > 0 else 0, "FUNCTION.RAISES"),
    "whole numbers": (lambda x: np.maximum(x, 0).astype(int), "FUNCTION.INTEGER"),
}

# -- backward pass of a two-layer ReLU net -------------------------------------------


def net_cases(rng, parameters):
    def one(n, i, h, o):
        return (
            draws.normal(rng, n, i),
            draws.normal(rng, i, h),
            draws.normal(rng, h, o),
            draws.normal(rng, n, o),
        )

    return tuple(
        Case(one(n, *sizes), f"{n} rows")
        for n, sizes in ((4, (3, 5, 2)), (6, (2, 4, 3)), (3, (4, 6, 2)))
    )


def net_loss(x, w1, w2, y):
    total = 0.0
    for row, targets in zip(x, y, strict=True):
        hidden = [
            max(sum(a * w[j] for a, w in zip(row, w1, strict=True)), 0.0)
            for j in range(len(w1[0]))
        ]
        for k, target in enumerate(targets):
            out = sum(h * w[k] for h, w in zip(hidden, w2, strict=True))
            total += (out - target) ** 2
    return total / len(x)


net = task(
    "net",
    net_cases,
    GradientCheck(
        "gradients", "f", net_loss, ("dW1", "dW2"), wrt=(1, 2), upstream=None
    ),
)


def net_backward(x, w1, w2, y, *, mask=True, mean=True, half=False, sign=1):
    z = x @ w1
    h = np.maximum(z, 0)
    error = sign * (1 if half else 2) * (h @ w2 - y) / (len(x) if mean else 1)
    dh = error @ w2.T
    dz = dh * (z > 0) if mask else dh
    return x.T @ dz, h.T @ error


net.right = {
    "numpy": net_backward,
    "dict": lambda *a: dict(zip(("dW1", "dW2"), net_backward(*a), strict=True)),
    "lists": lambda *a: [one.tolist() for one in net_backward(*a)],
    "float32": lambda *a: tuple(one.astype("float32") for one in net_backward(*a)),
}
net.wrong = {
    "relu' everywhere": (lambda *a: net_backward(*a, mask=False), "GRADIENT.WRONG"),
    "sum for mean": (lambda *a: net_backward(*a, mean=False), "GRADIENT.FACTOR"),
    "factor 2": (lambda *a: net_backward(*a, half=True), "GRADIENT.FACTOR"),
    "sign": (lambda *a: net_backward(*a, sign=-1), "GRADIENT.SIGN"),
    "transposed": (
        lambda *a: (net_backward(*a)[0].T, net_backward(*a)[1]),
        "GRADIENT.SHAPE",
    ),
    "order": (lambda *a: net_backward(*a)[::-1], "GRADIENT.ORDER"),
    "zeros": (lambda x, w1, w2, y: (0 * w1, 0 * w2), "GRADIENT.ZERO"),
    "one only": (lambda *a: net_backward(*a)[0], "FUNCTION.WRONG_COUNT"),
    "second zero": (
        lambda *a: (net_backward(*a)[0], 0 * net_backward(*a)[1]),
        "GRADIENT.ZERO",
    ),
}

# -- relu backward -------------------------------------------------------------------


def relu_back_cases(rng, parameters):
    return (
        Case((draws.normal(rng, 3, 4), draws.away_from(rng, 3, 4)), "three rows"),
        Case((draws.normal(rng, 6), draws.away_from(rng, 6)), "six values"),
    )


relu_back = task(
    "relu_back",
    relu_back_cases,
    GradientCheck("gradient", "f", relu_reference, ("dx",), wrt=(0,)),
)
relu_back.right = {
    "mask": lambda dout, x: dout * (x > 0),
    "where": lambda dout, x: np.where(x > 0, dout, 0),
    "tuple": lambda dout, x: (dout * (x > 0),),
}
relu_back.wrong = {
    "everywhere": (lambda dout, x: dout, "GRADIENT.NOT_MASKED"),
    "no dout": (lambda dout, x: 1.0 * (x > 0), "GRADIENT.UPSTREAM"),
    "other side": (lambda dout, x: dout * (x < 0), "GRADIENT.WRONG"),
    "sign": (lambda dout, x: -dout * (x > 0), "GRADIENT.SIGN"),
}

# -- convolution (cross-correlation) -------------------------------------------------


def xcorr1d_cases(rng, parameters):
    return tuple(
        Case((draws.normal(rng, n), draws.normal(rng, k), stride, pad), label)
        for n, k, stride, pad, label in (
            (7, 3, 1, 0, "narrow"),
            (6, 3, 1, 2, "wide"),
            (9, 4, 2, 1, "stride 2"),
        )
    )


def xcorr1d_reference(x, k, stride, pad):
    x = [0.0] * pad + list(x) + [0.0] * pad
    return [
        math.fsum(a * b for a, b in zip(x[start:], k, strict=False))
        for start in range(0, len(x) - len(k) + 1, stride)
    ]


xcorr1d = task(
    "xcorr1d",
    xcorr1d_cases,
    Equals(
        "values",
        "f",
        xcorr1d_reference,
        slips=(
            (lambda x, k, s, p: xcorr1d_reference(x, k[::-1], s, p), "CHOICE.WRONG"),
        ),
    ),
)


def xcorr1d_windows(x, k, stride, pad):
    x = np.pad(x, pad)
    return np.lib.stride_tricks.sliding_window_view(x, len(k))[::stride] @ k


xcorr1d.right = {
    "windows": xcorr1d_windows,
    "a loop": xcorr1d_reference,
    "correlate": lambda x, k, s, p: np.correlate(np.pad(x, p), k, "valid")[::s],
}
xcorr1d.wrong = {
    "flips": (lambda x, k, s, p: xcorr1d_windows(x, k[::-1], s, p), "CHOICE.WRONG"),
    "off by one": (
        lambda x, k, s, p: xcorr1d_windows(x, k, s, p)[:-1],
        "FUNCTION.WRONG_SHAPE",
    ),
    "stride ignored": (
        lambda x, k, s, p: xcorr1d_windows(x, k, 1, p),
        "FUNCTION.WRONG_SHAPE",
    ),
    "reversed": (
        lambda x, k, s, p: xcorr1d_windows(x, k, s, p)[::-1],
        "FUNCTION.REVERSED",
    ),
    "edge values": (
        lambda x, k, s, p: xcorr1d_windows(np.pad(x, p, "edge"), k, s, 0),
        "FUNCTION.BORDER",
    ),
}


def conv2d_cases(rng, parameters):
    return tuple(
        Case(
            (
                draws.normal(rng, h, w, c),
                draws.normal(rng, 3, 2, c, f),
                draws.normal(rng, f),
            ),
            label,
        )
        for h, w, c, f, label in (
            (6, 7, 2, 3, "two channels, three filters"),
            (5, 4, 1, 2, "one channel"),
        )
    )


conv2d = task(
    "conv2d",
    conv2d_cases,
    Equals(
        "values",
        "f",
        Reference(f"{NUMPY}:conv2d"),
        slips=((Reference(f"{NUMPY}:conv2d_flipped"), "CHOICE.WRONG"),),
    ),
)


def conv2d_loops(x, k, b):
    height, width = x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1
    out = np.zeros((height, width, k.shape[3]))
    for i in range(height):
        for j in range(width):
            window = x[i : i + k.shape[0], j : j + k.shape[1]]
            for f in range(k.shape[3]):
                out[i, j, f] = (window * k[..., f]).sum() + b[f]
    return out


def conv2d_einsum(x, k, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape[:2], axis=(0, 1))
    return np.einsum("hwcij,ijcf->hwf", windows, k) + b


conv2d.right = {
    "loops": conv2d_loops,
    "einsum": conv2d_einsum,
    "lists": lambda x, k, b: conv2d_einsum(x, k, b).tolist(),
    "float32": lambda x, k, b: conv2d_einsum(*(a.astype("float32") for a in (x, k, b))),
}
conv2d.wrong = {
    "no bias": (lambda x, k, b: conv2d_einsum(x, k, 0 * b), "FUNCTION.WRONG_RESULT"),
    "flips": (lambda x, k, b: conv2d_einsum(x, k[::-1, ::-1], b), "CHOICE.WRONG"),
    "channels first": (
        lambda x, k, b: np.moveaxis(conv2d_einsum(x, k, b), -1, 0),
        "FUNCTION.WRONG_SHAPE",
    ),
    "padded": (
        lambda x, k, b: conv2d_einsum(np.pad(x, ((1, 1), (1, 1), (0, 0))), k, b),
        "FUNCTION.WRONG_SHAPE",
    ),
    "one filter": (
        lambda x, k, b: conv2d_einsum(x, k, b)[..., 0],
        "FUNCTION.WRONG_SHAPE",
    ),
    "sign": (lambda x, k, b: -conv2d_einsum(x, k, b), "FUNCTION.SIGN"),
}

# -- pooling -------------------------------------------------------------------------


def pool_cases(rng, parameters):
    return (
        Case((draws.distinct(rng, 4, 6), 2), "4 x 6"),
        Case((draws.distinct(rng, 6, 3), 3), "6 x 3"),
        Case((Array([[-3.0, -1.0], [-4.0, -2.5]]), 2), "all below 0"),
    )


def pool_reference(x, size):
    return [
        [
            max(x[i + a][j + b] for a in range(size) for b in range(size))
            for j in range(0, len(x[0]) - size + 1, size)
        ]
        for i in range(0, len(x) - size + 1, size)
    ]


pool = task("pool", pool_cases, Equals("values", "f", pool_reference))


def pool_reshape(x, s, reduce=np.max):
    h, w = x.shape[0] // s, x.shape[1] // s
    return reduce(x[: h * s, : w * s].reshape(h, s, w, s), axis=(1, 3))


pool.right = {
    "reshape": pool_reshape,
    "loops": pool_reference,
    "float16": lambda x, s: pool_reshape(x.astype("float16"), s),
}
pool.wrong = {
    "mean": (lambda x, s: pool_reshape(x, s, np.mean), "FUNCTION.WRONG_RESULT"),
    "stride 1": (
        lambda x, s: np.lib.stride_tricks.sliding_window_view(x, (s, s)).max(
            axis=(2, 3)
        ),
        "FUNCTION.WRONG_SHAPE",
    ),
    "at least 0": (
        lambda x, s: np.maximum(pool_reshape(x, s), 0),
        "FUNCTION.WRONG_RESULT",
    ),
    "endless": (lambda x, s: [0 for _ in iter(int, 1)], "FUNCTION.TOO_SLOW"),
}


def pool_back_cases(rng, parameters):
    return (
        Case((draws.normal(rng, 2, 3), draws.distinct(rng, 4, 6), 2), "4 x 6"),
        Case((draws.normal(rng, 2, 1), draws.distinct(rng, 6, 3), 3), "6 x 3"),
    )


pool_back = task(
    "pool_back",
    pool_back_cases,
    GradientCheck("gradient", "f", pool_reference, ("dx",), wrt=(0,)),
)


def pool_back_loops(dout, x, s):
    dx = np.zeros_like(x)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            window = x[i * s : i * s + s, j * s : j * s + s]
            a, b = np.unravel_index(window.argmax(), window.shape)
            dx[i * s + a, j * s + b] = dout[i, j]
    return dx


pool_back.right = {
    "loops": pool_back_loops,
    "mask": lambda dout, x, s: (
        np.kron(dout, np.ones((s, s)))
        * (x == np.kron(pool_reshape(x, s), np.ones((s, s))))
    ),
}
pool_back.wrong = {
    "everywhere": (
        lambda dout, x, s: np.kron(dout, np.ones((s, s))),
        "GRADIENT.NOT_MASKED",
    ),
    "average": (
        lambda dout, x, s: np.kron(dout, np.ones((s, s))) / s**2,
        "GRADIENT.WRONG",
    ),
    "shape": (lambda dout, x, s: dout, "GRADIENT.SHAPE"),
}

# -- dropout -------------------------------------------------------------------------


def dropout_cases(rng, parameters):
    return tuple(
        Case(
            (draws.uniform(rng, 40, 50, low=0.5, high=2.0), rate),
            f"rate {rate}",
            repeat=2,
        )
        for rate in (0.2, 0.7)
    )


dropout = task(
    "dropout",
    dropout_cases,
    Runs("runs", "f"),
    Distribution(
        "mask",
        "f",
        zeros=lambda x, rate: rate,
        scale=lambda x, rate: 1 / (1 - rate),
    ),
)


def inverted(x, rate, *, compare=np.greater_equal, factor=None, shape=None):
    mask = compare(np.random.random(shape or x.shape), rate)
    return x * mask * (1 / (1 - rate) if factor is None else factor(rate))


def fixed_seed(x, rate):
    return x * (np.random.default_rng(0).random(x.shape) >= rate) / (1 - rate)


def dropout_in_place(x, rate):
    x *= (np.random.random(x.shape) >= rate) / (1 - rate)
    return x


dropout.right = {
    "greater": lambda x, rate: inverted(x, rate, compare=np.greater),
    "less": lambda x, rate: inverted(
        x, 1 - rate, compare=np.less, factor=lambda keep: 1 / keep
    ),
    "own generator": lambda x, rate: (
        x * (np.random.default_rng().random(x.shape) >= rate) / (1 - rate)
    ),
    "binomial": lambda x, rate: (
        x * np.random.binomial(1, 1 - rate, x.shape) / (1 - rate)
    ),
    "float32": lambda x, rate: inverted(x.astype("float32"), np.float32(rate)),
}
dropout.wrong = {
    "rate is keep": (
        lambda x, rate: inverted(x, 1 - rate, factor=lambda keep: 1 / (1 - rate)),
        "FUNCTION.SHARE_SWAPPED",
    ),
    "not scaled": (
        lambda x, rate: inverted(x, rate, factor=lambda rate: 1),
        "FUNCTION.NOT_SCALED",
    ),
    "inverse factor": (
        lambda x, rate: inverted(x, rate, factor=lambda rate: 1 - rate),
        "FUNCTION.WRONG_SCALE",
    ),
    "by the rate": (
        lambda x, rate: inverted(x, rate, factor=lambda rate: 1 / rate),
        "FUNCTION.WRONG_SCALE",
    ),
    "half": (lambda x, rate: inverted(x, 0.5), "FUNCTION.WRONG_SHARE"),
    "identity": (lambda x, rate: x / 1, "FUNCTION.NOT_RANDOM"),
    "fixed seed": (fixed_seed, "FUNCTION.FIXED_SEED"),
    "one mask": (
        lambda x, rate: inverted(x, rate, shape=(1, x.shape[1])),
        "FUNCTION.SHARED_MASK",
    ),
    "in place": (dropout_in_place, "FUNCTION.MUTATES"),
    "flat": (lambda x, rate: inverted(x.ravel(), rate), "FUNCTION.WRONG_SHAPE"),
    "nan": (lambda x, rate: inverted(x, rate) * np.nan, "FUNCTION.NAN"),
    "none": (lambda x, rate: x.fill and None, "FUNCTION.NO_RESULT"),
}


def dropout_back_cases(rng, parameters):
    def mask(n, m):
        return Array([[float(rng.random() < 0.7) for _ in range(m)] for _ in range(n)])

    return (
        Case((draws.normal(rng, 3, 4), mask(3, 4), 0.7), "keep 0.7"),
        Case((draws.normal(rng, 2, 5), mask(2, 5), 0.4), "keep 0.4"),
    )


def _dropout_linear(x, mask, keep):
    return [
        [a * m / keep for a, m in zip(*rows, strict=True)]
        for rows in zip(x, mask, strict=True)
    ]


def _dropout_back_cases_x(rng, parameters):
    # The forward pass is linear: where x lies does not matter, so ones will do.
    return tuple(
        Case(
            (
                case.args[0],
                Array([[1.0] * len(r) for r in case.args[0].values]),
                *case.args[1:],
            ),
            case.label,
        )
        for case in dropout_back_cases(rng, parameters)
    )


dropout_back = task(
    "dropout_back",
    _dropout_back_cases_x,
    GradientCheck("gradient", "f", _dropout_linear, ("dx",), wrt=(0,)),
)
dropout_back.right = {
    "scaled": lambda dout, x, mask, keep: dout * mask / keep,
    "where": lambda dout, x, mask, keep: np.where(mask > 0, dout / keep, 0.0),
}
dropout_back.wrong = {
    "not scaled": (lambda dout, x, mask, keep: dout * mask, "GRADIENT.WRONG"),
    "no mask": (lambda dout, x, mask, keep: dout / keep, "GRADIENT.NOT_MASKED"),
}

# -- batch normalization -------------------------------------------------------------


def bn_cases(rng, parameters):
    return tuple(
        Case(
            (
                draws.normal(rng, n, c, scale=2.0),
                draws.normal(rng, c),
                draws.normal(rng, c),
            ),
            f"{n} rows",
        )
        for n, c in ((5, 3), (8, 2), (4, 6))
    )


def bn_reference(x, gamma, beta):
    columns = []
    for column, g, b in zip(zip(*x, strict=True), gamma, beta, strict=True):
        mean = math.fsum(column) / len(column)
        variance = math.fsum((v - mean) ** 2 for v in column) / len(column)
        columns.append(
            [g * (v - mean) / math.sqrt(variance + 1e-3) + b for v in column]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def bn_numpy(x, gamma, beta, *, ddof=0, eps=1e-3, axis=0):
    mean = x.mean(axis=axis, keepdims=True)
    variance = x.var(axis=axis, ddof=ddof, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta


def bn_unbiased(x, gamma, beta):
    n = len(x)
    columns = list(zip(*x, strict=True))
    means = [math.fsum(column) / n for column in columns]
    variances = [
        math.fsum((v - m) ** 2 for v in column) / (n - 1)
        for column, m in zip(columns, means, strict=True)
    ]
    return [
        [
            g * (v - m) / math.sqrt(s + 1e-3) + b
            for v, m, s, g, b in zip(row, means, variances, gamma, beta, strict=True)
        ]
        for row in x
    ]


bn = task(
    "bn",
    bn_cases,
    Equals("values", "f", bn_reference, slips=((bn_unbiased, "CHOICE.WRONG"),)),
)
bn.right = {
    "numpy": bn_numpy,
    "lists": lambda *a: bn_numpy(*a).tolist(),
    "float32": lambda *a: bn_numpy(*(one.astype("float32") for one in a)),
}
bn.wrong = {
    "unbiased": (lambda *a: bn_numpy(*a, ddof=1), "CHOICE.WRONG"),
    "no epsilon": (lambda *a: bn_numpy(*a, eps=0), "FUNCTION.CLOSE"),
    "rows": (lambda *a: bn_numpy(*a, axis=1), "FUNCTION.WRONG_RESULT"),
    "moments": (
        lambda x, g, b: (x.mean(axis=0), x.var(axis=0)),
        "FUNCTION.WRONG_SHAPE",
    ),
}


def bn_back_cases(rng, parameters):
    return tuple(
        Case((draws.normal(rng, *_size(case)), *case.args), case.label)
        for case in bn_cases(rng, parameters)
    )


def _size(case):
    return len(case.args[0].values), len(case.args[0].values[0])


def bn_back(dout, x, gamma, beta, *, through=True):
    n = len(x)
    std = np.sqrt(x.var(axis=0) + 1e-3)
    normed = (x - x.mean(axis=0)) / std
    dnormed = dout * gamma
    dx = dnormed / std
    if through:
        dx = (
            n * dnormed - dnormed.sum(axis=0) - normed * (dnormed * normed).sum(axis=0)
        ) / (n * std)
    return dx, (dout * normed).sum(axis=0), dout.sum(axis=0)


def bn_back_constant(dout, x, gamma, beta):
    args = (np.array(one) for one in (dout, x, gamma, beta))
    return tuple(one.tolist() for one in bn_back(*args, through=False))


batch_norm_back = task(
    "bn_back",
    bn_back_cases,
    GradientCheck(
        "gradients",
        "f",
        bn_reference,
        ("dx", "dgamma", "dbeta"),
        wrt=(0, 1, 2),
        slips=((bn_back_constant, "CHOICE.WRONG"),),
    ),
)
batch_norm_back.right = {
    "short": bn_back,
    "dict": lambda *a: dict(zip(("dx", "dgamma", "dbeta"), bn_back(*a), strict=True)),
    "float32": lambda *a: bn_back(*(one.astype("float32") for one in a)),
}
batch_norm_back.wrong = {
    "constant statistics": (lambda *a: bn_back(*a, through=False), "CHOICE.WRONG"),
    "mean for sum": (
        lambda dout, *a: (
            bn_back(dout, *a)[0],
            bn_back(dout, *a)[1] / len(dout),
            bn_back(dout, *a)[2],
        ),
        "GRADIENT.FACTOR",
    ),
    "not summed": (
        lambda dout, *a: (*bn_back(dout, *a)[:2], dout),
        "GRADIENT.SHAPE",
    ),
    "order": (
        lambda *a: (bn_back(*a)[0], bn_back(*a)[2], bn_back(*a)[1]),
        "GRADIENT.ORDER",
    ),
    "path of the mean only": (
        lambda dout, x, g, b: (
            bn_back(dout, x, g, b)[0]
            + (dout * g).mean(axis=0) / np.sqrt(x.var(axis=0) + 1e-3),
            *bn_back(dout, x, g, b)[1:],
        ),
        "GRADIENT.TERM_MISSING",
    ),
}

# -- momentum ------------------------------------------------------------------------


def momentum_cases(rng, parameters):
    return tuple(
        Case((draws.normal(rng, n), rate, mu, 10), f"rate {rate}, momentum {mu}")
        for n, rate, mu in ((3, 0.1, 0.9), (4, 0.05, 0.5), (2, 0.2, 0.0))
    )


def momentum_reference(w, rate, mu, steps):
    w, v = list(w), [0.0] * len(w)
    for _ in range(steps):
        v = [mu * a + b for a, b in zip(v, w, strict=True)]
        w = [a - rate * b for a, b in zip(w, v, strict=True)]
    return w


def _averaged(w, rate, mu, steps):
    w, v = list(w), [0.0] * len(w)
    for _ in range(steps):
        v = [mu * a + (1 - mu) * b for a, b in zip(v, w, strict=True)]
        w = [a - rate * b for a, b in zip(w, v, strict=True)]
    return w


momentum = task(
    "momentum",
    momentum_cases,
    Equals("path", "f", momentum_reference, slips=((_averaged, "CHOICE.WRONG"),)),
)


def momentum_numpy(w, rate, mu, steps):
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = mu * v - rate * w  # Keras's sign: the same path
        w = w + v
    return w


def momentum_in_place(w, rate, mu, steps):
    v = np.zeros_like(w)
    for _ in range(steps):
        v = mu * v + w
        w -= rate * v
    return w


momentum.right = {"numpy": momentum_numpy, "lists": momentum_reference}
momentum.wrong = {
    "averaged": (_averaged, "CHOICE.WRONG"),
    "in place": (momentum_in_place, "FUNCTION.MUTATES"),
    "one step less": (
        lambda w, rate, mu, steps: momentum_numpy(w, rate, mu, steps - 1),
        "FUNCTION.WRONG_RESULT",
    ),
    "climbs": (
        lambda w, rate, mu, steps: momentum_numpy(w, -rate, mu, steps),
        "FUNCTION.WRONG_RESULT",
    ),
    "no steps": (lambda w, rate, mu, steps: w, "FUNCTION.RETURNS_INPUT"),
}

# -- confusion matrix ----------------------------------------------------------------


def confusion_cases(rng, parameters):
    return tuple(
        Case((draws.labels(rng, n, c), draws.labels(rng, n, c), c), f"{n} rows")
        for n, c in ((20, 3), (30, 4), (25, 3))
    )


def confusion_reference(y, predicted, n):
    found = [[0] * n for _ in range(n)]
    for one, other in zip(y, predicted, strict=True):
        found[one][other] += 1
    return found


confusion = task(
    "confusion",
    confusion_cases,
    Equals("counts", "f", confusion_reference),
    Has("type", "f", (HasDtype("int"), InRange(0, 100))),
)


def confusion_numpy(y, predicted, n):
    found = np.zeros((n, n), int)
    np.add.at(found, (y, predicted), 1)
    return found


confusion.right = {
    "add.at": confusion_numpy,
    "a loop": confusion_reference,
    "bincount": lambda y, p, n: np.bincount(y * n + p, minlength=n * n).reshape(n, n),
}
confusion.wrong = {
    "transposed": (lambda y, p, n: confusion_numpy(y, p, n).T, "FUNCTION.TRANSPOSED"),
    "shares": (lambda y, p, n: confusion_numpy(y, p, n) / len(y), "FUNCTION.FACTOR"),
    "floats": (
        lambda y, p, n: confusion_numpy(y, p, n).astype(float),
        "FUNCTION.WRONG_DTYPE",
    ),
    "one too many": (
        lambda y, p, n: confusion_numpy(y, p, n) + 1,
        "FUNCTION.OFF_BY_ONE",
    ),
    "the input only": (lambda y, p, n: p, "FUNCTION.WRONG_SHAPE"),
}

# -- a split with a seed -------------------------------------------------------------


def shuffle_cases(rng, parameters):
    return (Case((list(range(20)), rng.randrange(10**6)), "20 rows", repeat=2),)


shuffle = task("shuffle", shuffle_cases, Repeats("repeats", "f"))
shuffle.right = {
    "generator": lambda rows, seed: np.random.default_rng(seed).permutation(rows),
    "global seed": lambda rows, seed: (
        np.random.seed(seed),
        np.random.permutation(rows).tolist(),
    )[1],
}
shuffle.wrong = {
    "no seed": (
        lambda rows, seed: np.random.permutation(rows),
        "FUNCTION.NOT_REPEATABLE",
    ),
}
