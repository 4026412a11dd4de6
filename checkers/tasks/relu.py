"""Tasks of lesson 03_relu: what a learner's process may know of them."""

from __future__ import annotations

import random
from typing import Any

from checkers.draws import away_from, normal
from checkers.exercise import (
    Case,
    Check,
    Choice,
    Exercise,
    Function,
    Made,
    Model,
    Number,
    Option,
    Schedule,
    Values,
)
from checkers.i18n import N_, translate

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "NETS",
    "POINTS",
    "RATES",
    "backward",
    "depth",
    "he_start",
    "inverse_time",
    "momentum",
    "neuron_slope",
    "rate_sweep",
    "slopes_below",
    "statements",
    "wine_mlp",
]

POINTS: dict[str, dict[str, float]] = {
    "A": {"w": 2.0, "b": -1.0, "x": 3.0, "t": 4.0},
    "B": {"w": -1.0, "b": 0.5, "x": 2.0, "t": 1.0},
    "C": {"w": 0.5, "b": 1.0, "x": -1.5, "t": 2.0},
}
"""Weight, bias, input and target of one ReLU neuron; see exercise 1."""

ACTIVATIONS = ("sigmoid", "tanh", "relu")
INITIALIZERS = ("Glorot", "He", "0.01")
NETS = tuple(f"{one}, {start}" for one in ACTIVATIONS for start in INITIALIZERS)
"""Names of the nine deep networks of exercise 4, in order."""

RATES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
"""Learning rates of the sweep of exercise 6, in order."""

neuron_slope = Exercise(
    id="relu-neuron-slope",
    title=N_("The slope of one neuron"),
    kind="N",
    parts=(Values("slopes", fields=tuple(POINTS)),),
    checks=(
        Check("active", 1, N_("points A and C")),
        Check("resting", 1, N_("point B")),
    ),
    hints=(
        N_("Go forward first: z, then a, then L. Which of the three z is negative?"),
        N_("Go back link by link: dL/da, da/dz, dz/dw. Then multiply."),
        N_(
            "dL/da is 2 · (a - t). da/dz is 1 where z is positive and 0 where it is "
            "negative. dz/dw is x."
        ),
    ),
    strict=N_("three numbers, to 0.0001"),
    free=N_("on paper or in code; a dict, or a list in the order A, B, C"),
    minutes=8,
)

wine_mlp = Exercise(
    id="relu-wine-mlp",
    title=N_("A network that can bend"),
    kind="M",
    parts=(Model("wine_mlp", inputs=(11,), bends=True),),
    checks=(
        Check("widths", 1, N_("the layers, their units, the input")),
        Check("hidden", 1, N_("ReLU behind both hidden layers")),
        Check("head", 1, N_("a head that can give any number")),
    ),
    hints=(
        N_("Three Dense layers. Which of them hand their result to another one?"),
        N_(
            "What is the smallest number that a ReLU gives, and the largest that a "
            "sigmoid gives?"
        ),
        N_('The hidden layers get activation="relu"; the last one gets none.'),
    ),
    strict=N_("units, activations, bias, everything trainable"),
    free=N_("names, initial values, the API, compiled or not"),
    personal={"first": (64, 48, 80, 96), "second": (32, 16, 24, 40)},
    # Which activation the head takes, the learner finds out.
    states=("layers", "units"),
)

slopes_below = Exercise(
    id="relu-slopes-below",
    title=N_("A slope below zero"),
    kind="M",
    parts=(
        Model("leaky_net", inputs=(11,)),
        Model("prelu_net", inputs=(11,)),
        Number("prelu_params", low=1, high=1_000_000, whole=True),
    ),
    checks=(
        Check("leaky", 1, N_("LeakyReLU with your slope behind both hidden layers")),
        Check("prelu", 0.5, N_("PReLU behind both hidden layers")),
        Check("count", 0.5, N_("parameters of the network with PReLU")),
    ),
    hints=(
        N_("A hidden layer without activation, then a layer that bends."),
        N_("layers.LeakyReLU has one argument, the slope below zero."),
        N_(
            "A PReLU learns its slopes: one for each number that it receives. How many "
            "numbers leave each hidden layer?"
        ),
    ),
    strict=N_("units, slope, one activation per hidden layer, a linear head"),
    free=N_("names, initial values, the API; activation as layer or argument"),
    personal={"slope": (0.1, 0.05, 0.15, 0.02, 0.25, 0.01)},
    states=("all",),
)

depth = Exercise(
    id="relu-depth",
    title=N_("Ten layers deep"),
    kind="A",
    parts=(
        Values("gradient_norms", fields=NETS),
        Values("spreads", fields=NETS),
        Values("healthy"),
    ),
    checks=(
        Check(
            "gradients",
            1,
            N_("gradient norm of each kernel, nine networks"),
            needs_real_data=True,
        ),
        Check(
            "spreads",
            1,
            N_("spread of each layer's output, nine networks"),
            needs_real_data=True,
        ),
        Check("reading", 1, N_("which starts keep the gradient alive")),
    ),
    hints=(
        N_("For one network first: names[0]. Then put a loop around it."),
        N_(
            "tape.gradient(loss, kernels) gives ten arrays. np.linalg.norm makes one "
            "number of each."
        ),
        N_(
            "values = x_batch; then for each layer: values = layer(values), and "
            "np.std(values). For healthy, look at the smallest of the twenty numbers."
        ),
    ),
    strict=N_("untrained networks, the given batch, kernels and not biases"),
    free=N_("lists, arrays or tensors; how you compute them"),
    minutes=15,
)

he_start = Exercise(
    id="relu-he-start",
    title=N_("How wide to draw"),
    kind="N",
    parts=(Number("he_std", low=0, high=10),),
    checks=(Check("value", 2, N_("the standard deviation, to 0.0005")),),
    hints=(
        N_("Each unit adds up as many products as it has inputs."),
        N_("In Keras a kernel has one row per input and one column per unit."),
        N_("The variance is 2 / fan_in. What is asked for is its root."),
    ),
    strict=N_("a number, to 0.0005"),
    free=N_("the way you compute it"),
    personal={
        "inputs": (120, 50, 80, 150, 250, 300, 400),
        "units": (100, 30, 500, 64, 1000),
    },
    minutes=5,
)

rate_sweep = Exercise(
    id="relu-rate-sweep",
    title=N_("Five rates"),
    kind="A",
    parts=(
        Values("sweep"),
        Number("best_rate", low=0, high=10),
        Number("first_diverging", low=0, high=10),
    ),
    checks=(
        Check(
            "sweep", 1, N_("lowest validation MAE of each rate"), needs_real_data=True
        ),
        Check("best", 1, N_("the best rate"), needs_real_data=True),
        Check(
            "diverging",
            1,
            N_("the lowest rate that diverges"),
            needs_real_data=True,
        ),
    ),
    hints=(
        N_("train(rate) returns one validation MAE per epoch. Print one such list."),
        N_("min() of a list with nan is not to be trusted; np.isfinite helps."),
        N_(
            "A run that becomes nan has no lowest value: write float('nan') for it, "
            "and leave it out when you look for the best."
        ),
    ),
    strict=N_("the given network, data and number of epochs; order of RATES"),
    free=N_("list, array or dict by rate; nan, inf or None for a diverged run"),
    minutes=12,
)

_STATEMENTS = (
    Option("batch", N_("Batch gradient descent finds the global optimum.")),
    Option("sigmoid", N_("The sigmoid is an unsuitable loss.")),
    Option("explode", N_("ReLU cures vanishing and exploding gradients.")),
    Option("restarts", N_("Random restarts or momentum guarantee the global minimum.")),
    Option("halves", N_("N layers of ReLU divide the share of active units by 2^N.")),
    Option(
        "stochastic", N_("Stochastic descent ends less accurate than batch descent.")
    ),
    Option("dead", N_("A ReLU unit below zero on all rows gets no gradient.")),
    Option("clipping", N_("Clipping gradients does not help where they vanish.")),
)

statements = Exercise(
    id="relu-statements",
    title=N_("Eight sentences"),
    kind="C",
    parts=(
        Choice("wrong_ones", options=_STATEMENTS, multiple=True),
        Choice("loose_ones", options=_STATEMENTS, multiple=True),
    ),
    checks=(
        Check("wrong", 2, N_("the sentences that are wrong")),
        Check("loose", 1, N_("the sentences that are loose")),
    ),
    hints=(
        N_("Four are wrong, two are loose, two are right."),
        N_(
            "Loose means: name one condition, and the sentence is true. Which two "
            "speak of how good the end of the descent is?"
        ),
        N_(
            "A loose one holds for a loss with one valley; the other for a rate that "
            "never changes."
        ),
    ),
    strict=N_("all letters of each sort, none of another"),
    free=N_("text, list or set of letters"),
    minutes=8,
)


def _backward_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw small networks; sizes differ, so that a transpose has another shape."""
    del parameters
    cases = []
    for rows, inputs, hidden in ((6, 3, 4), (5, 2, 7)):
        args = (
            normal(rng, rows, inputs),
            normal(rng, rows, 1),
            normal(rng, inputs, hidden),
            away_from(rng, hidden, gap=0.2),
            normal(rng, hidden, 1),
            normal(rng, 1),
        )
        label = translate(
            N_("{rows} rows, {inputs} inputs, {hidden} hidden units"),
            rows=rows,
            inputs=inputs,
            hidden=hidden,
        )
        cases.append(Case(args, label))
    return tuple(cases)


backward = Exercise(
    id="relu-backward",
    title=N_("The way back, by hand"),
    kind="F",
    parts=(Function("backward", cases=_backward_cases),),
    checks=(
        Check("output", 1, N_("gradients of the second layer")),
        Check("hidden", 2, N_("gradients of the first layer")),
    ),
    hints=(
        N_("Each missing line has the shape that its comment names."),
        N_(
            "The mean has one term per row. Its slope by one output is 2 · (output - "
            "target), divided by the number of rows."
        ),
        N_(
            "On the way back the signal goes through w2 transposed, then through the "
            "ReLU: it passes where z was positive. x transposed times that is dw1."
        ),
    ),
    strict=N_("relative error below 0.000001; float64"),
    free=N_("how you write it; a tuple, list or dict of four arrays"),
    minutes=15,
)

inverse_time = Exercise(
    id="relu-inverse-time",
    title=N_("A rate that falls"),
    kind="F",
    parts=(Schedule("schedule", steps=(0, 1, 7, 20, 24, 50, 120, 1_000)),),
    checks=(
        Check("runs", 1, N_("an object that an optimizer can call")),
        Check("rates", 1, N_("the rate at eight steps")),
    ),
    hints=(
        N_("Two methods: __init__ keeps three numbers, __call__ uses them."),
        N_(
            "In fit the step is a variable: calculate with + - * /, without int(), "
            "float() or math."
        ),
        N_("start / (1 + rate · step / decay_steps), and nothing is rounded."),
    ),
    strict=N_("the formula with your numbers; works inside fit"),
    free=N_("your own class or one of Keras's"),
    personal={
        "start": (0.1, 0.2, 0.05, 0.4),
        "rate": (0.5, 0.25, 0.8),
        "decay_steps": (10, 20, 40),
    },
    minutes=12,
)


def _momentum_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw bowls, starts and settings; ten steps and a few."""
    del parameters
    cases = []
    for steps, size in ((10, 2), (10, 2), (3, 3)):
        curvature = [round(rng.uniform(0.5, 3.0), 3) for _ in range(size)]
        args = (
            Made("bowl_gradient", {"curvature": curvature}),
            away_from(rng, size, gap=0.3),
            round(rng.uniform(0.05, 0.2), 3),
            round(rng.uniform(0.5, 0.95), 3),
            steps,
        )
        label = N_("{steps} steps in {size} dimensions")
        cases.append(Case(args, translate(label, steps=steps, size=size)))
    return tuple(cases)


momentum = Exercise(
    id="relu-momentum",
    title=N_("A ball with a memory"),
    kind="F",
    parts=(Function("momentum", cases=_momentum_cases),),
    checks=(Check("path", 3, N_("all points of the path")),),
    hints=(
        N_("Two things live through the loop: the place w and the velocity v."),
        N_("v starts at 0 before the loop; inside it is never set back."),
        N_("v = mu * v + gradient(w), then w = w - lr * v, then append a copy of w."),
    ),
    strict=N_("the path from the start on: steps + 1 points"),
    free=N_("list or array; Keras's way of writing the velocity is the same path"),
    minutes=12,
)
