"""Tasks of lesson 01_first_model: what a learner's process may know of them."""

from __future__ import annotations

import random
from typing import Any

from checkers.exercise import (
    Callback,
    Case,
    Check,
    Exercise,
    Function,
    Made,
    Model,
    Number,
    Values,
)
from checkers.i18n import N_, translate

HISTORIES: dict[str, dict[str, list[float]]] = {
    "A": {
        "loss": [
            *(0.5878, 0.5683, 0.4655, 0.3863, 0.3438, 0.3241, 0.3102, 0.3352),
            *(0.2734, 0.2839, 0.2483, 0.2567, 0.2460, 0.2472, 0.2072, 0.2380),
        ],
        "val_loss": [
            *(0.6048, 0.5871, 0.5776, 0.5487, 0.5560, 0.5823, 0.5736, 0.5874),
            *(0.5902, 0.5987, 0.5881, 0.6046, 0.6066, 0.6045, 0.6181, 0.6190),
        ],
    },
    "B": {
        "loss": [
            *(0.9835, 0.8597, 0.8311, 0.8597, 0.8379, 0.8291, 0.8054, 0.8464),
            *(0.8084, 0.8640, 0.8206, 0.9096, 0.7695, 0.8251, 0.8277, 0.8945),
        ],
        "val_loss": [
            *(0.9775, 0.6778, 0.8468, 0.9863, 0.8421, 0.6519, 1.1063, 0.7731),
            *(1.0320, 0.6827, 0.7225, 0.8490, 1.0374, 0.9373, 0.6847, 0.9638),
        ],
    },
    "C": {
        "loss": [
            *(0.6720, 0.5379, 0.5152, 0.5041, 0.4947, 0.4894, 0.4830, 0.4798),
            *(0.4761, 0.4744, 0.4721, 0.4713, 0.4692, 0.4681, 0.4673, 0.4658),
        ],
        "val_loss": [
            *(0.5587, 0.5094, 0.4926, 0.4838, 0.4818, 0.4765, 0.4758, 0.4727),
            *(0.4720, 0.4739, 0.4711, 0.4703, 0.4698, 0.4722, 0.4704, 0.4703),
        ],
    },
    "D": {
        "loss": [
            *(0.8116, 0.7382, 0.7007, 0.6833, 0.6726, 0.6659, 0.6592, 0.6556),
            *(0.6559, 0.6559, 0.6565, 0.6563, 0.6566, 0.6559, 0.6568, 0.6561),
        ],
        "val_loss": [
            *(0.8469, 0.7767, 0.7369, 0.7091, 0.6897, 0.6778, 0.6653, 0.6653),
            *(0.6654, 0.6662, 0.6647, 0.6677, 0.6657, 0.6681, 0.6651, 0.6664),
        ],
    },
}
"""Measured on red wine, 16 epochs each, MAE in quality points; see exercise 4."""

NAMES = tuple(HISTORIES)


def split_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw lists of row keys: all different, with copies, as text."""
    del parameters
    seed = rng.randrange(1_000, 1_000_000)
    distinct = list(range(100))
    odd = rng.sample(range(10_000), 103)
    copied = [key for key in range(90) for _ in range(rng.choice((1, 1, 1, 2, 4)))]
    rng.shuffle(copied)
    words = [f"row {key}" for key in rng.choices(range(60), k=120)]
    labels = (
        translate(N_("100 different rows, called twice")),
        translate(N_("the same 100 rows with another seed")),
        translate(N_("{count} different rows"), count=len(odd)),
        translate(N_("{count} rows with copies"), count=len(copied)),
        translate(N_("120 rows with copies, keys as text")),
    )
    return (
        Case((distinct, seed), labels[0], repeat=2),
        Case((list(distinct), seed + 1), labels[1]),
        Case((odd, seed), labels[2]),
        Case((copied, seed), labels[3], repeat=2),
        Case((words, seed + 2), labels[4]),
    )


def _curves(rng: random.Random, length: int) -> dict[str, list[float]]:
    """Draw three curves on a grid of 0.0004, so that no step equals min_delta."""
    level = {"loss": 800, "val_loss": 1000, "test_loss": 1000}
    found: dict[str, list[float]] = {}
    for name, start in level.items():
        curve, value = [], float(start)
        for epoch in range(length):
            value += rng.choice((-60, -20, -3, -2, -1, 0, 1, 3, 15)) * (
                1 if epoch < length // 3 else 0.5
            )
            curve.append(round(round(value) * 0.0004 + 0.4, 4))
        found[name] = curve
    return found


def _run(curve: list[float], rng: random.Random) -> dict[str, list[float]]:
    """Put a given validation curve beside two drawn ones."""
    return {**_curves(rng, len(curve)), "val_loss": curve}


def stopping_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw histories, some of them with a lowest epoch that is not the best."""
    del parameters
    falling = [round(0.9 - 0.0204 * epoch, 4) for epoch in range(rng.randint(8, 12))]
    creeping = [0.7, 0.6, *(round(0.5996 - 0.0004 * i, 4) for i in range(2))]
    creeping += [0.6012, 0.6404, 0.6004, 0.5996]
    unfinished = [*falling[:5], *(falling[4] + 0.0204 * i for i in (1, 2, 3))]
    unfinished = [round(value, 4) for value in unfinished]
    last_chance = [0.8, 0.7, 0.7204, 0.7104, 0.7308, 0.7052, 0.6504, 0.6908, 0.6704]
    last_chance += [0.6612, 0.6708, 0.6804, 0.6904]
    rising = [round(0.5 + 0.0104 * epoch, 4) for epoch in range(rng.randint(9, 14))]
    cases = [
        (_run(falling, rng), N_("a curve that falls to its end")),
        (_run(unfinished, rng), N_("a curve that ends before the patience does")),
        (_run(creeping, rng), N_("a curve whose lowest value is no improvement")),
        (_run(last_chance, rng), N_("a curve that improves at the last moment")),
        (_run(rising, rng), N_("a curve that only rises")),
        (_run([0.6512], rng), N_("a single epoch")),
    ]
    drawn = [_curves(rng, 30) for _ in range(5)]
    short = translate(N_("patience 2 and min_delta 0.011"))
    return (
        *(Case((history, 5, 0.001), translate(label)) for history, label in cases),
        *(
            Case(
                (curves, 5, 0.001), translate(N_("drawn curve {number}"), number=place)
            )
            for place, curves in enumerate(drawn, start=1)
        ),
        Case((_curves(rng, 24), 2, 0.011), short),
    )


def saving_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw small models and a path each."""
    del parameters
    return tuple(
        Case(
            (
                Made("small_model", {"seed": rng.randrange(10_000), "inputs": inputs}),
                Made("model_path", {"name": "wine.keras"}),
            ),
            translate(N_("a network with {inputs} inputs"), inputs=inputs),
        )
        for inputs in (3, 11)
    )


baseline = Exercise(
    id="first-model-baseline",
    title=N_("The number to beat"),
    kind="N",
    parts=(Number("baseline_mae", unit=N_("quality points")),),
    checks=(
        Check(
            "value",
            1,
            N_("validation MAE of the training median, to 0.0005"),
            needs_real_data=True,
        ),
    ),
    hints=(
        N_(
            "Two lines: one constant from the training scores, one mean over "
            "validation."
        ),
        N_("The constant is np.median(y_train). The error of one wine is a distance."),
        N_(
            "Take abs of the differences between y_val and the constant, then the mean."
        ),
    ),
    strict=N_("the split, the constant, where it is judged; 0.0005 is tolerated"),
    free=N_("how you compute it"),
    minutes=6,
)

split = Exercise(
    id="first-model-split",
    title=N_("A split that you can defend"),
    kind="F",
    parts=(Function("split", cases=split_cases),),
    checks=(
        Check("complete", 1, N_("each row in exactly one part, shares 60 / 20 / 20")),
        Check("repeatable", 1, N_("the seed alone decides, nothing global is touched")),
        Check("copies", 1, N_("rows with equal keys are in one part")),
    ),
    hints=(
        N_("Shuffle the distinct keys, not the rows. Then cut the shuffled keys."),
        N_(
            "random.Random(seed) is a generator of your own: "
            "rng.shuffle(list_of_keys). Make that list in an order that repeats, for "
            "example with dict.fromkeys."
        ),
        N_(
            "Cut at 60 % and at 80 % of the keys, so nothing is left over. Then "
            "collect the row numbers whose key is in each piece."
        ),
    ),
    strict=N_("the properties in the list"),
    free=N_("which wine goes where, the order inside a part, lists or arrays"),
    minutes=15,
)

scaled_line = Exercise(
    id="first-model-scaled-line",
    title=N_("A line that scales its inputs"),
    kind="M",
    parts=(Model("scaled_line", inputs=(11,)),),
    checks=(
        Check("network", 1, N_("Normalization, then a linear Dense(1)")),
        Check("adapted", 1, N_("Normalization knows means and variances")),
        Check(
            "rows",
            1,
            N_("they are those of the training rows"),
            needs=("adapted",),
            needs_real_data=True,
        ),
    ),
    hints=(
        N_("Make the Normalization layer first, on its own, and give it a name."),
        N_("Its method adapt takes an array and computes the means and variances."),
        N_(
            "Which rows may a model learn from? Only those go into adapt. Then put the "
            "layer between keras.Input((11,)) and Dense(1)."
        ),
    ),
    strict=N_("layers, their order, no activation, the rows that Normalization saw"),
    free=N_("API, names, initial weights, compiled and trained or not"),
    minutes=10,
    states=("all",),
)

read_curves = Exercise(
    id="first-model-read-curves",
    title=N_("Read four histories"),
    kind="A",
    parts=(
        Values("best_epochs", fields=NAMES),
        Values("gaps", fields=NAMES),
        Values("diagnoses", fields=NAMES),
    ),
    checks=(
        Check("best", 1, N_("best epoch of each run, counted from 0")),
        Check("gap", 1, N_("validation minus training loss at that epoch")),
        Check("diagnosis", 1, N_("what each run suffers from, if anything")),
    ),
    hints=(
        N_("A position in a list counts from 0. Which of the two lists may choose?"),
        N_(
            "np.argmin(run['val_loss']) is a position; use it in both lists for the "
            "gap."
        ),
        N_(
            "Draw the four with plots.learning_curves(histories, panels=True). Which "
            "curve turns and rises? Which jumps? Which two stay flat, and at what "
            "height?"
        ),
    ),
    strict=N_("counting from 0; the gap to 0.0001; the four words as written"),
    free=N_("how you compute them; int, float or NumPy numbers"),
    minutes=12,
)

early_stopping = Exercise(
    id="first-model-early-stopping",
    title=N_("Early stopping by hand"),
    kind="F",
    parts=(
        Function("early_stopping", cases=stopping_cases),
        Callback("stopper"),
    ),
    checks=(
        Check("stop", 1, N_("the last epoch that is trained")),
        Check("restore", 1, N_("the epoch whose weights the model ends with")),
        Check("callback", 1, N_("the same rule as a Keras callback")),
    ),
    hints=(
        N_(
            "Keep two things while you walk through the curve: the best value so far "
            "and the epoch it came from."
        ),
        N_(
            "At each epoch ask first: is it better? If not, ask: how far is the best "
            "epoch behind? If that is `patience`, the walk ends here."
        ),
        N_(
            "The curve can end before patience does. Then the last epoch is the list's "
            "last one; the restored epoch is still the best one."
        ),
    ),
    strict=N_("the rule as stated, epochs from 0"),
    free=N_("loops or not, tuple or list; the callback may be fresh or used"),
    minutes=15,
)

save_load = Exercise(
    id="first-model-save-load",
    title=N_("Save, load, compare"),
    kind="F",
    parts=(
        Function(
            "save_and_load", cases=saving_cases, observe="saved_model", limit_s=20.0
        ),
    ),
    checks=(
        Check("file", 1, N_("the whole model is in one .keras file at the given path")),
        Check("model", 1, N_("the model from the file predicts the same, to 0.000001")),
    ),
    hints=(
        N_("Two lines: one writes, one reads. Both take the path as it is."),
        N_("A model has a method save. Reading is a function of keras.saving."),
        N_(
            "keras.saving.load_model(path) returns the model; hand that on with return."
        ),
    ),
    strict=N_("the path, the format, equal predictions"),
    free=N_("the names of your variables"),
    minutes=8,
)
