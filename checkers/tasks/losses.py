"""Tasks of lesson 02_losses: what a learner's process may know of them."""

from __future__ import annotations

import random
from typing import Any

from checkers.exercise import (
    Array,
    Case,
    Check,
    Choice,
    Exercise,
    Function,
    Model,
    Number,
    Option,
)
from checkers.i18n import N_, translate

__all__ = [
    "bce",
    "entropies",
    "head_and_loss",
    "one_number",
    "sigmoid",
    "softmax",
    "three_heads",
]

# -- 1 · sigmoid ---------------------------------------------------------------------


def _sigmoid_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw calls: the midpoint, two curves, a number, and inputs far out."""
    del parameters
    middle, slope = rng.uniform(-2, 2), rng.uniform(0.4, 3)
    curve = [rng.uniform(-4, 4) for _ in range(7)]
    around = [middle - 1.5, middle, middle + 1.5]
    far = [-1000.0, -1.0, 0.0, 1.0, 1000.0]
    return (
        Case((Array(curve), 0.0, 1.0), translate(N_("midpoint 0, slope 1"))),
        Case((Array(around), middle, 1.0), translate(N_("points around a midpoint"))),
        Case(
            (Array(curve), middle, slope), translate(N_("another midpoint and slope"))
        ),
        Case((1.5, 1.0, slope), translate(N_("a single number"))),
        Case((Array([-2, 0, 3], "int64"), 1, 2), translate(N_("whole numbers"))),
        Case((Array(far), 0.0, 1.0), translate(N_("inputs from -1000 to 1000"))),
        Case((Array(far, "float32"), 0.0, 1.0), translate(N_("the same in float32"))),
    )


sigmoid = Exercise(
    id="losses-sigmoid",
    title=N_("The logistic function"),
    kind="F",
    parts=(Function("sigmoid", cases=_sigmoid_cases),),
    checks=(
        Check("values", 1.5, N_("range, midpoint and slope")),
        Check("stable", 0.5, N_("inputs of ±1000 without overflow")),
    ),
    hints=(
        N_("First z = k * (x - x0), then 1 / (1 + e^-z)."),
        N_(
            "np.exp overflows above 709 (float32: above 88). For which sign of z does "
            "e^-z grow?"
        ),
        N_(
            "e^-|z| never exceeds 1. For z >= 0 the result is 1 / (1 + e^-|z|), for "
            "z < 0 it is e^-|z| / (1 + e^-|z|)."
        ),
    ),
    strict=N_("values to 0.000001; no overflow, not even as a warning"),
    free=N_("how you compute it"),
)

# -- 2 · softmax ---------------------------------------------------------------------


def _softmax_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw calls: T = 1, other temperatures, and large scores."""
    del parameters
    rows = [[rng.uniform(-3, 3) for _ in range(4)] for _ in range(3)]
    square = [[rng.uniform(-2, 2) for _ in range(3)] for _ in range(3)]
    warm, cool = rng.uniform(2, 6), rng.uniform(0.2, 0.8)
    large = [[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -999.0]]
    return (
        Case((Array([[1.0, 2.0, 3.0]]), 1.0), translate(N_("scores 1, 2, 3, T = 1"))),
        Case((Array(rows), 1.0), translate(N_("3 rows of 4 scores, T = 1"))),
        Case((Array(square), 1.0), translate(N_("3 rows of 3 scores, T = 1"))),
        Case((Array([[5.0, 5.0]] * 3), 1.0), translate(N_("equal scores"))),
        Case((Array(rows), warm), translate(N_("a temperature above 1"))),
        Case((Array(square), cool), translate(N_("a temperature below 1"))),
        Case((Array([[1.0, 2.0, 3.0]]), 1e6), translate(N_("T = 1,000,000"))),
        Case((Array(large), 1.0), translate(N_("scores near ±1000"))),
        Case((Array([[1.0, 2.0, 3.0]]), 0.001), translate(N_("T = 0.001"))),
    )


softmax = Exercise(
    id="losses-softmax",
    title=N_("Softmax with a temperature"),
    kind="F",
    parts=(Function("softmax", cases=_softmax_cases),),
    checks=(
        Check("rows", 1, N_("each row sums to 1")),
        Check("temperature", 1, N_("the temperature divides the scores")),
        Check("stable", 1, N_("large scores without overflow")),
    ),
    hints=(
        N_("Divide by T first; then e to the power; then each row by its own sum."),
        N_(
            "A row's sum: axis=-1 with keepdims=True, so that the shapes fit for the "
            "division."
        ),
        N_(
            "Adding a constant to a row changes nothing. Subtract each row's maximum: "
            "then the largest power is e^0."
        ),
    ),
    strict=N_("shape (batch, classes) in and out; values to 0.000001"),
    free=N_("how you compute it"),
    minutes=12,
)

# -- 3 · entropy, KL, cross-entropy --------------------------------------------------


def _distribution(rng: random.Random, size: int, zeros: int = 0) -> list[float]:
    """Draw a distribution; its first `zeros` entries are 0."""
    parts = [0.0] * zeros + [rng.uniform(0.1, 1.0) for _ in range(size - zeros)]
    return [part / sum(parts) for part in parts]


def _entropy_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw distributions, without and with zeros."""
    del parameters
    labels = (
        translate(N_("a fair coin")),
        translate(N_("a distribution over 4 classes")),
        translate(N_("a distribution with a zero")),
        translate(N_("a one-hot distribution")),
    )
    given = (
        [0.5, 0.5],
        _distribution(rng, 4),
        _distribution(rng, 4, zeros=1),
        [0.0, 1.0, 0.0],
    )
    return tuple(
        Case((Array(p),), label) for p, label in zip(given, labels, strict=True)
    )


def _pair_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw pairs of distributions; q is above 0 wherever p is."""
    del parameters
    equal = _distribution(rng, 3)
    labels = (
        translate(N_("two distributions over 4 classes")),
        translate(N_("two distributions over 3 classes")),
        translate(N_("two equal distributions")),
        translate(N_("a one-hot p")),
        translate(N_("a class that is 0 in both")),
    )
    given = (
        (_distribution(rng, 4), _distribution(rng, 4)),
        ([0.8, 0.15, 0.05], _distribution(rng, 3)),
        (equal, equal),
        ([1.0, 0.0, 0.0], [0.7, 0.2, 0.1]),
        (_distribution(rng, 4, zeros=1), _distribution(rng, 4, zeros=1)),
    )
    return tuple(
        Case((Array(p), Array(q)), label)
        for (p, q), label in zip(given, labels, strict=True)
    )


entropies = Exercise(
    id="losses-entropies",
    title=N_("Entropy, KL, cross-entropy"),
    kind="F",
    parts=(
        Function("entropy", cases=_entropy_cases),
        Function("kl", cases=_pair_cases),
        Function("cross_entropy", cases=_pair_cases),
    ),
    checks=(
        Check("entropy", 0.75, N_("the entropy of p, in nats")),
        Check("kl", 0.75, N_("the divergence of q from p, in nats")),
        Check("cross_entropy", 0.75, N_("the cross-entropy of q under p, in nats")),
        Check("zeros", 0.75, N_("classes with p = 0 add nothing")),
    ),
    hints=(
        N_("np.log is the logarithm to base e; it gives nats."),
        N_(
            "A class with p = 0 adds nothing. Leave it out before you take a "
            "logarithm: 0 * log(0) is nan for NumPy."
        ),
        N_(
            "keep = p > 0. The KL divergence is the sum of p[keep] * log(p[keep] / "
            "q[keep]); cross-entropy is entropy plus KL."
        ),
    ),
    strict=N_("nats; the order of p and q; one number"),
    free=N_("how you compute it"),
    minutes=15,
)

# -- 4 · one number ------------------------------------------------------------------

GUESSES = (
    (0.7, 0.2, 0.1),
    (0.6, 0.3, 0.1),
    (0.5, 0.2, 0.3),
    (0.8, 0.15, 0.05),
    (0.55, 0.25, 0.2),
)

one_number = Exercise(
    id="losses-one-number",
    title=N_("The cross-entropy of one guess"),
    kind="N",
    parts=(Number("cross_entropy_of_guess", unit=N_("nats")),),
    checks=(Check("value", 2, N_("the cross-entropy, in nats")),),
    hints=(
        N_("Write the sum out: one term per class. Which terms are 0?"),
        N_("Only the true class is left: minus the logarithm of one number."),
        N_(
            "The natural logarithm, np.log. A probability below 1 gives a loss above 0."
        ),
    ),
    strict=N_("nats, to 0.0005"),
    free=N_("the way you compute it"),
    personal={"guess": GUESSES, "true_class": (0, 1, 2)},
    minutes=5,
)

# -- 5 · binary cross-entropy --------------------------------------------------------


def _bce_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw labels with predictions: the known pair, random ones, and 0 and 1."""
    del parameters
    known = [1, 0, 1, 1], [0.4, 0.6, 0.1, 0.5]
    size = rng.randrange(5, 9)
    labels = [0, 1, *(rng.randrange(2) for _ in range(size - 2))]
    guesses = [rng.uniform(0.05, 0.95) for _ in range(size)]
    edges = [1, 0, 1, 0, 1], [1.0, 0.0, 0.0, 1.0, 0.5]
    words = {"sum": translate(N_("sum")), "mean": translate(N_("mean"))}
    cases = []
    for reduction, word in words.items():
        for (y, p), label in (
            (known, N_("four labels, {reduction}")),
            ((labels, guesses), N_("random labels and predictions, {reduction}")),
            (edges, N_("predictions of exactly 0 and 1, {reduction}")),
        ):
            case = Array(list(y), "int64"), Array(list(p)), reduction
            cases.append(Case(case, translate(label, reduction=word)))
    return tuple(cases)


bce = Exercise(
    id="losses-bce",
    title=N_("Binary cross-entropy"),
    kind="F",
    parts=(Function("bce", cases=_bce_cases),),
    checks=(
        Check("sum", 0.75, N_("the sum over all labels")),
        Check("mean", 0.75, N_("the mean over all labels")),
        Check("clip", 0.5, N_("predictions of 0 and 1 are clipped")),
    ),
    hints=(
        N_("Each label has one of two costs: -log(p) if it is 1, -log(1 - p) if not."),
        N_("y * log(p) + (1 - y) * log(1 - p) picks the right one of the two."),
        N_("np.clip(p, 1e-7, 1 - 1e-7) before the logarithms."),
    ),
    strict=N_("clipping at 1e-7, as Keras does; reduction is 'sum' or 'mean'"),
    free=N_("how you compute it"),
)

# -- 6 · head and loss ---------------------------------------------------------------

head_and_loss = Exercise(
    id="losses-head-and-loss",
    title=N_("Which head, which loss?"),
    kind="C",
    parts=(
        Choice(
            "digits",
            options=(
                Option(
                    "softmax_sparse",
                    N_("10 units, softmax, sparse categorical cross-entropy"),
                ),
                Option(
                    "sigmoid_sparse",
                    N_("10 units, sigmoid, sparse categorical cross-entropy"),
                ),
                Option(
                    "softmax_one_hot",
                    N_("10 units, softmax, categorical cross-entropy"),
                ),
                Option("one_value", N_("1 unit, no activation, mean squared error")),
                Option(
                    "softmax_logits",
                    N_(
                        "10 units, softmax, sparse categorical cross-entropy with "
                        "from_logits=True"
                    ),
                ),
            ),
        ),
        Choice(
            "fruit",
            options=(
                Option("sigmoid_bce", N_("2 units, sigmoid, binary cross-entropy")),
                Option(
                    "softmax_one_hot", N_("2 units, softmax, categorical cross-entropy")
                ),
                Option("softmax_bce", N_("2 units, softmax, binary cross-entropy")),
                Option(
                    "sigmoid_sparse",
                    N_("2 units, sigmoid, sparse categorical cross-entropy"),
                ),
                Option("one_sigmoid", N_("1 unit, sigmoid, binary cross-entropy")),
            ),
        ),
        Choice(
            "score",
            options=(
                Option("linear_mse", N_("1 unit, no activation, mean squared error")),
                Option("softmax_mse", N_("1 unit, softmax, mean squared error")),
                Option("sigmoid_mse", N_("1 unit, sigmoid, mean squared error")),
                Option("sigmoid_bce", N_("1 unit, sigmoid, binary cross-entropy")),
                Option(
                    "softmax_sparse",
                    N_("11 units, softmax, sparse categorical cross-entropy"),
                ),
            ),
        ),
    ),
    checks=(
        Check("digits", 1, N_("one digit of ten")),
        Check("fruit", 1, N_("two tags that may both be true")),
        Check("score", 1, N_("a score with a size")),
    ),
    hints=(
        N_("Ask of each task: exactly one true, several true, or a value with a size?"),
        N_(
            "Softmax makes units compete. Sigmoids answer one question each. No "
            "activation can say any number."
        ),
        N_(
            "“sparse” expects class numbers as labels, the form without it rows with "
            "one 1. Binary cross-entropy expects a 0 or 1 for each unit."
        ),
    ),
    strict=N_("one letter each"),
    free=N_("nothing"),
    minutes=8,
)

# -- 7 · three heads -----------------------------------------------------------------

three_heads = Exercise(
    id="losses-three-heads",
    title=N_("Three heads"),
    kind="M",
    parts=(
        Model("digit_net", inputs=(784,)),
        Model("fruit_net", inputs=(50,)),
        Model("wine_net", inputs=(11,)),
    ),
    checks=(
        Check("digits", 0.75, N_("digit_net: hidden layer, head and loss")),
        Check("fruit", 0.75, N_("fruit_net: hidden layer, head and loss")),
        Check("score", 0.5, N_("wine_net: hidden layer, head and loss")),
    ),
    hints=(
        N_("The hidden layer is the same in all three. Only head and loss differ."),
        N_("Exercise 6 asks for the same three pairs."),
        N_(
            "Raw scores without an activation are right as well, if the cross-entropy "
            "is told: from_logits=True."
        ),
    ),
    strict=N_("inputs, the hidden layer, units of the head, head and loss together"),
    free=N_("optimizer, metrics, names, initial values, the API"),
    personal={"units": (32, 48, 64, 96, 128)},
    minutes=12,
    # The head is the question.
    states=("input", "units"),
)
